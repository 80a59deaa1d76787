"""A venue goes: its open cases, reception days and people move to whoever takes over, in one step.

`stations` knows no cases (the import order), so the step begins here and ends in `stations.services.venues`.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.db import lock
from stations.models import GONE, Venue, VenueChange
from stations.services import venues
from stations.services.venues import Deed, Estate

from . import workflow
from .actors import Actor
from .errors import Stale
from .models import Assignment, Suggestion
from .services import perform

# How often the step begins anew because somebody put a case there at the same moment.
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Moving:
    """All that moves when the venue goes."""

    venue: Venue
    cases: list[Suggestion]
    assignments: list[Assignment]
    estate: Estate

    def counts(self) -> dict[str, int]:
        return {"cases": len(self.cases), "assignments": len(self.assignments)} | self.estate.counts()

    def needs_heir(self) -> bool:
        return bool(self.cases or self.assignments or self.estate.needs_heir())

    @property
    def fingerprint(self) -> str:
        """The same as long as exactly this would move."""
        rows: dict[str, list[Any]] = {"cases": self.cases, "assignments": self.assignments}
        rows |= self.estate.rows()
        keys = [(name, sorted(row.pk for row in found)) for name, found in rows.items()]
        told = (self.venue.pk, str(self.venue.status), keys, self.estate.counts()["bookings"])
        return sha256(repr(told).encode()).hexdigest()[:32]


def moving(venue: Venue) -> Moving:
    """What would move if the venue went now: nine queries."""
    return Moving(venue, list(_cases(venue)), list(_assignments(venue)), venues.estate(venue))


def retire(
    venue: Venue, *, heir: Venue | None, kind: str, reason: str, by: User | None, seen: str | None = None
) -> VenueChange:
    """Merge the venue into the heir, or close it; its open cases keep their numbers, states and dates.

    `seen` is the fingerprint of what the person was shown. ValidationError by field; Stale: something else
    would move by now, nothing has happened.
    """
    reason = venues.clean_reason(reason)
    for _attempt in range(ATTEMPTS):
        with transaction.atomic():
            held = _hold(venue, heir)
            if held is None:
                # A case came between list and lock; whoever has it may wait for the venue, so begin anew.
                transaction.set_rollback(True)
                continue
            row, taker = held
            venues.check_end(row, heir=taker, kind=kind)
            leaving = moving(row)
            if seen is not None and leaving.fingerprint != seen:
                raise Stale
            deed = Deed(kind, taker, reason, by, clock.today())
            moved = _move_cases(leaving, deed)
            change = venues.hand_over(row, deed, moved=moved)
        venue.refresh_from_db()
        return change
    raise Stale


def _cases(venue: Venue) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(venue=venue, state__in=workflow.OPEN).order_by("pk")


def _assignments(venue: Venue) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(venue=venue, state__in=workflow.LIVE)
    return rows.select_related("suggestion").order_by("suggestion", "pk")


def _concerned(venue: Venue) -> set[int]:
    """Ids of every case that is the venue's or that it handles, and of what is joined to those."""
    own = Q(venue=venue, state__in=workflow.OPEN)
    given = Q(assignments__venue=venue, assignments__state__in=workflow.LIVE)
    ids = set(Suggestion.objects.filter(own | given).values_list("pk", flat=True))
    return ids | set(Suggestion.objects.filter(merged_into__in=ids).values_list("pk", flat=True))


def _hold(venue: Venue, heir: Venue | None) -> tuple[Venue, Venue | None] | None:
    """Lock cases, then the venues, then plans and days, as everybody does; None: not all cases were there."""
    ids = _concerned(venue)
    list(lock(Suggestion.objects.filter(pk__in=ids).order_by("pk")).values_list("pk"))
    # Its parts too: what another step made of one at the same moment would be written over.
    parts = venue.children.exclude(status__in=GONE)
    row, *others = venues.hold(venue, *([heir] if heir else []), *parts)
    if not _concerned(venue) <= ids:
        return None
    venues.hold_estate(venue)
    return row, others[0] if heir else None


def _move_cases(leaving: Moving, deed: Deed) -> dict[str, int]:
    """Through the one door, like every change of a case. Returns how many moved."""
    if deed.heir is None:
        if leaving.needs_heir():
            venues.refuse_without_heir()
        return {}
    actor = Actor(user=deed.by, is_system=True)
    words = {
        VenueChange.Kind.MERGED: _("“%(venue)s” is merged into “%(heir)s”: %(reason)s"),
        VenueChange.Kind.CLOSED: _("“%(venue)s” is closed, “%(heir)s” takes over: %(reason)s"),
    }
    names = {"venue": leaving.venue.name, "heir": deed.heir.name, "reason": deed.reason}
    note = words[VenueChange.Kind(deed.kind)] % names
    for case in leaving.cases:
        perform(
            "move_venue", target=case, actor=actor, seen_version=case.version, venue=deed.heir, reason=note
        )
    for row in leaving.assignments:
        row.refresh_from_db()
        # One that would be there twice has been recalled with the other.
        if row.state in workflow.LIVE:
            perform(
                "hand_over", target=row, actor=actor, seen_version=row.version, venue=deed.heir, reason=note
            )
    return {"cases": len(leaving.cases), "assignments": len(leaving.assignments)}
