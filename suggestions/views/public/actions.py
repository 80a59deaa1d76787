"""The resident acts on the own case: one address per action, everything through the one door."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congress_portal.common.audience import public
from suggestions import drafts, staging, tracking
from suggestions.contacts import masked
from suggestions.enums import State
from suggestions.forms.tracking import resident_form
from suggestions.models import Suggestion
from suggestions.services import available_moves
from suggestions.workflow import RATE, RATINGS, Move

from . import access, confirming, rating
from .doing import done, just_done, performed
from .limits import allowed
from .pages import ACTIONS
from .track import ask_code

NOTE = "note"
Special = Callable[[HttpRequest, Suggestion, dict[str, Move], str], HttpResponse | None]


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
        return ask_code(request, number, then=action)
    moves = {move.action: move for move in available_moves(access.actor_for(request, mine), mine)}
    if action in SPECIAL:
        shown = SPECIAL[action](request, mine, moves, notice)
    else:
        shown = _do(request, mine, moves[action], notice) if action in moves else None
    if shown is not None:
        return shown
    wished = RATINGS if action == RATE else (action,)
    if request.method == "POST" and just_done(mine, wished):
        return done(request, mine, action)
    if action == "withdraw" and mine.state != State.WITHDRAWN:
        return _too_late(request, mine, moves)
    messages.info(request, _("This is not possible at the moment. Here is how it stands now."))
    return redirect("suggestion", number=number)


def _too_late(request: HttpRequest, mine: Suggestion, moves: dict[str, Move]) -> HttpResponse:
    """Why it cannot be withdrawn, and what can be done instead."""
    instead = [(ACTIONS[name], name) for name in ("leave", "forget_contact", "add_note") if name in moves]
    context = {"case": mine, "why": tracking.why_not_withdrawn(mine), "instead": instead}
    return render(request, "suggestions/too_late.html", context)


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
        # The same words once more are the same note; what is only set can be set again.
        words = form.cleaned_data.get("text")
        sent_twice = words is not None and just_done(mine, (move.action,), words)
        if sent_twice or performed(request, form, mine, move, form.given()):
            drafts.forget(request.session, token)
            drafts.discard(token)
            return done(request, mine, move.action)
    context = {
        "form": form,
        "page": ACTIONS[move.action],
        "case": mine,
        "question": tracking.question(mine) if move.action == "supplement" else "",
        "contact": masked(mine) if move.action in ("correct_contact", "forget_contact") else None,
        "photos": staging.staged(token) if token else [],
        "notice": notice,
    }
    return render(request, "suggestions/action.html", context, status=403 if notice else 200)


SPECIAL: dict[str, Special] = {
    RATE: rating.reply,
    rating.KEPT: rating.promise,
    confirming.CONFIRM: confirming.page,
}


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
