"""Places, venues and who serves where. Here too the page of a deputy, who is posted to venues."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.forms import LoginNameField, LoginNameForm
from congress_portal.common.sheets.pages import SheetAdmin
from congress_portal.common.text import clean_text
from deputies.admin import DeputyAdmin, MandateInline, PlaceAdmin, RosterAdmin, RosterInline
from deputies.models import Deputy
from stations.models import GONE, CommitteeMember, Community, LiaisonOfficer, Posting, Street, Venue
from stations.resources import PostingResource, VenueResource
from stations.services.venues import hold

from .base import ServiceAdmin, ServiceInline
from .dated import DatedForm, DatedFormSet, DatedLineForm
from .lives import life_view
from .postings import PostingForm, PostingLineForm, unposted_view, warn_of_last
from .roles import DeputyRoleInline, VenueRoleInline
from .scans import CodeFigures


class CommitteeMemberForm(LoginNameForm):
    user = LoginNameField(label=_("account"))


class CommitteeMemberInline(RosterInline):
    model = CommitteeMember
    form = CommitteeMemberForm
    fields = ["user", "starts_on", "ends_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CommitteeMember]:
        return super().get_queryset(request).select_related("user")


@admin.register(Street)
class StreetAdmin(PlaceAdmin):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    inlines = [CommitteeMemberInline]


@admin.register(Community)
class CommunityAdmin(PlaceAdmin):
    list_display = ["name", "code", "street"]
    list_filter = ["street"]
    list_select_related = ["street"]
    search_fields = ["name", "code"]


class PostingInline(ServiceInline):
    model = Posting
    form = PostingLineForm
    formset = DatedFormSet


class DeputyPostingInline(PostingInline):
    autocomplete_fields = ["venue"]


class OfRunningVenue:
    """Nobody new comes to a venue that is gone; what was there stays to be seen."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_gone = obj is not None and obj.status in GONE
        return not is_gone and super().has_add_permission(request, obj)  # type: ignore[misc]


class VenuePostingInline(OfRunningVenue, PostingInline):
    autocomplete_fields = ["deputy"]


class WarnsOfLast:
    """An admin with postings in a table says who in office is left without any."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)  # type: ignore[misc]
        if formset.model is Posting:
            warn_of_last(request, (row.deputy_id for row, _fields in formset.changed_objects))


@admin.register(Deputy)
class PostedDeputyAdmin(WarnsOfLast, DeputyAdmin):
    inlines = [MandateInline, DeputyPostingInline, DeputyRoleInline]


class LiaisonOfficerLineForm(LoginNameForm, DatedLineForm):
    same = ("user", "venue")
    already = _("This account is liaison officer here from %(from)s to %(until)s already.")
    twice = _("Two lines name the same account at the same time.")
    user = LoginNameField(label=_("account"))


class LiaisonOfficerForm(LiaisonOfficerLineForm, DatedForm):
    """The same on a page of its own."""


class LiaisonOfficerInline(OfRunningVenue, RosterInline):
    model = LiaisonOfficer
    form = LiaisonOfficerLineForm
    formset = DatedFormSet
    fields = ["user", "starts_on", "ends_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[LiaisonOfficer]:
        return super().get_queryset(request).select_related("user")


class VenueForm(forms.ModelForm):
    def clean_rules(self) -> str:
        # A roster that goes out and comes in again finds the same lines.
        return clean_text(self.cleaned_data["rules"])

    def clean_parent(self) -> Venue | None:
        parent: Venue | None = self.cleaned_data["parent"]
        if parent and parent.status in GONE and "parent" in self.changed_data:
            raise ValidationError(_("This venue was merged or closed. Choose the one that took over."))
        above, seen = parent, set()
        while above is not None and above.pk not in seen:
            if above.pk == self.instance.pk:
                raise ValidationError(_("This venue would belong to itself."))
            seen.add(above.pk)
            above = above.parent
        return parent

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        place = {name: given[name] for name in ("longitude", "latitude") if name in given}
        if len(place) == 2 and list(place.values()).count(None) == 1:
            missing = next(name for name, value in place.items() if value is None)
            self.add_error(missing, _("A place on the map needs both numbers."))
        if self.instance.pk:
            # The whole row is saved; a merger since it was read must not be written over.
            (row,) = hold(self.instance)
            self.instance.status, self.instance.gone_on = row.status, row.gone_on
            self.instance.successor = row.successor
        return given


class VenueAdmin(WarnsOfLast, CodeFigures, RosterAdmin, SheetAdmin):
    """Registered in `suggestions.admin`, where the page that ends a venue can be added."""

    change_form_template = "admin/stations/venue.html"
    resource_classes = [VenueResource]
    file_stem = "venues"
    form = VenueForm
    fields = [
        "code", "kind", "name", "parent", "street", "communities", "address", "phone", "hours",
        "head_name", "head_post", "rules", "longitude", "latitude", "opened_on", "status", "is_demo",
        "printed_code",
    ]  # fmt: skip
    readonly_fields = ["status", "is_demo", "printed_code"]
    list_display = ["code", "name", "kind", "parent", "street", "phone", "status"]
    list_display_links = ["code", "name"]
    list_filter = ["kind", "street", "status"]
    list_select_related = ["parent", "street"]
    search_fields = ["name", "code", "communities__name"]
    autocomplete_fields = ["parent", "communities"]
    inlines = [LiaisonOfficerInline, VenuePostingInline, VenueRoleInline]

    def get_export_queryset(self, request: HttpRequest) -> QuerySet[Venue]:
        return super().get_export_queryset(request).prefetch_related("communities")

    def get_urls(self) -> list[Any]:
        life = self.admin_site.admin_view(self.life_view)
        return [path("<int:pk>/life/", life, name="stations_venue_life"), *super().get_urls()]

    def life_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return life_view(request, self, pk)


@admin.register(Posting)
class PostingAdmin(ServiceAdmin):
    resource_classes = [PostingResource]
    file_stem = "postings"
    form = PostingForm
    fields = ["deputy", "venue", "role", "starts_on", "ends_on", "reason"]
    change_list_template = "admin/stations/postings.html"
    list_display = ["deputy", "key", "venue", "role", "starts_on", "ends_on"]

    def get_urls(self) -> list[Any]:
        unposted = self.admin_site.admin_view(self.unposted_view)
        return [path("unposted/", unposted, name="stations_posting_unposted"), *super().get_urls()]

    def unposted_view(self, request: HttpRequest) -> HttpResponse:
        return unposted_view(request, self)

    def save_model(self, request: HttpRequest, obj: Posting, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            warn_of_last(request, [obj.deputy_id])

    def response_add(self, request: HttpRequest, obj: Posting, post_url_continue: Any = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        if request.GET.get("back") == "unposted" and "_save" in request.POST:
            return redirect("admin:stations_posting_unposted")
        return response


@admin.register(LiaisonOfficer)
class LiaisonOfficerAdmin(RosterAdmin):
    form = LiaisonOfficerForm
    fields = ["user", "venue", "starts_on", "ends_on"]
    list_display = ["user", "venue", "starts_on", "ends_on"]
    list_filter = [("ends_on", admin.EmptyFieldListFilter), "venue__street"]
    list_select_related = ["user", "venue"]
    search_fields = ["user__name", "user__username", "venue__name", "venue__code"]
    autocomplete_fields = ["venue"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user", "venue")
