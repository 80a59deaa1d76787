"""What units promised and kept in time: by unit, from SQL, each number with exactly the list it counts."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress_portal.common import clock
from suggestions import fulfilment
from suggestions.metrics import Period
from suggestions.models import Promise
from tests.conftest import Journey, act

from .pages import open_page, text_of

PAGE = "/admin/suggestions/promise/fulfilment/"
LIST = "/admin/suggestions/promise/"


def year() -> Period:
    return Period.latest(12)


@pytest.fixture
def promise(cast: SimpleNamespace, journey: Journey) -> Callable[..., Promise]:
    """Make a promise of the unit for a day `days` from now, as if it had been made a month ago."""

    def make(days: int, **columns: Any) -> Promise:
        with clock.frozen(clock.now() - timedelta(days=40)):
            case = journey.handling()
            row = act("sign", case.assignments.get(), cast.officer)
            promises = [("划好车位", clock.today() + timedelta(days=days + 40))]
            act("draft", row, cast.officer, text="正在划线。", answer_class="B", promises=promises)
            act("sign_off", row, cast.unitlead)
            act("release", row, cast.reviewer, publicity="OPEN")
        made = row.promises.get()
        Promise.objects.filter(pk=made.pk).update(**columns)
        made.refresh_from_db()
        return made

    return make


def kept(days: int) -> dict[str, Any]:
    """Kept, reported so many days from now."""
    return {"status": "KEPT", "reported_at": clock.now() + timedelta(days=days)}


def one_of_each(promise: Callable[..., Promise]) -> dict[str, Promise]:
    return {
        "kept": promise(-3, **kept(-3)),
        "late": promise(-3, **kept(-2)),
        "broken": promise(-4, status="BROKEN"),
        "moved": promise(-5, status="MOVED"),
        "overdue": promise(-1),
        "ahead": promise(0),
    }


def line() -> fulfilment.Line:
    (found,) = fulfilment.by_unit(year())
    return found


def test_only_what_was_reported_by_its_day_counts_as_kept(promise: Callable[..., Promise]) -> None:
    one_of_each(promise)

    found = line()

    assert found.counts == {"due": 5, "kept": 1, "late": 1, "broken": 1, "moved": 1, "overdue": 1}
    assert found.rate == Decimal("20.00")


def test_nothing_due_is_no_rate(promise: Callable[..., Promise]) -> None:
    promise(0)

    assert line().rate is None
    assert fulfilment.total([]).rate is None


def test_the_day_itself_is_in_time_by_the_clock_of_china(promise: Callable[..., Promise]) -> None:
    made = promise(-3)
    midnight = clock.now().astimezone(clock.SHANGHAI).replace(hour=23, minute=59, second=59)
    for moment, name in (
        (midnight - timedelta(days=3), "kept"),
        (midnight - timedelta(days=3) + timedelta(seconds=2), "late"),
    ):
        Promise.objects.filter(pk=made.pk).update(status="KEPT", reported_at=moment)
        assert line().counts[name] == 1


def test_promises_outside_the_period_do_not_count(promise: Callable[..., Promise]) -> None:
    made = promise(-3)
    Promise.objects.filter(pk=made.pk).update(due_on=year().first - timedelta(days=1))
    assert fulfilment.by_unit(year()) == []

    Promise.objects.filter(pk=made.pk).update(due_on=year().first)
    assert line().counts["overdue"] == 1


def test_demo_rows_count_only_in_a_demo(promise: Callable[..., Promise], settings: Any) -> None:
    made = promise(-3)
    made.suggestion.__class__.objects.filter(pk=made.suggestion_id).update(is_demo=True)
    settings.DEMO = False
    assert fulfilment.by_unit(year()) == []

    settings.DEMO = True
    assert len(fulfilment.by_unit(year())) == 1


def test_each_unit_has_a_line_and_the_sum_stands_below(
    cast: SimpleNamespace, promise: Callable[..., Promise], login: Callable
) -> None:
    one_of_each(promise)
    other = promise(-3, **kept(-4))
    other.assignment.unit = cast.other_unit
    other.assignment.save()

    words = text_of(open_page(login(cast.clerk), PAGE))

    assert "测试住建局 20.00% 5 1 1 1 1 1" in words
    assert "测试城管局 100.00% 1 1 0 0 0 0" in words
    assert "全部单位 33.33% 6 2 1 1 1 1" in words


def test_every_number_opens_exactly_what_it_counts(
    cast: SimpleNamespace, promise: Callable[..., Promise], login: Callable
) -> None:
    made = one_of_each(promise)
    client = login(cast.clerk)
    page = open_page(client, PAGE)

    links = re.findall(r'<a href="([^"]+standing=(\w+)[^"]*)"[^>]*>(\d+)</a>', page)

    assert len(links) == 12
    for address, name, count in links:
        html = open_page(client, unescape(address))
        listed = set(re.findall(r"/admin/suggestions/suggestion/(\d+)/change/", html))
        counted = set(made) - {"ahead"} if name == "due" else {name}
        assert listed == {str(made[key].suggestion_id) for key in counted}, name
        assert len(listed) == int(count)


@pytest.mark.parametrize("query", ["unit=x", "unit=999999", "standing=x", "due=2026-13", "due=.."])
def test_a_filter_nobody_offers_finds_nothing(
    cast: SimpleNamespace, promise: Callable[..., Promise], login: Callable, query: str
) -> None:
    made = promise(-3)

    assert f"/suggestion/{made.suggestion_id}/change/" not in open_page(login(cast.clerk), f"{LIST}?{query}")


@pytest.mark.parametrize("months", ["", "3", "24", "x", "-1", "99999999999"])
def test_a_period_is_chosen_or_the_usual_one_stands(
    cast: SimpleNamespace, promise: Callable[..., Promise], login: Callable, months: str
) -> None:
    promise(-3)

    assert "测试住建局" in open_page(login(cast.clerk), f"{PAGE}?months={months}")


def test_the_board_leads_there(cast: SimpleNamespace, login: Callable) -> None:
    assert f'href="{PAGE}"' in open_page(login(cast.clerk), "/admin/")


def test_the_page_says_until_when_it_counts(cast: SimpleNamespace, login: Callable) -> None:
    page = open_page(login(cast.head), PAGE)

    assert f"{clock.now().astimezone(clock.SHANGHAI):%Y-%m-%d}" in page
    assert "这段时间没有到期的承诺" in page


def test_only_the_office_looks_at_it(cast: SimpleNamespace, login: Callable) -> None:
    for who, status in (("reviewer", 200), ("secrecy", 403), ("admin", 403), ("officer", 302)):
        assert login(getattr(cast, who)).get(PAGE).status_code == status, who
        assert login(getattr(cast, who)).get(LIST).status_code == status, who


def test_it_costs_the_same_for_one_promise_and_for_many(
    cast: SimpleNamespace, promise: Callable[..., Promise], login: Callable
) -> None:
    client = login(cast.clerk)

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            open_page(client, address)
        return len(caught)

    promise(-3)
    few = [cost(PAGE), cost(LIST)]
    for days in range(6):
        promise(-days, **kept(-days))

    assert [cost(PAGE), cost(LIST)] == few
    with CaptureQueriesContext(connection) as caught:
        fulfilment.by_unit(year())
    assert len(caught) == 1
