"""Dates as a resident reads them: what is done by then, how it was counted, where it moved from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from congress_portal.common import clock, workdays
from congress_portal.common.clock import local_date
from congress_portal.common.templatetags.portal import short_date, zh_date
from congress_portal.common.text import sentences

from .enums import ClockKind, ClockUnit, State
from .models import Clock, Suggestion

ONE_DAY = timedelta(days=1)
DUE_FOR = {
    ClockKind.ACCEPT: gettext_lazy("We tell you whether it is accepted"),
    ClockKind.REVIEW: gettext_lazy("We tell you whether it is accepted"),
    ClockKind.SUPPLEMENT: gettext_lazy("Please answer our question"),
    ClockKind.ASSIGN: gettext_lazy("It is passed to whoever can solve it"),
    ClockKind.REPLY: gettext_lazy("You get a reply"),
    ClockKind.FEEDBACK: gettext_lazy("You are told of the reply"),
    ClockKind.RATING: gettext_lazy("You can rate the reply"),
    ClockKind.CONCLUDE: gettext_lazy("We tell you how it goes on"),
}
# The resident's own time: nobody of ours is late when it is over.
YOURS = (ClockKind.SUPPLEMENT, ClockKind.RATING)


@dataclass(frozen=True, slots=True)
class Moved:
    """A date was moved: from where to where, when the resident was told, and why."""

    old: date
    new: date
    told_on: date
    why: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Due:
    """The next date, what must have happened by then, and where the date comes from.

    `moved`: where it stood before, newest first. `late`: it is over, and somebody of ours should have acted.
    """

    on: date
    what: str
    why: str
    basis: str
    level: str
    moved: tuple[Moved, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """How long a reply can still be rated; `days` are calendar days, 0 on the last one."""

    until: date
    days: int

    @property
    def words(self) -> str:
        if self.days == 0:
            return _("Today is the last day to rate.")
        return ngettext(
            "%(count)d day left to rate, until %(day)s.",
            "%(count)d days left to rate, until %(day)s.",
            self.days,
        ) % {"count": self.days, "day": short_date(self.until)}


def due(case: Suggestion) -> Due | None:
    """The next date, explained; None while no clock runs. A joined case waits for its lead's reply."""
    row = min(_running(case), key=lambda one: (one.due_on, one.pk), default=None)
    told_by = case
    if row is None and case.state == State.MERGED and case.merged_into:
        told_by = case.merged_into
        row = next((one for one in _running(told_by) if one.kind == ClockKind.REPLY), None)
    if row is None:
        return None
    left = (row.due_on - clock.today()).days
    moves = tuple(moved(told_by, row))
    why = reason(row, moves)
    return Due(
        on=row.due_on,
        what=str(DUE_FOR[ClockKind(row.kind)]),
        why=why,
        # That it is a sensitive matter is the office's word, not the resident's.
        basis=row.basis if why and row.kind != ClockKind.REVIEW else "",
        level="overdue" if left < 0 else "soon" if left <= 2 else "ok",
        moved=moves,
        late=left < 0 and row.kind not in YOURS,
    )


def window(case: Suggestion) -> Window | None:
    """The time left to rate; None before the resident was told, and when it is over."""
    row = next((one for one in _running(case) if one.kind == ClockKind.RATING), None)
    days = (row.due_on - clock.today()).days if row else -1
    return Window(row.due_on, days) if row and days >= 0 else None


def moved(case: Suggestion, row: Clock) -> list[Moved]:
    """Every move of the date of this run of the clock, newest first."""
    found = []
    for event in case.events.all():
        by_hand = event.action == "redate"
        kind = ClockKind.REPLY if by_hand else event.data.get("clock")
        if event.action not in ("redate", "recalculate") or kind != row.kind:
            continue
        old, new = (parse_date(str(event.data.get(key, ""))) for key in ("from", "due"))
        if old and new and event.happened_at >= row.started_at:
            why = event.note if event.is_public else _("The days off of the year were announced or changed.")
            found.append(Moved(old, new, local_date(event.happened_at), why, by_hand))
    return found[::-1]


def reason(row: Clock, moves: Iterable[Moved] = ()) -> str:
    """How the day was counted and which days off were left out, in sentences; "" if set by hand."""
    start, last = local_date(row.started_at), next(iter(moves), None)
    if row.length is None and last and last.by_hand:
        # It was not counted: the move itself says when and why.
        return ""
    if row.length is None:
        count = workdays.workdays_between(start, row.due_on)
        counted = ngettext(
            "Set on %(day)s: %(count)d working day from then, that day not counted.",
            "Set on %(day)s: %(count)d working days from then, that day not counted.",
            count,
        ) % {"count": count, "day": zh_date(start)}
    else:
        counted = COUNTED[row.unit](row.length) % {"count": row.length, "day": zh_date(start)}
    working = row.length is None or row.unit == ClockUnit.WORKDAYS
    rest = _left_out(start, row.due_on) if working else _rolled(row, start)
    return sentences(counted, *rest, *_not_announced(start, row.due_on))


COUNTED: dict[str, Callable[[int], str]] = {
    ClockUnit.WORKDAYS: lambda count: ngettext(
        "%(count)d working day from %(day)s; that day is not counted.",
        "%(count)d working days from %(day)s; that day is not counted.",
        count,
    ),
    ClockUnit.DAYS: lambda count: ngettext(
        "%(count)d day from %(day)s; that day is not counted.",
        "%(count)d days from %(day)s; that day is not counted.",
        count,
    ),
    ClockUnit.MONTHS: lambda count: ngettext(
        "%(count)d month from %(day)s; that day is not counted.",
        "%(count)d months from %(day)s; that day is not counted.",
        count,
    ),
}
ENDS: dict[str, Callable[[date, int], date]] = {
    ClockUnit.DAYS: workdays.days_after,
    ClockUnit.MONTHS: workdays.months_after,
}


def _running(case: Suggestion) -> list[Clock]:
    return [row for row in case.clocks.all() if row.stopped_at is None]


def _left_out(start: date, end: date) -> list[str]:
    """Which days between did not count, and which weekend days did."""
    days = [start + ONE_DAY * step for step in range(1, (end - start).days + 1)]
    off = [day for day in days if not workdays.is_workday(day)]
    holidays = [day for day in off if workdays.is_holiday(day)]
    worked = [day for day in days if day.weekday() >= 5 and day not in off]
    found = []
    if holidays and len(holidays) < len(off):
        words = _("Weekends and the days off %(days)s are not counted.")
    elif holidays:
        words = _("The days off %(days)s are not counted.")
    else:
        words = _("Weekends are not counted.") if off else ""
    if words:
        found.append(words % {"days": _stretches(holidays)} if holidays else words)
    if worked:
        found.append(
            _("%(days)s falls on a weekend but is worked, so it counts.") % {"days": _stretches(worked)}
        )
    return found


def _rolled(row: Clock, start: date) -> list[str]:
    end = ENDS[row.unit](start, row.length or 0)
    if end == row.due_on:
        return []
    return [
        _("The last day, %(day)s, is a day off, so it is the next working day.") % {"day": short_date(end)}
    ]


def _not_announced(start: date, end: date) -> list[str]:
    years = sorted(workdays.unknown_years(start, end))
    if not years:
        return []
    words = _("The days off of %(years)s are not announced yet; if the date moves, you read it here.")
    return [words % {"years": pgettext("between names", ", ").join(map(str, years))}]


def _stretches(days: list[date]) -> str:
    """Days in a row as one stretch: October 1 to October 8, October 10."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return pgettext("between names", ", ").join(
        short_date(run[0])
        if len(run) == 1
        else _("%(first)s to %(last)s") % {"first": short_date(run[0]), "last": short_date(run[-1])}
        for run in runs
    )
