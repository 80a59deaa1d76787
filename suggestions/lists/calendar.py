"""The due calendar: a month by weeks and the week we are in, with days off and make-up days."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congress_portal.accounts.models import User
from congress_portal.common import clock, workdays
from congress_portal.common.models import CalendarDay
from suggestions.metrics import shifted

from .due import KINDS, Agenda, Due

# Whole months before and after the present one; no date of ours lies further away.
BACK, AHEAD = 12, 24
MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
OFF, MAKE_UP = "off", "make-up"
ONE_DAY, WEEK = timedelta(days=1), timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Line:
    """How many cases of one kind are due, and the list of exactly these."""

    label: str | Promise
    count: str
    url: str


@dataclass(frozen=True, slots=True)
class Day:
    """`rest`: OFF for a day nobody works, MAKE_UP for a weekend that is worked, else ""."""

    day: date
    in_month: bool
    is_today: bool
    is_past: bool
    rest: str
    name: str
    total: Line | None
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page shows: the weeks of the month, this week, and what is overdue (first all of it)."""

    month: date
    weeks: list[list[Day]]
    this_week: list[Day]
    late: list[Line]
    before: date | None
    after: date | None


def month_of(text: str) -> tuple[date, bool]:
    """The first of the month to show, and whether it is the one that was asked for (none asked: yes)."""
    here = clock.today().replace(day=1)
    found = MONTH.fullmatch(text)
    try:
        asked = date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        asked = None
    if asked is None or not shifted(here, -BACK) <= asked <= shifted(here, AHEAD):
        return here, not text
    return asked, True


def sheet(agenda: Agenda, user: User, month: date, link: Callable[[Due], str]) -> Sheet:
    """The page of a month; `link` gives the address of the list behind a figure."""
    today = clock.today()
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    monday = today - timedelta(days=today.weekday())
    spans = ((weeks[0][0], weeks[-1][-1]), (monday, monday + WEEK))
    due, names = agenda.days(*spans), _names(spans)

    def day(on: date) -> Day:
        found = due.get(on, {})
        lines = [
            Line(KINDS[kind], str(len(found[kind])), link(Due(on, kind))) for kind in KINDS if kind in found
        ]
        count = len(set().union(*found.values()))
        total = Line(_("Due"), str(count), link(Due(on))) if count else None
        return Day(on, on.month == month.month, on == today, on < today, rest_of(on), names.get(on, ""),
                   total, lines)  # fmt: skip

    here = today.replace(day=1)
    return Sheet(
        month,
        [[day(on) for on in week] for week in weeks],
        [day(monday + ONE_DAY * offset) for offset in range(7)],
        _late(agenda, user, link),
        shifted(month, -1) if month > shifted(here, -BACK) else None,
        shifted(month, 1) if month < shifted(here, AHEAD) else None,
    )


def rest_of(day: date) -> str:
    """Weekends need no word unless they are worked; a working day off does."""
    works = workdays.is_workday(day)
    if day.weekday() >= 5:
        return MAKE_UP if works else OFF
    return "" if works else OFF


def month_name(month: date) -> str:
    return date_format(month, pgettext("date format: month of a year", "F Y"))


def _names(spans: tuple[tuple[date, date], ...]) -> dict[date, str]:
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    rows = CalendarDay.objects.filter(day__range=(first, last)).exclude(name="").order_by()
    return dict(rows.values_list("day", "name"))


def _late(agenda: Agenda, user: User, link: Callable[[Due], str]) -> list[Line]:
    counts = agenda.late(user)
    labels = {"": _("Overdue"), **KINDS}
    return [
        Line(labels[kind], count, link(Due(None, kind))) for kind, count in counts.items() if count != "0"
    ]
