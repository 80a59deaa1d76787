"""Which rows somebody may see: the only row rule. "May I open it?" means "is it in that queryset?"."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from congress_portal.accounts.models import Role, User
from congress_portal.common import clock
from stations.models import Venue, during

from . import workflow
from .enums import State
from .models import Assignment, Publication, Suggestion, UnitMember
from .permissions import GONE

DISTRICT = (Role.CLERK, Role.REVIEWER, Role.HEAD)


def sees_all(user: User) -> bool:
    return not user.is_superuser and user.has_role(*DISTRICT)


def my_venues(user: User, day: date | None = None) -> QuerySet[Venue]:
    """Venues where the user is a liaison officer or a deputy in service."""
    day = day or clock.today()
    return Venue.objects.run_by(user, day) | Venue.objects.served_by(user, day)


def my_units(user: User) -> QuerySet[UnitMember]:
    return UnitMember.objects.filter(during(clock.today()), user=user)


def visible_to(user: User) -> QuerySet[Suggestion]:
    """Suggestions the user may open: own ones, those of own venues, those given to own units or venues."""
    if not user.is_authenticated or not user.is_active:
        return Suggestion.objects.none()
    if sees_all(user):
        return Suggestion.objects.all()
    mine = Q(resident=user)
    if user.is_superuser:
        # Manages rosters and settings; sees no residents' cases.
        return Suggestion.objects.filter(mine)
    venues = my_venues(user).values("pk")
    rows = Assignment.objects.exclude(state__in=GONE)
    given = rows.filter(Q(unit__in=my_units(user).values("unit")) | Q(venue__in=venues))
    return Suggestion.objects.filter(mine | Q(venue__in=venues) | Q(pk__in=given.values("suggestion")))


def get_for(user: User, number: str) -> Suggestion:
    """One visible suggestion; whoever may not see it learns nothing about whether it exists (404)."""
    case = visible_to(user).filter(number=number).first()
    if case is None:
        raise Http404
    return case


def assignments_of(user: User) -> QuerySet[Assignment]:
    """Rows given to the user's units or venues, except those handed back or recalled."""
    venues = my_venues(user).values("pk")
    return Assignment.objects.exclude(state__in=GONE).filter(
        Q(unit__in=my_units(user).values("unit")) | Q(venue__in=venues)
    )


def public() -> QuerySet[Publication]:
    """Published cases; consent withdrawn or reopened means gone at once."""
    return Publication.objects.filter(
        published_at__isnull=False, suggestion__may_publish=True, suggestion__state=State.CLOSED
    ).select_related("suggestion__venue", "suggestion__category", "suggestion__street")


def overdue(day: date | None = None) -> Q:
    """Condition: somebody of ours is late. The resident's own windows do not count."""
    late = (State.SUBMITTED, State.ACCEPTED, State.HANDLING, State.DISPUTED)
    return Q(state__in=late, due_on__lt=day or clock.today())


# Condition on assignments: somebody is still to act on the row.
LIVE_ASSIGNMENT = Q(state__in=workflow.LIVE)


def has_desk(user: User) -> bool:
    """Whether the user works at /desk/: a venue or a unit is theirs today."""
    return my_venues(user).exists() or my_units(user).exists()
