"""What there is: a page for people, a list for search engines, and what those leave alone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from congress_portal.common import clock
from congress_portal.common.audience import public
from deputies.models import Deputy, Level
from stations import reception_days
from stations.models import ReceptionSession, Street, Venue, VenueKind
from suggestions.models import Publication
from suggestions.selectors import public as published

# Pages that are always there: (name of the address, words).
PAGES = (
    ("home", _("Home")),
    ("suggestion_new", _("Make a suggestion")),
    ("suggestion_track", _("Check progress")),
    ("suggestions", _("Solved cases")),
    ("reception", _("Reception days")),
    ("venues", _("Homes and stations")),
    ("map", _("Map of homes and stations")),
    ("deputies", _("Deputies")),
    ("site_map", _("Site map")),
)
# Forms, desks and pages of single persons: nothing a stranger should find by searching.
CLOSED = (
    "/desk/", "/admin/", "/accounts/", "/inbox/", "/i18n/", "/mode/", "/after-login/", "/suggestions/track/",
    "/suggestions/mine/", "/q/",
)  # fmt: skip


class _Rows(Sitemap):
    """Rows that know their address; `newest` is the column that says when the page changed."""

    limit = 10_000

    def __init__(self, rows: Callable[[], QuerySet[Any]]) -> None:
        self.rows = rows

    def items(self) -> QuerySet[Any]:
        return self.rows()

    def lastmod(self, item: Any) -> datetime | None:
        return item.changed_at


class _Pages(Sitemap):
    def items(self) -> list[str]:
        return [name for name, _words in PAGES if not reverse(name).startswith(CLOSED)]

    def location(self, item: str) -> str:
        return reverse(item)


class _Deputies(_Rows):
    def location(self, item: Deputy) -> str:
        return reverse("deputy", args=[item.key])


class _Cases(_Rows):
    def location(self, item: Publication) -> str:
        return item.suggestion.get_absolute_url()


def _venues() -> QuerySet[Venue]:
    return _with_history(Venue.objects.open())


def _deputies() -> QuerySet[Deputy]:
    return _with_history(Deputy.objects.serving(clock.today()))


def _cases() -> QuerySet[Publication]:
    return published().annotate(changed_at=F("published_at")).order_by("pk")


def _days() -> QuerySet[ReceptionSession]:
    return reception_days.coming().annotate(changed_at=Max("changes__made_at")).order_by("pk")


def _with_history(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rosters written in bulk have no history; their pages say nothing of when they changed."""
    lines = rows.model.history.filter(id=OuterRef("pk")).order_by("-history_date")
    return rows.annotate(changed_at=Subquery(lines.values("history_date")[:1])).order_by("pk")


SECTIONS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": _Pages(), "venues": _Rows(_venues), "deputies": _Deputies(_deputies), "cases": _Cases(_cases),
    "reception": _Rows(_days),
}  # fmt: skip


@public
@require_safe
def xml(request: HttpRequest) -> HttpResponse:
    """/sitemap.xml"""
    return sitemap(request, sitemaps=SECTIONS)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """/robots.txt; a demo closes everything, because its people are invented."""
    closed = ("/",) if settings.DEMO else CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if not settings.DEMO:
        lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap_xml'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The site on one page: what residents can do, and the way to every list."""
    context = {
        "pages": [(reverse(name), words) for name, words in PAGES],
        "streets": Street.objects.order_by("code"),
        "kinds": [(kind.value, kind.label) for kind in VenueKind],
        "levels": [(level.value, level.label) for level in Level],
    }
    return render(request, "pages/site_map.html", context)
