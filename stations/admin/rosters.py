"""Places, venues and who serves where. Here too the page of a deputy, who is posted to venues."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.forms import LoginNameField, LoginNameForm
from congress_portal.common.sheets.pages import SheetAdmin
from deputies.admin import DeputyAdmin, MandateInline, PlaceAdmin, RosterAdmin, RosterInline, as_deputy_choice
from deputies.models import Deputy
from stations.models import Community, LiaisonOfficer, Posting, Street, Venue
from stations.resources import PostingResource, VenueResource

from .roles import DeputyRoleInline, VenueRoleInline
from .scans import CodeFigures


@admin.register(Street)
class StreetAdmin(PlaceAdmin):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]


@admin.register(Community)
class CommunityAdmin(PlaceAdmin):
    list_display = ["name", "code", "street"]
    list_filter = ["street"]
    list_select_related = ["street"]
    search_fields = ["name", "code"]


class PostingInline(RosterInline):
    model = Posting
    fields = ["deputy", "venue", "role", "starts_on", "ends_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Posting]:
        return super().get_queryset(request).select_related("deputy", "venue")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return as_deputy_choice(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)


class DeputyPostingInline(PostingInline):
    autocomplete_fields = ["venue"]


class VenuePostingInline(PostingInline):
    autocomplete_fields = ["deputy"]


@admin.register(Deputy)
class PostedDeputyAdmin(DeputyAdmin):
    inlines = [MandateInline, DeputyPostingInline, DeputyRoleInline]


class LiaisonOfficerForm(LoginNameForm):
    user = LoginNameField(label=_("account"))


class LiaisonOfficerInline(RosterInline):
    model = LiaisonOfficer
    form = LiaisonOfficerForm
    fields = ["user", "starts_on", "ends_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[LiaisonOfficer]:
        return super().get_queryset(request).select_related("user")


class VenueForm(forms.ModelForm):
    def clean_parent(self) -> Venue | None:
        parent: Venue | None = self.cleaned_data["parent"]
        above, seen = parent, set()
        while above is not None and above.pk not in seen:
            if above.pk == self.instance.pk:
                raise ValidationError(_("This venue would belong to itself."))
            seen.add(above.pk)
            above = above.parent
        return parent


@admin.register(Venue)
class VenueAdmin(CodeFigures, RosterAdmin, SheetAdmin):
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


@admin.register(Posting)
class PostingAdmin(RosterAdmin, SheetAdmin):
    resource_classes = [PostingResource]
    file_stem = "postings"
    list_display = ["deputy", "key", "venue", "role", "starts_on", "ends_on"]
    list_filter = ["role", "venue__kind", "venue__street", ("ends_on", admin.EmptyFieldListFilter)]
    list_select_related = ["deputy", "venue"]
    search_fields = [
        "deputy__name", "deputy__key", "deputy__pinyin", "deputy__initials", "venue__name", "venue__code",
    ]  # fmt: skip
    autocomplete_fields = ["deputy", "venue"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return as_deputy_choice(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)

    @admin.display(description=_("key"), ordering="deputy__key")
    def key(self, posting: Posting) -> str:
        return posting.deputy.key


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
