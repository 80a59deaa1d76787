"""Working off a queue one case at a time: where one stands in it, and both steps of intake taken as one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from congress_portal.accounts.models import User

from . import queues, workflow
from .actors import Actor
from .enums import State
from .models import Suggestion
from .permissions import roles_for
from .selectors import visible_to
from .services import available_moves, perform
from .workflow import Move

# What intake works on; of another queue these cases are shown.
STATES = (State.SUBMITTED, State.ACCEPTED)
# Queues that hold such cases, the usual one first.
QUEUES = ("to_accept", "to_assign", "urgent", "overdue", "no_place", "orphaned")
ORDER = ("due_on", "received_at", "pk")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of a queue, by the values it is sorted by; it stays when its case is gone."""

    due_on: date
    received_at: datetime
    pk: int

    def packed(self) -> list[str]:
        """For a session."""
        return [self.due_on.isoformat(), self.received_at.isoformat(), str(self.pk)]

    def here_or_after(self) -> Q:
        return self._beyond("gt") | Q(due_on=self.due_on, received_at=self.received_at, pk=self.pk)

    def after(self) -> Q:
        return self._beyond("gt")

    def before(self) -> Q:
        return self._beyond("lt")

    def _beyond(self, way: str) -> Q:
        return (
            Q(**{f"due_on__{way}": self.due_on})
            | Q(**{"due_on": self.due_on, f"received_at__{way}": self.received_at})
            | Q(**{"due_on": self.due_on, "received_at": self.received_at, f"pk__{way}": self.pk})
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands among those of its queue; `number` counts from 1."""

    number: int
    total: int
    previous: int | None
    following: int | None


def rows(key: str, user: User) -> QuerySet[Suggestion]:
    """The cases of a queue that intake can work on, the nearest date first."""
    cases = queues.cases_in(key, visible_to(user)).filter(state__in=STATES, due_on__isnull=False)
    return cases.order_by(*ORDER)


def place_of(case: Suggestion) -> Place | None:
    return Place(case.due_on, case.received_at, case.pk) if case.due_on else None


def unpacked(kept: Any) -> Place | None:
    """What `packed` gave, from a session; None for anything else."""
    try:
        due_on, received_at, pk = kept
        return Place(date.fromisoformat(due_on), datetime.fromisoformat(received_at), int(pk))
    except (TypeError, ValueError):
        return None


def at(cases: QuerySet[Suggestion], place: Place | None) -> int | None:
    """The key of the case at the place or next after it; at the end it begins anew with what was left out."""
    keys = cases.values_list("pk", flat=True)
    found = keys.filter(place.here_or_after()).first() if place else None
    return found if found is not None else keys.first()


def standing(cases: QuerySet[Suggestion], case: Suggestion) -> Standing | None:
    """None for a case that is not in the queue."""
    place = place_of(case)
    if place is None or not cases.filter(pk=case.pk).exists():
        return None
    before = cases.filter(place.before())
    return Standing(
        before.count() + 1,
        cases.count(),
        before.values_list("pk", flat=True).last(),
        cases.filter(place.after()).values_list("pk", flat=True).first(),
    )


def offered(actor: Actor, case: Suggestion) -> dict[str, Move]:
    """Action → its row, for all that may be done now, and for what could be done right after accepting."""
    moves = {move.action: move for move in available_moves(actor, case)}
    then = workflow.find(workflow.SUGGESTION_MOVES, "assign", State.ACCEPTED)
    if "accept" in moves and then and roles_for(actor, case).intersection(then.who):
        moves.setdefault("assign", then)
    return moves


@transaction.atomic
def accept_and_assign(
    case: Suggestion, *, actor: Actor, seen_version: int, accept: dict[str, Any], assign: dict[str, Any]
) -> Suggestion:
    """Both actions through the door, or neither. Raises what `perform` raises."""
    accepted = perform("accept", target=case, actor=actor, seen_version=seen_version, **accept)
    done = perform("assign", target=accepted, actor=actor, seen_version=accepted.version, **assign)
    assert isinstance(done, Suggestion)
    return done
