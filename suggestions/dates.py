"""Dates as a resident reads them: what is done by then, how it was counted, where it moved from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from congress_portal.common import clock
from congress_portal.common.clock import local_date
from congress_portal.common.templatetags.portal import short_date

from .enums import ClockKind, State
from .lateness import level_of
from .models import Clock, Suggestion
from .why import Why, explain

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
    why: Why | None
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
    return Due(
        on=row.due_on,
        what=str(DUE_FOR[ClockKind(row.kind)]),
        why=reason(row, moves),
        level=level_of(row.due_on),
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


def reason(row: Clock, moves: Sequence[Moved] = ()) -> Why | None:
    """Why the day is this one; None where somebody moved it by hand: the move itself says when and why.

    The moves stand beside it, and what was noted with them for colleagues is not the resident's.
    """
    if row.length is None and moves and moves[0].by_hand:
        return None
    why = explain(row)
    # That it is a sensitive matter is the office's word, not the resident's.
    return replace(why, basis="") if row.kind == ClockKind.REVIEW else why


def _running(case: Suggestion) -> list[Clock]:
    return [row for row in case.clocks.all() if row.stopped_at is None]
