"""Grounds and where each of them leads: not every one of them is a refusal."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .enums import DeclineOutcome, Restriction
from .models import DeclineReason

# Outcome → the actions that bring it about, the first that is possible is taken.
ACTIONS: dict[str, tuple[str, ...]] = {
    DeclineOutcome.DECLINE: ("decline",),
    DeclineOutcome.TRANSFER: ("transfer",),
    DeclineOutcome.ALERT: ("alarm",),
    DeclineOutcome.ANSWER: ("answer_inquiry",),
    DeclineOutcome.REFER_UP: ("accept", "reclassify"),
}
HEADINGS: dict[str, str | Promise] = {
    DeclineOutcome.DECLINE: gettext_lazy("Not accepted: the resident reads why and where to go instead"),
    DeclineOutcome.TRANSFER: gettext_lazy("Belongs to others: the resident is told where to go"),
    DeclineOutcome.ALERT: gettext_lazy("Cannot wait: the duty phone rings at once, the case stays"),
    DeclineOutcome.ANSWER: gettext_lazy("Only a question: answered now, counted as an inquiry"),
    DeclineOutcome.REFER_UP: gettext_lazy("For a higher authority: accepted as level L4"),
}


# Without a ground these have no form.
BEGIN_WITH_A_GROUND = ("decline", "propose_decline")


@dataclass(frozen=True, slots=True)
class Ground:
    """One row, where it leads ("" if that is not possible now), and what will happen."""

    reason: DeclineReason
    url: str
    effects: list[str]


@dataclass(frozen=True, slots=True)
class Group:
    heading: str | Promise
    grounds: list[Ground]


def actions_of(reason: DeclineReason) -> tuple[str, ...]:
    return ("propose_decline",) if reason.two_person else ACTIONS[reason.outcome]


def groups(possible: Collection[str], address: Callable[[str], str]) -> list[Group]:
    """All grounds in use by what becomes of them.

    `possible`: actions the reader may do now; `address` gives the page of one.
    """
    found: dict[str, list[Ground]] = {outcome: [] for outcome in HEADINGS}
    for reason in DeclineReason.objects.filter(is_active=True):
        action = next((name for name in actions_of(reason) if name in possible), "")
        url = f"{address(action)}?code={reason.pk}" if action else ""
        found[reason.outcome].append(Ground(reason, url, _effects(reason)))
    return [Group(HEADINGS[outcome], rows) for outcome, rows in found.items() if rows]


def all_actions() -> frozenset[str]:
    """Every action some ground may lead to."""
    return frozenset({"propose_decline", *(name for names in ACTIONS.values() for name in names)})


def chosen(action: str, key: str) -> DeclineReason | None:
    """The ground an address names, if it leads to this action."""
    reason = DeclineReason.objects.filter(is_active=True, pk=key).first() if key.isdecimal() else None
    return reason if reason and action in actions_of(reason) else None


def comes_first(action: str, key: str) -> bool:
    """Whether the ground must be chosen before the form of the action makes sense."""
    return action in BEGIN_WITH_A_GROUND and chosen(action, key) is None


def _effects(reason: DeclineReason) -> list[str]:
    """What is not obvious and cannot be undone by whoever chooses it."""
    lines = [_("a second person must confirm it")] if reason.two_person else []
    if reason.hide_from == Restriction.ALL:
        lines.append(_("hidden at once from everybody but the secrecy officer, you included"))
    elif reason.hide_from == Restriction.PUBLIC:
        lines.append(_("never made public"))
    return lines
