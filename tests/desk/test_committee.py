"""The working committee of a street: all of its cases, intake, assignment up to L2, drafts of venues."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from congress_portal.common import clock
from suggestions.inputs import Target
from suggestions.models import Suggestion
from tests.conftest import Journey, act

from .pages import buttons, case_page, do_url, form_page, numbers, press, queries, text_of

IN = timedelta(days=10)


def listed(client, query: str = "") -> list[str]:  # type: ignore[no-untyped-def]
    return numbers(client.get(f"/desk/{query}").content.decode())


@pytest.mark.parametrize(
    "address", ["", "?tab=all", "?tab=done", "?tab=x", "?tab=all&q=路", "?place=210103901"]
)
def test_a_member_without_a_venue_meets_no_error(
    cast: SimpleNamespace, journey: Journey, login: Callable, address: str
) -> None:
    journey.submitted()
    response = login(cast.committee).get(f"/desk/{address}")

    assert response.status_code == 200
    html = response.content.decode()
    # What is for venues only is not offered.
    assert 'href="/desk/reception/"' not in html


def test_the_list_is_called_after_the_street(cast: SimpleNamespace, login: Callable) -> None:
    words = text_of(login(cast.committee).get("/desk/").content.decode())

    assert "测试街道" in words
    assert "本街道全部" in words


def test_all_cases_of_the_own_street_and_none_of_another_or_without_a_place(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    here = {journey.submitted().number, journey.handling().number, journey.closed().number}
    elsewhere = journey.submitted(community=cast.other_community)
    pool = journey.submitted(community=None, place_unknown=True)
    assert pool.venue is None
    client = login(cast.committee)

    assert set(listed(client, "?tab=all")) == here
    for case in (elsewhere, pool):
        assert client.get(f"/desk/{case.number}/").status_code == 404
    assert set(listed(login(cast.other_committee), "?tab=all")) == {elsewhere.number}


def test_the_office_sees_what_has_no_place(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    pool = journey.submitted(community=None, place_unknown=True)

    page = login(cast.clerk).get("/admin/suggestions/suggestion/?queue=no_place").content.decode()

    assert pool.number in page


def test_the_committee_accepts_and_assigns_a_case_of_its_street(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.submitted(), login(cast.committee)
    assert listed(client) == [case.number]
    press(client, case, "accept", category=str(cast.category.pk), level="L2")
    assert listed(client) == [case.number]
    page = form_page(client, case, "assign")
    assert 'name="venue"' in page
    assert "不得晚于" in text_of(page)

    press(client, case, "assign", way="LEAD", unit=str(cast.unit.pk), others=str(cast.other_unit.pk),
          due=str(clock.today() + IN))  # fmt: skip

    case.refresh_from_db()
    assert case.state == "HANDLING"
    assert set(case.assignments.values_list("unit", "kind")) == {
        (cast.unit.pk, "LEAD"), (cast.other_unit.pk, "ASSISTING"),
    }  # fmt: skip
    assert listed(client) == []


def test_what_must_go_higher_is_not_the_street_s_to_assign(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = act("accept", journey.submitted(), cast.clerk, category=cast.category, level="L3")
    client = login(cast.committee)

    assert do_url(case, "assign") not in buttons(case_page(client, case))
    assert client.get(do_url(case, "assign")).status_code == 403
    assert listed(client) == []


def test_returns_more_time_and_missing_opinions_wait_for_the_committee(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client = login(cast.committee)
    back, longer = journey.handling(), journey.handling()
    act(
        "ask_return", back.assignments.get(), cast.officer, reason="不属本单位", proposed_unit=cast.other_unit
    )
    row = act("sign", longer.assignments.get(), cast.officer)
    act("ask_extension", row, cast.officer, due=row.unit_due + timedelta(days=5), reason="施工期长")
    assert set(listed(client)) == {back.number, longer.number}

    html = case_page(client, longer)
    assert "施工期长" in text_of(html)
    press(client, row, "refuse_extension", reason="期限足够")
    press(client, back.assignments.get(), "refuse_return", reason="属于你单位职责")

    assert listed(client) == []


def test_a_draft_of_a_venue_is_read_and_signed_off(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.assigned(journey.accepted(), Target(venue=cast.station))
    row = act("sign", case.assignments.get(), cast.deputy)
    act("draft", row, cast.deputy, text="您好，已与物业协调。")
    client = login(cast.committee)
    assert listed(client) == [case.number]
    assert "已与物业协调。" in text_of(case_page(client, case))
    assert "已与物业协调。" in text_of(form_page(client, row, "sign_off"))

    press(client, row, "sign_off")

    row.refresh_from_db()
    assert (row.state, row.replies.get().signed_by) == ("SIGNED", cast.committee)


def test_a_draft_of_a_unit_is_not_the_committee_s_to_read(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    journey.drafted(case)

    assert "已增设车位三十个。" not in case_page(login(cast.committee), case)


def test_a_question_of_a_unit_is_answered_by_the_committee(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    row = act("sign", case.assignments.get(), cast.officer)
    act("ask_contact", row, cast.officer, question="是哪个入口?")
    client = login(cast.committee)
    assert "是哪个入口?" in text_of(case_page(client, case))

    press(client, row, "answer_contact", answer="北门。")

    assert row.requests.get().answer == "北门。"


def test_fifty_cases_cost_the_committee_as_many_queries_as_five(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client = login(cast.committee)

    def make(count: int) -> None:
        for number in range(count):
            (journey.submitted, journey.accepted, journey.replied)[number % 3]()

    def cost() -> list[int]:
        return [queries(client, f"/desk/?tab={tab}") for tab in ("waiting", "all", "done")]

    make(5)
    few = cost()
    make(20)

    assert cost() == few
    assert max(few) <= 24
    assert Suggestion.objects.count() == 25
