"""The admin of venues with the page that ends one: it shows all that would move, then moves exactly that."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from congress_portal.common import clock
from stations.admin.lives import frame, told, venue_or_404
from stations.admin.rosters import VenueAdmin
from stations.models import Venue, VenueStatus
from stations.services.venues import AHEAD
from suggestions import succession
from suggestions.errors import Stale
from suggestions.forms.succession import RetireForm
from suggestions.selectors import sees_all

ENDING = (VenueStatus.RUNNING, VenueStatus.SUSPENDED)


@admin.register(Venue)
class EndingVenueAdmin(VenueAdmin):
    def get_urls(self) -> list[Any]:
        retire = self.admin_site.admin_view(self.retire_view)
        return [path("<int:pk>/retire/", retire, name="stations_venue_retire"), *super().get_urls()]

    def retire_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Merge or close the venue in one confirmed step."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        venue = venue_or_404(pk)
        if venue.status not in ENDING:
            messages.warning(request, _("“%(venue)s”: %(status)s.") % {
                "venue": venue, "status": venue.get_status_display()})  # fmt: skip
            return redirect("admin:stations_venue_life", pk)
        leaving = succession.moving(venue)
        form = RetireForm(request.POST or None, leaving=leaving)
        is_stale = False
        if request.method == "POST":
            try:
                change = form.retire(request.user)  # type: ignore[arg-type]
            except Stale:
                is_stale, change = True, None
            if change is not None:
                text = _("“%(venue)s”: %(status)s. Went over: %(moved)s.")
                given = {"venue": venue, "status": venue.get_status_display()}
                messages.success(request, text % {**given, "moved": told(change.moved) or "—"})
                return redirect("admin:stations_venue_life", pk)
            leaving = succession.moving(venue)
            form = _shown_again(form, leaving)
        context = {
            **frame(request, self, venue),
            **_context(request, leaving),
            "form": form,
            "stale": is_stale,
        }
        status = 409 if is_stale else 200
        return TemplateResponse(request, "admin/stations/retire.html", context, status=status)


def _shown_again(form: Any, leaving: succession.Moving) -> RetireForm:
    """What was typed stays; the list is the present one and has to be confirmed anew."""
    given = form.data.copy()
    given["seen"] = leaving.fingerprint
    given.pop("confirm", None)
    form.data = given
    shown: RetireForm = form
    return shown


def _context(request: HttpRequest, leaving: succession.Moving) -> dict[str, Any]:
    venue = leaving.venue
    # A superuser keeps rosters and sees no resident's case: the number of them is enough.
    cases = sees_all(request.user)  # type: ignore[arg-type]
    late = venue.reception_sessions.filter(status__in=AHEAD, day__lt=clock.today()).count()
    return {
        "title": _("Merge or close"),
        "leaving": leaving,
        "shows_cases": cases,
        "counts": leaving.counts(),
        "unrecorded": late,
        "stays": venue.suggestions.count() - len(leaving.cases),
    }
