"""Named conditions of the tables. Each takes the step and returns None, or what to tell the person.

A guard that needs an input passes while no inputs are given, so a button is shown and its form decides.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from suggestions import workflow

from . import cases, rows
from .shared import IN_CHARGE, REPLIERS, Verdict, latest_draft, open_request

if TYPE_CHECKING:
    from suggestions.steps import Step

MODULES = (cases, rows)

GUARDS: dict[str, Callable[["Step"], Verdict]] = {
    name: getattr(module, name)
    for move in (*workflow.SUGGESTION_MOVES, *workflow.ASSIGNMENT_MOVES)
    for name in move.guards
    for module in MODULES
    if hasattr(module, name)
}

__all__ = ["GUARDS", "IN_CHARGE", "MODULES", "REPLIERS", "Verdict", "latest_draft", "open_request"]
