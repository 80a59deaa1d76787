"""Who runs a venue. One row rule: "may I" means "is the venue in that queryset"."""

from typing import Any

from django.db.models import Q, QuerySet

from congress_portal.accounts.models import OFFICE
from congress_portal.common import clock

from .models import GONE, LiaisonOfficer, Posting, PostingRole, Venue, during

RUNS = (PostingRole.HEAD, PostingRole.CONVENER)
# So many venues that went over one after the other are followed; older days are for the office.
FOLLOWED = 2


def is_office(user: Any) -> bool:
    """The office's staff and superusers: they run every venue."""
    return bool(user.is_active and (user.is_superuser or user.has_role(*OFFICE)))


def venues_run_by(user: Any) -> QuerySet[Venue]:
    """Venues whose reception days the user plans and records today.

    All for the office; else those where he or she is a liaison officer, the head or a convener.
    """
    if not user.is_active:
        return Venue.objects.none()
    return Venue.objects.all() if is_office(user) else venues_kept_by(user)


def venues_kept_by(user: Any) -> QuerySet[Venue]:
    """Venues where the user holds such a duty in person; the office's staff have none by their role.

    With each come those it took over, for the days that were held there, or wait for their record.
    """
    if not user.is_active:
        return Venue.objects.none()
    day = clock.today()
    liaison = LiaisonOfficer.objects.filter(during(day), user=user).values("venue")
    leads = Posting.objects.live(day).filter(deputy__user=user, role__in=RUNS).values("venue")
    own = Q(pk__in=liaison) | Q(pk__in=leads)
    found, taken_over = own, Venue.objects.filter(own)
    for _step in range(FOLLOWED):
        taken_over = Venue.objects.filter(status__in=GONE, changes__heir__in=taken_over.values("pk"))
        found |= Q(pk__in=taken_over.values("pk"))
    return Venue.objects.filter(found)
