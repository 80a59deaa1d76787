"""The roster of deputies. A deputy's own page is joined in `stations.admin`."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress_portal.common import clock
from congress_portal.common.numerals import chinese_numeral
from congress_portal.common.sheets.pages import SheetAdmin
from deputies import portraits, selectors
from deputies.forms import DeputyForm
from deputies.models import Deputy, Mandate, MandateStatus
from deputies.resources import DeputyRosterResource

from .base import ChooseDeputy, RosterAdmin
from .mandates import MandateInline, as_mandates_and_people


class OfficeFilter(admin.SimpleListFilter):
    title, parameter_name = _("in office today"), "office"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [
            ("yes", pgettext_lazy("mandate", "In office")),
            ("no", pgettext_lazy("mandate", "Not in office")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Deputy]) -> QuerySet[Deputy]:
        serving = Mandate.objects.in_force(clock.today()).values("deputy")
        if self.value() == "yes":
            return queryset.filter(pk__in=serving)
        return queryset.exclude(pk__in=serving) if self.value() == "no" else queryset


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
    list_filter = [OfficeFilter, "mandates__congress", "gender"]
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
        held = Mandate.objects.with_status(clock.today()).select_related("congress")
        rows = super().get_queryset(request).select_related("user")
        return rows.prefetch_related(Prefetch("mandates", held))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        today = clock.today()
        counts = sum(selectors.mandates_by_level(today).values()), selectors.people_in_office(today)
        said = {"counts": as_mandates_and_people(*counts)}
        subtitle = _now("In office today: %(counts)s") % said
        return super().changelist_view(request, {"subtitle": subtitle, **(extra_context or {})})

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
        return "、".join(_seat(mandate) for mandate in deputy.mandates.all())


def _seat(mandate: Any) -> str:
    name = f"{mandate.congress.area}{chinese_numeral(mandate.congress.ordinal)}届"
    if mandate.status == MandateStatus.ACTIVE:
        return name
    return f"{name}（{MandateStatus(mandate.status).label}）"
