"""Which buttons stand where. What may be pressed says `available_moves`; here it is sorted and linked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from suggestions.models import Assignment, Suggestion
from suggestions.workflow import RATE, RATINGS, Move

# What moves a case on, most wanted first; the first that is possible gets the strong button.
FORWARD = (
    "sign", "draft", "sign_off", "accept", "answer_direct", "supplement", "record_told", RATE,
    "cancel_return", "claim", "ask_more", "comment",
)  # fmt: skip
# What ends, refuses or gives back: last, and never the strong button.
LAST = ("send_back", "ask_return", "undo_draft", "transfer", "decline", "propose_decline")
GRAVE = frozenset({*LAST, "withdraw"})
# All others are needed now and then and stand folded away.


@dataclass(frozen=True, slots=True)
class Button:
    """A link to the form of an action, or with `at_once` a form without questions."""

    action: str
    label: str | Promise
    url: str
    version: int
    at_once: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    main: list[Button]
    more: list[Button]


def bar(target: Suggestion | Assignment, found: Iterable[Move]) -> Bar:
    """The buttons of one case or row, sorted."""
    moves = {RATE if move.action in RATINGS else move.action: move for move in found}
    main = [name for name in (*FORWARD, *LAST) if name in moves]
    more = [name for name in moves if name not in main]
    strong = next((name for name in main if name not in GRAVE and name != "comment"), None)
    return Bar(
        [_button(target, name, moves[name], strong) for name in main],
        [_button(target, name, moves[name], strong) for name in more],
    )


def url_of(target: Suggestion | Assignment, action: str) -> str:
    """The one address of an action."""
    if isinstance(target, Assignment):
        return reverse("desk_assignment_action", args=[target.pk, action])
    return reverse("desk_case_action", args=[target.number, action])


def asks(move: Move) -> bool:
    """Whether the action has any question to ask."""
    return bool(move.needs or move.may) or move.action == "undo_draft"


def _button(target: Suggestion | Assignment, name: str, move: Move, strong: str | None) -> Button:
    return Button(
        action=name,
        label=_("Take the resident's rating") if name == RATE else move.label,
        url=url_of(target, name),
        version=target.version,
        at_once=not asks(move),
        kind="" if name == strong else "danger" if name in GRAVE else "second",
    )
