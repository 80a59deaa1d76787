"""Which roles somebody holds towards one case. The table in `workflow.py` says what a role may do."""

from django.db.models import Q

from congress_portal.accounts.models import Role, User
from congress_portal.common import clock
from stations.models import CommitteeMember, LiaisonOfficer, Posting, PostingRole, Venue, during

from . import workflow as w
from .actors import Actor
from .enums import AssignmentKind, AssignmentState, CaseLevel, Restriction
from .models import Assignment, Suggestion, UnitMember

DISTRICT_ROLES = {Role.CLERK: w.CLERK, Role.REVIEWER: w.REVIEWER, Role.HEAD: w.HEAD}
# Signs off for a venue; not a role of the table, it gives LEADER.
CONVENER = "convener"
# A row that was handed back or recalled no longer concerns the one who had it.
GONE = (AssignmentState.RETURNED, AssignmentState.RECALLED)
# What a sub-district may have handled without the district.
STREET_LEVELS = (CaseLevel.L1, CaseLevel.L2)


# Roles towards a case whatever its rows, and whether its rows may add to them.
Standing = tuple[frozenset[str], bool]


def roles_for(
    actor: Actor, suggestion: Suggestion, assignment: Assignment | None = None,
    standing: Standing | None = None,
) -> frozenset[str]:  # fmt: skip
    """Names of workflow.ROLES held now towards the suggestion and, if given, that one assignment.

    `standing`: what `standing_of` says, for whoever asks about many rows of one case.
    """
    roles, rows_count = standing or standing_of(actor, suggestion)
    if not rows_count or actor.user is None:
        return roles
    return roles | _roles_in(actor.user, [assignment] if assignment else _rows_of(suggestion))


def standing_of(actor: Actor, suggestion: Suggestion) -> Standing:
    """The roles that no row of the case gives: the same for all of them."""
    if actor.is_system:
        return frozenset({w.SYSTEM}), False
    roles = set()
    if actor.holder_of is not None and actor.holder_of == suggestion.pk:
        roles.add(w.RESIDENT)
    user = actor.user
    if user is None or not user.is_active:
        return frozenset(roles), False
    if suggestion.resident_id == user.pk:
        roles.add(w.RESIDENT)
    if user.is_superuser:
        # Manages rosters and settings; stands outside the journey.
        return frozenset(roles), False
    if suggestion.restricted == Restriction.ALL:
        # Whatever other duty somebody holds, it does not reach this case.
        return frozenset(roles | ({w.SECRECY} if user.has_role(Role.SECRECY) else set())), False
    roles |= {DISTRICT_ROLES[Role(name)] for name in user.role_names() if name in DISTRICT_ROLES}
    if suggestion.venue_id:
        roles |= _roles_at(user, {suggestion.venue_id}).keys() - {CONVENER}
    roles |= _roles_of_street(user, suggestion)
    return frozenset(roles), True


def committee_streets(user: User) -> frozenset[int]:
    """Ids of the streets whose working committee the user works for today; kept on the object."""
    if not hasattr(user, "_committee_streets"):
        rows = CommitteeMember.objects.filter(during(clock.today()), user=user)
        user._committee_streets = frozenset(rows.values_list("street", flat=True))  # type: ignore[attr-defined]  # noqa: SLF001
    return user._committee_streets  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001


def _roles_of_street(user: User, suggestion: Suggestion) -> set[str]:
    streets = committee_streets(user)
    street = suggestion.street_id or (suggestion.venue.street_id if streets and suggestion.venue else None)
    if street not in streets:
        return set()
    return {w.COMMITTEE, *([w.STREET_ASSIGNER] if suggestion.level in STREET_LEVELS else [])}


def _rows_of(suggestion: Suggestion) -> list[Assignment]:
    """What is given to somebody; nothing yet of a suggestion that is just being registered."""
    if suggestion.pk is None:
        return []
    return [row for row in suggestion.assignments.all() if row.state not in GONE]


def _roles_at(user: User, venues: set[int]) -> dict[str, set[int]]:
    """Role → venues among `venues` where the user holds it today."""
    day = clock.today()
    held: dict[str, set[int]] = {}
    for venue in LiaisonOfficer.objects.filter(during(day), user=user, venue__in=venues).values_list(
        "venue", flat=True
    ):
        held.setdefault(w.LIAISON, set()).add(venue)
    postings = Posting.objects.live(day).filter(deputy__user=user, venue__in=venues)
    for venue, role in postings.values_list("venue", "role"):
        held.setdefault(w.DEPUTY, set()).add(venue)
        if role == PostingRole.CONVENER:
            held.setdefault(CONVENER, set()).add(venue)
    return held


def _roles_in(user: User, rows: list[Assignment]) -> set[str]:
    """HANDLER, OFFICER, LEADER, COORDINATOR as far as the rows give them."""
    roles = set()
    units = {row.unit_id for row in rows if row.unit_id}
    # An office decides on what it gave to others, never on its own row: that is the congress's.
    parents = {row.parent_id for row in rows if row.parent_id}
    coordinated: set[int | None] = set()
    if parents:
        coordinated = set(Assignment.objects.filter(pk__in=parents).values_list("unit", flat=True))
    if units | coordinated:
        mine = UnitMember.objects.filter(during(clock.today()), user=user, unit__in=units | coordinated)
        for unit, is_leader in mine.values_list("unit", "is_leader"):
            if unit in units:
                roles |= {w.LEADER} if is_leader else {w.HANDLER, w.OFFICER}
            if unit in coordinated and not is_leader:
                roles.add(w.COORDINATOR)
    venues = {row.venue_id for row in rows if row.venue_id}
    if venues:
        held = _roles_at(user, venues)
        if held.get(w.LIAISON) or held.get(w.DEPUTY):
            roles.add(w.HANDLER)
        streets = committee_streets(user)
        if held.get(CONVENER) or (
            streets and Venue.objects.filter(pk__in=venues, street__in=streets).exists()
        ):
            roles.add(w.LEADER)
    return roles


def handles_any(user: User, rows: list[Assignment]) -> bool:
    """Whether the user is a handler or leader of one of the rows."""
    return bool(_roles_in(user, rows))


def is_orphaned() -> Q:
    """Condition on suggestions: nobody in service at the venue, or at the unit or venue that is to reply."""
    day = clock.today()
    staffed = LiaisonOfficer.objects.filter(during(day), user__is_active=True).values("venue")
    served = Posting.objects.live(day).values("venue")
    manned = UnitMember.objects.filter(during(day), user__is_active=True).values("unit")
    empty_venue = Q(venue__isnull=False) & ~Q(venue__in=staffed) & ~Q(venue__in=served)
    idle = Assignment.objects.filter(state__in=w.LIVE).exclude(kind=AssignmentKind.ASSISTING)
    idle = idle.filter(empty_venue | Q(unit__isnull=False) & ~Q(unit__in=manned))
    return empty_venue | Q(pk__in=idle.values("suggestion"))
