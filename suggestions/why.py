"""Why a date is the day it is: one answer, for every date on every screen.

The rule and the day it began, the days off and made-up days on the way by name, the basis, what moved it
since, and a warning where a year's days off are not known yet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from congress_portal.common import clock, workdays
from congress_portal.common.clock import local_date
from congress_portal.common.templatetags.portal import short_date, zh_date

from .clocks import counted as count_on
from .clocks import due_date, last_day
from .enums import AssignmentKind, AssignmentState, ClockKind, ClockUnit, RequestKind
from .lateness import level_of
from .models import (
    Assignment,
    Clock,
    ClockRule,
    Event,
    HandlingRequest,
    Promise,
    Suggestion,
    SupervisionLetter,
)
from .timeline import DATES
from .workflow import LIVE

Dated = Clock | Assignment | Promise | HandlingRequest | SupervisionLetter
# The events that set or move a date; a page that has the history of its case hands these over.
SETTERS = (
    "issue", "assign", "order_redo", "redate", "recalculate", "recount", "grant_extension",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Why:
    """`lines` are the days passed over or counted against the weekday, and what moved the date since."""

    day: date
    rule: str
    lines: tuple[str, ...] = ()
    basis: str = ""
    warning: str = ""

    @property
    def short(self) -> str:
        """All of it in one line, for a list."""
        parts = [str(part).rstrip("。.") for part in (self.rule, *self.lines, self.warning) if part]
        return pgettext("between sentences", "; ").join(parts)

    @property
    def full(self) -> str:
        """The same as a sentence, beside a field."""
        return _("%(sentence)s.") % {"sentence": self.short}


def explain(
    what: Dated, name: str = "unit_due", *, events: Iterable[Event] = (), reply: Clock | None = None
) -> Why:
    """Why the date of a clock, assignment, promise, request for more time or letter is this day.

    `name` is one of an assignment's dates. `events` is the history of the case: it knows who set or moved the
    date; without it the answer is true but shorter. `reply` is the clock an assignment may end with.
    """
    if isinstance(what, Clock):
        return _clock(what, list(events))
    if isinstance(what, Assignment):
        return _row(what, name, list(events), reply)
    if isinstance(what, Promise):
        rule = _("Promised in the reply of %(day)s.") % {"day": zh_date(what.reply.released_at)}
        return Why(what.due_on, rule)
    if isinstance(what, HandlingRequest):
        assert what.wanted_due is not None, "only a request for more time has a date"
        rule = _("Asked for on %(day)s.") % {"day": zh_date(what.asked_at)}
        return Why(what.wanted_due, rule, basis=what.reason)
    rule = _("Set in the letter of %(day)s.") % {"day": zh_date(what.issued_at)}
    return Why(what.reply_by, rule, tuple(_passed(local_date(what.issued_at), what.reply_by)))


def counted(start: date, length: int, unit: str, day: date, *, basis: str = "") -> Why:
    """Why a limit of this length that began on `start` ends on `day`."""
    return Why(
        day,
        _length(start, length, unit),
        tuple(_on_the_way(start, length, unit, day)),
        basis,
        _warning(start, day),
    )


def of_rule(rule: ClockRule, start: date) -> Why:
    """Why a limit that would begin on `start` would end on its day."""
    day = due_date(rule, start)
    return counted(start, rule.length, rule.unit, day, basis=rule.basis)


def running_first(case: Suggestion) -> Clock | None:
    """The running clock that ends first; of a list that has prefetched `clocks` without a query."""
    running = [each for each in case.clocks.all() if each.stopped_at is None]
    return min(running, key=lambda each: (each.due_on, each.pk), default=None)


def of_case(case: Suggestion) -> str:
    """In one line why the date of a case is that day; "" while no clock runs."""
    first = running_first(case)
    return explain(first).short if first else ""


def dates_of(
    row: Assignment, *, events: Iterable[Event] = (), clocks: Iterable[Clock] = ()
) -> list[dict[str, Any]]:
    """The dates of an assignment that are still to be kept; `clocks` are those that run for its case."""
    events = list(events)
    reply = next((each for each in clocks if each.kind == ClockKind.REPLY), None)
    waited_for = {
        "sign_due": row.state == AssignmentState.ISSUED,
        # Once over it is nobody's delay: the row can then only be escalated.
        "return_until": row.state in (AssignmentState.ISSUED, AssignmentState.IN_HAND)
        and (row.return_until or clock.today()) >= clock.today(),
        "unit_due": row.state in LIVE,
    }
    found = [
        _date(name, label_of(row, name), explain(row, name, events=events, reply=reply))
        for name, is_open in waited_for.items()
        if is_open and getattr(row, name)
    ]
    for asked in row.requests.all():
        if asked.kind == RequestKind.EXTENSION and asked.answered_at is None:
            label = pgettext("date", "More time asked for until")
            found.append(_date("wanted_due", label, explain(asked)))
    return found


def dates_of_rows(
    rows: Iterable[Assignment], events: Iterable[Event], clocks: Iterable[Clock]
) -> dict[int, list[dict[str, Any]]]:
    """Key of an assignment → its dates that are still to be kept; none of one that is over."""
    return {row.pk: dates_of(row, events=events, clocks=clocks) if row.state in LIVE else [] for row in rows}


def label_of(row: Assignment, name: str) -> str | LazyText:
    """What one of an assignment's dates is called: a helping unit owes an opinion, not a reply."""
    if name == "unit_due" and row.kind == AssignmentKind.ASSISTING:
        return pgettext("date", "Opinion until")
    return DATES[name]


def _date(name: str, label: str | LazyText, why: Why) -> dict[str, Any]:
    return {"name": name, "label": label, "why": why, "level": level_of(why.day)}


def setters(case_events: Any) -> list[Event]:
    """Of the events of a case (a queryset or manager) those that `explain` reads: one query."""
    return list(case_events.filter(action__in=SETTERS).order_by("seq"))


# Clocks ------------------------------------------------------------------------------------------


def _clock(row: Clock, events: list[Event]) -> Why:
    start = local_date(row.started_at)
    setter = _last(events, lambda event: _sets(event, row))
    if row.length is None:
        rule, basis = _chosen(row, setter, start)
        return Why(row.due_on, rule, tuple(_passed(start, row.due_on)), basis, _warning(start, row.due_on))
    lines = list(_on_the_way(start, row.length, row.unit, row.due_on))
    if setter and setter.action == "recalculate":
        lines.append(_moved_by_the_calendar(setter.data.get("from", ""), setter))
    lines += _disagreement(row, start)
    rule = _length(start, row.length, row.unit)
    return Why(row.due_on, rule, tuple(lines), row.basis, _warning(start, row.due_on))


def _sets(event: Event, row: Clock) -> bool:
    if event.assignment_id or event.data.get("due") != row.due_on.isoformat():
        return False
    if event.action == "recalculate":
        return event.data.get("clock") == row.kind
    return row.kind == ClockKind.REPLY and event.action in ("assign", "order_redo", "redate")


def _chosen(row: Clock, setter: Event | None, start: date) -> tuple[str, str]:
    """Rule and basis of a date without a length: chosen by somebody, or going on where it was interrupted."""
    if row.kind != ClockKind.REPLY:
        return _("It goes on where it was interrupted; the date stays."), row.basis
    if setter is None:
        return _set_on(start, start, row.due_on), row.basis
    day = local_date(setter.happened_at)
    if setter.action == "redate":
        return _("Changed on %(day)s.") % {"day": zh_date(day)}, row.basis
    if setter.action == "recalculate":
        return _moved_by_the_calendar(setter.data.get("from", ""), setter), row.basis
    # The basis on the row is that of the usual length, which was not used.
    return _set_on(day, start, row.due_on), ""


def _disagreement(row: Clock, start: date) -> Iterator[str]:
    """Where the calendar of today would end elsewhere: a day that was told is never taken back."""
    assert row.length is not None, "asked for a counted clock"
    today = count_on(row.length, row.unit, start)
    if today < row.due_on:
        yield _("With the days off of now it would be %(day)s; the date that was told stays.") % {
            "day": short_date(today)
        }
    elif today > row.due_on:
        yield _("The days off have changed since; it is being counted anew.")


# Assignments -------------------------------------------------------------------------------------


def _row(row: Assignment, name: str, events: list[Event], reply: Clock | None) -> Why:
    day, start = getattr(row, name), local_date(row.issued_at)
    issue = _last(events, lambda event: event.action == "issue" and event.assignment_id == row.pk)
    limits = issue.data.get("limits", {}) if issue else {}
    moved = _last(events, lambda event: _moves(event, row, name, day))
    if moved and moved.action == "grant_extension":
        rule = _("More time was granted on %(day)s; before that it was %(before)s.") % {
            "day": zh_date(moved.happened_at), "before": _iso(moved.data.get("from", "")),
        }  # fmt: skip
        return Why(day, rule, tuple(_passed(start, day)), moved.note, _warning(start, day))
    if name in limits:
        length, unit, basis = limits[name]
        why = counted(start, length, unit, day, basis=basis)
        if moved and moved.action == "recount":
            before = moved.data["dates"][name][0]
            why = Why(day, why.rule, (*why.lines, _moved_by_the_calendar(before, moved)), basis, why.warning)
        return why
    if reply and day == reply.due_on:
        told = _clock(reply, events)
        rule = _("It ends with the date of the reply that was told to the resident.")
        return Why(day, rule, (told.rule, *told.lines), told.basis, told.warning)
    return Why(day, _set_on(start, start, day), tuple(_passed(start, day)), "", _warning(start, day))


def _moves(event: Event, row: Assignment, name: str, day: date) -> bool:
    if event.assignment_id != row.pk:
        return False
    if event.action == "recount":
        return event.data.get("dates", {}).get(name, ["", ""])[1] == day.isoformat()
    granted = name == "unit_due" and event.action == "grant_extension"
    return granted and event.data.get("due") == day.isoformat()


# Words -------------------------------------------------------------------------------------------


def _length(start: date, length: int, unit: str) -> str:
    given = {"count": length, "day": zh_date(start)}
    if unit == ClockUnit.MONTHS:
        sentence = ngettext(
            "%(count)d month from %(day)s; that day is not counted.",
            "%(count)d months from %(day)s; that day is not counted.",
            length,
        )
    elif unit == ClockUnit.WORKDAYS:
        sentence = ngettext(
            "%(count)d working day from %(day)s; that day is not counted.",
            "%(count)d working days from %(day)s; that day is not counted.",
            length,
        )
    else:
        sentence = ngettext(
            "%(count)d day from %(day)s; that day is not counted.",
            "%(count)d days from %(day)s; that day is not counted.",
            length,
        )
    return sentence % given


def _set_on(day: date, start: date, end: date) -> str:
    """Somebody chose the day; how long that is all the same."""
    count = workdays.workdays_between(start, end)
    return ngettext(
        "Set on %(day)s: %(count)d working day; the first day is not counted.",
        "Set on %(day)s: %(count)d working days; the first day is not counted.",
        count,
    ) % {"count": count, "day": zh_date(day)}


def _on_the_way(start: date, length: int, unit: str, end: date) -> Iterator[str]:
    """Working days pass over days off; days and months only may not end on one."""
    if unit == ClockUnit.WORKDAYS:
        yield from _passed(start, end)
        return
    last = last_day(length, unit, start)
    if last < end and not workdays.is_workday(last):
        off = next(
            (each for each in workdays.stretches(start, last) if each.is_off and each.last == last), None
        )
        name = (off.name if off else "") or (_("a day off") if off else _("a weekend"))
        yield _("The last day, %(day)s, is %(name)s; it moves to the next working day.") % {
            "day": short_date(last), "name": name
        }  # fmt: skip


def _passed(start: date, end: date) -> Iterator[str]:
    for each in workdays.stretches(start, end):
        days = short_date(each.first)
        if each.last != each.first:
            days = f"{days}–{short_date(each.last)}"
        given = {"name": each.name or _("days off"), "days": days}
        if each.is_off:
            yield _("%(name)s, %(days)s: not counted") % given
        else:
            yield _("%(days)s: a working day made up for, counted") % given


def _warning(start: date, end: date) -> str:
    years = sorted(year for year in workdays.unknown_years(start, end) if year >= clock.today().year)
    if not years:
        return ""
    return _(
        "The days off of %(years)s are not known yet, so Monday to Friday is counted. "
        "Should the date move, it moves to a later day only, and that is told."
    ) % {"years": "、".join(map(str, years))}  # fmt: skip


def _moved_by_the_calendar(before: str, event: Event) -> str:
    return _("Moved on %(day)s because the days off had changed; before that it was %(before)s.") % {
        "day": zh_date(event.happened_at), "before": _iso(before)
    }  # fmt: skip


def _iso(day: str) -> str | LazyText:
    return short_date(date.fromisoformat(day)) if day else "—"


def _last(events: list[Event], wanted: Any) -> Event | None:
    return next((event for event in reversed(events) if wanted(event)), None)
