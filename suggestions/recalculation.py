"""Open dates counted anew after the calendar has changed. Every run is written down, whoever asked for it.

A date that now ends later moves through the door: the case has an event and the resident is told. One that
would end earlier stays as it was told. A day somebody chose moves only if a notice has made it a day off.
No reply moves past the last day it may ever be due. Nothing moves twice: a second run finds nothing to do.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from congress_portal.accounts.models import User
from congress_portal.common import clock, workdays
from congress_portal.common.clock import local_date

from . import clocks
from .actors import SYSTEM
from .enums import AssignmentKind, AssignmentState, ClockKind
from .errors import DoorError
from .models import Assignment, Clock, Event, Recalculation
from .services import perform
from .workflow import LIVE

MOVED, KEPT = "moved", "kept"
# In which states somebody may still keep these dates of a row.
AHEAD_IN = {
    "sign_due": (AssignmentState.ISSUED,), "return_until": (AssignmentState.ISSUED, AssignmentState.IN_HAND)
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One date that the calendar of today puts elsewhere: `what` is a kind of clock or a date of a row."""

    target: Clock | Assignment
    what: str
    before: date
    after: date

    @property
    def done(self) -> str:
        return MOVED if self.after > self.before else KEPT

    @property
    def number(self) -> str:
        return self.target.suggestion.number

    @property
    def of(self) -> str:
        """Whose date it is, for a row of handling."""
        return str(self.target.assignee) if isinstance(self.target, Assignment) else ""

    def written(self) -> dict[str, str]:
        return {
            "number": self.number, "what": self.what, "of": self.of, "from": self.before.isoformat(),
            "to": self.after.isoformat(), "done": self.done,
        }  # fmt: skip


@dataclass(slots=True)
class Plan:
    """What a run would do. `year` None: all open dates, else those whose time touches it."""

    year: int | None = None
    looked_at: int = 0
    lines: list[Line] = field(default_factory=list)
    years: set[int] = field(default_factory=set)

    def look(self, target: Clock | Assignment, what: str, start: date, before: date, after: date) -> None:
        touched = range(start.year, max(before, after).year + 1)
        if self.year is not None and self.year not in touched:
            return
        self.looked_at += 1
        self.years |= set(touched) if self.year is None else {self.year}
        if after != before:
            self.lines.append(Line(target, what, before, after))

    def having(self, done: str) -> list[Line]:
        return [line for line in self.lines if line.done == done]


def is_needed() -> bool:
    """Whether the calendar is another one than that with which all open dates were counted last."""
    last = Recalculation.objects.exclude(calendar="").first()
    known = last.calendar if last else workdays.WorkCalendar({}).fingerprint()
    return workdays.fingerprint() != known


def plan(year: int | None = None) -> Plan:
    """Every running clock, and every date of a live assignment that is still ahead."""
    found = Plan(year)
    replies: dict[int, tuple[date, date]] = {}
    running = Clock.objects.filter(stopped_at=None).select_related("suggestion")
    for each in running.order_by("suggestion", "pk"):
        after = _counted(each)
        found.look(each, each.kind, local_date(each.started_at), each.due_on, after)
        if each.kind == ClockKind.REPLY:
            replies[each.suggestion_id] = each.due_on, max(each.due_on, after)
    live = Assignment.objects.filter(state__in=LIVE).select_related("suggestion", "unit", "venue")
    rows = list(live.order_by("suggestion", "pk"))
    issued = Event.objects.filter(action="issue", assignment__state__in=LIVE)
    limits = {row: data.get("limits", {}) for row, data in issued.values_list("assignment", "data")}
    leads = {_beside(row): row.unit_due for row in rows if row.kind == AssignmentKind.LEAD}
    for row in rows:
        told, reply = replies.get(row.suggestion_id, (row.unit_due, row.unit_due))
        last = leads.get(_beside(row), reply) if row.kind == AssignmentKind.ASSISTING else reply
        last = reply if last == told else last
        for what, before, after in _dates_of(row, limits.get(row.pk, {}), told, last):
            found.look(row, what, local_date(row.issued_at), before, after)
    return found


def run(*, by: User | None = None, year: int | None = None) -> Recalculation:
    """Do what `plan` says and write it down; what somebody changed meanwhile counts as changed by then."""
    workdays.forget()
    started, calendar = clock.now(), workdays.fingerprint()
    found, done, through = plan(year), list[Line](), False
    try:
        for target, lines in groupby(found.lines, key=lambda line: line.target):
            done += _do(target, list(lines))
        through = True
    finally:
        # Also where a run broke off: what moved is written down, and all dates are looked at again.
        written = Recalculation.objects.create(
            ran_at=started, by=by, years="、".join(map(str, sorted(found.years)))[:80],
            looked_at=found.looked_at, moved=sum(line.done == MOVED for line in done),
            kept=sum(line.done == KEPT for line in done), lines=[line.written() for line in done],
            calendar=calendar if through and year is None else "",
        )  # fmt: skip
    return written


def run_if_needed() -> Recalculation | None:
    """For every day: nothing is done and nothing written while the calendar is the same."""
    workdays.forget()
    return run() if is_needed() else None


def _do(target: Clock | Assignment, lines: list[Line]) -> list[Line]:
    """The lines of one clock or one row that hold; those of a row that move do so in one step."""
    moving = [line for line in lines if line.done == MOVED]
    reason = _("Counted anew because the days off have changed")
    try:
        if moving and isinstance(target, Clock):
            perform(
                "recalculate", target=target.suggestion, actor=SYSTEM, kind=target.kind, due=moving[0].after,
                seen_version=target.suggestion.version, reason=reason,
            )  # fmt: skip
        elif moving and isinstance(target, Assignment):
            perform(
                "recount", target=target, actor=SYSTEM, dates={line.what: line.after for line in moving},
                seen_version=target.version, reason=reason,
            )  # fmt: skip
    except DoorError:
        # Somebody acted between the plan and the lock; whatever runs now was counted with this calendar.
        return [line for line in lines if line.done == KEPT]
    return lines


def _counted(each: Clock) -> date:
    start = local_date(each.started_at)
    if each.length is None:
        after = _off_day_off(each.due_on)
    else:
        after = clocks.counted(each.length, each.unit, start)
    if each.kind == ClockKind.REPLY and after > each.due_on:
        # Asked for the few that move only.
        after = max(each.due_on, min(after, clocks.latest_reply(each.suggestion, start)))
    return after


def _off_day_off(day: date) -> date:
    """A chosen day stands, unless a notice has made it a day off: then the next working day (民法典203)."""
    return workdays.roll_forward(day) if workdays.is_holiday(day) else day


def _beside(row: Assignment) -> tuple[int, int, int | None]:
    """What the rows have in common that reply together."""
    return row.suggestion_id, row.round, row.parent_id


def _dates_of(
    row: Assignment, limits: dict[str, list], told: date, last: date
) -> Iterator[tuple[str, date, date]]:
    """(which date, as it stands, as counted today) of those ahead that have a length or a day of their own.

    `told` is the date of the reply: what ends with it moves in the step that moves it. `last` is the day none
    of them may pass.
    """
    start, due = local_date(row.issued_at), last if row.unit_due == told else row.unit_due
    if row.unit_due != told and row.unit_due >= clock.today():
        length = limits.get("unit_due")
        after = clocks.counted(length[0], length[1], start) if length else _off_day_off(row.unit_due)
        due = after if after < row.unit_due else max(row.unit_due, min(after, last))
        yield "unit_due", row.unit_due, due
    for what, states in AHEAD_IN.items():
        before, length = getattr(row, what), limits.get(what)
        if before and length and before >= clock.today() and row.state in states:
            after = clocks.counted(length[0], length[1], start)
            yield what, before, after if after < before else max(before, min(after, max(due, row.unit_due)))
