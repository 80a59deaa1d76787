"""Papers of all cases the office sees; their addresses belong to the staff's site, not to a table."""

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from suggestions.papers import links
from suggestions.selectors import enters_office
from suggestions.views import papers


def urls(site: AdminSite) -> list[URLPattern]:
    """To stand below suggestions/ in the site."""
    return [
        path("paper/<slug:kind>/<int:pk>/", site.admin_view(page), name="suggestions_paper"),
        path("paper/<slug:kind>/<int:pk>/docx/", site.admin_view(file), name="suggestions_paper_docx"),
    ]


@require_safe
def page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    _demand_office(request)
    return papers.paper_page(request, kind=kind, pk=pk, where=links.OFFICE)


@require_safe
def file(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    _demand_office(request)
    return papers.paper_file(request, kind=kind, pk=pk, where=links.OFFICE)


def _demand_office(request: HttpRequest) -> None:
    if not enters_office(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
