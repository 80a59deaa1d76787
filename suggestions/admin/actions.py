"""One page for every button: the form of one row of the tables, beside the case it is about."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suggestions import grounds, workflow
from suggestions.actors import Actor
from suggestions.casefile import reader
from suggestions.forms import around, prefill
from suggestions.forms.actions import ActionForm, action_form, run
from suggestions.models import Assignment, Suggestion
from suggestions.papers.receipt import receipt
from suggestions.permissions import roles_for
from suggestions.selectors import visible_to
from suggestions.services import available_moves, moves_of, outlook
from suggestions.views.papers import track_address
from suggestions.workflow import Move

from . import casefile

Target = Suggestion | Assignment

# A sentence above the form where a mistake would be hard to undo.
ADVICE: dict[str, str | Promise] = {
    "prepare_publication": gettext_lazy(
        "Everybody will read this. Take out names, phone and house numbers and all that tells who it was."
    ),
    "publish": gettext_lazy("Read both once more: nothing in them may tell who it was."),
    "renew_code": gettext_lazy("The old code stops working. The new one is shown once, to be handed over."),
    "decline": gettext_lazy("The resident reads the explanation and where to go instead."),
    "propose_decline": gettext_lazy(
        "A second person confirms it first; only then does the resident read the explanation."
    ),
    "alarm": gettext_lazy("The duty phone rings at once, at night too. The case itself stays where it is."),
    "transfer": gettext_lazy("The resident is told where to go; no data leaves this office."),
    "release": gettext_lazy("The resident reads the reply as it stands here."),
    "conclude": gettext_lazy(
        "Visit the resident first. The record stays inside; the resident reads that there was a visit, and "
        "the conclusion."
    ),
    "order_redo": gettext_lazy(
        "The unit handles it once more, as a key case under this leader. The resident reads the new date."
    ),
    "take_back": gettext_lazy("It is taken from everybody who has it and waits to be assigned again."),
    "settle_escalation": gettext_lazy(
        "Write who handles it and why; the unit reads it. If it goes to another unit, take it back next and "
        "assign it anew."
    ),
}


def do(request: HttpRequest, cases: Any, *, target: Target, action: str) -> HttpResponse:
    """Show the form, or do what it asks and go back to the case. `cases` is the CaseAdmin."""
    actor = Actor(user=request.user)  # type: ignore[arg-type]
    case = target.suggestion if isinstance(target, Assignment) else target
    move = _move(target, action, actor)
    moves, held = outlook(actor, target)
    if request.method != "POST" and not any(other.action == action for other in moves):
        words = _("“%(action)s” is not possible now.") % {"action": move.label}
        messages.warning(request, " ".join([words, *([str(held[action])] if action in held else [])]))
        return redirect(cases.address(request, case))
    if request.method != "POST" and grounds.comes_first(action, request.GET.get("code", "")):
        return choose_ground(request, cases, case)
    form = _form(request, target, move, actor)
    if request.method == "POST" and around.asks_only_to_see(request.POST):
        around.look(form, action)
    elif request.method == "POST":
        done = run(form)
        if done is not None:
            return _after(request, cases, done, move)
        # The case as it stands now; what was typed stays, and may be sent again knowingly.
        target, case = _reload(cases, request, target)
        if form.stale:  # type: ignore[attr-defined]
            seen_again = request.POST.copy()
            seen_again["version"] = str(target.version)
            form.data = seen_again
    is_open = _is_open(target, move, actor)
    context = {
        "form": form,
        "chosen": form.ground or grounds.chosen(action, request.GET.get("code", "")),
        "advice": ADVICE.get(action, ""),
        "is_open": is_open,
    }
    page = _page(request, cases, target, move, context)
    if not is_open or getattr(form, "stale", False):
        page.status_code = 409
    return page


def choose_ground(request: HttpRequest, cases: Any, case: Suggestion) -> HttpResponse:
    """All grounds, each with what becomes of the case and the way to the form that does it."""
    actor = Actor(user=request.user)  # type: ignore[arg-type]
    rows = [move for move in moves_of(case) if move.action in grounds.all_actions() and move.source]
    if not any(roles_for(actor, case).intersection(move.who) for move in rows):
        raise PermissionDenied
    possible = {move.action for move in available_moves(actor, case)}
    context = {
        **cases.frame(request),
        **casefile.brief(case, actor),
        "title": _("Choose the ground"),
        "groups": grounds.groups(possible, partial(casefile.do_url, case)),
        "case_url": cases.address(request, case),
        "keep": cases.get_preserved_filters(request),
    }
    return TemplateResponse(request, "admin/suggestions/grounds.html", context)


def _move(target: Target, action: str, actor: Actor) -> Move:
    """The row of the table for this state, else any row of the action; 404 for none, 403 for no role."""
    table = moves_of(target)
    rows = [move for move in table if move.action == action and move.source]
    if not rows:
        raise Http404
    case = target.suggestion if isinstance(target, Assignment) else target
    row = target if isinstance(target, Assignment) else None
    roles = roles_for(actor, case, row)
    if not any(roles.intersection(move.who) for move in rows):
        raise PermissionDenied
    return workflow.find(table, action, target.state) or rows[0]


def _is_open(target: Target, move: Move, actor: Actor) -> bool:
    return any(other.action == move.action for other in available_moves(actor, target))


def _form(request: HttpRequest, target: Target, move: Move, actor: Actor) -> ActionForm:
    if request.method == "POST":
        form = action_form(move, actor=actor, target=target, data=request.POST, files=request.FILES)
    else:
        case = target.suggestion if isinstance(target, Assignment) else target
        start = PREFILL[move.action](case) if move.action in PREFILL else {}
        form = action_form(
            move, actor=actor, target=target, initial=prefill.initial(move, case, request.GET, start)
        )
    form.hide_chosen_ground()
    return form


def _prefill_publication(case: Suggestion) -> dict[str, Any]:
    prepared = getattr(case, "publication", None)
    if prepared:
        return {"title": prepared.title, "summary": prepared.summary}
    return {"title": case.title, "summary": case.text[:2000]}


def _prefill_correction(case: Suggestion) -> dict[str, Any]:
    last = case.replies.filter(released_at__isnull=False).last()
    return {"reply": last.text if last else ""}


PREFILL: dict[str, Callable[[Suggestion], dict[str, Any]]] = {
    "prepare_publication": _prefill_publication,
    "correct_reply": _prefill_correction,
}


def _after(request: HttpRequest, cases: Any, done: Target, move: Move) -> HttpResponse:
    case = done.suggestion if isinstance(done, Assignment) else done
    code = getattr(done, "fresh_code", "")
    if code:
        # Every page of the admin is marked as not to be stored.
        paper = receipt(case, code=code, track_url=track_address(request))
        return _page(request, cases, done, move, {"code": code, "paper": paper})
    messages.success(
        request,
        _("Done: %(action)s. The case is now “%(state)s”.")
        % {"action": move.label, "state": case.get_state_display()},
    )
    if not visible_to(request.user).filter(pk=case.pk).exists():  # type: ignore[arg-type]
        # Hidden by what was just done, from whoever did it too.
        messages.info(request, _("From now on only the secrecy officer sees it."))
        return redirect(cases.list_address(request))
    return HttpResponseRedirect(cases.address_after(request, case))


def _reload(cases: Any, request: HttpRequest, target: Target) -> tuple[Target, Suggestion]:
    case = cases.get_case(request, target.suggestion_id if isinstance(target, Assignment) else target.pk)
    if isinstance(target, Assignment):
        target.refresh_from_db(fields=["state", "version", "unit_due"])
        target.suggestion = case
        return target, case
    return case, case


def _page(
    request: HttpRequest, cases: Any, target: Target, move: Move, context: dict[str, Any]
) -> TemplateResponse:
    row = target if isinstance(target, Assignment) else None
    case = row.suggestion if row else target
    assert isinstance(case, Suggestion)
    context = {
        **cases.frame(request),
        **casefile.brief(case, Actor(user=request.user)),  # type: ignore[arg-type]
        "title": move.label,
        "heading": f"{move.label} · {row.assignee}" if row else move.label,
        "action": move.action,
        "row": row,
        "case_url": cases.address(request, case),
        "keep": cases.get_preserved_filters(request),
        "grave": move.action in casefile.GRAVE,
        **context,
    }
    if "form" in context:
        show = reader(case, Actor(user=request.user))  # type: ignore[arg-type]
        context |= around.context(context["form"], move=move, target=target, show=show)
    return TemplateResponse(request, "admin/suggestions/do.html", context)
