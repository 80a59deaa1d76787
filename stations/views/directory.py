"""The directory of venues, and "where are my deputies": typed or picked, a place leads to who serves it."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from congress_portal.common.audience import public
from stations import atlas, finding, selectors
from stations.finding import By
from stations.forms import PlaceForm, VenueFilter
from stations.models import Community, Street, VenueKind


@public
@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    """The directory by street; with `?community=` who serves it; with `?place=` what that may mean."""
    community = selectors.community_by_code(request.GET.get("community", "").replace("\x00", ""))
    if community:
        return _serving(request, community)
    if request.GET.get("place", "").strip():
        return _found(request)
    form = VenueFilter(request.GET, streets=list(Street.objects.all()))
    chosen = form.chosen("kind", "street", "name")
    rows = list(selectors.directory(**chosen))
    context = {
        "form": form,
        "streets": [(street, list(members)) for street, members in groupby(rows, key=lambda row: row.street)],
        "count": len(rows),
        "narrowed": any(chosen.values()),
        "map_query": urlencode({name: chosen[name] for name in ("kind", "street") if chosen[name]}),
    }
    return render(request, "stations/venues.html", context)


def _serving(request: HttpRequest, community: Community) -> HttpResponse:
    served = selectors.serving(community)
    entries = atlas.entries([row.venue for row in served])
    context: dict[str, Any] = {
        "community": community,
        "served": served,
        "has_station": any(row.venue.kind == VenueKind.STATION for row in served),
        "drawing": atlas.drawing(entries),
        "by": request.GET.get("by", ""),
    }
    return render(request, "stations/serving.html", context)


def _found(request: HttpRequest) -> HttpResponse:
    """One hit leads to its page, whose address no longer holds what was typed."""
    communities = selectors.communities()
    form = PlaceForm(request.GET, communities=communities)
    chosen = form.chosen("place", "street")
    found = finding.find(
        chosen["place"], communities=communities, venues=selectors.venues, street=chosen["street"]
    )
    if found.count == 1:
        if found.venues:
            return redirect(found.venues[0])
        query = urlencode({"community": found.communities[0].code, "by": found.by or By.NAME})
        return redirect(f"{reverse('venues')}?{query}")
    groups = groupby(found.communities, key=lambda row: row.street)
    context = {
        "finder": form,
        "by": found.by,
        "streets": [(street, list(rows)) for street, rows in groups],
        "venues": found.venues,
        "count": found.count,
        "all_streets": {row.street_id: row.street for row in communities}.values(),
    }
    return render(request, "stations/finding.html", context)
