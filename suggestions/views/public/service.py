"""What a deputy did and held, for the deputy alone; it stays readable when the service is over."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress_portal.common import clock
from congress_portal.common.audience import signed_in
from deputies.models import Deputy, Mandate, MandateStatus
from stations.models import Posting, RoleDuty
from suggestions import workflow
from suggestions.models import Event
from suggestions.selectors import has_desk
from suggestions.timeline import LABELS

from . import access

PAGE = 20
# The roles in which somebody acts as a deputy.
AS_DEPUTY = (workflow.DEPUTY, workflow.HANDLER, workflow.LEADER)


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Own mandates with what happened to them, own postings and roles, and own steps by number of the case.

    Nothing of what residents wrote: that belongs to the desk, and a desk is for those in service.
    """
    user = access.user_of(request)
    assert user is not None, "signed_in lets nobody else in"
    person = Deputy.objects.filter(user=user).first()
    if person is None:
        return render(request, "suggestions/service.html", {"deputy": None})
    held = Mandate.objects.with_status(clock.today()).filter(deputy=person).select_related("congress")
    mandates: list[Any] = list(held.prefetch_related("events", "groups").order_by("-starts_on", "pk"))
    for mandate in mandates:
        mandate.status_label = MandateStatus(mandate.status).label
        mandate.said = [event for event in mandate.events.all() if event.struck_out_at is None]
    steps = Event.objects.filter(actor=user, role__in=AS_DEPUTY).select_related("suggestion")
    page = Paginator(steps.order_by("-happened_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    for step in page.object_list:
        step.label = LABELS.get((step.assignment_id is not None, step.action), "")  # type: ignore[attr-defined]
    context = {
        "deputy": person, "mandates": mandates, "page": page, "has_desk": has_desk(user),
        "postings": Posting.objects.filter(deputy=person).select_related("venue").order_by("-starts_on"),
        "roles": RoleDuty.objects.filter(deputy=person).select_related("venue").order_by("-starts_on"),
    }  # fmt: skip
    return render(request, "suggestions/service.html", context)
