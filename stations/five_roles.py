"""五员: who holds which of the five roles where."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from congress_portal.common import clock
from deputies.models import Deputy

from .models import FiveRole, Posting, RoleDuty, Venue, VenueKind


@dataclass(slots=True)
class RoleGroup:
    """One of the five roles with those who hold it; nobody yet is possible."""

    role: FiveRole
    members: list[Deputy] = field(default_factory=list)


def at_venue(venue: Venue, *, with_empty: bool = False) -> list[RoleGroup]:
    """The roles held at a venue now, in their fixed order, with the deputies; one query.

    `with_empty`: also those that nobody holds, for staff who can fill them.
    """
    rows = RoleDuty.objects.live(clock.today()).filter(venue=venue).select_related("deputy")
    groups = {role: RoleGroup(role) for role in FiveRole}
    for row in rows.order_by("deputy__sort_key", "deputy__key"):
        members = groups[FiveRole(row.role)].members
        # Two periods may touch on a day.
        if row.deputy not in members:
            members.append(row.deputy)
    return [group for group in groups.values() if group.members or with_empty]


def of_deputy(deputy: Deputy) -> list[RoleDuty]:
    """The roles a deputy holds now, venue by venue, homes first, in the fixed order."""
    rows = RoleDuty.objects.live(clock.today()).filter(deputy=deputy).select_related("venue")
    kinds, roles = list(VenueKind), list(FiveRole)

    def place(row: RoleDuty) -> tuple[int, str, int]:
        return kinds.index(VenueKind(row.venue.kind)), row.venue.code, roles.index(FiveRole(row.role))

    once = {(row.venue_id, row.role): row for row in rows}
    return sorted(once.values(), key=place)


def day_to_check(starts_on: date, ends_on: date | None) -> date:
    """The day on which a holder has to be posted at the venue: today, or the first day if that is to come.

    Of a role that is over it is the first day, so that what once was can still be entered.
    """
    is_over = ends_on is not None and ends_on <= clock.today()
    return starts_on if is_over else max(starts_on, clock.today())


def is_posted(postings: Iterable[Posting], day: date) -> bool:
    """Whether one of the postings is in force on `day`."""
    return any(row.starts_on <= day and (row.ends_on is None or day < row.ends_on) for row in postings)
