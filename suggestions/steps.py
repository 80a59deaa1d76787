"""One action on its way through the door: what guards read and effects fill in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .actors import Actor
from .models import Assignment, Suggestion
from .workflow import Move


@dataclass(slots=True)
class Step:
    """`changes` are columns of the target, written in the same UPDATE as its state.

    `follows` are the rows of the tables this action brings about, done after its own event:
    (action, target, inputs). `clock_key` and `clock_due` refine the clock that `move.starts`.
    """

    move: Move
    suggestion: Suggestion
    assignment: Assignment | None
    actor: Actor
    role: str
    inputs: dict[str, Any]
    now: datetime
    changes: dict[str, Any] = field(default_factory=dict)
    follows: list[tuple[str, Suggestion | Assignment, dict[str, Any]]] = field(default_factory=list)
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    clock_key: str | None = None
    clock_due: date | None = None

    @property
    def target(self) -> Suggestion | Assignment:
        return self.assignment or self.suggestion

    @property
    def round(self) -> int:
        """The round this action belongs to, the new one if it begins one."""
        return (
            self.changes.get("round", self.suggestion.round) if not self.assignment else self.assignment.round
        )

    def follow(self, action: str, target: Suggestion | Assignment, **inputs: Any) -> None:
        self.follows.append((action, target, inputs))
