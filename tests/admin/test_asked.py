"""What handlers ask stands on top of the case page, each with the buttons that answer it."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from congress_portal.common import clock
from suggestions.models import Assignment
from tests.conftest import Journey, act

from .pages import LIST, case_url, do_url, numbers, open_page, press, text_of

QUEUE = f"{LIST}?queue=asked"


def asked(cast: SimpleNamespace, journey: Journey, kind: str) -> Assignment:
    if kind == "return":
        row = journey.handling().assignments.get()
        act("ask_return", row, cast.officer, reason="路段归市政养护", proposed_unit=cast.third_unit)
        return row
    if kind == "escalation":
        with clock.frozen(clock.now() - timedelta(days=14)):
            row = journey.handling().assignments.get()
        act("escalate", row, cast.officer, reason="管网归水务", proposed_unit=cast.third_unit)
        return row
    row = act("sign", journey.handling().assignments.get(), cast.officer)
    if kind == "extension":
        later = row.unit_due + timedelta(days=5)
        act("ask_extension", row, cast.officer, due=later, reason="需要与三家协商")
    else:
        act("ask_contact", row, cast.officer, question="是哪个入口?")
    return row


KINDS = {
    # what is asked: its words, the buttons, and what answers it
    "return": (
        "路段归市政养护", ("approve_return", "refuse_return"), ("refuse_return", {"reason": "请办理"})
    ),
    "escalation": ("管网归水务", ("settle_escalation",), ("settle_escalation", {"note": "由你单位办理"})),
    "extension": (
        "需要与三家协商", ("grant_extension", "refuse_extension"),
        ("refuse_extension", {"reason": "期限足够"}),
    ),
    "contact": ("是哪个入口?", ("answer_contact",), ("answer_contact", {"answer": "北门"})),
}  # fmt: skip


def top(page: str) -> str:
    """The part above the words of the case; "" if nothing is asked."""
    found = re.search(r'id="asks-title".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_asked_stands_on_top_with_its_answers_beside_it(
    cast: SimpleNamespace, journey: Journey, login: Callable, kind: str
) -> None:
    row, client = asked(cast, journey, kind), login(cast.clerk)
    words, actions, (answer, fields) = KINDS[kind]

    page = open_page(client, case_url(row.suggestion))

    assert words in top(page)
    assert str(row.assignee) in top(page)
    assert re.findall(r'data-action="(\w+)"', top(page)) == list(actions)
    # And nowhere else a second time.
    for action in actions:
        assert page.count(f'href="{do_url(row, action)}"') == 1
    assert words in text_of(open_page(client, do_url(row, answer)))

    press(client, row, answer, **fields)

    assert top(open_page(client, case_url(row.suggestion))) == ""


@pytest.mark.parametrize("kind", ["escalation", "extension", "contact"])
def test_the_queue_holds_the_case_until_it_is_answered(
    cast: SimpleNamespace, journey: Journey, login: Callable, kind: str
) -> None:
    row, client = asked(cast, journey, kind), login(cast.clerk)
    journey.handling()
    assert numbers(open_page(client, QUEUE)) == [row.suggestion.number]

    answer, fields = KINDS[kind][2]
    press(client, row, answer, **fields)

    assert numbers(open_page(client, QUEUE)) == []


def test_dates_and_the_proposed_unit_are_named(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client = login(cast.clerk)

    longer = top(open_page(client, case_url(asked(cast, journey, "extension").suggestion)))
    elsewhere = top(open_page(client, case_url(asked(cast, journey, "escalation").suggestion)))

    assert "现期限" in longer
    assert "希望延至" in longer
    assert "测试交警大队" in elsewhere


def test_colleagues_read_what_is_asked_without_the_buttons(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = asked(cast, journey, "extension")

    part = top(open_page(login(cast.reviewer), case_url(row.suggestion)))

    assert "需要与三家协商" in part
    assert "data-action" not in part


def test_the_wanted_day_is_filled_in_and_can_be_granted(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row, client = asked(cast, journey, "extension"), login(cast.clerk)
    wanted = row.requests.get().wanted_due
    assert f'value="{wanted}"' in open_page(client, do_url(row, "grant_extension"))

    press(client, row, "grant_extension", due=str(wanted), note="同意")

    row.refresh_from_db()
    assert row.unit_due == wanted
    assert row.requests.get().granted is True


def test_what_the_congress_settled_once_is_not_asked_again(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = asked(cast, journey, "escalation")
    page = open_page(login(cast.clerk), do_url(row, "settle_escalation"))
    assert "认为不属本单位职责，已不能退回" in text_of(page)
    assert "请接着收回并重新交办" in text_of(page)

    act("settle_escalation", row, cast.clerk, note="由你单位办理")

    unit = login(cast.officer).get(f"/desk/{row.suggestion.number}/").content.decode()
    assert f"/desk/row/{row.pk}/do/sign/" in unit
    assert f"/desk/row/{row.pk}/do/escalate/" not in unit
