"""Public pages about places and the deputies who serve there."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congress_portal.common.audience import public
from deputies import portraits
from deputies import selectors as people
from deputies.models import Level
from stations import five_roles, reception_days, selectors
from stations.forms import DeputyFilter
from stations.models import Street

DEPUTIES_A_PAGE = 48
RECEPTIONS = 2


@public
@require_safe
def deputies(request: HttpRequest) -> HttpResponse:
    """Deputies in office by level; narrowed by level, street served, and name, pinyin or work unit."""
    form = DeputyFilter(request.GET, streets=list(Street.objects.all()))
    chosen = form.chosen("level", "street", "name")
    rows = people.in_office(level=chosen["level"], text=chosen["name"])
    if chosen["street"]:
        rows = rows.filter(pk__in=selectors.serving_in(chosen["street"]).values("deputy"))
    page = Paginator(rows, DEPUTIES_A_PAGE).get_page(request.GET.get("page"))
    shown = Level(chosen["level"]) if chosen["level"] else None
    groups = people.by_level((shown or people.level_of(row), row) for row in page)
    context = {
        "form": form, "page": page, "groups": groups, "tabs": _level_tabs(chosen),
        "narrowed": bool(chosen["street"] or chosen["name"]),
    }  # fmt: skip
    return render(request, "deputies/deputies.html", context)


@public
@require_safe
def deputy(request: HttpRequest, code: str) -> HttpResponse:
    """A deputy in office. Others, known or not, get the same page: it must not say who was suspended."""
    person = selectors.deputy_by_key(code)
    if person is None:
        return not_here(request, "deputies/not_here.html")
    context = {
        "deputy": person, "postings": selectors.postings_of(person),
        "roles": five_roles.of_deputy(person),
        "receptions": reception_days.days_of_deputy(person, RECEPTIONS),
    }  # fmt: skip
    return render(request, "deputies/deputy.html", context)


@public
@require_safe
def portrait(request: HttpRequest, code: str, width: int) -> HttpResponseBase:
    """The portrait of a deputy in office in one of its sizes; 404 for everybody else."""
    name = selectors.portrait_of(code) if width in portraits.SIZES.values() else ""
    return portraits.response(request, name, width)


def not_here(request: HttpRequest, template: str = "stations/not_here.html") -> HttpResponse:
    """404 with a way on."""
    return render(request, template, status=404)


def _level_tabs(chosen: dict[str, str]) -> list[dict[str, object]]:
    """All people, then the mandates of each level; a tab keeps what else was chosen."""
    kept = {name: chosen[name] for name in ("street", "name") if chosen[name]}
    base = reverse("deputies")

    def tab(label: object, level: str, count: int) -> dict[str, object]:
        query = urlencode({"level": level, **kept} if level else kept)
        url = f"{base}?{query}" if query else base
        return {"label": label, "url": url, "current": chosen["level"] == level, "count": count}

    counts = people.mandates_by_level()
    tabs = [tab(_("All"), "", people.people_in_office())]
    tabs += [tab(level.label, level.value, count) for level, count in counts.items()]
    # The figures are those of the whole list; beside a narrowed one they would mislead.
    return [{**row, "count": None} for row in tabs] if kept else tabs
