"""One address for each action: its small form, and what came of it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from suggestions import casefile as casefile_of
from suggestions import desk, grounds, services
from suggestions.actors import Actor
from suggestions.forms import actions as action_forms
from suggestions.forms import around, prefill
from suggestions.forms.desk import RateForm
from suggestions.guards import latest_draft
from suggestions.models import Assignment, Suggestion
from suggestions.papers.receipt import receipt
from suggestions.permissions import roles_for
from suggestions.views.papers import track_address
from suggestions.workflow import FOLLOWS, RATE, RATINGS, SYSTEM, Move

from . import casefile
from .buttons import GRAVE, url_of
from .doors import desk_only
from .words import DONE, HINTS

Target = Suggestion | Assignment


@desk_only
@require_http_methods(["GET", "POST"])
@never_cache
def case_action(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """An action on the case itself."""
    found = desk.get_case(request.user, number)  # type: ignore[arg-type]
    return _act(request, found, RATE if action in RATINGS else action)


@desk_only
@require_http_methods(["GET", "POST"])
@never_cache
def assignment_action(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """An action on a row given to one of my places."""
    return _act(request, desk.get_row(request.user, pk), action)  # type: ignore[arg-type]


@desk_only
@require_GET
@never_cache
def choose_ground(request: HttpRequest, number: str) -> HttpResponse:
    """All grounds, each with what becomes of the case and the way to the form that does it."""
    return _grounds(request, desk.get_case(request.user, number))  # type: ignore[arg-type]


def _grounds(request: HttpRequest, case: Suggestion) -> HttpResponse:
    actor = Actor(user=request.user)  # type: ignore[arg-type]
    rows = [move for move in services.moves_of(case) if move.action in grounds.all_actions()]
    _demand_role(actor, case, [move for move in rows if move.source])
    possible = {move.action for move in services.available_moves(actor, case)}
    groups = grounds.groups(possible, partial(url_of, case))
    context = {**casefile.brief(case, actor), "title": _("Choose the ground"), "groups": groups}
    return render(request, "desk/grounds.html", context)


def _act(request: HttpRequest, target: Target, action: str) -> HttpResponse:
    actor = Actor(user=request.user)  # type: ignore[arg-type]
    names = RATINGS if action == RATE else (action,)
    rows = [move for move in services.moves_of(target) if move.action in names and _by_people(move)]
    if not rows:
        raise Http404
    _demand_role(actor, target, rows)
    moves, held = services.outlook(actor, target)
    now = [move for move in moves if move.action in names]
    if request.method == "GET" and not now:
        why = held.get(action) or _("This is not possible any more. Here is how it stands now.")
        messages.warning(request, str(why))
        return redirect("desk_case", number=_case(target).number)
    if request.method == "GET" and grounds.comes_first(action, request.GET.get("code", "")):
        return _grounds(request, _case(target))
    form = _form(request, target, (now or rows), actor, rate=action == RATE)
    if request.method == "POST" and around.asks_only_to_see(request.POST) and action != RATE:
        around.look(form)
    elif request.method == "POST":
        done = form.run() if isinstance(form, RateForm) else action_forms.run(form)
        if done is not None:
            return _after(request, done, now[0] if now else rows[0], actor)
        target.refresh_from_db()
        now = [move for move in services.available_moves(actor, target) if move.action in names]
        if now:
            # The page that is shown now tells how the case stands: what is sent next is meant for that.
            form.data = form.data.copy()  # type: ignore[union-attr]
            form.data["version"] = str(target.version)  # type: ignore[index]
    return _page(request, target, (now or rows)[0], form, actor, possible=bool(now))


def _by_people(move: Move) -> bool:
    return bool(move.source and set(move.who) - {SYSTEM, FOLLOWS})


def _case(target: Target) -> Suggestion:
    return target.suggestion if isinstance(target, Assignment) else target


def _demand_role(actor: Actor, target: Target, rows: list[Move]) -> None:
    roles = roles_for(actor, _case(target), target if isinstance(target, Assignment) else None)
    if not any(roles.intersection(move.who) for move in rows):
        raise PermissionDenied


def _form(request: HttpRequest, target: Target, moves: list[Move], actor: Actor, *, rate: bool) -> Any:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if rate and isinstance(target, Suggestion):
        return RateForm(moves, actor=actor, target=target, data=data)
    start = _initial(moves[0], target)
    form = action_forms.action_form(
        moves[0], actor=actor, target=target, data=data, files=files,
        initial=prefill.initial(moves[0], _case(target), request.GET, start),
    )  # fmt: skip
    form.hide_chosen_ground()
    return form


def _initial(move: Move, target: Target) -> dict[str, Any]:
    """A draft that was sent back is where the next one begins."""
    if move.action != "draft" or not isinstance(target, Assignment):
        return {}
    version = latest_draft(target)
    if version is None:
        return {}
    return {"text": version.opening or version.text, "answer_class": version.answer_class}


def _page(
    request: HttpRequest, target: Target, move: Move, form: Any, actor: Actor, *, possible: bool
) -> HttpResponse:
    case = _case(target)
    case.refresh_from_db()
    rate = move.action in RATINGS
    context = {
        **casefile.brief(case, actor),
        "title": _("Take the resident's rating") if rate else move.label,
        "hint": HINTS.get(RATE if rate else move.action, ""),
        "form": form,
        "chosen": getattr(form, "ground", None) or grounds.chosen(move.action, request.GET.get("code", "")),
        "rating": rate,
        "possible": possible or (form is not None and not form.is_bound),
        "stale": bool(form is not None and getattr(form, "stale", False)),
        "danger": move.action in GRAVE,
    }
    if not rate:
        show = casefile_of.reader(case, actor)
        context |= around.context(form, move=move, target=target, show=show)
    return render(
        request,
        "desk/action.html",
        context,
        status=200 if context["possible"] and not context["stale"] else 409,
    )


def _after(request: HttpRequest, done: Target, move: Move, actor: Actor) -> HttpResponse:
    case = _case(done)
    code = getattr(done, "fresh_code", "")
    if code:
        # Shown in this answer and nowhere else; the row keeps only its hash.
        paper = receipt(case, code=code, track_url=track_address(request))
        return render(request, "desk/code.html", {"case": case, "paper": paper})
    key = RATE if move.action in RATINGS else move.action
    said = DONE.get(key) or _("Done: %(action)s.") % {"action": move.label}
    messages.success(request, str(said))
    if desk.scope(actor.user).filter(pk=case.pk).exists():  # type: ignore[arg-type]
        return redirect("desk_case", number=case.number)
    return redirect(reverse("desk"))
