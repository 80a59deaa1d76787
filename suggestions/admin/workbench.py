"""The workbench of intake: one case of a queue at a time, all of it on one page; then comes the next."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congress_portal.accounts.models import Role
from suggestions import casefile as common
from suggestions import contacts, emergencies, grounds, intake, levels, queues, timeline
from suggestions.actors import Actor
from suggestions.forms.actions import action_form
from suggestions.forms.workbench import ACCEPT, ASK, ASSIGN, Bench
from suggestions.models import Suggestion
from suggestions.workflow import SUGGESTION_MOVES, Move

from . import alike, casefile

# Queues named on every page; others are reached from their lists.
TABS = ("to_accept", "to_assign", "urgent", "no_place")
# Where everybody's place in each queue is kept.
KEPT = "intake"
MERGE = "merge"
# Button → the parts of the form it needs.
NEEDS = {ACCEPT: (ACCEPT,), ASSIGN: (ACCEPT, ASSIGN), ASK: (ASK,), MERGE: ()}
# On the page itself, or behind the one link to all grounds.
NOT_MORE = frozenset({*NEEDS, *grounds.BEGIN_WITH_A_GROUND})


def may_work(request: HttpRequest) -> bool:
    """Intake is the clerk's duty; what may be pressed on each case says the table."""
    return request.user.has_role(Role.CLERK)  # type: ignore[union-attr]


def address(queue: str, case: Suggestion | int | None = None) -> str:
    """The workbench at a case, or where one stopped last."""
    pk = case.pk if isinstance(case, Suggestion) else case
    query = urlencode({"queue": queue} | ({"case": pk} if pk else {}))
    return f"{reverse('admin:suggestions_suggestion_intake')}?{query}"


def ways_in(request: HttpRequest) -> dict[str, str]:
    """Links of the case list for whoever does intake."""
    if not may_work(request):
        return {}
    queue = request.GET.get("queue", "")
    at_bench = queue if queue in intake.QUEUES else "" if queue else intake.QUEUES[0]
    return {
        "intake_url": address(at_bench) if at_bench else "",
        "register_url": reverse("admin:suggestions_suggestion_register"),
    }


def view(request: HttpRequest, cases: Any) -> HttpResponse:
    """Show a case, or do what was pressed and go on to the next. `cases` is the CaseAdmin."""
    if not may_work(request):
        raise PermissionDenied
    asked = request.GET.get("queue", "")
    key = asked if asked in intake.QUEUES else intake.QUEUES[0]
    named = request.GET.get("case", "")
    pk = int(named) if named.isascii() and named.isdecimal() and len(named) < 18 else None
    if request.method == "POST":
        return _press(request, cases, key, cases.get_case(request, pk or 0))
    rows = intake.rows(key, request.user)  # type: ignore[arg-type]
    gone = pk is not None and not rows.filter(pk=pk).exists()
    kept = intake.unpacked((request.session.get(KEPT) or {}).get(key))
    found = pk if pk is not None and not gone else intake.at(rows, kept)
    if found is None:
        return TemplateResponse(request, "admin/suggestions/intake/empty.html", _frame(request, cases, key))
    case = cases.get_case(request, found)
    _keep(request, key, case)
    actor = Actor(user=request.user)  # type: ignore[arg-type]
    bench = Bench(case, actor, intake.offered(actor, case), asked=request.GET)
    return _page(request, cases, key, case=case, bench=bench, context={"gone": gone})


def _keep(request: HttpRequest, key: str, case: Suggestion) -> None:
    place = intake.place_of(case)
    if place:
        request.session[KEPT] = {**(request.session.get(KEPT) or {}), key: place.packed()}


def _press(request: HttpRequest, cases: Any, key: str, case: Suggestion) -> HttpResponse:
    deed = request.POST.get("do", "")
    actor = Actor(user=request.user)  # type: ignore[arg-type]
    moves = intake.offered(actor, case)
    judged = [part for part in NEEDS.get(deed, ()) if part in moves or part == deed]
    bench = Bench(case, actor, moves, request.POST, judged=judged)
    problems: list[str] = []
    do = DEEDS.get(deed)
    if do is None or not all(part in bench.parts for part in judged):
        problems.append(_("This is not possible in the present state."))
    elif do(request, bench, case, actor, problems):
        messages.success(request, _said(deed, case, bench))
        _keep(request, key, case)
        return redirect(address(key))
    # As it stands now; what was typed stays, and may be sent again knowingly.
    case = cases.get_case(request, case.pk)
    again = Bench(case, actor, intake.offered(actor, case), request.POST)
    context = {"stale": bench.stale, "problems": problems, "errors": bench.errors()}
    shown = again if bench.stale or problems else bench
    page = _page(request, cases, key, case=case, bench=shown, context=context)
    page.status_code = 409 if bench.stale or problems else 200
    return page


def _accept(request: HttpRequest, bench: Bench, case: Suggestion, actor: Actor, problems: list[str]) -> Any:
    return bench.one(ACCEPT)


def _assign(request: HttpRequest, bench: Bench, case: Suggestion, actor: Actor, problems: list[str]) -> Any:
    accepts = ACCEPT in bench.parts and bench.parts[ACCEPT].is_bound
    return bench.accept_and_assign() if accepts else bench.one(ASSIGN)


def _ask(request: HttpRequest, bench: Bench, case: Suggestion, actor: Actor, problems: list[str]) -> Any:
    return bench.one(ASK)


def _merge(request: HttpRequest, bench: Bench, case: Suggestion, actor: Actor, problems: list[str]) -> Any:
    """From a button beside a similar case: there is nothing to fill in."""
    move: Move = next(row for row in SUGGESTION_MOVES if row.action == MERGE)
    form = action_form(move, actor=actor, target=case, data=request.POST)
    bench.parts[MERGE] = form
    done = bench.one(MERGE)
    if done is None:
        problems += [str(problem) for found in form.errors.values() for problem in found]
        del bench.parts[MERGE]
    return done


DEEDS: dict[str, Callable[[HttpRequest, Bench, Suggestion, Actor, list[str]], Any]] = {
    ACCEPT: _accept, ASSIGN: _assign, ASK: _ask, MERGE: _merge,
}  # fmt: skip


def _said(deed: str, case: Suggestion, bench: Bench) -> str:
    """What was done to which case, with the way back to it."""
    if deed == ASSIGN:
        targets = bench.parts[ASSIGN].given()["assignments"]
        both = ACCEPT in bench.parts and bench.parts[ACCEPT].is_bound
        said = _("accepted and given to %(names)s") if both else _("given to %(names)s")
        what = said % {"names": "、".join(str(target.unit or target.venue) for target in targets)}
    else:
        accepted = pgettext("done to a case", "accepted")
        what = {ACCEPT: accepted, ASK: _("the resident is asked"), MERGE: _("joined to another")}[deed]
    url = reverse("admin:suggestions_suggestion_change", args=[case.pk])
    text = _("%(number)s “%(title)s”: %(what)s.") % {
        "number": case.number, "title": case.title, "what": what
    }  # fmt: skip
    return format_html('{} <a href="{}">{}</a>', text, url, _("Open it again"))


def _frame(request: HttpRequest, cases: Any, key: str) -> dict[str, Any]:
    """What every page of the workbench shows: the queues, and which one this is."""
    shown = dict.fromkeys((*TABS, key))
    counts = {name: intake.rows(name, request.user).count() for name in shown}  # type: ignore[arg-type]
    tabs = [
        {
            "label": queues.BY_KEY[name].label, "url": address(name), "current": name == key,
            "count": counts[name],
        }
        for name in shown
        if counts[name] or name == key or name in TABS[:2]
    ]  # fmt: skip
    return {
        **cases.frame(request),
        "title": _("Intake"),
        "queue": queues.BY_KEY[key],
        "tabs": tabs,
        "list_url": f"{reverse('admin:suggestions_suggestion_changelist')}?{urlencode({'queue': key})}",
        "others_wait": [tab for tab in tabs if tab["count"] and not tab["current"]],
    }


def _page(
    request: HttpRequest, cases: Any, key: str, *, case: Suggestion, bench: Bench, context: dict[str, Any]
) -> TemplateResponse:
    actor = Actor(user=request.user)  # type: ignore[arg-type]
    moves = intake.offered(actor, case)
    standing = intake.standing(intake.rows(key, actor.person), case)
    context = {
        **_frame(request, cases, key),
        **casefile.brief(case, actor),
        "title": case.title,
        **_facts(case, actor),
        "here": address(key, case),
        "keep": urlencode({"intake": key}),
        "standing": standing,
        "previous_url": address(key, standing.previous) if standing and standing.previous else "",
        "next_url": address(key, standing.following) if standing and standing.following else "",
        "bench": bench,
        "offered": moves.keys(),
        "both": ACCEPT in moves and ASSIGN in moves,
        "others": alike.others(case, actor.person, can_merge=MERGE in moves),
        "grounds_url": (
            reverse("admin:suggestions_suggestion_grounds", args=[case.pk])
            if moves.keys() & grounds.all_actions()
            else ""
        ),
        "more": [
            casefile.Button(name, move.label, casefile.do_url(case, name), "")
            for name, move in moves.items() if name not in NOT_MORE
        ],
        **context,
    }  # fmt: skip
    return TemplateResponse(request, "admin/suggestions/intake/page.html", context)


def _facts(case: Suggestion, actor: Actor) -> dict[str, Any]:
    """What is read before anything is decided."""
    history = timeline.entries(case, show=common.reader(case, actor), levels=levels.of(case, actor.user))
    return {
        "photos": common.photos(case),
        "facts": common.facts(case),
        "clocks": [common.clock_of(row) for row in case.clocks.filter(stopped_at=None)],
        "contact": contacts.masked(case),
        "contact_url": (
            reverse("admin:suggestions_suggestion_contact", args=[case.pk])
            if contacts.reveal_role(actor, case)
            else ""
        ),
        "calls": emergencies.calls_for(case.title, case.text, case.place),
        "history": history if len(history) > 1 else [],
    }
