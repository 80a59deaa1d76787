"""The directory of venues, and "where are my deputies": typed or picked, a place leads to who serves it."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from congress_portal.common.audience import public
from stations import atlas, finding, reception_days, selectors
from stations.finding import By
from stations.forms import PlaceForm, VenueFilter
from stations.models import Community, Street, Venue, VenueKind


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
    kinds = Counter(row.kind for row in rows)
    context = {
        "form": form,
        "streets": [(street, list(members)) for street, members in groupby(rows, key=lambda row: row.street)],
        "count": len(rows),
        "kinds": [(kind.label, kinds[kind]) for kind in VenueKind if kinds[kind]],
        "narrowed": any(chosen.values()),
        "map_query": urlencode({name: chosen[name] for name in ("kind", "street") if chosen[name]}),
    }
    return render(request, "stations/venues.html", context)


def _serving(request: HttpRequest, community: Community) -> HttpResponse:
    served = selectors.serving(community)
    days = reception_days.next_of_venues(row.venue.pk for row in served)
    entries = atlas.entries([row.venue for row in served])
    by = request.GET.get("by", "")
    context = {
        "community": community,
        "served": [{"venue": row.venue, "team": row.team, "day": days.get(row.venue.pk)} for row in served],
        "station": _first(served, VenueKind.STATION),
        "home": _first(served, VenueKind.HOME),
        "drawing": atlas.drawing(entries),
        "by": by if by in set(By) else "",
    }
    return render(request, "stations/serving.html", context)


def _first(served: Sequence[selectors.Served], kind: VenueKind) -> Venue | None:
    return next((row.venue for row in served if row.venue.kind == kind), None)


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
