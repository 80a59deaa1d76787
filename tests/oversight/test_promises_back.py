"""What was promised comes back by itself on its day, on a concluded case too, and once."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from congress_portal.common import clock
from congress_portal.notices.models import Notice
from suggestions import history, reminders
from suggestions.models import Assignment, Promise, Suggestion
from tests.conftest import Journey, act

from .days import on

pytestmark = pytest.mark.django_db


def promised(cast: SimpleNamespace, journey: Journey, *days: date) -> Assignment:
    """Replied in class B, with something promised for each of the days."""
    row = act("sign", journey.handling().assignments.get(), cast.officer)
    promises = [(f"划好第{number}批车位", day) for number, day in enumerate(days, 1)]
    act("draft", row, cast.officer, text="正在划线。", answer_class="B", promises=promises)
    act("sign_off", row, cast.unitlead)
    return act("release", row, cast.reviewer, publicity="OPEN")


def test_a_promise_comes_back_on_its_day_and_not_before(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 6, 1):
        row = promised(cast, journey, date(2026, 9, 30), date(2026, 11, 30))
        act("rate_ok", row.suggestion, cast.resident, level="BASIC", process="SATISFIED")
    with on(2026, 9, 29):
        assert reminders.bring_promises_back() == 0
    with on(2026, 9, 30, hour=1):
        assert reminders.bring_promises_back() == 1
        assert reminders.bring_promises_back() == 0
    first, second = Promise.objects.order_by("due_on")
    assert clock.local_date(first.came_back_at) == date(2026, 9, 30)
    assert second.came_back_at is None
    case = Suggestion.objects.get()
    assert case.state == "CLOSED"
    event = case.events.get(action="promise_due")
    assert (event.role, event.assignment, event.data["promise"]) == ("system", row, "划好第1批车位")
    assert {notice.to.username for notice in Notice.objects.filter(key__contains=f"event {event.seq} ")} == {
        "officer"
    }
    assert list(history.problems(Suggestion.objects.all())) == []


def test_a_missed_day_is_made_up_for(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 6, 1):
        promised(cast, journey, date(2026, 9, 30))
    with on(2026, 10, 12):
        assert reminders.bring_promises_back() == 1


def test_what_was_settled_or_moved_before_its_day_does_not_come_back(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 6, 1):
        row = promised(cast, journey, date(2026, 9, 29), date(2026, 9, 30))
        early, moved = Promise.objects.order_by("due_on")
        act("report_promise", row, cast.officer, promise=early, report="已完成")
        act("settle_promise", row, cast.reviewer, promise=early, verdict="KEPT")
        act("settle_promise", row, cast.reviewer, promise=moved, verdict="MOVED", due=date(2026, 11, 30),
            reply="施工推迟。")  # fmt: skip
    with on(2026, 10, 1):
        assert reminders.bring_promises_back() == 0
    with on(2026, 11, 30):
        assert reminders.bring_promises_back() == 1
    assert Promise.objects.get(moved_from=moved).came_back_at is not None


def test_one_promise_that_cannot_come_back_holds_no_other_up(
    cast: SimpleNamespace, journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on(2026, 6, 1):
        row = promised(cast, journey, date(2026, 9, 29), date(2026, 9, 30))
    perform = reminders.perform

    def meanwhile(action: str, **given: object) -> object:
        promise = given["promise"]
        if promise.due_on == date(2026, 9, 29) and promise.status == "OPEN":
            # Somebody settles it between the list and the lock.
            act("settle_promise", row, cast.reviewer, promise=promise, verdict="BROKEN", reply="没有完成。")
        return perform(action, **given)

    monkeypatch.setattr(reminders, "perform", meanwhile)
    with on(2026, 10, 9):
        assert reminders.bring_promises_back() == 1
    assert Promise.objects.get(due_on=date(2026, 9, 29)).came_back_at is None


def test_a_promise_for_today_is_put_back_whatever_the_hour(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 6, 1):
        promised(cast, journey, date(2026, 6, 1) + timedelta(days=1))
    with on(2026, 6, 1, hour=23):
        assert reminders.bring_promises_back() == 0
    with on(2026, 6, 2, hour=0):
        assert reminders.bring_promises_back() == 1
