"""Published cases for everybody; the own cases for somebody signed in."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress_portal.common.audience import public, signed_in
from congress_portal.common.text import clean_line
from suggestions import own_list
from suggestions.models import Category
from suggestions.selectors import public as published_cases

from . import access

PAGE = 20
QUERY_LENGTH = 50


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
    """The suggestions of the signed-in resident, newest first, and what waits for an answer."""
    user = access.user_of(request)
    assert user is not None, "signed_in lets nobody else in"
    page = Paginator(own_list.cases_of(user), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": own_list.rows(user, page.object_list)}
    return render(request, "suggestions/mine.html", context)
