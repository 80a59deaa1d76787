"""Published cases for everybody; the own cases for somebody signed in."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from congress_portal.common.audience import public, signed_in
from congress_portal.common.text import clean_line
from suggestions.enums import State
from suggestions.models import Category, Suggestion
from suggestions.selectors import public as published_cases

from . import access

PAGE = 20
QUERY_LENGTH = 50
# Where the office's own word for a state says nothing to a resident.
PLAIN_STATES = {
    State.SUPPLEMENTING: pgettext_lazy("state, to the resident", "Waits for your answer"),
    State.ACCEPTED: pgettext_lazy("state, to the resident", "Accepted"),
    State.DISPUTED: pgettext_lazy("state, to the resident", "Being looked into"),
}


@public
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Concluded cases made public without personal data; `?q=` searches, `?category=` narrows."""
    query = clean_line(request.GET.get("q", ""))[:QUERY_LENGTH]
    categories = list(Category.objects.filter(is_active=True))
    wanted = request.GET.get("category", "")
    category = next((row for row in categories if row.code == wanted), None)
    rows = published_cases().order_by("-published_at", "-pk")
    if query:
        rows = rows.filter(Q(title__icontains=query) | Q(summary__icontains=query))
    if category:
        rows = rows.filter(suggestion__category=category)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "query": query, "categories": categories, "category": category}
    return render(request, "suggestions/published.html", context)


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The suggestions of the signed-in resident, newest first."""
    rows = Suggestion.objects.filter(resident=access.user_of(request)).select_related("community", "street")
    page = Paginator(rows.order_by("-received_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.plain_state = PLAIN_STATES.get(State(row.state)) or row.get_state_display()  # type: ignore[attr-defined]
    return render(request, "suggestions/mine.html", {"page": page})
