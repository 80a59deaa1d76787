"""Marks "I follow this": whose they are, and which ones nobody carries on."""

from django.db.models import Q, QuerySet

from congress_portal.common import clock
from deputies.models import Mandate

from .models import Claim
from .steps import Step
from .workflow import SYSTEM


def left_behind() -> QuerySet[Claim]:
    """Open marks of people who hold no mandate any more; whoever is suspended still holds one."""
    held = Mandate.objects.filter(Q(ends_on=None) | Q(ends_on__gt=clock.today()))
    return Claim.objects.filter(released_at=None).exclude(deputy__in=held.values("deputy"))


def ended_by(step: Step) -> QuerySet[Claim]:
    """What "stop following" takes off the case: one's own marks; for the system those left behind."""
    if step.role == SYSTEM:
        return left_behind().filter(suggestion=step.suggestion)
    return Claim.objects.filter(suggestion=step.suggestion, deputy__user=step.actor.user, released_at=None)
