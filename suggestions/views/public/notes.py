"""Answered notes of a venue's suggestion box, found by the number on the slip."""

import unicodedata

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress_portal.common.audience import public
from stations.selectors import venue_by_code
from stations.views.places import not_here
from suggestions import box_notes

PAGE = 20
NUMBER_LENGTH = 16


@public
@require_safe
def of_venue(request: HttpRequest, code: str) -> HttpResponse:
    """The answered notes of one venue, newest first; `?q=` is a number, however it was typed."""
    venue = venue_by_code(code)
    if venue is None:
        return not_here(request)
    typed = unicodedata.normalize("NFKC", request.GET.get("q", ""))[:60]
    number = "".join(sign for sign in typed if sign.isascii() and sign.isdigit())[:NUMBER_LENGTH]
    rows = box_notes.answered_at(venue)
    if typed.strip():
        rows = rows.filter(number=number)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "venue": venue,
        "page": page,
        "notes": box_notes.notes(page.object_list),  # type: ignore[arg-type]
        "query": number,
        "asked": bool(typed.strip()),
    }
    return render(request, "suggestions/notes.html", context)
