"""Registering for somebody who came to the venue, called or wrote; and the slip to hand over."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from stations.models import Venue
from suggestions import desk, drafts, staging
from suggestions.actors import Actor
from suggestions.errors import DoorError
from suggestions.forms.desk import RegisterForm
from suggestions.models import Suggestion
from suggestions.papers import receipt as papers
from suggestions.selectors import my_venues
from suggestions.submissions import Submission, register_answered, submit
from suggestions.views.papers import track_address

from .doors import venue_only


@venue_only
@require_http_methods(["GET", "POST"])
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """The form; sent twice it makes one suggestion, and a failed one keeps its photos."""
    mine = my_venues(request.user)  # type: ignore[arg-type]
    venues = list(Venue.objects.open().filter(pk__in=mine).select_related("street").order_by("code"))
    if not venues:
        raise PermissionDenied
    if request.method == "GET":
        token, form = drafts.begin(request.session), RegisterForm(venues=venues)
        return _page(request, form, token)
    token, form = (
        str(request.POST.get("token", ""))[:40],
        RegisterForm(request.POST, request.FILES, venues=venues),
    )
    if drafts.context_of(request.session, token) is None:
        # Another session's form, or one that lay open too long: its photos are not ours to show.
        token = drafts.begin(request.session)
        form.add_error(None, _("This page was open for too long. Please check it and send it once more."))
        return _page(request, form, token)
    problems = drafts.add_photos(token, request.FILES.getlist("photos"))
    for problem in problems:
        form.add_error("photos", problem)
    case = _make(form, token, Actor(user=request.user)) if form.is_valid() else None  # type: ignore[arg-type]
    if case is None:
        return _page(request, form, token)
    return redirect("desk_receipt", number=case.number)


def _make(form: RegisterForm, token: str, actor: Actor) -> Suggestion | None:
    submission = form.submission(token, tuple(staging.staged(token)))
    try:
        if form.cleaned_data["answered"]:
            return register_answered(submission, reply=form.cleaned_data["reply"], actor=actor)
        return submit(submission, actor=actor)
    except ValidationError as error:
        form.add_door_errors(error)
    except DoorError as error:
        form.add_error(None, str(error))
    return None


def _page(request: HttpRequest, form: RegisterForm, token: str) -> HttpResponse:
    kept = [{"url": reverse("staged_photo", args=[photo.pk])} for photo in staging.staged(token)]
    return render(request, "desk/register.html", {"form": form, "token": token, "kept": kept})


@venue_only
@require_GET
@never_cache
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The slip in large type, for the session that registered the case."""
    case = desk.get_case(request.user, number)  # type: ignore[arg-type]
    if drafts.context_of(request.session, case.form_token) is None:
        raise Http404
    # The same form once more: it gives back the case it has made, with its code.
    case = submit(Submission(token=case.form_token, text=""), actor=Actor(user=request.user))  # type: ignore[arg-type]
    code: str = case.fresh_code  # type: ignore[attr-defined]
    paper = papers.receipt(case, code=code, track_url=track_address(request))
    return render(request, "desk/receipt.html", {"case": case, "paper": paper})
