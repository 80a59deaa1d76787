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
    "sign", "dispatch", "give_opinion", "draft", "sign_off", "report_promise", "accept", "assign",
    "answer_direct", "supplement", "record_told", RATE, "cancel_return", "claim", "ask_more", "comment",
)  # fmt: skip
# What whoever handles it asks for, and what is only written down: under a word of their own.
ASK = ("ask_return", "escalate", "ask_extension", "ask_contact")
LOG = ("log_contact",)
# What ends, refuses or gives back: last, and never the strong button.
LAST = ("send_back", "undo_draft", "recall", "transfer", "decline", "propose_decline")
GRAVE = frozenset({*LAST, "ask_return", "withdraw", "refuse_return", "refuse_extension"})
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
    ask: list[Button]
    log: list[Button]
    more: list[Button]

    @property
    def is_empty(self) -> bool:
        return not (self.main or self.ask or self.log or self.more)


def bar(target: Suggestion | Assignment, found: Iterable[Move]) -> Bar:
    """The buttons of one case or row, sorted."""
    moves = {RATE if move.action in RATINGS else move.action: move for move in found}
    main = [name for name in (*FORWARD, *LAST) if name in moves]
    strong = next((name for name in main if name not in GRAVE and name != "comment"), None)
    aside = {*main, *ASK, *LOG}

    def made(names: Iterable[str]) -> list[Button]:
        return [button(target, moves[name], strong) for name in names if name in moves]

    return Bar(made(main), made(ASK), made(LOG), made(name for name in moves if name not in aside))


def answering(row: Assignment, names: Iterable[str], found: Iterable[Move]) -> list[Button]:
    """The buttons that answer what the handler of the row asks, as far as they may be pressed."""
    moves = {move.action: move for move in found}
    possible = [name for name in names if name in moves]
    return [button(row, moves[name], possible[0]) for name in possible]


def url_of(target: Suggestion | Assignment, action: str) -> str:
    """The one address of an action."""
    if isinstance(target, Assignment):
        return reverse("desk_assignment_action", args=[target.pk, action])
    return reverse("desk_case_action", args=[target.number, action])


def asks(move: Move) -> bool:
    """Whether the action has any question to ask."""
    return bool(move.needs or move.may) or move.action == "undo_draft"


def button(target: Suggestion | Assignment, move: Move, strong: str | None) -> Button:
    name = RATE if move.action in RATINGS else move.action
    return Button(
        action=name,
        label=_("Take the resident's rating") if name == RATE else move.label,
        url=url_of(target, name),
        version=target.version,
        at_once=not asks(move),
        kind="" if name == strong else "danger" if name in GRAVE else "second",
    )
