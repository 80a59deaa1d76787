"""The resident acts on the own case: one address per action, everything through the one door."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congress_portal.common import clock
from congress_portal.common.audience import public
from suggestions import drafts, staging, tracking
from suggestions.contacts import masked
from suggestions.errors import DoorError
from suggestions.forms.tracking import RateForm, resident_form
from suggestions.letters import letters
from suggestions.models import Suggestion
from suggestions.services import available_moves, perform
from suggestions.workflow import RATE, RATINGS, RESIDENT, Move

from . import access
from .limits import allowed
from .pages import ACTIONS
from .track import ask_code

# A second click or a reload within this time is the same wish, not a new one.
SAME_WISH = timedelta(minutes=10)
NOTE = "note"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """The page of one action of ACTIONS, or of the rating; a POST does it."""
    return _act(request, number, action)


def again(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """The same page as it was filled in, sent with an expired token: nothing is done. For the CSRF view."""
    notice = _(
        "The page was open for too long, so nothing was sent. "
        "Everything is still here: please press the button once more."
    )
    return _act(request, number, action, notice=notice)


def _act(request: HttpRequest, number: str, action: str, *, notice: str = "") -> HttpResponse:
    if action not in ACTIONS and action != RATE:
        raise Http404
    mine = access.open_mine(request, number)
    if mine is None:
        return ask_code(request, number)
    moves = available_moves(access.actor_for(request, mine), mine)
    if action == RATE:
        levels = tracking.rating_moves(moves)
        if levels:
            return _rate(request, mine, levels, notice)
    else:
        move = next((move for move in moves if move.action == action), None)
        if move is not None:
            return _do(request, mine, move, notice)
    wished = RATINGS if action == RATE else (action,)
    if request.method == "POST" and _just_done(mine, wished):
        return _done(request, mine, action)
    messages.info(request, _("This is not possible any more. Here is how it stands now."))
    return redirect("suggestion", number=number)


def _rate(request: HttpRequest, mine: Suggestion, levels: dict[str, Move], notice: str) -> HttpResponse:
    sent = request.POST.copy() if request.method == "POST" else None
    form = RateForm(sent, initial={"version": mine.version})
    if sent is not None and form.is_valid() and not notice:
        data = form.cleaned_data
        move = levels.get(data["level"])
        if move is None:
            form.add_error("level", _("Please choose one of the three."))
        else:
            given: dict[str, Any] = {
                name: data[name]
                for name in ("level", "process", "reason")
                if name in (*move.needs, *move.may)
            }
            if _performed(request, form, mine, move, given):
                return _done(request, mine, RATE)
    current, _earlier = letters(mine)
    context = {"form": form, "case": mine, "letters": current, "notice": notice}
    return render(request, "suggestions/rate.html", context, status=403 if notice else 200)


def _do(request: HttpRequest, mine: Suggestion, move: Move, notice: str) -> HttpResponse:
    token = drafts.form_for_case(request.session, mine.pk) if "photos" in move.may else ""
    sent = request.POST.copy() if request.method == "POST" else None
    kept = drafts.answers_of(token).get(NOTE) if token else None
    form = resident_form(move, access.actor_for(request, mine), mine, sent, initial=kept)
    stays = False
    if sent is not None:
        form.is_valid()
        if token:
            stays = _photos_only(request, token, form, unproven=bool(notice))
            if not form.has_error("photos"):
                form.cleaned_data["photos"] = list(staging.staged(token))
    if stays and not notice and not form.has_error("photos"):
        drafts.keep(token, NOTE, {"text": str(form["text"].value() or "")[:5000]})
        return redirect(f"{request.path}#photos")
    if sent is not None and not (notice or stays or form.errors):
        if _just_done(mine, (move.action,), form.cleaned_data.get("text")) or _performed(
            request, form, mine, move, form.given()
        ):
            drafts.forget(request.session, token)
            drafts.discard(token)
            return _done(request, mine, move.action)
    context = {
        "form": form,
        "page": ACTIONS[move.action],
        "case": mine,
        "question": tracking.question(mine) if move.action == "supplement" else "",
        "contact": masked(mine) if move.action == "correct_contact" else None,
        "photos": staging.staged(token) if token else [],
        "notice": notice,
    }
    return render(request, "suggestions/action.html", context, status=403 if notice else 200)


def _photos_only(request: HttpRequest, token: str, form: forms.Form, *, unproven: bool) -> bool:
    """Take photos in and out; True if the button pressed was one of the photos', not the last one."""
    if "remove" in request.POST and not unproven:
        drafts.remove_photo(token, request.POST["remove"])
    if request.FILES:
        if allowed(request, "kept-photos" if unproven else "photos"):
            for problem in drafts.add_photos(token, request.FILES.getlist("photos")):
                form.add_error("photos", problem)
        else:
            form.add_error("photos", _("Too many photos in a short time. Please wait a few minutes."))
    return "remove" in request.POST or request.POST.get("do") == "photos"


def _performed(request: HttpRequest, form: Any, mine: Suggestion, move: Move, given: dict[str, Any]) -> bool:
    """Through the door; what it refuses stands on the form, which then has the version of now."""
    version = form.cleaned_data.get("version")
    try:
        perform(
            move.action, target=mine, actor=access.actor_for(request, mine),
            seen_version=-1 if version is None else version, **given,
        )  # fmt: skip
    except ValidationError as error:
        for name, problems in error.error_dict.items():
            form.add_error(name if name in form.fields else None, problems)
    except DoorError as error:
        form.add_error(None, error.message)
        form.data["version"] = Suggestion.objects.values_list("version", flat=True).get(pk=mine.pk)
    return not form.errors


def _just_done(mine: Suggestion, actions: tuple[str, ...], text: str | None = None) -> bool:
    """Whether the resident did just this a moment ago: a second click, or the page sent again."""
    since = clock.now() - SAME_WISH
    return any(
        event.action in actions
        and event.role == RESIDENT
        and event.happened_at >= since
        and (text is None or event.note == text)
        for event in mine.events.all()
    )


def _done(request: HttpRequest, mine: Suggestion, action: str) -> HttpResponse:
    page = ACTIONS.get(action)
    messages.success(request, str(page.done) if page else _("Thank you for your rating."))
    return redirect("suggestion", number=mine.number)
