"""Does the history of a case agree with its row? The events are replayed and every projection compared.

Nothing here trusts `services.py`: what a row must be is worked out again from the events and the tables.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.db.models import Prefetch, QuerySet

from . import workflow
from .enums import AssignmentKind, AssignmentState, State
from .models import Assignment, Event, Rating, Reply, Suggestion
from .workflow import ASSIGNMENT_MOVES, SUGGESTION_MOVES, Move

CHUNK = 400

ACCEPTS = frozenset({"accept", "merge", "register_answered", "answer_inquiry"})
REPLIES = frozenset(
    {"register_answered", "answer_inquiry", "answer_direct", "all_replied", "reply_with_lead"}
)
TELLS = frozenset({"register_answered", "record_told"})
RATES = frozenset({"rate_ok", "rate_bad", "rate_bad_direct", "rate_bad_again", "rate_kept_promise"})
DECLINES = frozenset({"decline", "propose_decline", "confirm_decline"})
TAKES_UP_AGAIN = frozenset({"restore", "refuse_decline"})
REDOES = frozenset({"rate_bad", "rate_bad_direct"})
BEGINS_ROUND = REDOES | {"order_redo", "reopen"}
# Whoever saw the row before still sees it as it is, so no version is counted.
KEEPS_STATE = frozenset(move.action for move in ASSIGNMENT_MOVES if move.to is None)
# In these a reply of the present round lies before the resident.
ANSWERED = frozenset({State.REPLIED, State.DISPUTED})


@dataclass(slots=True)
class Expected:
    """What the events say the row of the case must hold."""

    state: str = ""
    version: int = 0
    round: int = 1
    redo_count: int = 0
    received_at: datetime | None = None
    accepted_at: datetime | None = None
    replied_at: datetime | None = None
    told_at: datetime | None = None
    closed_at: datetime | None = None
    rating: str = ""
    process_rating: str = ""
    first_rating: str = ""
    lead: str = ""
    declined: str = ""
    restricted: str = ""
    is_inquiry: bool = False
    has_left: bool = False
    published: bool = False
    clocks: set[str] = field(default_factory=set)


def problems(queryset: QuerySet[Suggestion]) -> Iterator[str]:
    """One sentence for each disagreement, beginning with the number of the case; nothing if all is true."""
    keys = list(queryset.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(keys), CHUNK):
        for case in _loaded(keys[begin : begin + CHUNK]):
            for problem in problems_of(case):
                yield f"{case.number}: {problem}"


def problems_of(case: Suggestion) -> Iterator[str]:
    """The disagreements of one case."""
    events = sorted(case.events.all(), key=lambda event: event.seq)
    if not events:
        yield "has no history"
        return
    yield from _order(events)
    own = [event for event in events if event.assignment_id is None]
    yield from _chain(own, SUGGESTION_MOVES, "the case")
    if own:
        yield from _compare(case, replay(own))
    yield from _assignments(case, events)
    yield from _clocks(case)
    yield from _answers(case)


def replay(events: Iterable[Event]) -> Expected:
    """The row of a case as its own events tell it, first event first."""
    row = Expected()
    for event in events:
        move = workflow.find(SUGGESTION_MOVES, event.action, event.from_state or None)
        if move is None:
            # Named by `_chain` already; what follows may still be told.
            continue
        _replay_state(row, event, move)
        _replay_answers(row, event)
    return row


def _loaded(keys: list[int]) -> QuerySet[Suggestion]:
    released = Reply.objects.filter(released_at__isnull=False).defer("text")
    return (
        Suggestion.objects.filter(pk__in=keys)
        .select_related("merged_into", "decline_reason", "publication")
        .defer("text")
        .order_by("pk")
        .prefetch_related(
            Prefetch("events", Event.objects.defer("note").order_by("suggestion", "seq")),
            Prefetch("assignments", Assignment.objects.select_related("unit", "venue")),
            Prefetch("replies", released),
            Prefetch("ratings", Rating.objects.defer("reason")),
            "clocks",
        )
    )


def _order(events: list[Event]) -> Iterator[str]:
    if [event.seq for event in events] != list(range(1, len(events) + 1)):
        yield f"its events are numbered {', '.join(str(event.seq) for event in events)}"
    for before, after in pairwise(events):
        if after.happened_at < before.happened_at:
            yield f"event {after.seq} ({after.action}) happened before event {before.seq} ({before.action})"


def _chain(events: list[Event], moves: tuple[Move, ...], what: str) -> Iterator[str]:
    """Each event starts where the one before ended and is a row of the table, done by who may."""
    state = ""
    for event in events:
        told = f"event {event.seq} ({event.action}) of {what}"
        if event.from_state != state:
            yield f"{told} starts from {event.from_state or 'nothing'}, not from {state or 'nothing'}"
        move = workflow.find(moves, event.action, event.from_state or None)
        if move is None:
            yield f"{told} is no row of the table from {event.from_state or 'nothing'}"
        elif event.to_state != (move.to or event.from_state):
            yield f"{told} ended in {event.to_state}, the table says {move.to or event.from_state}"
        elif event.role not in move.who:
            yield f"{told} was done as {event.role or 'nobody'}, which the table does not allow"
        state = event.to_state


def _replay_state(row: Expected, event: Event, move: Move) -> None:
    row.clocks = (row.clocks - set(move.stops)) | ({move.starts} if move.starts else set())
    if event.action in BEGINS_ROUND:
        row.round += 1
    if event.action in REDOES:
        row.redo_count += 1
    row.has_left = row.has_left or event.action == "leave"
    row.is_inquiry = row.is_inquiry or event.action == "answer_inquiry"
    if move.to is None:
        return
    row.state = event.to_state
    row.version += 1
    if not event.from_state:
        row.received_at = event.happened_at
    row.closed_at = event.happened_at if event.to_state in workflow.FINAL else None
    if event.action == "merge":
        row.lead = event.data.get("lead", "")
    elif event.action == "unmerge":
        row.lead = ""
    elif event.action in DECLINES:
        row.declined = event.data.get("code", "")
        row.restricted = event.data.get("restricted", "")
    elif event.action in TAKES_UP_AGAIN:
        row.declined = row.restricted = ""


def _replay_answers(row: Expected, event: Event) -> None:
    when = event.happened_at
    if event.action in ACCEPTS:
        row.accepted_at = row.accepted_at or when
    if event.action in TAKES_UP_AGAIN:
        row.accepted_at = None
    if event.action in REPLIES:
        row.replied_at = row.replied_at or when
    if event.action in TELLS or event.action in RATES:
        row.told_at = row.told_at or when
    if event.action in RATES:
        row.rating = event.data.get("level", "")
        row.process_rating = event.data.get("process", "")
        row.first_rating = row.first_rating or row.rating
    if event.action in BEGINS_ROUND:
        row.told_at = None
    if event.action in ("publish", "unpublish"):
        row.published = event.action == "publish"


def _compare(case: Suggestion, row: Expected) -> Iterator[str]:
    publication = getattr(case, "publication", None)
    actual = {
        "lead": case.merged_into.number if case.merged_into else "",
        "declined": case.decline_reason.code if case.decline_reason else "",
        "published": bool(publication and publication.published_at),
        "clocks": {clock.kind for clock in case.clocks.all() if clock.stopped_at is None},
    }
    for name in row.__slots__:
        wanted, found = getattr(row, name), actual[name] if name in actual else getattr(case, name)
        if wanted != found:
            yield f"{name} is {_readable(found)}, its events say {_readable(wanted)}"


def _readable(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S%z}"
    if isinstance(value, set):
        return ", ".join(sorted(value)) or "none"
    return str(value) if value not in ("", None) else "empty"


def _assignments(case: Suggestion, events: list[Event]) -> Iterator[str]:
    histories: dict[int, list[Event]] = {}
    for event in events:
        if event.assignment_id is not None:
            histories.setdefault(event.assignment_id, []).append(event)
    rows = list(case.assignments.all())
    strange = histories.keys() - {row.pk for row in rows}
    if strange:
        yield f"its history names assignments of another case: {sorted(strange)}"
    for row in rows:
        what = f"assignment {row.pk} ({row.assignee})"
        history = histories.get(row.pk, [])
        if not history:
            yield f"{what} has no history"
            continue
        yield from _chain(history, ASSIGNMENT_MOVES, what)
        if row.state != history[-1].to_state:
            yield f"{what} is {row.state}, its events say {history[-1].to_state}"
        moved = [event for event in history if event.action not in KEEPS_STATE]
        ended = moved[-1].happened_at if moved and row.state in workflow.ASSIGNMENT_FINAL else None
        if row.version != len(moved):
            yield f"{what} has version {row.version} after {len(moved)} events"
        if row.ended_at != ended:
            yield f"{what} ended {_readable(row.ended_at)}, its events say {_readable(ended)}"
    yield from _in_charge(case, rows)


def _in_charge(case: Suggestion, rows: list[Assignment]) -> Iterator[str]:
    """In hand means that somebody answers for it; in no other state is anybody still at work."""
    live = [row for row in rows if row.state in workflow.LIVE]
    repliers = [row for row in live if row.kind != AssignmentKind.ASSISTING and row.round == case.round]
    if case.state == State.HANDLING and not repliers:
        yield "is in hand and nobody is in charge"
    if case.state != State.HANDLING and live:
        yield f"is {case.state} and {', '.join(str(row.assignee) for row in live)} still at work"


def _clocks(case: Suggestion) -> Iterator[str]:
    running = [clock for clock in case.clocks.all() if clock.stopped_at is None]
    kinds = {clock.kind for clock in running}
    if kinds not in workflow.CLOCKS[State(case.state)]:
        yield f"is {case.state} and the clocks {_readable(kinds)} run"
    first = min(running, key=lambda clock: (clock.due_on, clock.pk), default=None)
    due = (first.due_on, first.kind) if first else (None, "")
    if (case.due_on, case.due_kind) != due:
        yield f"is due {case.due_on} {case.due_kind}, its clocks say {due[0]} {due[1]}"


def _answers(case: Suggestion) -> Iterator[str]:
    released = list(case.replies.all())
    replied_rows = {reply.assignment_id for reply in released}
    if case.state in ANSWERED and not any(reply.round == case.round for reply in released):
        yield f"is {case.state} without a reply of round {case.round}"
    for row in case.assignments.all():
        # A coordinator office replies through the units it dispatched to.
        own = row.kind != AssignmentKind.COORDINATOR
        if own and row.state == AssignmentState.RELEASED and row.pk not in replied_rows:
            yield f"assignment {row.pk} ({row.assignee}) replied, but its reply is missing"
    rated = [event for event in case.events.all() if event.action in RATES]
    ratings = list(case.ratings.all())
    if [event.data.get("level") for event in rated] != [rating.level for rating in ratings]:
        yield f"{len(ratings)} ratings do not agree with {len(rated)} events"
