"""Postings: what a form of one checks, who is not posted anywhere, and a word when the last one ends."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.common import clock
from deputies.models import Deputy, Level
from stations import posted

from .dated import DatedForm, DatedLineForm

ROWS_A_PAGE = 50


class PostingLineForm(DatedLineForm):
    same = ("deputy", "venue")
    already = gettext_lazy("This deputy is posted here from %(from)s to %(until)s already.")
    twice = gettext_lazy("Two lines post the same deputy at the same time.")


class PostingForm(PostingLineForm, DatedForm):
    """The same on a page of its own."""


def warn_of_last(request: HttpRequest, people: Iterable[int]) -> None:
    """Say who in office is posted nowhere any more; one message for all."""
    lost = posted.unposted().filter(pk__in=set(people))
    names = "、".join(person.name for person in lost)
    if names:
        url = reverse("admin:stations_posting_unposted")
        text = _("In office and now posted nowhere: %(names)s.") % {"names": names}
        messages.warning(request, format_html('{} <a href="{}">{}</a>', text, url, _("Who is not posted")))


def unposted_view(request: HttpRequest, postings: Any) -> HttpResponse:
    """The share of those posted, and who is not, each with venues near by. `postings`: the admin."""
    if not postings.has_view_permission(request):
        raise PermissionDenied
    level = request.GET.get("level", "")
    level = level if level in Level.values else ""
    page = Paginator(posted.unposted(level=level), ROWS_A_PAGE).get_page(request.GET.get("page"))
    people = list(page)
    near = posted.near(people)
    may_post = postings.has_add_permission(request)
    shares = posted.shares()
    context = {
        **postings.admin_site.each_context(request),
        "opts": postings.opts,
        "title": _("Who is not posted"),
        "shares": shares,
        "tabs": _tabs(shares, level),
        "page": page,
        "rows": [
            {
                "person": person,
                "seats": person.seats,  # type: ignore[attr-defined]
                "url": reverse("admin:deputies_deputy_change", args=[person.pk]),
                "near": [(venue, _post_url(person, venue.pk)) for venue in near[person.pk]]
                if may_post
                else [],
                "elsewhere_url": _post_url(person) if may_post else "",
            }
            for person in people
        ],
        "list_url": reverse("admin:stations_posting_changelist"),
    }
    return TemplateResponse(request, "admin/stations/unposted.html", context)


def _tabs(shares: posted.Shares, level: str) -> list[dict[str, Any]]:
    missing = shares.people.all - shares.people.posted
    tabs = [{"label": _("All"), "url": "?", "current": not level, "count": missing}]
    for each, share in shares.levels:
        tabs.append(
            {"label": each.label, "url": f"?level={each.value}", "current": level == each.value,
             "count": share.all - share.posted}
        )  # fmt: skip
    return tabs


def _post_url(person: Deputy, venue: int | None = None) -> str:
    """The form of a new posting, filled in; saved, it leads back to the list."""
    query: dict[str, Any] = {"deputy": person.pk, "starts_on": clock.today().isoformat(), "back": "unposted"}
    if venue:
        query["venue"] = venue
    return f"{reverse('admin:stations_posting_add')}?{urlencode(query)}"
