"""The days a plan names, and what becomes of those that fall on a day off.

What counts as a day off: a rule by date (the 15th) means a working day, so every non-working day does. A rule
by weekday means that weekday, so a Saturday plan meets on Saturdays and only a public holiday is a day off.

Two days never become one: a moved day takes the first free working day in its direction. If that reaches the
plan's own next day (or, brought forward, the one before), it falls together with it and is left out; so does
a day on which the venue receives at these hours already. So the days of a plan keep their order.
"""

import calendar
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

ONE_DAY = timedelta(days=1)
BY_WEEKDAY = ("WEEKLY", "NTH_WEEKDAY")
LAST = 5
# Longer than any run of days off: what lies further away cannot change where a day goes.
REACH = timedelta(days=45)
Test = Callable[[date], bool]


class Rule(Protocol):
    """How days come round; a ReceptionPlan is one. Values as in models.reception.Recurrence."""

    recurrence: str
    day_of_month: int | None
    # As `date.weekday()` counts.
    weekday: int | None
    # 1 to 4; 5 means the last.
    nth: int | None


class Outcome(StrEnum):
    KEPT = "KEPT"
    MOVED = "MOVED"
    LEFT_OUT = "LEFT_OUT"
    # It would meet the next day of the plan, or another day of the venue.
    TOGETHER = "TOGETHER"
    ASKS = "ASKS"


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one planned day. `day` is None for LEFT_OUT and TOGETHER."""

    planned_on: date
    day: date | None
    outcome: Outcome


def planned_days(rule: Rule, first: date, last: date) -> list[date]:
    """The days the rule names from `first` to `last`, both included, in order."""
    if rule.recurrence == "WEEKLY":
        assert rule.weekday is not None
        day = first + timedelta(days=(rule.weekday - first.weekday()) % 7)
        return [day + timedelta(weeks=week) for week in range((last - day).days // 7 + 1)]
    named = (_in_month(rule, year, month) for year, month in _months(first, last))
    return [day for day in named if day is not None and first <= day <= last]


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield number // 12, number % 12 + 1


def _in_month(rule: Rule, year: int, month: int) -> date | None:
    """The day of the month the rule names; None in a month it passes over."""
    length = calendar.monthrange(year, month)[1]
    if rule.recurrence == "NTH_WEEKDAY":
        assert rule.weekday is not None
        assert rule.nth is not None
        found = [day for day in range(1, length + 1) if date(year, month, day).weekday() == rule.weekday]
        return date(year, month, found[-1] if rule.nth == LAST else found[rule.nth - 1])
    if rule.recurrence == "ODD_MONTHS" and month % 2 == 0:
        return None
    assert rule.day_of_month is not None
    return date(year, month, min(rule.day_of_month, length))


def days_off(rule: Rule, *, is_workday: Test, is_holiday: Test) -> Test:
    """The test that says which days the rule's policy is for."""
    if rule.recurrence in BY_WEEKDAY:
        return is_holiday
    return lambda day: not is_workday(day)


def settle(day: date, policy: str, is_workday: Test) -> date | None:
    """Where a day off goes by the policy (models.reception.HolidayPolicy); None: it is left out.

    For ASK the day itself: somebody decides.
    """
    if policy == "CANCEL":
        return None
    if policy == "ASK":
        return day
    step = ONE_DAY if policy == "POSTPONE" else -ONE_DAY
    while not is_workday(day):
        day += step
    return day


def arrange(
    rule: Rule, policy: str, first: date, last: date, *, is_workday: Test, is_holiday: Test,
    starts_on: date | None = None, ends_on: date | None = None, taken: Collection[date] = (),
) -> list[Settled]:  # fmt: skip
    """What becomes of every day the rule names from `first` to `last`, in order.

    The plan runs from `starts_on` until before `ends_on`. `taken` are days on which the venue is busy at
    these hours already. The answer for a day does not depend on `first` and `last`.
    """
    around_first, around_last = first - REACH, last + REACH
    if starts_on is not None:
        around_first = max(around_first, starts_on)
    if ends_on is not None:
        around_last = min(around_last, ends_on - ONE_DAY)
    named = planned_days(rule, around_first, around_last)
    is_off = days_off(rule, is_workday=is_workday, is_holiday=is_holiday)
    busy = set(taken)
    working = [day for day in named if not is_off(day)]
    kept = set(working) - busy
    settled = {day: Settled(day, None, Outcome.TOGETHER) for day in working}
    settled |= {day: Settled(day, day, Outcome.KEPT) for day in kept}
    for day in sorted(set(named) - set(working), reverse=policy == "BRING_FORWARD"):
        settled[day] = _settle_off(day, policy, is_workday, kept, busy)
        if settled[day].outcome == Outcome.MOVED:
            busy.add(settled[day].day)  # type: ignore[arg-type]
    return [settled[day] for day in named if first <= day <= last]


def _settle_off(day: date, policy: str, is_workday: Test, kept: set[date], busy: set[date]) -> Settled:
    # Days of the plan itself stop the search: nothing moves past them.
    goes_to = settle(day, policy, lambda other: other in kept or (is_workday(other) and other not in busy))
    if goes_to is None:
        return Settled(day, None, Outcome.LEFT_OUT)
    if goes_to in kept:
        return Settled(day, None, Outcome.TOGETHER)
    return Settled(day, goes_to, Outcome.ASKS if policy == "ASK" else Outcome.MOVED)
