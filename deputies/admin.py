"""The rosters of deputies and their mandates. A deputy's own page is joined in `stations.admin`."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from congress_portal.accounts.forms import LoginNameField, LoginNameForm
from congress_portal.accounts.models import Role
from congress_portal.common.numerals import chinese_numeral
from congress_portal.common.sheets.pages import SheetAdmin

from .models import Congress, Deputy, Mandate
from .resources import DeputyRosterResource


class RosterAccess:
    """Clerks and superusers keep rosters, the office's other staff look; rows are ended, not deleted."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return user.is_active and (user.is_superuser or user.has_role(*Role.values))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return user.is_active and (user.is_superuser or user.has_role(Role.CLERK))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PlaceAdmin(RosterAccess, admin.ModelAdmin):
    """Streets, communities, congresses: what the rosters refer to."""

    actions = None


class RosterAdmin(RosterAccess, SimpleHistoryAdmin):
    actions = None
    list_per_page = 50

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        # What was once true is looked at; a correction is a change of its own.
        return True


class RosterInline(RosterAccess, admin.TabularInline):
    # One empty line, so that a row can be added without JavaScript.
    extra = 1


@admin.register(Congress)
class CongressAdmin(PlaceAdmin):
    list_display = ["__str__", "level", "ordinal", "starts_on", "ends_on", "held"]
    list_filter = ["level"]
    search_fields = ["area"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Congress]:
        return super().get_queryset(request).annotate(held=Count("mandates"))

    @admin.display(description=_("mandates"), ordering="held")
    def held(self, congress: Any) -> int:
        return congress.held


class MandateInline(RosterInline):
    model = Mandate
    fields = [
        "congress", "electoral_district", "electing_unit", "delegation", "certificate_number", "starts_on",
        "ends_on", "status",
    ]  # fmt: skip


class DeputyForm(LoginNameForm):
    user = LoginNameField(label=_("account"), required=False)


class DeputyAdmin(SheetAdmin, RosterAdmin):
    """One line a person; the table that comes in and goes out has one line a mandate."""

    resource_classes = [DeputyRosterResource]
    file_stem = "deputies"
    form = DeputyForm
    fields = [
        "key", "name", "gender", "ethnicity", "organisation", "position", "introduction", "user", "is_demo",
    ]  # fmt: skip
    readonly_fields = ["is_demo"]
    list_display = ["key", "name", "gender", "ethnicity", "organisation", "position", "seats"]
    list_display_links = ["key", "name"]
    list_filter = ["mandates__congress", "mandates__status", "gender", "is_demo"]
    search_fields = ["name", "key", "organisation", "mandates__electoral_district"]
    list_select_related = ["user"]
    inlines = [MandateInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deputy]:
        return super().get_queryset(request).select_related("user").prefetch_related("mandates__congress")

    def get_export_queryset(self, request: HttpRequest) -> QuerySet[Mandate]:
        people = super().get_export_queryset(request).order_by().values("pk")
        return DeputyRosterResource().get_queryset().filter(deputy__in=people)

    @admin.display(description=_("mandates"))
    def seats(self, deputy: Deputy) -> str:
        return "、".join(
            f"{mandate.congress.area}{chinese_numeral(mandate.congress.ordinal)}届"
            for mandate in deputy.mandates.all()
        )


@admin.register(Mandate)
class MandateAdmin(RosterAdmin):
    list_display = [
        "deputy", "key", "congress", "electoral_district", "electing_unit", "delegation", "status",
        "starts_on", "ends_on",
    ]  # fmt: skip
    list_filter = ["congress", "status", "delegation"]
    list_select_related = ["deputy", "congress"]
    search_fields = ["deputy__name", "deputy__key", "electoral_district", "certificate_number"]
    autocomplete_fields = ["deputy"]

    @admin.display(description=_("key"), ordering="deputy__key")
    def key(self, mandate: Mandate) -> str:
        return mandate.deputy.key
