"""The key list: cases under supervision, by leader and body, with unit, date, last letter and state."""

import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from suggestions.models import Suggestion, SupervisingBody
from tests.admin.pages import INLINE, numbers, open_page, queries, text_of
from tests.conftest import Journey, act

from .days import assigned, on

pytestmark = pytest.mark.django_db
PAGE = "/admin/suggestions/supervision/"


def supervise(case: Suggestion, cast: SimpleNamespace, *, leader: str, body: SupervisingBody) -> Suggestion:
    return act("supervise", case, cast.head, leader=leader, body=body, reason="多人反映，久拖未决")


@pytest.fixture
def keyed(cast: SimpleNamespace, journey: Journey) -> SimpleNamespace:
    """Two on the list, one taken off, one never on it."""
    made = SimpleNamespace()
    made.first, made.second = SupervisingBody.objects.order_by("pk")[:2]
    with on(2026, 9, 14):
        made.late = assigned(journey, date(2026, 9, 21))
        made.soon = assigned(journey, date(2026, 10, 23))
        made.off = assigned(journey, date(2026, 10, 23))
        made.never = assigned(journey, date(2026, 10, 23))
        supervise(made.late, cast, leader="王副主任", body=made.first)
        supervise(made.soon, cast, leader="李副主任", body=made.second)
        supervise(made.off, cast, leader="王副主任", body=made.second)
        act("end_supervision", made.off, cast.head, reason="已经解决")
        act("urge", made.late.assignments.get(), cast.clerk, text="请抓紧办理。", due=date(2026, 9, 18))
        act("urge", made.late.assignments.get(), cast.clerk, text="请再抓紧。", due=date(2026, 9, 24))
    return made


def test_it_shows_what_is_supervised_with_whom_by_whom_and_since_when(
    cast: SimpleNamespace, keyed: SimpleNamespace, login: Callable
) -> None:
    with on(2026, 9, 28):
        page = open_page(login(cast.head), PAGE)
    # The nearest date first.
    assert numbers(page) == [keyed.late.number, keyed.soon.number]
    words = text_of(page)
    for expected in (
        "王副主任", str(keyed.first), "2026-09-14", "测试住建局", "沈河人大督〔2026〕2号", "逾期未答复",
        "办理中", "多人反映，久拖未决",
    ):  # fmt: skip
        assert expected in words
    # Of the letters the last one alone.
    assert "〔2026〕1号" not in words
    assert 'data-level="late"' in page
    assert "9 月 20 日调休上班，计入" in page
    assert not INLINE.search(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("body=first", {"late"}),
        ("body=second", {"soon"}),
        ("body=second&going_on=all", {"soon", "off"}),
        ("going_on=ended", {"off"}),
        ("going_on=all", {"late", "soon", "off"}),
        ("leader=王副主任", {"late"}),
        ("leader=王副主任&going_on=all", {"late", "off"}),
        ("leader=王副主任&body=second", set()),
        ("leader=nobody", set()),
        ("body=none", set()),
        ("body=x&going_on=y", {"late", "soon"}),
    ],
)
def test_it_is_narrowed_by_leader_body_and_whether_it_goes_on(
    cast: SimpleNamespace, keyed: SimpleNamespace, login: Callable, query: str, found: set[str]
) -> None:
    for name in ("first", "second"):
        query = query.replace(f"body={name}", f"body={getattr(keyed, name).pk}")
    page = open_page(login(cast.clerk), f"{PAGE}?{query}")
    assert set(numbers(page)) == {getattr(keyed, name).number for name in found}


def test_it_is_searched_by_number_title_and_leader(
    cast: SimpleNamespace, keyed: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.clerk)
    assert numbers(open_page(client, f"{PAGE}?q={keyed.soon.number}")) == [keyed.soon.number]
    assert numbers(open_page(client, f"{PAGE}?q=李副")) == [keyed.soon.number]
    assert "没有符合条件的记录" in text_of(open_page(client, f"{PAGE}?q=没有这样的"))


def test_without_key_cases_it_says_how_to_make_one(cast: SimpleNamespace, login: Callable) -> None:
    assert "列为重点督办" in text_of(open_page(login(cast.clerk), PAGE))


def test_a_case_hidden_from_the_office_is_not_on_its_list(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    body = SupervisingBody.objects.first()
    hidden, shown = journey.accepted(), journey.accepted(title="另一件意见")
    for case in (hidden, shown):
        supervise(case, cast, leader="王副主任", body=body)
    act("propose_decline", hidden, cast.clerk, code=cast.accusation, text="请拨打专线。", where_to_go="12388")
    page = open_page(login(cast.head), f"{PAGE}?going_on=all")
    assert numbers(page) == [shown.number]


@pytest.mark.parametrize("who", ["admin", "secrecy"])
def test_whoever_does_not_work_off_cases_is_refused(cast: SimpleNamespace, login: Callable, who: str) -> None:
    assert login(getattr(cast, who)).get(PAGE).status_code == 403


def test_the_index_leads_to_it_with_its_yellow_and_red(
    cast: SimpleNamespace, keyed: SimpleNamespace, login: Callable
) -> None:
    with on(2026, 9, 28):
        page = open_page(login(cast.head), "/admin/")
    row = page[page.index(f'href="{PAGE}"') :]
    row = row[: row.index("</li>")]
    assert re.search(r'class="count">2<', row)
    assert "黄 1" in row
    assert "红" not in row


def test_the_page_of_the_case_tells_leader_body_and_letters(
    cast: SimpleNamespace, keyed: SimpleNamespace, login: Callable
) -> None:
    words = text_of(open_page(login(cast.clerk), f"/admin/suggestions/suggestion/{keyed.late.pk}/change/"))
    section = words[words.index("重点督办") :]
    for expected in ("王副主任", str(keyed.first), "2026年9月14日起", "〔2026〕1号", "〔2026〕2号"):
        assert expected in section
    # In the history the body stands under its own name.
    assert f"督办机构：{keyed.first}" in words


def test_it_costs_the_same_however_long_it_is(
    cast: SimpleNamespace, journey: Journey, keyed: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.clerk)

    few = queries(client, PAGE)
    for _turn in range(6):
        case: Any = journey.handling()
        supervise(case, cast, leader="王副主任", body=keyed.first)
        act("urge", case.assignments.get(), cast.clerk, text="请抓紧办理。", due=journey.due())
    assert queries(client, PAGE) == few <= 16
