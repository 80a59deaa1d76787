"""Working days with the yearly exchange of weekends (调休), after articles 201-203 of the Civil Code.

The start day is not counted; a period of months ends on the same-numbered day, or the month's last; a period
of days or months that ends on a day off runs to the next working day.
"""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import groupby

from chinese_calendar import constants as package
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from congress_portal.common import clock
from congress_portal.common.clock import local_date
from congress_portal.common.models import CalendarDay
from congress_portal.common.remembered import Remembered

# Read from the package's tables, not through its functions: those raise for a year they do not know.
PACKAGE_YEARS = frozenset(day.year for day in package.holidays)
ONE_DAY = timedelta(days=1)
HALF_YEAR = timedelta(days=183)
# What the package calls the days off, as people do.
NAMES: dict[str, str | Promise] = {
    "New Year's Day": pgettext_lazy("days off", "New Year"),
    "Spring Festival": pgettext_lazy("days off", "Spring Festival"),
    "Tomb-sweeping Day": pgettext_lazy("days off", "Tomb-sweeping Day"),
    "Labour Day": pgettext_lazy("days off", "Labour Day"),
    "Dragon Boat Festival": pgettext_lazy("days off", "Dragon Boat Festival"),
    "Mid-autumn Festival": pgettext_lazy("days off", "Mid-autumn Festival"),
    "National Day": pgettext_lazy("days off", "National Day"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row that a notice names: off, or made up for on a weekend. `name` "": nobody gave one."""

    first: date
    last: date
    is_off: bool
    name: str | Promise


class WorkCalendar:
    """The arithmetic over one state of the table. `overrides` maps a day to "is a working day".

    `names` says what those days are called; `with_package` False leaves the table alone with the weekdays.
    """

    def __init__(
        self, overrides: Mapping[date, bool], names: Mapping[date, str] | None = None, *,
        with_package: bool = True,
    ) -> None:  # fmt: skip
        self.overrides, self.names = dict(overrides), dict(names or {})
        self.known = PACKAGE_YEARS if with_package else frozenset()
        self.years = self.known | {day.year for day in overrides}
        self._counts: dict[int, list[int]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkCalendar) and all(
            getattr(self, name) == getattr(other, name) for name in ("overrides", "names", "known")
        )

    __hash__ = None  # type: ignore[assignment]

    def is_workday(self, day: date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        if day.year in self.known:
            return day in package.workdays or (day.weekday() < 5 and day not in package.holidays)
        return day.weekday() < 5

    def is_holiday(self, day: date) -> bool:
        if day in self.overrides:
            return not self.overrides[day]
        return day.year in self.known and day in package.holidays

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

    def stretches(self, start: date, end: date) -> list[Stretch]:
        """What a notice names after `start` up to and with `end`; ordinary weekends are not among it."""
        found = []
        for (is_off, name), days in groupby(self._between(start, end), key=self._named):
            run = list(days)
            if is_off is not None:
                found.append(Stretch(run[0], run[-1], is_off, name))
        return found

    def _between(self, start: date, end: date) -> Iterator[date]:
        while start < end:
            start += ONE_DAY
            yield start

    def _named(self, day: date) -> tuple[bool | None, str | Promise]:
        """Whether the day is off by notice (False: made up for; None: as the weekday says), and its name."""
        off = self.is_holiday(day)
        if not off and (day.weekday() < 5 or not self.is_workday(day)):
            return None, ""
        if day in self.overrides:
            return off, self.names.get(day, "")
        name = package.holidays.get(day) or package.workdays.get(day, "")
        return off, NAMES.get(name, name)

    def fingerprint(self) -> str:
        """Equal for calendars that count alike."""
        rows = sorted(f"{day:%Y-%m-%d}{'+' if works else '-'}" for day, works in self.overrides.items())
        if self.known:
            rows += sorted(f"{day:%Y-%m-%d}o" for day in package.holidays)
            rows += sorted(f"{day:%Y-%m-%d}w" for day in package.workdays)
        return sha256("\n".join(rows).encode()).hexdigest()

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
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


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


def stretches(start: date, end: date) -> list[Stretch]:
    """Named days off and made-up working days after `start` up to and with `end`, in their order."""
    return _current().stretches(_plain(start), _plain(end))


def fingerprint() -> str:
    """The state of the calendar, to be compared with an earlier one."""
    return _current().fingerprint()


def missing_ahead() -> list[int]:
    """Years of the coming half year whose holiday notice nobody has entered."""
    today = clock.today()
    return sorted(unknown_years(today, today + HALF_YEAR))


def forget() -> None:
    """Drop what this process remembers of the table."""
    _current.forget()


def _load() -> WorkCalendar:
    rows = list(CalendarDay.objects.order_by().values_list("day", "kind", "name"))
    return WorkCalendar(
        {day: kind == CalendarDay.Kind.WORKDAY for day, kind, _name in rows},
        {day: name for day, _kind, name in rows if name},
    )


_current = Remembered(_load, CalendarDay)


def _plain(day: date) -> date:
    return local_date(day) if isinstance(day, datetime) else day


def _not_negative(n: int) -> int:
    if n < 0:
        raise ValueError("A period cannot be negative.")
    return n
