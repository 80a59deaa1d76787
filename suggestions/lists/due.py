"""What is due on which day: the clocks of cases, the dates of rows given to units and venues, promises.

The calendar and the lists its figures open are made from the same sources, so that a figure is always the
length of its list. The resident's own windows are nobody's work and are left out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.utils.functional import Promise as LazyText
from django.utils.translation import pgettext_lazy

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.pages import capped_counts
from suggestions import desk
from suggestions.enums import AssignmentKind, AssignmentState, ClockKind, PromiseStatus, State
from suggestions.models import Assignment, Promise, Suggestion
from suggestions.permissions import STREET_LEVELS
from suggestions.selectors import of_streets, overdue, visible_to
from suggestions.workflow import COMMITTEE, LEADER, LIAISON, OFFICER

SIGN, ANSWER, OPINION, PROMISE = "SIGN", "ANSWER", "OPINION", "PROMISE"
# Every kind of date there is, in the order they are shown.
KINDS: dict[str, str | LazyText] = {
    SIGN: pgettext_lazy("due", "Sign for it"),
    ANSWER: pgettext_lazy("due", "Unit's reply"),
    OPINION: pgettext_lazy("due", "Assisting opinion"),
    ClockKind.ACCEPT.value: ClockKind.ACCEPT.label,
    ClockKind.REVIEW.value: ClockKind.REVIEW.label,
    ClockKind.ASSIGN.value: ClockKind.ASSIGN.label,
    ClockKind.REPLY.value: ClockKind.REPLY.label,
    ClockKind.FEEDBACK.value: ClockKind.FEEDBACK.label,
    ClockKind.CONCLUDE.value: ClockKind.CONCLUDE.label,
    PROMISE: pgettext_lazy("due", "Promise"),
}
LATE = "late"
DUE = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d)(?:\.([A-Z]+))?|{LATE}(?:\.([A-Z]+))?", re.ASCII)
# Not yet handed in by whoever has the row.
IN_WORK = (
    AssignmentState.ISSUED, AssignmentState.IN_HAND, AssignmentState.RETURN_ASKED, AssignmentState.DISPATCHED,
    AssignmentState.DRAFTED, AssignmentState.MISSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """What a figure of the calendar counts: a day, or (None) all that is overdue; of one kind or ("") any."""

    day: date | None
    kind: str = ""

    @classmethod
    def parse(cls, text: str) -> "Due":
        """From 2026-10-10, late, 2026-10-10.REPLY or late.REPLY. ValueError for anything else."""
        found = DUE.fullmatch(text)
        kind = (found[4] or found[5] or "") if found else "?"
        if found is None or (kind and kind not in KINDS):
            raise ValueError(text)
        return cls(date(int(found[1]), int(found[2]), int(found[3])) if found[1] else None, kind)

    def __str__(self) -> str:
        return (self.day.isoformat() if self.day else LATE) + (f".{self.kind}" if self.kind else "")


def understood(text: str) -> bool:
    try:
        Due.parse(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Source:
    """Rows with a day, the case it belongs to, and an expression that says of which kind the day is."""

    rows: QuerySet[Any]
    day: str
    case: str
    kind: Any

    def on(self, due: Due) -> QuerySet[Any]:
        """Ids of the cases that have this due."""
        when = Q(**{self.day: due.day}) if due.day else Q(**{f"{self.day}__lt": clock.today()})
        rows = self.rows.filter(when)
        if due.kind:
            rows = rows.annotate(due_kind_of=self.kind).filter(due_kind_of=due.kind)
        return rows.order_by().values(self.case)


@dataclass(frozen=True, slots=True)
class Agenda:
    """Somebody's days: the cases in question, where their dates stand, and which kinds there may be."""

    cases: QuerySet[Suggestion]
    sources: tuple[Source, ...]
    kinds: tuple[str, ...]

    def narrow(self, cases: QuerySet[Suggestion], due: Due) -> QuerySet[Suggestion]:
        """Those of `cases` that have this due."""
        found = (Q(pk__in=source.on(due)) for source in self.sources)
        return cases.filter(reduce(or_, found, Q(pk__in=[])))

    def days(self, *spans: tuple[date, date]) -> dict[date, dict[str, set[int]]]:
        """Day → kind → ids of the cases due then, for all days of the spans, which include their ends.

        One query a source, however many rows there are.
        """
        found: dict[date, dict[str, set[int]]] = {}
        for source in self.sources:
            when = reduce(or_, (Q(**{f"{source.day}__range": span}) for span in spans))
            rows = source.rows.filter(when, **{f"{source.case}__in": self.cases.order_by().values("pk")})
            rows = rows.annotate(due_kind_of=source.kind).order_by()
            for day, kind, case in rows.values_list(source.day, "due_kind_of", source.case).distinct():
                found.setdefault(day, {}).setdefault(kind, set()).add(case)
        return found

    def late(self, user: User) -> dict[str, str]:
        """Kind → how many cases are overdue, capped, and "" → how many of any kind: one query."""
        keys = ("", *self.kinds)
        lists = [self.narrow(self.cases, Due(None, kind)) for kind in keys]
        return dict(zip(keys, capped_counts(User.objects.filter(pk=user.pk), lists), strict=True))


def office(user: User) -> Agenda:
    """All the office sees: clocks of cases, and promises by their day."""
    promises = Promise.objects.filter(status=PromiseStatus.OPEN)
    return Agenda(
        visible_to(user),
        (_clocks(Q()), Source(promises, "due_on", "suggestion", Value(PROMISE, CharField()))),
        (*(kind for kind in KINDS if kind in ClockKind.values), PROMISE),
    )


def at_desk(duties: desk.Duties) -> Agenda:
    """What the places of somebody at the desk are to do: intake, rows given to them, promises."""
    sources = []
    at = _intake(duties)
    if at is not None:
        sources.append(_clocks(at))
    places = _own_rows(duties)
    if places is not None:
        rows = Assignment.objects.filter(places)
        to_sign = rows.filter(state=AssignmentState.ISSUED)
        what = Case(
            When(kind=AssignmentKind.ASSISTING, then=Value(OPINION)),
            default=Value(ANSWER),
            output_field=CharField(),
        )
        promises = Promise.objects.filter(
            status=PromiseStatus.OPEN, reported_at=None, assignment__in=rows.values("pk")
        )
        sources += [
            Source(to_sign, "sign_due", "suggestion", Value(SIGN, CharField())),
            Source(rows.filter(state__in=IN_WORK), "unit_due", "suggestion", what),
            Source(promises, "due_on", "suggestion", Value(PROMISE, CharField())),
        ]
    kinds = [
        *((SIGN, ANSWER, OPINION) if places is not None else ()),
        *((ClockKind.ACCEPT, ClockKind.FEEDBACK) if at is not None else ()),
        *((ClockKind.ASSIGN,) if duties.held.get(COMMITTEE) else ()),
        *((PROMISE,) if places is not None else ()),
    ]
    return Agenda(desk.scope(duties.user), tuple(sources), tuple(str(kind) for kind in kinds))


def _clocks(at: Q) -> Source:
    # What is late on the last of all days is everything that has a date of ours.
    rows = Suggestion.objects.filter(at, overdue(date.max))
    return Source(rows, "due_on", "pk", F("due_kind"))


def _intake(duties: desk.Duties) -> Q | None:
    """Cases whose next step is the venue's or the street's own; None where there is neither."""
    ours = Q(state=State.SUBMITTED) | Q(state=State.REPLIED)
    found = []
    if venues := duties.held.get(LIAISON):
        found.append(Q(venue__in=venues) & ours)
    if streets := duties.held.get(COMMITTEE):
        to_assign = Q(state=State.ACCEPTED, level__in=STREET_LEVELS)
        found.append(of_streets(streets) & (ours | to_assign))
    return reduce(or_, found) if found else None


def _own_rows(duties: desk.Duties) -> Q | None:
    """Rows given to the own units and venues; None where there is neither."""
    units = _held(duties, (OFFICER, LEADER))
    venues = _held(duties, desk.AT_VENUE)
    return Q(unit__in=units) | Q(venue__in=venues) if units or venues else None


def _held(duties: desk.Duties, names: Iterable[str]) -> set[int]:
    return set().union(*(duties.held.get(name, set()) for name in names))
