"""Two questions about the reply, or about what it promised; a page of their own for whoever comes by link."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from suggestions import dates, tracking
from suggestions.forms.tracking import PromiseRateForm, RateForm
from suggestions.letters import Letter, letters
from suggestions.models import Suggestion
from suggestions.workflow import RATE, Move

from .doing import done, performed

KEPT = "rate_kept_promise"
Moves = dict[str, Move]


def reply(request: HttpRequest, mine: Suggestion, moves: Moves, notice: str) -> HttpResponse | None:
    """Rate the reply; where only a kept promise waits, lead there. None: nothing waits to be rated."""
    levels = tracking.rating_moves(moves.values())
    if not levels:
        there = KEPT in moves
        return redirect("suggestion_action", number=mine.number, action=KEPT) if there else None
    form = RateForm(_sent(request), initial={"version": mine.version})
    if form.is_bound and form.is_valid() and not notice:
        move = levels.get(form.cleaned_data["level"])
        if move is None:
            form.add_error("level", _("Please choose one of the three."))
        elif performed(request, form, mine, move, _given(form, move)):
            return done(request, mine, RATE)
    current, _earlier = letters(mine)
    context = {"form": form, "letters": current, "window": dates.window(mine), "second": mine.redo_count > 0}
    return _page(request, mine, context, notice)


def promise(request: HttpRequest, mine: Suggestion, moves: Moves, notice: str) -> HttpResponse | None:
    """Rate what was promised and has been done since. None: nothing of the kind waits."""
    move = moves.get(KEPT)
    if move is None:
        return None
    form = PromiseRateForm(_sent(request), initial={"version": mine.version})
    if form.is_bound and form.is_valid() and not notice and performed(
        request, form, mine, move, _given(form, move)
    ):  # fmt: skip
        return done(request, mine, KEPT)
    current, earlier = letters(mine)
    context = {"form": form, "kept": kept_in([*current, *earlier]), "of_promise": True}
    return _page(request, mine, context, notice)


def kept_in(shown: list[Letter]) -> list[Any]:
    """The promises that were kept, with what was written about them."""
    return [line for letter in shown for line in letter.promises if line.state == "done"]


def _sent(request: HttpRequest) -> Any:
    return request.POST.copy() if request.method == "POST" else None


def _given(form: RateForm, move: Move) -> dict[str, Any]:
    data, named = form.cleaned_data, (*move.needs, *move.may)
    return {name: data[name] for name in ("level", "process", "reason") if name in named}


def _page(request: HttpRequest, mine: Suggestion, context: dict[str, Any], notice: str) -> HttpResponse:
    context |= {"case": mine, "notice": notice, "action": KEPT if "of_promise" in context else RATE}
    return render(request, "suggestions/rate.html", context, status=403 if notice else 200)
