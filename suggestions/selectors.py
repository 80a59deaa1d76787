"""Which rows somebody may see: the only row rule. "May I open it?" means "is it in that queryset?"."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from congress_portal.accounts.models import OFFICE, Role, User
from congress_portal.common import clock
from stations.models import Venue, during

from . import workflow
from .enums import ClockKind, Restriction, State
from .models import Assignment, Publication, Suggestion, UnitMember
from .permissions import GONE, committee_streets

HIDDEN = Q(restricted=Restriction.ALL)


def sees_all(user: User) -> bool:
    """Whether the user works in the office: all cases but those hidden from it."""
    return not user.is_superuser and user.has_role(*OFFICE)


def enters_office(user: User) -> bool:
    """Whether the list of cases in /admin/ is for the user; it shows the secrecy officer what is hidden."""
    return sees_all(user) or (not user.is_superuser and user.has_role(Role.SECRECY))


def my_venues(user: User, day: date | None = None) -> QuerySet[Venue]:
    """Venues where the user is a liaison officer or a deputy in service."""
    day = day or clock.today()
    return Venue.objects.run_by(user, day) | Venue.objects.served_by(user, day)


def my_units(user: User) -> QuerySet[UnitMember]:
    return UnitMember.objects.filter(during(clock.today()), user=user)


def visible_to(user: User) -> QuerySet[Suggestion]:
    """Suggestions the user may open: own ones, those of the own duty, and what is hidden from all others."""
    if not user.is_authenticated or not user.is_active:
        return Suggestion.objects.none()
    mine = Q(resident=user)
    if user.is_superuser:
        # Manages rosters and settings; sees no residents' cases.
        return Suggestion.objects.filter(mine)
    condition = mine | ~HIDDEN if sees_all(user) else mine | in_charge_of(user) & ~HIDDEN
    if user.has_role(Role.SECRECY):
        condition |= HIDDEN
    return Suggestion.objects.filter(condition)


def in_charge_of(user: User) -> Q:
    """Condition: cases of own venues, of the own street, and those given to own units or venues."""
    venues = my_venues(user).values("pk")
    condition = Q(venue__in=venues) | Q(pk__in=assignments_of(user).values("suggestion"))
    streets = committee_streets(user)
    return condition | of_streets(streets) if streets else condition


def of_streets(streets: Collection[int], prefix: str = "") -> Q:
    """Condition: the case lies in one of the streets, by its place or else by its venue."""
    placed = Q(**{f"{prefix}street__in": streets})
    return placed | Q(**{f"{prefix}street": None, f"{prefix}venue__street__in": streets})


def assignments_of(user: User) -> QuerySet[Assignment]:
    """Rows given to the user's units or venues, and what these dispatched; not those that are gone."""
    venues, units = my_venues(user).values("pk"), my_units(user).values("unit")
    return Assignment.objects.exclude(state__in=GONE).filter(
        Q(unit__in=units) | Q(venue__in=venues) | Q(parent__unit__in=units)
    )


def public() -> QuerySet[Publication]:
    """Published cases; consent withdrawn or reopened means gone at once."""
    return Publication.objects.filter(
        published_at__isnull=False,
        suggestion__may_publish=True,
        suggestion__state=State.CLOSED,
        suggestion__restricted=Restriction.NOBODY,
    ).select_related("suggestion__venue", "suggestion__category", "suggestion__street")


def overdue(day: date | None = None) -> Q:
    """Condition: somebody of ours is late. The resident's own windows do not count."""
    late = (State.SUBMITTED, State.DECLINE_REVIEW, State.ACCEPTED, State.HANDLING, State.DISPUTED)
    untold = Q(state=State.REPLIED, due_kind=ClockKind.FEEDBACK)
    return (Q(state__in=late) | untold) & Q(due_on__lt=day or clock.today())


# Condition on assignments: somebody is still to act on the row.
LIVE_ASSIGNMENT = Q(state__in=workflow.LIVE)


def has_desk(user: User) -> bool:
    """Whether the user works at /desk/: a venue, a unit or a street is theirs today."""
    return my_venues(user).exists() or my_units(user).exists() or bool(committee_streets(user))
