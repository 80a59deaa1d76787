"""The rosters of deputies and their mandates. A deputy's own page is joined in `stations.admin`."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from congress_portal.accounts.models import Role
from congress_portal.common.choosing import ChooseOne, SafeChoices
from congress_portal.common.numerals import chinese_numeral
from congress_portal.common.sheets.pages import SheetAdmin

from . import portraits
from .forms import DeputyForm
from .models import Congress, Deputy, Mandate, OrderSetting, RareCharacter
from .resources import DeputyRosterResource
from .selectors import unplaced


class RosterAccess(SafeChoices):
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
    actions: Any = None
    list_per_page = 50

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        # What was once true is looked at; a correction is a change of its own.
        return True


def told_apart(deputy: Any) -> str:
    """A name with what tells namesakes apart."""
    return " · ".join(part for part in (deputy.key, deputy.name, deputy.organisation) if part)


class ChooseDeputy(AutocompleteJsonView):
    """The list under a box where somebody types a deputy's name."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": told_apart(obj)}


class DeputySelect(ChooseOne):
    def get_url(self) -> str:
        return reverse("admin:deputies_deputy_choose")


def as_deputy_choice(field: Any, db_field: Any) -> Any:
    """The form field; if it chooses a deputy, one that shows key and unit beside the name."""
    if db_field.related_model is Deputy and isinstance(field.widget, ChooseOne):
        field.widget = DeputySelect(db_field, field.widget.admin_site)
        field.label_from_instance = told_apart
    return field


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


class MandateInline(RosterAccess, admin.StackedInline):
    model = Mandate
    extra = 1
    fields = [
        ("congress", "status"),
        ("electoral_district", "electing_unit"),
        ("delegation", "certificate_number"),
        ("starts_on", "ends_on"),
    ]


class DeputyAdmin(RosterAdmin, SheetAdmin):
    """One line a person; the table that comes in and goes out has one line a mandate."""

    resource_classes = [DeputyRosterResource]
    file_stem = "deputies"
    form = DeputyForm
    shown = [
        "key", "name", "gender", "ethnicity", "organisation", "position", "leader_order", "sort_override",
        "portrait_now", "portrait_file", "portrait_remove", "introduction", "user", "is_demo",
    ]  # fmt: skip
    readonly_fields = ["portrait_now", "is_demo"]
    list_display = ["key", "full_name", "gender", "ethnicity", "organisation", "position", "seats"]
    list_display_links = ["key", "full_name"]
    list_filter = ["mandates__congress", "mandates__status", "gender"]
    search_fields = ["name", "key", "organisation", "mandates__electoral_district", "pinyin", "initials"]
    list_select_related = ["user"]
    inlines = [MandateInline]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # Who only looks has no form, and these two are no columns.
        hidden = set() if self.has_change_permission(request, obj) else {"portrait_file", "portrait_remove"}
        if obj is None or not obj.portrait:
            hidden |= {"portrait_now", "portrait_remove"}
        return [name for name in self.shown if name not in hidden]

    def portrait_view(self, request: HttpRequest, pk: int, width: int) -> HttpResponseBase:
        """The portrait for staff, also of people out of office."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        name = Deputy.objects.filter(pk=pk).values_list("portrait", flat=True).first() or ""
        return portraits.response(request, name, width, cached=portraits.PRIVATE)

    @admin.display(description=_("portrait"))
    def portrait_now(self, deputy: Deputy) -> str:
        address = reverse("admin:deputies_deputy_portrait", args=[deputy.pk, portraits.SIZES["m"]])
        return format_html('<img class="portrait-now" src="{}?v={}" alt="{}" width="120" height="160">',
                           address, deputy.portrait[:8], deputy.name)  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deputy]:
        return super().get_queryset(request).select_related("user").prefetch_related("mandates__congress")

    def get_export_queryset(self, request: HttpRequest) -> QuerySet[Mandate]:
        people = super().get_export_queryset(request).order_by().values("pk")
        return DeputyRosterResource().get_queryset().filter(deputy__in=people)

    def get_urls(self) -> list[Any]:
        choose = self.admin_site.admin_view(ChooseDeputy.as_view(admin_site=self.admin_site))
        portrait = self.admin_site.admin_view(self.portrait_view)
        return [
            path("choose/", choose, name="deputies_deputy_choose"),
            path("<int:pk>/portrait-<int:width>.jpg", portrait, name="deputies_deputy_portrait"),
            *super().get_urls(),
        ]

    @admin.display(description=pgettext_lazy("person", "name"), ordering="sort_key")
    def full_name(self, deputy: Deputy) -> str:
        return deputy.name

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
    search_fields = [
        "deputy__name", "deputy__key", "deputy__pinyin", "deputy__initials", "electoral_district",
        "certificate_number",
    ]  # fmt: skip
    autocomplete_fields = ["deputy"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return as_deputy_choice(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)

    @admin.display(description=_("key"), ordering="deputy__key")
    def key(self, mandate: Mandate) -> str:
        return mandate.deputy.key


@admin.register(OrderSetting)
class OrderSettingAdmin(RosterAdmin):
    """One row, so its list leads straight to it."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request) and not OrderSetting.objects.exists()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        row = OrderSetting.objects.first()
        if row is None or not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        return redirect("admin:deputies_ordersetting_change", row.pk)


@admin.register(RareCharacter)
class RareCharacterAdmin(RosterAdmin):
    """Until a character of a name stands here, the name stands last; the page lists such names."""

    list_display = ["character", "strokes", "after"]
    search_fields = ["character"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # No person's record: a character entered by mistake goes.
        return self.has_change_permission(request, obj)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        missing = unplaced()
        if missing:
            text = _now("These characters are not in the order yet, so their names stand last: %(signs)s")
            messages.warning(request, text % {"signs": "、".join(missing)})
        return super().changelist_view(request, extra_context)
