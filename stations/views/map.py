"""The map of the district with its venues, and the same as a list."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress_portal.common.audience import public
from stations import atlas, selectors
from stations.forms import MapFilter
from stations.models import Street, VenueKind, VenueStatus


@public
@require_safe
def venue_map(request: HttpRequest) -> HttpResponse:
    """Open venues on the outline of the district; one street is shown larger."""
    form = MapFilter(request.GET, streets=list(Street.objects.all()))
    chosen = form.chosen("kind", "street")
    entries = atlas.entries(list(selectors.directory(**chosen).filter(status=VenueStatus.RUNNING)))
    groups = groupby(entries, key=lambda entry: entry.venue.street)
    context = {
        "form": form,
        "drawing": atlas.drawing(entries, street=chosen["street"]),
        "streets": [(street, list(rows)) for street, rows in groups],
        "count": len(entries),
        "missing": sum(not entry.is_on_map for entry in entries),
        "kinds": [(kind.value, kind.label) for kind in VenueKind],
        "narrowed": any(chosen.values()),
    }
    return render(request, "stations/map.html", context)
