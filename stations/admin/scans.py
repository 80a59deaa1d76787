"""Scans of the printed codes: by day, and summed up by venue and deputy. They are counted, never entered."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from deputies.admin import PlaceAdmin
from stations import scan_figures
from stations.models import ScanCount, Venue

ROWS_A_PAGE = 50
KINDS = {"venue": _("Venues"), "deputy": _("Deputies")}


class Scanned(admin.SimpleListFilter):
    title = _("what was scanned")
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return KINDS.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**{f"{self.value()}__isnull": False}) if self.value() in KINDS else queryset


@admin.register(ScanCount)
class ScanCountAdmin(PlaceAdmin):
    list_display = ["day", "scanned", "count"]
    list_display_links = None
    list_filter = [Scanned]
    list_select_related = ["venue", "deputy"]
    list_per_page = ROWS_A_PAGE
    search_fields = ["venue__name", "venue__code", "deputy__name", "deputy__key"]
    date_hierarchy = "day"
    change_list_template = "admin/stations/scan_days.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("code of"))
    def scanned(self, row: ScanCount) -> str:
        return f"{row.venue.code} {row.venue}" if row.venue else f"{row.deputy.key} {row.deputy}"  # type: ignore[union-attr]

    def get_urls(self) -> list[Any]:
        sums = self.admin_site.admin_view(self.sums_view)
        return [path("sums/", sums, name="stations_scancount_sums"), *super().get_urls()]

    def sums_view(self, request: HttpRequest) -> HttpResponse:
        """The last 7, 30 and 365 days of each code that was scanned."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        kind = "deputy" if request.GET.get("of") == "deputy" else "venue"
        rows = scan_figures.of_deputies() if kind == "deputy" else scan_figures.of_venues()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _now("Scans of the last year"),
            "tabs": [
                {"label": label, "url": f"?of={key}", "current": key == kind} for key, label in KINDS.items()
            ],
            "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
            "kind": kind,
        }
        return TemplateResponse(request, "admin/stations/scan_sums.html", context)


class CodeFigures:
    """For the admin of venues: what hangs on the wall, and how often it was scanned."""

    @admin.display(description=_("printed code"))
    def printed_code(self, venue: Venue) -> SafeString | str:
        if venue.pk is None:
            return _now("After the venue is saved")
        context = {
            "sums": scan_figures.of_venue(venue),
            "days": f"{reverse('admin:stations_scancount_changelist')}?venue__id__exact={venue.pk}",
            "venue": venue,
        }
        return render_to_string("admin/stations/printed_code.html", context)
