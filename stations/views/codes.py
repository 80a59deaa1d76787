"""The printed codes: their pictures, what hangs on the wall, and where a scan leads."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from congress_portal.common import ratelimit
from congress_portal.common.audience import public
from deputies.models import Deputy
from stations import qr, selectors
from stations.models import Venue
from stations.services import scans

from .places import not_here

logger = logging.getLogger(__name__)
# Of one address and code: many phones share one address, but nobody scans one sign this often.
COUNTED, SECONDS = 20, 60


@public
@require_safe
def venue_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The picture of the venue's scan address; also of a closed venue, whose code may still hang there."""
    venue = selectors.venue_by_code(code)
    return qr.picture(request, venue.code) if venue else not_here(request)


@public
@require_safe
def deputy_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The picture of the deputy's scan address, while in office."""
    person = selectors.deputy_by_key(code)
    return qr.picture(request, person.key) if person else not_here(request, "deputies/not_here.html")


@public
@require_safe
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """Where a scanned code leads: the form for that venue or deputy; the page of a venue that is not open.

    The code of a venue that is gone opens the form of who took over, and the form says so.
    """
    venue = selectors.venue_by_code(code)
    if venue:
        _count(request, venue)
        now = selectors.present(venue)
        return redirect(_form("venue", venue.code) if now and now.is_open else venue)
    person = selectors.deputy_by_key(code)
    if person is None:
        return not_here(request)
    _count(request, person)
    return redirect(_form("deputy", person.key))


def _count(request: HttpRequest, code: Venue | Deputy) -> None:
    """Count what somebody did; not what a browser fetched ahead. Nobody waits at the door for a figure."""
    ahead = "prefetch" in f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}"
    if request.method != "GET" or ahead:
        return
    scope = f"scan {type(code).__name__} {code.pk}"
    try:
        if ratelimit.hit(request, scope=scope, limit=COUNTED, seconds=SECONDS):
            scans.count(code)
    # Whatever table or cache cannot do just then.
    except Exception:
        logger.warning("A scan was not counted.", exc_info=True)


def _form(name: str, code: str) -> str:
    return f"{reverse('suggestion_new')}?{urlencode({name: code})}"
