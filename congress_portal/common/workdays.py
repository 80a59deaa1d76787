"""Working days with the yearly exchange of weekends (调休), after articles 201-203 of the Civil Code.

The start day is not counted; a period of months ends on the same-numbered day, or the month's last; a period
of days or months that ends on a day off runs to the next working day.
"""

import calendar
import time
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from chinese_calendar import constants as package
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from congress_portal.common.clock import local_date
from congress_portal.common.models import CalendarDay

# Read from the package's tables, not through its functions: those raise for a year they do not know.
PACKAGE_YEARS = frozenset(day.year for day in package.holidays)
ONE_DAY = timedelta(days=1)
# Another process may have changed the table; this is how long we may not notice.
TTL_SECONDS = 15.0


class WorkCalendar:
    """The arithmetic over one state of the table. `overrides` maps a day to "is a working day"."""

    def __init__(self, overrides: Mapping[date, bool]) -> None:
        self.overrides = dict(overrides)
        self.years = PACKAGE_YEARS | {day.year for day in overrides}
        self._counts: dict[int, list[int]] = {}

    def is_workday(self, day: date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        if day.year in PACKAGE_YEARS:
            return day in package.workdays or (day.weekday() < 5 and day not in package.holidays)
        return day.weekday() < 5

    def is_holiday(self, day: date) -> bool:
        if day in self.overrides:
            return not self.overrides[day]
        return day in package.holidays

    def roll_forward(self, day: date) -> date:
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def add_workdays(self, start: date, n: int) -> date:
        day = start
        for _ in range(n):
            day = self.roll_forward(day + ONE_DAY)
        return self.roll_forward(day)

    def count(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; start <= end."""
        if start.year == end.year:
            return self._count_to(end) - self._count_to(start)
        whole_years = sum(self._year(year)[-1] for year in range(start.year, end.year))
        return whole_years - self._count_to(start) + self._count_to(end)

    def _count_to(self, day: date) -> int:
        return self._year(day.year)[day.timetuple().tm_yday]

    def _year(self, year: int) -> list[int]:
        """Item i: working days among the first i days of the year. Kept: lists ask hundreds of times."""
        if year not in self._counts:
            first = date(year, 1, 1)
            counts = [0]
            for offset in range(366 if calendar.isleap(year) else 365):
                counts.append(counts[-1] + self.is_workday(first + timedelta(days=offset)))
            self._counts[year] = counts
        return self._counts[year]


def is_workday(day: date) -> bool:
    return _current().is_workday(_plain(day))


def is_holiday(day: date) -> bool:
    """Whether a notice names the day as a day off, its weekends too; an ordinary weekend is none."""
    return _current().is_holiday(_plain(day))


def roll_forward(day: date) -> date:
    """The day itself if it is a working day, else the next one."""
    return _current().roll_forward(_plain(day))


def add_workdays(start: date, n: int) -> date:
    """The n-th working day after `start`; for n = 0 `start`, rolled forward. ValueError for a negative n."""
    return _current().add_workdays(_plain(start), _not_negative(n))


def add_days(start: date, n: int) -> date:
    """n calendar days after `start`, rolled forward off days off. ValueError for a negative n."""
    return roll_forward(days_after(start, n))


def add_months(start: date, n: int) -> date:
    """The same-numbered day n months on, or that month's last, rolled forward. ValueError if n < 0."""
    return roll_forward(months_after(start, n))


def days_after(start: date, n: int) -> date:
    """Where n calendar days end before a day off moves the end. ValueError for a negative n."""
    return _plain(start) + timedelta(days=_not_negative(n))


def months_after(start: date, n: int) -> date:
    """Where n months end before a day off moves the end. ValueError for a negative n."""
    start = _plain(start)
    years, month = divmod(start.month - 1 + _not_negative(n), 12)
    year, month = start.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(start.day, last))


def workdays_until(today: date, due: date) -> int:
    """Working days left: 0 on the due day, negative when overdue.

    The sign is always that of `due - today`: a Saturday after a Friday due date is one day late, not zero.
    """
    today, due = _plain(today), _plain(due)
    if today == due:
        return 0
    if today < due:
        return max(1, _current().count(today, due))
    return -max(1, _current().count(due, today))


def workdays_between(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; 0 when `end` is not later. For durations."""
    start, end = _plain(start), _plain(end)
    return _current().count(start, end) if start < end else 0


def unknown_years(*days: date) -> set[int]:
    """Years among the days whose holiday notice nobody has entered: there Monday to Friday is assumed."""
    return {_plain(day).year for day in days} - _current().years


def forget() -> None:
    """Drop what this process remembers of the table."""
    _remembered.clear()


# At most one entry: when the table was read, and what it said.
_remembered: list[tuple[float, WorkCalendar]] = []


def _current() -> WorkCalendar:
    # While this transaction holds unsaved changes its view is right for itself and wrong for everyone else.
    if any(entry[1] is forget for entry in transaction.get_connection().run_on_commit):
        return _load()
    read_at, kept = next(iter(_remembered), (0.0, None))
    if kept is None or time.monotonic() - read_at > TTL_SECONDS:
        fresh = _load()
        # An unchanged table keeps its counted years.
        if kept is None or kept.overrides != fresh.overrides:
            kept = fresh
        _remembered[:] = [(time.monotonic(), kept)]
    return kept


def _load() -> WorkCalendar:
    rows = CalendarDay.objects.order_by().values_list("day", "kind")
    return WorkCalendar({day: kind == CalendarDay.Kind.WORKDAY for day, kind in rows})


def _changed(**kwargs: object) -> None:
    forget()
    transaction.on_commit(forget)


# Our own table's cache, not another app's business: a signal also catches the admin, imports and the shell.
post_save.connect(_changed, sender=CalendarDay, dispatch_uid="workdays.forget")
post_delete.connect(_changed, sender=CalendarDay, dispatch_uid="workdays.forget")


def _plain(day: date) -> date:
    return local_date(day) if isinstance(day, datetime) else day


def _not_negative(n: int) -> int:
    if n < 0:
        raise ValueError("A period cannot be negative.")
    return n
