"""The same for many cases of the list: shown case by case, done through the door, told case by case."""

import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from suggestions import bulk
from suggestions.models import Suggestion
from tests.admin.pages import INLINE, LIST, text_of
from tests.conftest import Journey, act

Cases = list[Suggestion]


def choose(client: Client, action: str, cases: Cases, query: str = "", **fields: Any) -> str:
    """Tick the cases in the list and choose the action."""
    response = client.post(
        f"{LIST}{query}",
        {"action": f"bulk_{action}", "index": "0", "_selected_action": [case.pk for case in cases], **fields},
    )
    assert response.status_code == 200, response
    return response.content.decode()


def form_on(page: str) -> dict[str, Any]:
    """The form of the page as it stands."""
    form = page[page.index('<form class="stack') :]
    fields: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(unescape(value))
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="(\w*)"[^>]*selected', options)
        fields[name] = chosen[1] if chosen else ""
    fields |= dict(re.findall(r'<input type="(?:date|text)" name="(\w+)" value="([^"]*)"', form))
    written = re.findall(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    fields |= {name: unescape(text).strip() for name, text in written}
    checked = re.search(r'<input type="radio" name="lead" value="(\d+)"[^>]*checked', form)
    return fields | ({"lead": checked[1]} if checked else {})


def look(client: Client, page: str, **changes: Any) -> str:
    return client.post(LIST, form_on(page) | changes | {"step": "look"}).content.decode()


def do(client: Client, page: str, **changes: Any) -> str:
    return client.post(LIST, form_on(page) | changes | {"step": "do"}).content.decode()


def lines_of(page: str) -> dict[str, str]:
    """Number of the case → what the page says of it."""
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = [text_of(f"<main>{row}</main>") for row in table.split("<tr")[1:]]
    return {number: row for row in rows for number in re.findall(r"\b(\d{10})\b", row)[:1]}


def states(cases: Cases) -> list[str]:
    found = dict(Suggestion.objects.values_list("pk", "state"))
    return [found[case.pk] for case in cases]


def test_accepting_takes_each_category_as_it_is_with_its_usual_level(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    for category, level in ((cast.category, "L2"), (cast.other_category, "L3")):
        category.usual_level = level
        category.save()
    cases = [journey.submitted(category=cast.category), journey.submitted(category=cast.other_category)]
    client = login(cast.clerk)

    page = choose(client, "accept", cases)
    assert cast.other_category.name in lines_of(page)[cases[1].number]
    result = do(client, page)

    assert states(cases) == ["ACCEPTED", "ACCEPTED"]
    assert [Suggestion.objects.get(pk=case.pk).level for case in cases] == ["L2", "L3"]
    assert set(lines_of(result)) == {case.number for case in cases}


def test_one_category_and_level_can_be_chosen_for_all(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    cases = [journey.submitted(), journey.submitted(category=cast.other_category)]
    client = login(cast.clerk)
    page = look(client, choose(client, "accept", cases), category=cast.category.pk, level="L1")

    do(client, page)

    rows = Suggestion.objects.filter(pk__in=[case.pk for case in cases])
    assert set(rows.values_list("state", "category", "level")) == {("ACCEPTED", cast.category.pk, "L1")}


def test_what_cannot_be_done_is_said_before_and_after_and_stops_nobody_else(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    plain, without, done = journey.submitted(category=cast.category), journey.submitted(), journey.handling()
    cases, client = [plain, without, done], login(cast.clerk)

    page = look(client, choose(client, "accept", cases), level="L2")
    said = lines_of(page)
    assert "data-not" not in page.split(plain.number)[0].rsplit("<tr", 1)[1]
    result = do(client, page)

    assert states(cases) == ["ACCEPTED", "SUBMITTED", "HANDLING"]
    after = lines_of(result)
    for case in (without, done):
        why = said[case.number].partition("：")[2].split()[0]
        assert why in after[case.number]
    assert re.search(r"1\D+2", text_of(result))


def test_what_was_not_looked_at_is_not_done(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    cases, client = [journey.submitted(category=cast.category)], login(cast.clerk)
    page = look(client, choose(client, "accept", cases), level="L2")

    again = do(client, page, level="L4")

    assert states(cases) == ["SUBMITTED"]
    assert 'role="alert"' in again
    do(client, again)
    assert Suggestion.objects.get(pk=cases[0].pk).level == "L4"


def test_somebody_faster_is_told_about_for_that_case_alone(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    cases = [journey.submitted(category=cast.category) for _turn in range(2)]
    client = login(cast.clerk)
    page = look(client, choose(client, "accept", cases), level="L2")
    act("accept", cases[0], cast.clerk2, category=cast.other_category, level="L1")

    result = do(client, page)

    assert [Suggestion.objects.get(pk=case.pk).level for case in cases] == ["L1", "L2"]
    told = lines_of(result)
    assert set(told) == {case.number for case in cases}
    assert "未完成：刚刚有人处理了这一条，请打开查看最新情况。" in told[cases[0].number]


def test_a_case_hidden_meanwhile_is_neither_done_nor_named_nor_left_out(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    cases = [journey.submitted(category=cast.category) for _turn in range(2)]
    client = login(cast.clerk)
    page = look(client, choose(client, "accept", cases), level="L2")
    act("propose_decline", cases[0], cast.liaison, code=cast.accusation, text="已转交。", where_to_go="12388")

    result = do(client, page)

    assert states(cases) == ["DECLINE_REVIEW", "ACCEPTED"]
    assert cases[0].number not in result
    assert result[result.index("<tbody>") :].count("<tr") == 2


def test_assigning_goes_to_one_unit_or_to_the_usual_ones(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    cast.category.usual_unit = cast.unit
    cast.category.save()
    usual, other = journey.accepted(), journey.accepted()
    act("reclassify", other, cast.clerk, category=cast.other_category, level="L2", reason="类别不符")
    client = login(cast.clerk)

    page = choose(client, "assign", [usual, other])
    assert cast.unit.name in lines_of(page)[usual.number]
    do(client, page)
    assert states([usual, other]) == ["HANDLING", "ACCEPTED"]
    do(
        client,
        look(client, choose(client, "assign", [other]), unit=cast.other_unit.pk, instructions="请联系"),
    )

    assert usual.assignments.get().unit == cast.unit
    assert (other.assignments.get().unit, other.assignments.get().instructions) == (cast.other_unit, "请联系")


def test_assigning_to_a_venue_and_not_to_both(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    cases, client = [journey.accepted()], login(cast.clerk)
    page = choose(client, "assign", cases)

    both = look(client, page, unit=cast.unit.pk, venue=cast.station.pk)
    assert 'href="#id_venue"' in both
    do(client, look(client, page, venue=cast.station.pk))

    assert cases[0].assignments.get().venue == cast.station


def test_a_date_too_far_away_is_refused_before_anything_is_done(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    cases, client = [journey.accepted()], login(cast.clerk)

    page = look(client, choose(client, "assign", cases), unit=cast.unit.pk, due="2099-01-01")

    assert "bulk-not" in page
    assert 'value="do"' not in page
    cases[0].refresh_from_db()
    # Rehearsed and taken back: no trace is left.
    assert (cases[0].state, cases[0].version, cases[0].events.count()) == ("ACCEPTED", 2, 2)


def test_joining_to_one_of_them_or_to_another_by_its_number(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    lead, first, second, third = journey.accepted(), *(journey.submitted() for _turn in range(3))
    client = login(cast.clerk)

    do(client, choose(client, "merge", [lead, first]))
    page = look(client, choose(client, "merge", [second, third]), number=lead.number, same_person="on")
    do(client, page, same_person="on")

    assert states([lead, first, second, third]) == ["ACCEPTED", "MERGED", "MERGED", "MERGED"]
    assert set(lead.merged.values_list("pk", "is_repeat")) == {
        (first.pk, False), (second.pk, True), (third.pk, True)
    }  # fmt: skip


@pytest.mark.parametrize("number", ["", "2099000000", "字"])
def test_joining_needs_a_lead(cast: SimpleNamespace, journey: Journey, login: Callable, number: str) -> None:
    cases, client = [journey.submitted(), journey.submitted()], login(cast.clerk)
    page = choose(client, "merge", cases)

    for step in (look, do):
        assert 'href="#id_number"' in step(client, page, number=number)
    assert states(cases) == ["SUBMITTED", "SUBMITTED"]


def test_where_none_can_lead_the_form_asks_for_another_case_and_says_why(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    words = text_of(choose(login(cast.clerk), "merge", [journey.submitted(), journey.submitted()]))

    assert "或者填写其他意见的编号" not in words
    assert "主件编号" in words
    assert "所选意见都还没有受理" in words


def test_more_than_fit_on_a_page_are_not_begun(
    cast: SimpleNamespace, journey: Journey, login: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    cases = [journey.submitted() for _turn in range(3)]

    response = login(cast.clerk).post(
        LIST, {"action": "bulk_accept", "index": "0", "_selected_action": [case.pk for case in cases]}
    )

    assert response.status_code == 302
    assert states(cases) == ["SUBMITTED"] * 3


def test_all_of_a_queue_can_be_taken_at_once(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    cases = [journey.submitted(category=cast.category) for _turn in range(3)]
    journey.accepted()
    client = login(cast.clerk)
    page = choose(client, "accept", cases[:1], query="?queue=to_accept", select_across="1")

    do(client, look(client, page, level="L1"))

    assert states(cases) == ["ACCEPTED"] * 3


@pytest.mark.parametrize("who", ["reviewer", "head", "secrecy", "admin"])
def test_whoever_does_no_intake_has_no_such_actions(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    case, client = journey.submitted(category=cast.category), login(getattr(cast, who))

    for step in ({}, {"step": "do", "level": "L2", "seen": f"{case.pk}:1"}):
        client.post(LIST, {"action": "bulk_accept", "index": "0", "_selected_action": [case.pk], **step})

    assert states([case]) == ["SUBMITTED"]


def test_a_forged_form_is_no_fault_of_the_server(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.accepted(), login(cast.clerk)
    for fields in (
        {"step": "do", "stamp": "x", "seen": ["x", ":", f"{case.pk}:x", "9" * 40]},
        {"step": "look", "unit": "x", "venue": "9" * 40, "due": "x"},
        {"step": "nonsense"},
        {"step": "do", "_selected_action": ["x", "9" * 40]},
    ):  # fmt: skip
        for action in ("accept", "assign", "merge"):
            sent = {"action": f"bulk_{action}", "index": "0", "_selected_action": [case.pk], **fields}
            assert client.post(LIST, sent).status_code in (200, 302), (action, fields)
    assert states([case]) == ["ACCEPTED"]


def test_each_further_case_costs_the_same(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    client, counts = login(cast.clerk), {}
    for many in (2, 3, 5):
        cases = [journey.submitted(category=cast.category) for _turn in range(many)]
        page = look(client, choose(client, "accept", cases), level="L2")
        with CaptureQueriesContext(connection) as looking:
            page = look(client, page)
        with CaptureQueriesContext(connection) as doing:
            do(client, page)
        assert states(cases) == ["ACCEPTED"] * many
        counts[many] = (len(looking), len(doing))

    one = [after - before for before, after in zip(counts[2], counts[3], strict=True)]
    two = [after - before for before, after in zip(counts[3], counts[5], strict=True)]
    assert two == [2 * each for each in one]


def test_the_pages_keep_the_content_policy(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    cases, client = [journey.submitted(category=cast.category)], login(cast.clerk)
    page = look(client, choose(client, "accept", cases), level="L1")

    assert not INLINE.search(page)
    assert not INLINE.search(do(client, page))
