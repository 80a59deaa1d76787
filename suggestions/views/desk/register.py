"""Registering for somebody who came to the venue, called or wrote; and the slip to hand over."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from stations.models import Street, Venue
from suggestions import desk, registering, staging
from suggestions.papers import receipt as papers
from suggestions.permissions import committee_streets
from suggestions.registering import Registering
from suggestions.selectors import my_venues
from suggestions.views.papers import track_address

from .doors import registers_only


@registers_only
@require_http_methods(["GET", "POST"])
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """The form; sent twice it makes one suggestion, and a failed one keeps its photos."""
    user = request.user
    mine = my_venues(user)  # type: ignore[arg-type]
    venues = list(Venue.objects.open().filter(pk__in=mine).select_related("street").order_by("code"))
    streets = list(Street.objects.filter(pk__in=committee_streets(user)).order_by("code"))  # type: ignore[arg-type]
    if not venues and not streets:
        raise PermissionDenied
    work = Registering(request, desk.scope(user), venues=venues, streets=streets)  # type: ignore[arg-type]
    if request.method == "POST":
        work.send()
        if work.case is not None:
            return redirect("desk_receipt", number=work.case.number)
    kept = [{"url": reverse("staged_photo", args=[photo.pk])} for photo in staging.staged(work.token)]
    context = {"form": work.form, "token": work.token, "kept": kept, "cautions": work.cautions}
    return render(request, "desk/register.html", context)


@registers_only
@require_GET
@never_cache
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The slip in large type, for the session that registered the case."""
    case = desk.get_case(request.user, number)  # type: ignore[arg-type]
    code = registering.code_of(request, case)
    if code is None:
        raise Http404
    paper = papers.receipt(case, code=code, track_url=track_address(request))
    again = registering.like(case, with_venue=True)
    return render(request, "desk/receipt.html", {"case": case, "paper": paper, "again": again})
