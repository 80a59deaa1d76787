"""The one door. `submit`, `register_answered` and `perform` are the only writers of a state.

Order, always inside one transaction: lock the suggestion (several by id) and the venues it is given to →
role → inputs → guards → effect → one UPDATE on the version and state that were locked → event, notices → the
rows that follow, the same way. Whatever fails rolls all of it back. The lock on the suggestion also covers
its assignments: two replies released at the same moment would each see the other one still unreleased
otherwise, and the case would never be replied.
"""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.functional import Promise as LazyText

from congress_portal.common import clock
from congress_portal.common.db import lock
from stations.models import Venue
from stations.services.venues import hold

from . import clocks, inputs, notifications, workflow
from .actors import Actor
from .effects import EFFECTS
from .enums import AssignmentState, State
from .errors import DoorError, Forbidden, Refused, Stale, WrongState
from .guards import GUARDS
from .models import Assignment, Event, Suggestion
from .permissions import Standing, roles_for
from .steps import Step
from .workflow import ASSIGNMENT_MOVES, SUGGESTION_MOVES, Move


def moves_of(target: Suggestion | Assignment) -> tuple[Move, ...]:
    """The table a row lives by."""
    return ASSIGNMENT_MOVES if isinstance(target, Assignment) else SUGGESTION_MOVES


def available_moves(actor: Actor, target: Suggestion | Assignment) -> list[Move]:
    """The rows of the table that `actor` may use on `target` now: exactly the buttons to show."""
    return outlook(actor, target)[0]


def outlook(
    actor: Actor, target: Suggestion | Assignment, standing: Standing | None = None
) -> tuple[list[Move], dict[str, str | LazyText]]:
    """What `actor` may do to `target` now, and action → why not, where only a condition stands against it."""
    assignment = target if isinstance(target, Assignment) else None
    case = target.suggestion if isinstance(target, Assignment) else target
    roles = roles_for(actor, case, assignment, standing)
    found: list[Move] = []
    held: dict[str, str | LazyText] = {}
    for move in moves_of(target):
        role = _role(move, roles)
        if role and target.state in move.source and role not in (workflow.SYSTEM, workflow.FOLLOWS):
            step = Step(move, case, assignment, actor, role, {}, clock.now())
            refused = next((no for name in move.guards if (no := GUARDS[name](step))), None)
            if refused:
                held[move.action] = refused
            else:
                found.append(move)
    return found, held


def perform(
    action: str, *, target: Suggestion | Assignment, actor: Actor, seen_version: int, **given: Any
) -> Suggestion | Assignment:
    """Do one action of the tables and return the row as it stands after it.

    `seen_version` is the version on the page the person acted from. Raises ValidationError (by field),
    Forbidden, WrongState, Refused or Stale; then nothing has changed. After `renew_code` the new code is on
    the returned row as `fresh_code`, and nowhere else.
    """
    case_id = target.suggestion_id if isinstance(target, Assignment) else target.pk
    with transaction.atomic():
        cases = _locked_family(case_id, given)
        case = cases[case_id]
        if given.get("lead") is not None and given["lead"].pk in cases:
            given["lead"] = cases[given["lead"].pk]
        row = case.assignments.get(pk=target.pk) if isinstance(target, Assignment) else None
        if row is not None:
            row.suggestion = case
        if _merged_ids(case_id) - cases.keys():
            # Somebody joined a case between reading the family and locking it; now nobody else can.
            raise Stale
        _hold_venues(given)
        step = _enter(action, case=case, row=row, actor=actor, given=given, seen_version=seen_version)
        _walk(step)
        return step.target


def record_creation(
    case: Suggestion, move: Move, *, actor: Actor, role: str, note: str = "", data: dict | None = None
) -> None:
    """First line of history and first clock of a case that `submissions` has just written."""
    step = Step(move, case, None, actor, role, {}, case.received_at, note=note, data=data or {})
    _start_clock(step)
    due_on, due_kind = clocks.nearest(case)
    Suggestion.objects.filter(pk=case.pk).update(due_on=due_on, due_kind=due_kind)
    case.due_on, case.due_kind = due_on, due_kind
    _record(step, from_state="", to_state=case.state)


def _locked_family(case_id: int, given: dict[str, Any]) -> dict[int, Suggestion]:
    """The case, what is joined to it and the lead it is to join, locked in the order of their ids."""
    ids = {case_id} | _merged_ids(case_id)
    lead = given.get("lead")
    if isinstance(lead, Suggestion):
        ids.add(lead.pk)
    return {case.pk: case for case in lock(Suggestion.objects.filter(pk__in=ids).order_by("pk"))}


def _hold_venues(given: dict[str, Any]) -> None:
    """Put the venues of the inputs as they are now in their places: a venue that is given a case stays."""
    targets = given.get("assignments") or ()
    named = [given.get("venue"), *(getattr(target, "venue", None) for target in targets)]
    venues = [venue for venue in named if isinstance(venue, Venue)]
    if not venues:
        return
    now = {venue.pk: venue for venue in hold(*venues)}
    if isinstance(given.get("venue"), Venue):
        given["venue"] = now[given["venue"].pk]
    if targets:
        given["assignments"] = [
            replace(target, venue=now[target.venue.pk]) if isinstance(target.venue, Venue) else target
            for target in targets
        ]


def _merged_ids(case_id: int) -> set[int]:
    return set(Suggestion.objects.filter(merged_into=case_id).values_list("pk", flat=True))


def _enter(
    action: str,
    *,
    case: Suggestion,
    row: Assignment | None,
    actor: Actor,
    given: dict[str, Any],
    seen_version: int,
) -> Step:
    """Role, state, version, inputs and guards; what comes back may be done."""
    target: Suggestion | Assignment = row or case
    table = moves_of(target)
    named = [move for move in table if move.action == action and move.source]
    roles = roles_for(actor, case, row)
    if not any(_role(move, roles) for move in named):
        raise Forbidden
    move = workflow.find(table, action, target.state)
    moved_on = target.version != seen_version
    if move is None:
        raise Stale if moved_on else WrongState
    role = _role(move, roles)
    if role is None:
        raise Forbidden
    if moved_on and move.to is not None:
        raise Stale
    step = Step(move, case, row, actor, role, {}, clock.now())
    step.inputs = inputs.clean(move, given)
    _guard(step)
    return step


def _role(move: Move, roles: frozenset[str]) -> str | None:
    """The role in which the row may be used: the first the table names."""
    return next((role for role in move.who if role in roles), None)


def _guard(step: Step) -> None:
    for name in step.move.guards:
        message = GUARDS[name](step)
        if message:
            raise Refused(message)


def _walk(step: Step) -> None:
    """Effect, UPDATE, event, followers. The caller holds the lock."""
    move, target = step.move, step.target
    effect = EFFECTS.get(move.action)
    if effect:
        effect(step)
    if step.assignment is None:
        if move.stops:
            clocks.stop(step.suggestion, move.stops, now=step.now)
        _start_clock(step)
        if move.stops or move.starts:
            step.changes["due_on"], step.changes["due_kind"] = clocks.nearest(step.suggestion)
    from_state = target.state
    _update(step)
    _record(step, from_state=from_state, to_state=target.state)
    for action, follower, given in step.follows:
        _follow(action, follower, given, step)


def _start_clock(step: Step) -> None:
    if step.move.starts:
        clocks.start(
            step.suggestion, step.move.starts, now=step.now, round=step.round, key=step.clock_key,
            due=step.clock_due,
        )  # fmt: skip


def _update(step: Step) -> None:
    """Compare and set: the row as it was locked, or nobody's."""
    target, move, changes = step.target, step.move, dict(step.changes)
    model = Assignment if isinstance(target, Assignment) else Suggestion
    rows = model.objects.filter(pk=target.pk, version=target.version, state=target.state)
    if move.to is not None:
        changes["state"] = move.to
        hit = rows.update(version=F("version") + 1, **changes)
        target.version += 1
    else:
        hit = rows.update(**changes) if changes else 1
    if not hit:
        raise Stale
    for name, value in changes.items():
        setattr(target, name, value)


def _record(step: Step, *, from_state: str, to_state: str) -> None:
    last = step.suggestion.events.aggregate(last=Max("seq"))["last"] or 0
    event = Event.objects.create(
        suggestion=step.suggestion, seq=last + 1, action=step.move.action, assignment=step.assignment,
        from_state=from_state, to_state=to_state, round=step.round, actor=step.actor.user, role=step.role,
        note=step.note, is_public=bool(step.note) and step.move.action in workflow.SHOWN_NOTES,
        data=step.data, happened_at=step.now,
    )  # fmt: skip
    notifications.tell(step, event)


def _follow(action: str, follower: Suggestion | Assignment, given: dict[str, Any], cause: Step) -> None:
    """A row of the table brought about by another: no person's role, but the same guards and one event."""
    row = follower if isinstance(follower, Assignment) else None
    case = row.suggestion if row else follower
    assert isinstance(case, Suggestion)
    if row is not None:
        # One object for one locked row, so that later followers see what earlier ones changed.
        case = row.suggestion = cause.suggestion if row.suggestion_id == cause.suggestion.pk else case
    if action == "issue":
        assert row is not None
        _issue(row, cause)
        return
    move = workflow.find(moves_of(follower), action, follower.state)
    if move is None:
        raise DoorError
    role = workflow.FOLLOWS if workflow.FOLLOWS in move.who else workflow.SYSTEM
    actor = cause.actor if role == workflow.FOLLOWS else Actor(is_system=True)
    step = Step(move, case, row, actor, role, {}, cause.now)
    step.inputs = inputs.clean(move, given)
    _guard(step)
    _walk(step)


def _issue(row: Assignment, cause: Step) -> None:
    move = workflow.find(ASSIGNMENT_MOVES, "issue", None)
    assert move is not None
    row.state = AssignmentState.ISSUED
    row.save()
    step = Step(move, row.suggestion, row, cause.actor, workflow.FOLLOWS, {}, cause.now)
    limits = getattr(row, "limits", {})
    step.data = {
        "to": str(row.assignee), "due": row.unit_due.isoformat(), "kind": row.kind, "limits": limits
    }  # fmt: skip
    _record(step, from_state="", to_state=row.state)


def run_due() -> int:
    """Close what only waited for time: supplements and ratings whose window is over. Returns how many."""
    moved = 0
    today = clock.today()
    for state, action in ((State.SUPPLEMENTING, "lapse_supplement"), (State.REPLIED, "lapse")):
        # Keys first: SQLite ends a reading that is under way when a refused case rolls back.
        waiting = Suggestion.objects.filter(state=state, due_on__lt=today).order_by("pk")
        for key in list(waiting.values_list("pk", flat=True)):
            case = Suggestion.objects.get(pk=key)
            try:
                perform(action, target=case, actor=Actor(is_system=True), seen_version=case.version)
            except DoorError:
                # Somebody acted between the list and the lock; the case is looked at again tomorrow.
                continue
            moved += 1
    return moved
