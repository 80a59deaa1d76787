"""A paper as a page to print and as a Word file. Who reads it says where it is opened from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from suggestions.actors import Actor
from suggestions.models import Suggestion
from suggestions.papers import catalogue, links, word
from suggestions.papers.shapes import Paper


def paper_page(request: HttpRequest, *, kind: str, pk: int, where: str) -> HttpResponse:
    """The print view; `where`: the address of the page as `links` names it."""
    case, paper = catalogue.open_paper(kind, pk, _reader(request, where))
    advice = ""
    if kind == catalogue.POSTING:
        advice = _("Before you hang it up: nothing in it may tell who somebody is.")
    return print_view(
        request, paper, back_url=_case_url(case, where), file_url=links.link(kind, pk, where).file_url,
        advice=advice,
    )  # fmt: skip


def paper_file(request: HttpRequest, *, kind: str, pk: int, where: str) -> HttpResponse:
    """The Word file, named in Chinese."""
    _case, paper = catalogue.open_paper(kind, pk, _reader(request, where))
    answer = HttpResponse(word.render(paper), content_type=word.TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, f"{paper.name}.docx") or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def print_view(
    request: HttpRequest, paper: Paper, *, back_url: str, file_url: str = "", advice: str = ""
) -> HttpResponse:
    context = {"paper": paper, "back_url": back_url, "file_url": file_url, "advice": advice}
    return render(request, "papers/page.html", context)


def track_address(request: HttpRequest) -> str:
    """What people type who cannot scan."""
    return request.build_absolute_uri(reverse("suggestion_track"))


def _reader(request: HttpRequest, where: str) -> catalogue.Reader:
    actor = Actor(user=request.user)  # type: ignore[arg-type]
    return catalogue.Reader(actor, where == links.OFFICE, track_address(request))


def _case_url(case: Suggestion, where: str) -> str:
    if where == links.OFFICE:
        return reverse("admin:suggestions_suggestion_change", args=[case.pk])
    return reverse("desk_case", args=[case.number])
