"""Postings: what a form of one checks, who is not posted anywhere, and a word when the last one ends."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from congress_portal.common import clock
from deputies.models import Deputy, Level
from stations import posted
from stations.models import Posting
from stations.models.periods import meet
from stations.services.venues import hold

ROWS_A_PAGE = 50


class PostingLineForm(forms.ModelForm):
    """A line of a table: its dates in order; PostingFormSet looks at the rest."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("This is before the first day."))
        return given

    def _get_validation_exclusions(self) -> set[str]:
        # The constraint knows open postings only and has no words; `check` sees every overlap and says which.
        return {*super()._get_validation_exclusions(), "deputy"}  # type: ignore[misc]


class PostingForm(PostingLineForm):
    """Dates in order, no two postings of one deputy at one venue at a time, none at a venue that is gone."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        row = row_of(self)
        if row is not None and self.has_changed():
            check(self, row)
        return given


class PostingFormSet(forms.BaseInlineFormSet):
    """The same for several lines at once."""

    def clean(self) -> None:
        super().clean()
        lines = [(form, row_of(form)) for form in self.forms if form.is_valid() and form.has_changed()]
        rows = [(form, row) for form, row in lines if row is not None]
        # All venues at once, in the order of everybody.
        hold(*(row.venue for _form, row in rows))
        for form, row in rows:
            check(form, row)
        for (_one, first), (other, second) in combinations(rows, 2):
            same = (first.deputy_id, first.venue_id) == (second.deputy_id, second.venue_id)
            if same and not other.errors and meet(period(first), period(second)):
                other.add_error("starts_on", _("Two lines post the same deputy at the same time."))


def row_of(form: forms.ModelForm) -> Posting | None:
    """The posting as the form would write it; None while something of it is missing, wrong or not saved."""
    given, row = form.cleaned_data, form.instance
    deputy = given.get("deputy") or (row.deputy if row.deputy_id else None)
    venue = given.get("venue") or (row.venue if row.venue_id else None)
    if form.errors or given.get("DELETE") or not given.get("starts_on"):
        return None
    if deputy is None or venue is None or deputy.pk is None or venue.pk is None:
        return None
    dates = {name: given.get(name) for name in ("starts_on", "ends_on")}
    return Posting(pk=row.pk, deputy=deputy, venue=venue, **dates)


def check(form: forms.ModelForm, row: Posting) -> None:
    """Put what is wrong with the posting on the form, in the transaction that saves it.

    The venue is held: of two people who post the same deputy at once the second sees what the first wrote.
    """
    (venue,) = hold(row.venue)
    gone = venue.gone_on
    if gone is not None and (row.ends_on is None or row.ends_on > gone):
        field = "venue" if "venue" in form.fields else "starts_on"
        form.add_error(field, _("This venue was merged or closed. Choose the one that took over."))
        return
    others = Posting.objects.filter(deputy=row.deputy_id, venue=row.venue_id).exclude(pk=row.pk)
    for other in others.order_by("starts_on"):
        if meet(period(row), period(other)):
            until = other.ends_on.isoformat() if other.ends_on else "…"
            text = _("This deputy is posted here from %(from)s to %(until)s already.")
            given = {"from": other.starts_on.isoformat(), "until": until}
            form.add_error("starts_on", ValidationError(text, params=given))
            return


def period(row: Posting) -> tuple[Any, Any]:
    return row.starts_on, row.ends_on


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
