"""What never leaves the house in a file, whoever asks; each app says so of its own rows at the start."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

# Rows → the rows that may leave; the very same object where there is nothing to leave out.
Leave = Callable[[QuerySet[Any]], QuerySet[Any]]
_rules: list[Leave] = []


def register(rule: Leave) -> None:
    if rule not in _rules:
        _rules.append(rule)


def that_may_leave(rows: QuerySet[Any]) -> QuerySet[Any]:
    for rule in _rules:
        rows = rule(rows)
    return rows


def hides(model: type[Model]) -> bool:
    """Whether a file of these rows may be shorter than the list on the screen."""
    rows = model._default_manager.all()  # noqa: SLF001  Django documents it
    return that_may_leave(rows) is not rows
