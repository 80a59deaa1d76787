"""Public pages that join all apps: the home page, and a venue with what came in there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress_portal.common.audience import public
from stations import atlas, five_roles, reception_days, standings
from stations import selectors as places
from stations.forms import PlaceForm
from stations.models import GONE, Venue
from stations.views.places import not_here
from suggestions import box_notes
from suggestions.selectors import public as published

from . import public_figures

SHOWN = 3


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The two ways in, the finder of deputies, the next reception days, what was solved, the figures."""
    context = {
        "finder": PlaceForm(communities=places.communities()),
        "receptions": reception_days.next_days(SHOWN),
        "solved": published().order_by("-published_at")[:SHOWN],
        "year": public_figures.this_year(),
        "network": public_figures.network(),
    }
    return render(request, "pages/home.html", context)


@public
@require_safe
def venue(request: HttpRequest, code: str) -> HttpResponse:
    """A venue: where, when, who, and what became of what residents wrote there."""
    place = places.venue_by_code(code)
    if place is None:
        return not_here(request)
    if place.status in GONE:
        return _gone(request, place)
    team = places.teams([place])[place.pk]
    context = {
        "venue": place,
        "team": team,
        "head": places.head_of(team),
        "suspension": places.suspension_of(place),
        "way_on": None if place.is_open else places.homes_of(place.street).first(),
        "joined": places.joined_to(place),
        "reception": reception_days.next_of_venues([place.pk]).get(place.pk),
        "drawing": atlas.drawing(atlas.entries([place])),
        "communities": place.communities.order_by("code"),
        "children": place.children.open().order_by("code"),
        "solved": published().filter(suggestion__venue=place).order_by("-published_at")[:SHOWN],
        "record": public_figures.record_of(place),
        "notes": box_notes.notes(box_notes.answered_at(place)[:SHOWN]),
        "roles": five_roles.at_venue(place, with_empty=request.user.is_staff),
        "standards": standings.of_venue(place),
    }
    return render(request, "pages/venue.html", context)


def _gone(request: HttpRequest, place: Venue) -> HttpResponse:
    """An old code may still hang on the door, so the page stays, with its past and where to go instead."""
    heir = places.present(place)
    context = {
        "venue": place,
        "words": places.farewell(place),
        "heir": heir,
        "home": None if heir else places.homes_of(place.street).first(),
        "solved": published().filter(suggestion__venue=place).order_by("-published_at")[:SHOWN],
        "record": public_figures.record_of(place),
        "notes": box_notes.notes(box_notes.answered_at(place)[:SHOWN]),
    }
    return render(request, "pages/gone.html", context)
