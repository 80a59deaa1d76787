"""Which standards venues meet: the newest inspection by each standard says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from .models import Inspection, InspectionMark, StandardChecklist, Venue
from .selectors import venues


@dataclass(frozen=True, slots=True)
class Standing:
    """A venue by one standard that holds for its kind; without inspection it was never looked at."""

    checklist: StandardChecklist
    inspection: Inspection | None

    @property
    def is_full(self) -> bool:
        """All requirements were met."""
        return bool(
            self.inspection and self.inspection.total and self.inspection.met == self.inspection.total
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A venue with one place per standard of the board, None where the standard is not for its kind."""

    venue: Venue
    standings: list[Standing | None]

    @property
    def oldest(self) -> date:
        """The day of the inspection that is longest ago; `date.min` if one was never made."""
        days = [row.inspection.inspected_on if row.inspection else date.min for row in self.standings if row]
        return min(days, default=date.max)

    @property
    def is_full(self) -> bool:
        return all(row.is_full for row in self.standings if row)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of `total` venues this standard holds for, `full` meet all of it and `never` were never inspected."""

    checklist: StandardChecklist
    full: int
    never: int
    total: int


@dataclass(frozen=True, slots=True)
class Board:
    """Rows with the longest neglected first, and the tallies over all venues of the street and kind."""

    checklists: list[StandardChecklist]
    rows: list[Row]
    tallies: list[Tally]


@dataclass(frozen=True, slots=True)
class Changed:
    """One later change of a mark: what it said before and what it says since."""

    when: datetime
    who: Any
    before: InspectionMark
    after: InspectionMark


def newest(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Of each venue and standard the newest inspection."""
    own = Inspection.objects.filter(venue=OuterRef("venue"), checklist=OuterRef("checklist"))
    return rows.filter(pk=Subquery(own.order_by("-inspected_on", "-pk").values("pk")[:1]))


def of_venue(venue: Venue) -> list[Inspection]:
    """The newest inspections of a venue by the standards in use, with their standards; one query."""
    rows = newest(Inspection.objects.filter(venue=venue, checklist__is_active=True)).select_related(
        "checklist"
    )
    ordered = rows.order_by("checklist__order", "checklist__code")
    return [row for row in ordered if row.total and row.checklist.holds_for(venue.kind)]


def board(*, kind: str = "", street: str = "", standard: str = "", only_open: bool = False) -> Board:
    """All open venues by the standards in use; three queries.

    `kind`, code of the `street` and code of the `standard` narrow it; `only_open` leaves the
    venues that do not meet all that is shown.
    """
    places = venues()
    if kind:
        places = places.filter(kind=kind)
    if street:
        places = places.filter(street__code=street)
    checklists = list(StandardChecklist.objects.filter(is_active=True))
    shown = [row for row in checklists if not standard or row.code == standard]
    made = newest(Inspection.objects.filter(venue__in=Venue.objects.open()))
    found = {(row.venue_id, row.checklist_id): row for row in made.order_by()}
    rows = [Row(place, [_standing(place, checklist, found) for checklist in shown]) for place in places]
    tallies = [
        _tally(checklist, [row.standings[place] for row in rows]) for place, checklist in enumerate(shown)
    ]
    rows = [row for row in rows if any(row.standings) and not (only_open and row.is_full)]
    return Board(shown, sorted(rows, key=lambda row: row.oldest), tallies)


def changes_of(inspection: Inspection) -> list[Changed]:
    """What was changed about the marks after they were first saved, newest first; two queries."""
    history = InspectionMark.history.filter(inspection=inspection)  # type: ignore[attr-defined]
    lines: dict[int, list[Any]] = {}
    for line in history.select_related("history_user", "item").order_by("history_date", "history_id"):
        lines.setdefault(line.id, []).append(line)
    found = [
        Changed(after.history_date, after.history_user, before, after)
        for of_mark in lines.values()
        for before, after in pairwise(of_mark)
    ]
    return sorted(found, key=lambda change: change.when, reverse=True)


def _standing(
    venue: Venue, checklist: StandardChecklist, found: dict[tuple[int, int], Inspection]
) -> Standing | None:
    if not checklist.holds_for(venue.kind):
        return None
    return Standing(checklist, found.get((venue.pk, checklist.pk)))


def _tally(checklist: StandardChecklist, standings: Iterable[Standing | None]) -> Tally:
    held: Sequence[Standing] = [row for row in standings if row]
    return Tally(
        checklist,
        full=sum(row.is_full for row in held),
        never=sum(row.inspection is None for row in held),
        total=len(held),
    )
