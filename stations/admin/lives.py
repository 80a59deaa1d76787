"""The life of one venue: what happened to it, and the buttons that suspend and resume it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from congress_portal.common.forms import ClearTextField
from deputies.admin import RosterAccess
from stations.models import Venue, VenueChange, VenueStatus
from stations.services import venues

# What went over, in the order in which it is told.
MOVED: dict[str, str | Promise] = {
    "cases": pgettext_lazy("taken over", "open cases"),
    "assignments": pgettext_lazy("taken over", "cases in hand"),
    "sessions": pgettext_lazy("taken over", "reception days ahead"),
    "bookings": pgettext_lazy("taken over", "bookings"),
    "plans": pgettext_lazy("taken over", "reception plans"),
    "postings": pgettext_lazy("taken over", "postings"),
    "roles": pgettext_lazy("taken over", "five roles"),
    "officers": pgettext_lazy("taken over", "liaison officers"),
    "children": pgettext_lazy("taken over", "venues that belong to it"),
    "communities": pgettext_lazy("taken over", "communities served"),
}


class ReasonForm(forms.Form):
    """Why a venue is suspended or resumed; residents read it on the venue's page."""

    reason = ClearTextField(
        label=gettext_lazy("reason"), single_line=True, max_length=venues.LONGEST_REASON,
        help_text=gettext_lazy("Residents read this on the page of the venue."),
    )  # fmt: skip

    # The status on the page that was sent: its button pressed twice does not do the contrary.
    seen = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=VenueStatus.choices, widget=forms.HiddenInput
    )

    def switch(self, venue: Venue, user: Any) -> bool:
        """Do it; False puts what was wrong on the form."""
        if not self.is_valid():
            return False
        change = venues.suspend if self.cleaned_data["seen"] == VenueStatus.RUNNING else venues.resume
        try:
            change(venue, reason=self.cleaned_data["reason"], by=user)
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True


def life_view(request: HttpRequest, roster: Any, pk: int) -> HttpResponse:
    """All that happened to the venue, and for clerks what may happen next. `roster`: the admin of venues."""
    if not roster.has_view_permission(request):
        raise PermissionDenied
    may_change = roster.has_change_permission(request)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    venue = venue_or_404(pk)
    form = ReasonForm(request.POST or None, initial={"seen": venue.status})
    if request.method == "POST" and form.switch(venue, request.user):
        messages.success(request, _("“%(venue)s”: %(status)s.") % {
            "venue": venue, "status": venue.get_status_display()})  # fmt: skip
        return redirect("admin:stations_venue_life", pk)
    if request.method == "POST":
        # What was typed stays; the button is the one of the present status.
        venue = venue_or_404(pk)
        form.data = {**request.POST.dict(), "seen": venue.status}
    lasting = venue.status in (VenueStatus.RUNNING, VenueStatus.SUSPENDED)
    context = {
        **frame(request, roster, venue),
        "title": _("Status and history"),
        "form": form if may_change and lasting else None,
        "button": _("Suspend") if venue.is_open else _("Resume"),
        "retire_url": reverse("admin:stations_venue_retire", args=[pk]) if may_change and lasting else "",
        "entries": [_entry(row) for row in venue.changes.select_related("heir", "made_by")],
        "joined": VenueChange.objects.filter(heir=venue).select_related("venue"),
    }
    return TemplateResponse(request, "admin/stations/life.html", context)


def venue_or_404(pk: int) -> Venue:
    # No key of a row is longer.
    venue = Venue.objects.select_related("street", "parent").filter(pk=pk).first() if pk < 1 << 62 else None
    if venue is None:
        raise Http404
    return venue


def frame(request: HttpRequest, roster: Any, venue: Venue) -> dict[str, Any]:
    """What the pages about one venue share."""
    facts = [
        (_("Status"), venue.get_status_display()),
        (_("Kind"), venue.get_kind_display()),
        (_("Street"), venue.street),
        (_("Belongs to"), venue.parent),
        (_("Opened on"), venue.opened_on.isoformat() if venue.opened_on else ""),
        (_("Gone since"), venue.gone_on.isoformat() if venue.gone_on else ""),
    ]
    return {
        **roster.admin_site.each_context(request),
        "opts": roster.opts,
        "venue": venue,
        "facts": [{"label": label, "value": value or "—"} for label, value in facts],
        "list_url": reverse("admin:stations_venue_changelist"),
        "venue_url": reverse("admin:stations_venue_change", args=[venue.pk]),
        "life_url": reverse("admin:stations_venue_life", args=[venue.pk]),
    }


def told(moved: dict[str, int]) -> str:
    """What went over, in words; nothing that was none."""
    return "、".join(f"{label} {moved[name]}" for name, label in MOVED.items() if moved.get(name))


def _entry(change: VenueChange) -> dict[str, Any]:
    return {"change": change, "moved": told(change.moved)}


@admin.register(VenueChange)
class VenueChangeAdmin(RosterAccess, admin.ModelAdmin):
    """All changes of all venues, for looking; each is made at its venue."""

    actions = None
    list_per_page = 50
    list_display = ["effective_on", "at", "kind", "heir", "reason", "what_moved", "made_by"]
    list_display_links = None
    list_filter = ["kind", "venue__kind", "venue__street"]
    list_select_related = ["venue", "heir", "made_by"]
    search_fields = ["venue__name", "venue__code", "heir__name", "heir__code", "reason"]
    ordering = ["-effective_on", "-pk"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("venue"), ordering="venue__code")
    def at(self, change: VenueChange) -> str:
        url = reverse("admin:stations_venue_life", args=[change.venue_id])
        return format_html('<a href="{}">{} {}</a>', url, change.venue.code, change.venue.name)

    @admin.display(description=gettext_lazy("taken over"))
    def what_moved(self, change: VenueChange) -> str:
        return told(change.moved) or "—"
