"""A case or an assignment as somebody finds it, and everybody who might try something on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.db import transaction

from congress_portal.common import clock
from suggestions import workflow as w
from suggestions.actors import SYSTEM, Actor
from suggestions.errors import DoorError
from suggestions.models import (
    Assignment,
    AssistingOpinion,
    Claim,
    Clock,
    ContactLog,
    Event,
    HandlingRequest,
    Point,
    Promise,
    Publication,
    Rating,
    Reply,
    SubmitterContact,
    Suggestion,
    Supervision,
    SupervisionLetter,
)
from suggestions.services import perform
from tests.conftest import as_actor

NOBODY = frozenset[str]()
# A row of the table exists, the person has the role: only a guard may still say no.
ALLOWED = "allowed"


@dataclass
class Scene:
    """`later`: how long after the last step the attempts are made."""

    target: Suggestion | Assignment
    roles: dict[str, frozenset[str]]
    later: timedelta = timedelta()
    given: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def case(self) -> Suggestion:
        return self.target.suggestion if isinstance(self.target, Assignment) else self.target

    @property
    def table(self) -> tuple[w.Move, ...]:
        return w.ASSIGNMENT_MOVES if isinstance(self.target, Assignment) else w.SUGGESTION_MOVES

    @contextmanager
    def moment(self) -> Iterator[None]:
        with clock.frozen(clock.now() + self.later):
            yield

    def expected(self, action: str, roles: frozenset[str]) -> str:
        """What the table says to somebody who holds `roles`, guards aside."""
        named = [move for move in self.table if move.action == action and move.source]
        if not any(roles & set(move.who) for move in named):
            return "Forbidden"
        here = [move for move in named if self.target.state in move.source]
        if not here:
            return "WrongState"
        return ALLOWED if roles & set(here[0].who) else "Forbidden"


class Undo(Exception):
    """Takes back an attempt that succeeded."""


def attempt(action: str, target: Any, actor: Actor, given: dict[str, Any]) -> str:
    """ "done", or the name of the error; either way nothing is different afterwards."""
    seen = type(target)._default_manager.get(pk=target.pk)
    try:
        with transaction.atomic():
            perform(action, target=seen, actor=actor, seen_version=seen.version, **given)
            raise Undo
    except Undo:
        return "done"
    except DoorError as error:
        return type(error).__name__


def snapshot() -> dict[str, list[Any]]:
    """Every row an action may write."""
    models = (
        Suggestion, Assignment, Event, Clock, Reply, Rating, Claim, Publication, AssistingOpinion, ContactLog,
        HandlingRequest, Point, Promise, SubmitterContact, Supervision, SupervisionLetter,
    )  # fmt: skip
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


PEOPLE = (
    "resident", "stranger", "liaison", "other_liaison", "deputy", "other_deputy", "convener", "clerk",
    "clerk2", "reviewer", "head", "admin", "officer", "other_officer", "unitlead", "other_unitlead",
    "committee", "other_committee", "coordinator", "secrecy", "secrecy2",
)  # fmt: skip
OTHERS: dict[str, Callable[[SimpleNamespace, Suggestion], Actor]] = {
    "holder": lambda c, case: Actor(holder_of=case.pk),
    "signed-in holder": lambda c, case: Actor(user=as_actor(c.stranger).user, holder_of=case.pk),
    "holder of another": lambda c, case: Actor(holder_of=case.pk + 100_000),
    "nobody": lambda c, case: Actor(),
    "system": lambda c, case: SYSTEM,
}
EVERYBODY = (*PEOPLE, *OTHERS)


def actor_named(name: str, c: SimpleNamespace, case: Suggestion) -> Actor:
    return OTHERS[name](c, case) if name in OTHERS else as_actor(getattr(c, name))


def actors(c: SimpleNamespace, case: Suggestion) -> dict[str, Actor]:
    """Everybody: those with a role towards the case, those with the same role elsewhere, and outsiders."""
    return {name: actor_named(name, c, case) for name in EVERYBODY}


DISTRICT = {
    "clerk": frozenset({w.CLERK}), "clerk2": frozenset({w.CLERK}), "reviewer": frozenset({w.REVIEWER}),
    "head": frozenset({w.HEAD}), "system": frozenset({w.SYSTEM}), "holder": frozenset({w.RESIDENT}),
    "signed-in holder": frozenset({w.RESIDENT}), "resident": frozenset({w.RESIDENT}),
    "liaison": frozenset({w.LIAISON}), "deputy": frozenset({w.DEPUTY}), "convener": frozenset({w.DEPUTY}),
    "committee": frozenset({w.COMMITTEE}),
}  # fmt: skip
# Once the case has a level that the street may settle.
OF_STREET = {"committee": frozenset({w.COMMITTEE, w.STREET_ASSIGNER})}
OF_UNIT = {"officer": frozenset({w.HANDLER, w.OFFICER}), "unitlead": frozenset({w.LEADER})}
OF_VENUE = {
    "liaison": frozenset({w.LIAISON, w.HANDLER}), "deputy": frozenset({w.DEPUTY, w.HANDLER}),
    "convener": frozenset({w.DEPUTY, w.HANDLER, w.LEADER}),
    "committee": OF_STREET["committee"] | {w.LEADER},
}  # fmt: skip
OF_OFFICE = {"coordinator": frozenset({w.HANDLER, w.OFFICER})}
ABOVE = {"coordinator": frozenset({w.COORDINATOR})}
# Towards the whole case, once it has dispatched it.
OFFICE_AND_ABOVE = {"coordinator": OF_OFFICE["coordinator"] | ABOVE["coordinator"]}
# Nobody else reaches what is hidden.
SECRET = {
    "resident": frozenset({w.RESIDENT}), "holder": frozenset({w.RESIDENT}),
    "signed-in holder": frozenset({w.RESIDENT}), "secrecy": frozenset({w.SECRECY}),
    "secrecy2": frozenset({w.SECRECY}), "system": frozenset({w.SYSTEM}),
}  # fmt: skip
