"""Joining cases: both texts side by side, how many people raised it, and the way out again."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suggestions.models import Suggestion
from tests.conftest import Journey, act

from .pages import LIST, buttons, case_url, do_url, open_page, press, text_of


def joined(cast: SimpleNamespace, journey: Journey, lead: Suggestion, **given: object) -> Suggestion:
    return act("merge", journey.submitted(), cast.clerk, lead=lead, **given)


def test_both_texts_stand_side_by_side(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    lead = journey.handling(text="东门消防通道被占用，车辆进不来。")
    case = journey.submitted(text="消防通道天天停满车。")
    client = login(cast.clerk)

    page = open_page(client, f"{do_url(case, 'merge')}?lead={lead.number}")

    pair = page[page.index('class="pair"') :]
    pair = pair[: pair.index('name="same_person"')]
    assert pair.index("消防通道天天停满车。") < pair.index("东门消防通道被占用，车辆进不来。")
    assert "1 人反映" in text_of(page)


def test_the_other_is_looked_up_by_its_number_without_joining(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    lead, case = journey.handling(text="东门消防通道被占用，车辆进不来。"), journey.submitted()
    client = login(cast.clerk)
    assert 'class="pair"' not in open_page(client, do_url(case, "merge"))

    page = press(client, case, "merge", lead=lead.number, note="同一小区", show="1")

    html = page.content.decode()
    assert page.status_code == 200
    assert "东门消防通道被占用，车辆进不来。" in html
    assert "同一小区</textarea>" in html
    case.refresh_from_db()
    assert case.state == "SUBMITTED"


@pytest.mark.parametrize("number", ["", "x", "2099000000", "²", "9" * 40])
def test_a_number_nobody_has_shows_nothing(
    cast: SimpleNamespace, journey: Journey, login: Callable, number: str
) -> None:
    page = press(login(cast.clerk), journey.submitted(), "merge", lead=number, show="1")

    assert page.status_code == 200
    assert 'class="pair"' not in page.content.decode()


def test_a_case_that_cannot_answer_for_both_says_so(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, closed = journey.submitted(), journey.closed()

    page = open_page(login(cast.clerk), f"{do_url(case, 'merge')}?lead={closed.number}")

    assert 'class="held"' in page


def test_the_lead_names_everybody_who_joined_and_how_many_people_that_is(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    lead = journey.handling()
    children = [joined(cast, journey, lead), joined(cast, journey, lead, same_person=True)]

    page = open_page(login(cast.clerk), case_url(lead))

    assert "2 人反映" in text_of(page)
    for child in children:
        assert case_url(child) in page
        assert do_url(child, "unmerge") in page


def test_a_child_can_be_taken_out_from_its_own_page_and_from_the_lead_s(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    lead = journey.handling()
    child, client = joined(cast, journey, lead), login(cast.clerk)
    assert "unmerge" in buttons(open_page(client, case_url(child)))
    assert "2 人反映" in text_of(open_page(client, case_url(child)))

    press(client, child, "unmerge", note="情况不同", category=str(cast.category.pk), level="L2")

    assert "人反映" not in text_of(open_page(client, case_url(lead)))
    assert do_url(child, "unmerge") not in open_page(client, case_url(lead))


def test_whoever_may_not_take_them_out_gets_no_link(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    lead = journey.handling()
    child = joined(cast, journey, lead)

    assert do_url(child, "unmerge") not in open_page(login(cast.reviewer), case_url(lead))


def test_the_list_says_how_many_people_at_one_cost(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client, leads = login(cast.clerk), [journey.handling() for _ in range(3)]
    joined(cast, journey, leads[0])

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            open_page(client, f"{LIST}?state=HANDLING")
        return len(caught)

    few = cost()
    for lead in leads:
        for _ in range(4):
            joined(cast, journey, lead)

    assert cost() == few
    words = text_of(open_page(client, f"{LIST}?state=HANDLING"))
    assert "6 人反映" in words
    assert words.count("5 人反映") == 2


def test_a_lead_s_page_costs_the_same_for_two_and_for_ten_that_joined(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client, lead = login(cast.clerk), journey.handling()

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            open_page(client, case_url(lead))
        return len(caught)

    for _ in range(2):
        joined(cast, journey, lead)
    few = cost()
    for _ in range(8):
        joined(cast, journey, lead)

    assert cost() == few
