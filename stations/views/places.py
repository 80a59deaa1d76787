"""Public pages about places and the deputies who serve there."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.choices import flatten_choices
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
# What the directory of deputies can be narrowed by beside the level; the last three stand under "more".
NARROWING = ("name", "street", "delegation", "group", "role")
MORE = NARROWING[2:]
RECEPTIONS = 2


@public
@require_safe
def deputies(request: HttpRequest) -> HttpResponse:
    """Deputies in office by level; narrowed by street served, delegation, group, role, name and unit."""
    form = DeputyFilter(
        request.GET, streets=list(Street.objects.all()), delegations=people.delegations(),
        groups=people.groups_in_use(),
    )  # fmt: skip
    chosen = form.chosen("level", *NARROWING)
    rows = people.in_office(
        level=chosen["level"], text=chosen["name"], delegation=chosen["delegation"], group=chosen["group"]
    )
    if chosen["role"]:
        rows = rows.filter(pk__in=selectors.holding(chosen["role"], chosen["street"]).values("deputy"))
    elif chosen["street"]:
        rows = rows.filter(pk__in=selectors.serving_in(chosen["street"]).values("deputy"))
    page = Paginator(rows, DEPUTIES_A_PAGE).get_page(request.GET.get("page"))
    shown = Level(chosen["level"]) if chosen["level"] else None
    groups = people.by_level((shown or people.level_of(row), row) for row in page)
    context = {
        "form": form, "page": page, "groups": groups, "chosen": _chosen(form, chosen),
        "more_open": any(chosen[name] for name in MORE), **_in_office(chosen),
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
        "working_groups": people.groups_of(person),
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


def _address(chosen: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{reverse('deputies')}?{query}" if query else reverse("deputies")


def _chosen(form: DeputyFilter, chosen: dict[str, str]) -> list[dict[str, str]]:
    """What the list is narrowed by, each with the address of the list without it."""
    return [
        {
            "what": _shown(form.fields[name], chosen[name]),
            "url": _address(chosen | {name: ""}),
        }
        for name in NARROWING
        if chosen[name]
    ]


def _shown(field: Any, value: str) -> str:
    labels = dict(flatten_choices(getattr(field, "choices", ())))
    return str(labels.get(value, value))


def _in_office(chosen: dict[str, str]) -> dict[str, Any]:
    """How many are in office, as mandates and as people, and the tabs: all people, then the levels.

    A tab keeps what else was chosen, without figures: those of the whole list would mislead beside it.
    """
    counts, total = people.mandates_by_level(), people.people_in_office()
    narrowed = any(chosen[name] for name in NARROWING)

    def tab(label: object, level: str, count: int) -> dict[str, object]:
        url, current = _address(chosen | {"level": level}), chosen["level"] == level
        return {"label": label, "url": url, "current": current, "count": None if narrowed else count}

    tabs = [tab(_("All"), "", total)]
    tabs += [tab(level.label, level.value, count) for level, count in counts.items()]
    return {"tabs": tabs, "mandates": sum(counts.values()), "people": total, "narrowed": narrowed}
