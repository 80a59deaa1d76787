"""Starting and stopping the clocks of a case. Lengths and their basis are rows (`ClockRule`)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from congress_portal.common import clock, workdays
from congress_portal.common.clock import local_date

from .enums import ClockKind, ClockUnit
from .models import Assignment, Clock, ClockRule, Suggestion

Key = ClockRule.Key


def due_date(rule: ClockRule, start: date) -> date:
    """The day a limit ends that starts on `start` (which is not counted), in the unit of the rule."""
    return counted(rule.length, rule.unit, start)


COUNTS: dict[str, Callable[[date, int], date]] = {
    ClockUnit.WORKDAYS: workdays.add_workdays,
    ClockUnit.DAYS: workdays.add_days,
    ClockUnit.MONTHS: workdays.add_months,
}


def counted(length: int, unit: str, start: date) -> date:
    """`length` working days, days or months after `start`; the end never lies on a day off."""
    return COUNTS[unit](start, length)


def last_day(length: int, unit: str, start: date) -> date:
    """The day days or months end by the numbers alone, be it a day off."""
    if unit == ClockUnit.MONTHS:
        return workdays.months_after(start, length)
    return workdays.days_after(start, length)


def limit(key: str, start: date) -> date:
    """The due date under the rule now in force for `key`."""
    return due_date(ClockRule.objects.get(key=key), start)


def rule_of(due: date, start: date, *keys: str) -> str | None:
    """The first of the rules whose full length ends on `due`; None: somebody chose the day."""
    return next((key for key in keys if limit(key, start) == due), None)


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


def resumed(suggestion: Suggestion, kind: str) -> date | None:
    """The due date of the last run of a clock, if it is still ahead: what was interrupted goes on."""
    last = suggestion.clocks.filter(kind=kind).order_by("pk").last()
    return last.due_on if last and last.due_on >= clock.today() else None


def latest_reply(suggestion: Suggestion, start: date) -> date:
    """The last day a reply of this round may ever be due; `start`: the day of an assignment made now."""
    first = suggestion.clocks.filter(kind=ClockKind.REPLY, round=suggestion.round).order_by("pk").first()
    return limit(Key.REPLY_MAX, local_date(first.started_at) if first else start)


def reply_due(suggestion: Suggestion) -> date | None:
    """The running reply clock's date, if one runs."""
    return (
        suggestion.clocks.filter(kind=ClockKind.REPLY, stopped_at=None)
        .values_list("due_on", flat=True)
        .first()
    )


def last_to_assign(suggestion: Suggestion, start: date) -> date:
    """The last due day of what is assigned on `start`: what the resident was told, or what is allowed."""
    told = reply_due(suggestion)
    last = told if told and told >= start else limit(Key.REPLY_COMPLEX, start)
    return min(last, latest_reply(suggestion, start))


def last_to_extend(row: Assignment, start: date) -> date:
    """The last day a row may be extended to on `start`: no more than is granted, no later than allowed."""
    return min(limit(Key.EXTENSION, row.unit_due), latest_reply(row.suggestion, start))
