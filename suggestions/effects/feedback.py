"""The resident is told, rates, and what a bad rating sets off."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress_portal.common.clock import local_date
from suggestions import clocks
from suggestions.enums import RatingLevel
from suggestions.inputs import Target
from suggestions.models import Assignment, ClockRule, Supervision
from suggestions.steps import Step

from .shared import issue_rows, leave_gone_venue, next_round, record_rating, taker_of, unpublish_if_public


def record_told(step: Step) -> None:
    step.note = step.inputs["note"]
    step.data = {"how": step.inputs["how"]}
    step.changes["told_at"] = step.now


def rate_ok(step: Step) -> None:
    if step.inputs["level"] == RatingLevel.DISSATISFIED:
        raise ValidationError({"level": _("Please choose one of the options.")})
    record_rating(step, step.inputs["level"])
    step.changes["closed_at"] = step.now


def rate_bad(step: Step) -> None:
    record_rating(step, RatingLevel.DISSATISFIED)
    next_round(step, redo=True)
    rows = Assignment.objects.filter(
        replies__suggestion=step.suggestion,
        replies__round=step.suggestion.round,
        replies__released_at__isnull=False,
    ).distinct()
    due = clocks.limit(ClockRule.Key.REDO, local_date(step.now))
    step.clock_due = None
    step.clock_key = ClockRule.Key.REDO
    issue_rows(step, _again(step, rows), due=due, round=step.changes["round"])


def _again(step: Step, rows: Iterable[Assignment]) -> list[Target]:
    """Who replied replies again; for a venue that is gone whoever took over, each once."""
    targets: dict[tuple[int | None, int | None], Target] = {}
    for row in rows:
        # Nobody took over, nobody serves the place: it stays and shows in the queue of orphans.
        venue = (taker_of(row.venue, step.suggestion) or row.venue) if row.venue else None
        target = Target(kind=row.kind, unit=row.unit, venue=venue)
        targets.setdefault((row.unit_id, venue.pk if venue else None), target)
    return list(targets.values())


def rate_bad_direct(step: Step) -> None:
    record_rating(step, RatingLevel.DISSATISFIED)
    next_round(step, redo=True)


def rate_bad_again(step: Step) -> None:
    record_rating(step, RatingLevel.DISSATISFIED)


def rate_kept_promise(step: Step) -> None:
    record_rating(step, step.inputs["level"], of_promise=True)


def lapse(step: Step) -> None:
    step.changes["closed_at"] = step.now


def conclude(step: Step) -> None:
    step.note = step.inputs["visit"]
    step.data = {"outcome": step.inputs["outcome"]}
    step.changes["closed_at"] = step.now


def order_redo(step: Step) -> None:
    step.note = step.inputs["instructions"]
    step.data = {"leader": step.inputs["leader"], "due": step.inputs["due"].isoformat()}
    step.changes["is_supervised"] = True
    if not step.suggestion.supervisions.filter(ended_at=None).exists():
        Supervision.objects.create(
            suggestion=step.suggestion, leader=step.inputs["leader"], reason=step.note,
            started_by=step.actor.person, started_at=step.now,
        )  # fmt: skip
    step.clock_due = step.inputs["due"]
    next_round(step)
    issue_rows(step, [Target(unit=step.inputs["unit"])], due=step.inputs["due"], round=step.changes["round"])


def reopen(step: Step) -> None:
    step.note = step.inputs["note"]
    step.changes["closed_at"] = None
    next_round(step)
    leave_gone_venue(step)
    unpublish_if_public(step, _("The case was opened again"))
