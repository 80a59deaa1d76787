"""Cases of many people at the desk: how many raised it, and only those links one may follow."""

from collections.abc import Callable
from types import SimpleNamespace

from suggestions.models import Suggestion
from tests.conftest import Journey, act

from .pages import case_page, queries, text_of


def joined(cast: SimpleNamespace, journey: Journey, lead: Suggestion, **given: object) -> Suggestion:
    return act("merge", journey.submitted(), cast.clerk, lead=lead, **given)


def test_the_lead_says_how_many_people_raised_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    lead = journey.handling()
    assert "人反映" not in text_of(case_page(login(cast.liaison), lead))

    children = [joined(cast, journey, lead) for _ in range(2)]

    html = case_page(login(cast.liaison), lead)
    assert "3 人反映" in text_of(html)
    for child in children:
        assert f'href="/desk/{child.number}/"' in html


def test_a_repeat_of_one_person_and_who_withdrew_are_no_more_voices(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    lead = journey.handling()
    joined(cast, journey, lead)
    joined(cast, journey, lead, same_person=True)
    act("withdraw", joined(cast, journey, lead), cast.resident)

    assert "2 人反映" in text_of(case_page(login(cast.liaison), lead))


def test_a_child_leads_to_its_lead(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    lead = journey.handling()
    child = joined(cast, journey, lead)

    html = case_page(login(cast.liaison), child)

    assert f'href="/desk/{lead.number}/"' in html
    assert "2 人反映" in text_of(html)


def test_the_unit_reads_the_number_and_no_case_of_the_others(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    lead = journey.handling()
    child = joined(cast, journey, lead)

    html = case_page(login(cast.officer), lead)

    assert "2 人反映" in text_of(html)
    assert f'href="/desk/{child.number}/"' not in html


def test_lists_say_it_too_at_one_cost(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    client = login(cast.officer)
    leads = [journey.handling() for _ in range(3)]
    joined(cast, journey, leads[0])
    few = queries(client, "/desk/")
    for lead in leads:
        for _ in range(3):
            joined(cast, journey, lead)

    assert queries(client, "/desk/") == few
    words = text_of(client.get("/desk/").content.decode())
    assert "5 人反映" in words
    assert words.count("4 人反映") == 2
