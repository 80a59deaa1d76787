"""The rows of handling of one case as everybody on duty reads them: who has it, what was asked and said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import due as due_words
from congress_portal.common.templatetags.portal import zh_date

from . import workflow
from .casefile import level_of
from .enums import AssignmentKind, AssignmentState, PromiseStatus, RequestKind
from .guards import REPLIERS
from .models import Assignment, ContactLog, HandlingRequest, Promise, Reply, Suggestion
from .outcomes import is_overdue
from .permissions import GONE

Show = Callable[[str], str]
# What answers a request, and the return that is a state of the row itself.
RETURN = "RETURN"
ANSWERS: dict[str, tuple[str, ...]] = {
    RETURN: ("approve_return", "refuse_return"),
    RequestKind.EXTENSION: ("grant_extension", "refuse_extension"),
    RequestKind.ESCALATION: ("settle_escalation",),
    RequestKind.CONTACT: ("answer_contact",),
}
ANSWERING = frozenset(action for actions in ANSWERS.values() for action in actions)
ASKED: dict[str, str | LazyText] = {
    RETURN: gettext_lazy("Asks to return it"),
    RequestKind.EXTENSION: gettext_lazy("Asks for more time"),
    RequestKind.ESCALATION: gettext_lazy("Says it is not theirs, and it can no longer be returned"),
    RequestKind.CONTACT: gettext_lazy("Asks the resident something"),
}
# Worth a sentence where only a condition stands against it.
WORTH_SAYING = ("ask_return", "ask_extension", "sign_off", "release")


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that waits, with the names of the actions that answer it."""

    row: Assignment
    title: str | LazyText
    who: str
    reason: str
    facts: list[tuple[str, str]]
    answers: tuple[str, ...]


def rows_of(case: Suggestion) -> list[Assignment]:
    """Every row of the case, oldest first, with all that hangs on it: a fixed number of queries."""
    requests = HandlingRequest.objects.select_related("asked_by", "answered_by", "proposed_unit")
    replies = Reply.objects.select_related("drafted_by", "signed_by", "released_by").order_by("-pk")
    found = (
        case.assignments.select_related("unit", "venue", "proposed_unit", "signed_for_by")
        .select_related("opinion__given_by")
        .prefetch_related(Prefetch("requests", requests), Prefetch("replies", replies), "letters")
        .order_by("pk")
    )
    rows = {row.pk: row for row in found}
    for row in rows.values():
        # The page's own objects: roles and guards are worked out on one case, not on a copy a row.
        row.suggestion = case
        if row.parent_id in rows:
            row.parent = rows[row.parent_id]
    return list(rows.values())


def tree(rows: list[Assignment], own: Iterable[int] = ()) -> list[dict[str, Any]]:
    """Round by round, the newest first; whom a coordinator office named stands below it."""
    own = set(own)
    return [
        {"round": number, "rows": [_leaf(row, own) for row in _in_order(rows, number)]}
        for number in sorted({row.round for row in rows}, reverse=True)
    ]


def _in_order(rows: list[Assignment], number: int) -> Iterable[Assignment]:
    of_round = [row for row in rows if row.round == number]
    for row in sorted(of_round, key=_standing):
        if row.parent_id is None:
            yield row
            yield from sorted((child for child in of_round if child.parent_id == row.pk), key=_standing)


def _standing(row: Assignment) -> tuple[bool, bool, int]:
    return row.state in GONE, row.kind == AssignmentKind.ASSISTING, row.pk


def _leaf(row: Assignment, own: set[int]) -> dict[str, Any]:
    live = row.state in workflow.LIVE
    return {
        "row": row,
        "place": str(row.assignee),
        "kind": row.get_kind_display(),
        "state": row.state,
        "state_label": row.get_state_display(),
        "due_label": due_words(row.unit_due) if live else "",
        "level": level_of(row.unit_due) if live else "none",
        "below": row.parent_id is not None,
        "over": row.state in GONE,
        "own": row.pk in own,
    }


def asks(rows: list[Assignment], show: Show) -> list[Ask]:
    """What waits for an answer, oldest first."""
    found = [_return(row, show) for row in rows if row.state == AssignmentState.RETURN_ASKED]
    found += [
        _ask(row, request, show)
        for row in rows
        if row.state in workflow.LIVE
        for request in row.requests.all()
        if request.answered_at is None
    ]
    return found


def _return(row: Assignment, show: Show) -> Ask:
    facts = [(_("Proposed unit"), str(row.proposed_unit or "—"))]
    return Ask(row, ASKED[RETURN], str(row.assignee), show(row.return_reason), facts, ANSWERS[RETURN])


def _ask(row: Assignment, request: HandlingRequest, show: Show) -> Ask:
    facts = [(_("Asked"), f"{zh_date(request.asked_at)} · {request.asked_by}")]
    if request.proposed_unit:
        facts.append((_("Proposed unit"), str(request.proposed_unit)))
    if request.wanted_due:
        facts.append((_("Now due"), zh_date(row.unit_due)))
        facts.append((_("Wanted date"), zh_date(request.wanted_due)))
    return Ask(
        row, ASKED[request.kind], str(row.assignee), show(request.reason), facts, ANSWERS[request.kind]
    )


def answered(row: Assignment, show: Show) -> list[dict[str, Any]]:
    """What the row asked for and what came of it; what still waits has no answer."""
    return [
        {
            "title": request.get_kind_display(),
            "reason": show(request.reason),
            "asked_at": request.asked_at,
            "answered_at": request.answered_at,
            "answer": show(request.answer),
            "refused": request.granted is False,
        }
        for request in row.requests.all()
    ]


def held_back(held: Mapping[str, str | LazyText], labels: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(action in words, why not) of what somebody would look for and not find."""
    return [(str(labels[name]), str(held[name])) for name in WORTH_SAYING if name in held]


def times_returned(rows: Iterable[Assignment]) -> int:
    return sum(row.state == AssignmentState.RETURNED for row in rows)


def opinions(rows: Iterable[Assignment], lead: Assignment, show: Show) -> list[dict[str, Any]]:
    """What the assisting units beside a lead said, or that they have not yet."""
    if lead.kind not in REPLIERS:
        return []
    beside = [
        row
        for row in rows
        if row.kind == AssignmentKind.ASSISTING
        and row.round == lead.round
        and row.parent_id == lead.parent_id
        and row.state not in GONE
    ]
    return [_opinion(row, show) for row in beside]


def _opinion(row: Assignment, show: Show) -> dict[str, Any]:
    given = getattr(row, "opinion", None)
    live = row.state in workflow.LIVE
    return {
        "unit": str(row.assignee),
        "state": row.state,
        "state_label": row.get_state_display(),
        "text": show(given.text) if given else "",
        "given_by": given.given_by if given else None,
        "given_at": given.given_at if given else None,
        "missing": live,
        "due_label": due_words(row.unit_due) if live else "",
        "level": level_of(row.unit_due) if live else "none",
    }


def contacts(case: Suggestion, show: Show, rows: Iterable[int] | None = None) -> list[dict[str, Any]]:
    """三访: who was in contact with the resident, when and how; of some rows only where `rows` names them."""
    logs = ContactLog.objects.filter(assignment__suggestion=case).order_by("happened_on", "pk")
    if rows is not None:
        logs = logs.filter(assignment__in=list(rows))
    return [
        {
            "phase": log.get_phase_display(),
            "mode": log.get_mode_display(),
            "day": log.happened_on,
            "who": str(log.assignment.assignee),
            "persons": show(log.persons),
            "summary": show(log.summary),
            "confirmed": log.confirmed,
        }
        for log in logs.select_related("assignment__unit", "assignment__venue")
    ]


def promises(case: Suggestion, show: Show) -> list[dict[str, Any]]:
    """承诺: what was promised by which day and what became of it, what is open first."""
    today = clock.today()
    found = case.promises.select_related("assignment__unit", "assignment__venue", "moved_to")
    rows = sorted(found, key=lambda row: (row.status != PromiseStatus.OPEN, row.due_on, row.pk))
    return [_promise(row, today, show) for row in rows]


def _promise(row: Promise, today: date, show: Show) -> dict[str, Any]:
    late, is_open = is_overdue(row, today), row.status == PromiseStatus.OPEN
    label, state = row.get_status_display(), PROMISE_TONES[row.status]
    if is_open and row.reported_at:
        label, state = _("Reported, the congress reviews it"), "waiting"
    elif late:
        label, state = _("Overdue"), "overdue"
    elif is_open and row.came_back_at:
        label, state = _("Due: to be reported on"), "waiting"
    return {
        "text": row.text,
        "day": row.due_on,
        "who": str(row.assignment.assignee),
        "state": state,
        "state_label": label,
        "due_label": due_words(row.due_on) if is_open else "",
        "level": level_of(row.due_on) if is_open else "none",
        "report": show(row.report),
        "reported_at": row.reported_at,
        "wanted_due": row.wanted_due,
        "moved_to": row.moved_to.due_on if row.moved_to else None,
        "note": show(row.note),
    }


PROMISE_TONES: dict[str, str] = {
    PromiseStatus.OPEN: "moving",
    PromiseStatus.KEPT: "done",
    PromiseStatus.BROKEN: "overdue",
    PromiseStatus.MOVED: "stopped",
}
