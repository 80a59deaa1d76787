"""Starting and stopping the clocks of a case. Lengths and their basis are rows (`ClockRule`)."""

from collections.abc import Iterable
from datetime import date, datetime

from congress_portal.common import workdays
from congress_portal.common.clock import local_date

from .enums import ClockKind, ClockUnit
from .models import Clock, ClockRule, Suggestion

Key = ClockRule.Key


def due_date(rule: ClockRule, start: date) -> date:
    """The day a limit ends that starts on `start` (which is not counted), in the unit of the rule."""
    count = workdays.add_workdays if rule.unit == ClockUnit.WORKDAYS else workdays.add_days
    return count(start, rule.length)


def limit(key: str, start: date) -> date:
    """The due date under the rule now in force for `key`."""
    return due_date(ClockRule.objects.get(key=key), start)


def running(suggestion: Suggestion) -> dict[str, Clock]:
    """Kind → the clock of that kind that runs now."""
    return {clock.kind: clock for clock in suggestion.clocks.all() if clock.stopped_at is None}


def stop(suggestion: Suggestion, kinds: Iterable[str], *, now: datetime) -> None:
    """Stop those of `kinds` that run."""
    kinds = tuple(kinds)
    if kinds:
        suggestion.clocks.filter(kind__in=kinds, stopped_at=None).update(stopped_at=now)


def start(
    suggestion: Suggestion,
    kind: str,
    *,
    now: datetime,
    round: int,
    key: str | None = None,
    due: date | None = None,
) -> None:
    """Start a clock unless one of the kind runs already: the first date told to a resident stands.

    `key` names the rule if it is not the kind itself; `due` is a date set by hand.
    """
    if suggestion.clocks.filter(kind=kind, stopped_at=None).exists():
        return
    rule = ClockRule.objects.get(key=key or kind)
    Clock.objects.create(
        suggestion=suggestion,
        kind=kind,
        round=round,
        started_at=now,
        due_on=due or due_date(rule, local_date(now)),
        length=None if due else rule.length,
        unit=rule.unit,
        basis=rule.basis,
    )


def nearest(suggestion: Suggestion) -> tuple[date | None, str]:
    """Due date and kind of the running clock that ends first; (None, "") if none runs."""
    row = (
        suggestion.clocks.filter(stopped_at=None).order_by("due_on", "pk").values_list("due_on", "kind")
    ).first()
    return row or (None, "")


def reply_due(suggestion: Suggestion) -> date | None:
    """The running reply clock's date, if one runs."""
    return (
        suggestion.clocks.filter(kind=ClockKind.REPLY, stopped_at=None)
        .values_list("due_on", flat=True)
        .first()
    )
