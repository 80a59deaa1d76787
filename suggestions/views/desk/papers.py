"""Papers of the cases of one's places."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from suggestions.papers import links
from suggestions.views import papers

from .doors import desk_only


@desk_only
@require_safe
@never_cache
def page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    return papers.paper_page(request, kind=kind, pk=pk, where=links.DESK)


@desk_only
@require_safe
@never_cache
def file(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    return papers.paper_file(request, kind=kind, pk=pk, where=links.DESK)
