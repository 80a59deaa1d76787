"""Effects of the assignment table."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from suggestions import workflow
from suggestions.enums import Publicity
from suggestions.guards import REPLIERS
from suggestions.models import Assignment, Reply
from suggestions.steps import Step

from .shared import mark_draft, row_of, settle


def sign(step: Step) -> None:
    step.changes |= {"signed_for_at": step.now, "signed_for_by": step.actor.user}


def ask_return(step: Step) -> None:
    step.note = step.inputs["reason"]
    step.data = {"proposed_unit": step.inputs["proposed_unit"].name}
    step.changes |= {"return_reason": step.note, "proposed_unit": step.inputs["proposed_unit"]}
    if row_of(step).signed_for_at is None:
        # Whoever hands a case back has received it, and a refused return puts it in hand.
        sign(step)


def cancel_return(step: Step) -> None:
    step.note = step.inputs["reason"]


refuse_return = cancel_return


def approve_return(step: Step) -> None:
    step.note = step.inputs["note"]
    step.changes["ended_at"] = step.now
    settle(step)


def draft(step: Step) -> None:
    row, answer_class = row_of(step), step.inputs["answer_class"] or ""
    if row.unit_id and not answer_class:
        raise ValidationError({"answer_class": _("A unit's reply has a class.")})
    if row.venue_id and answer_class:
        raise ValidationError({"answer_class": _("A venue's reply has no class.")})
    Reply.objects.create(
        suggestion=step.suggestion, assignment=row, round=row.round, text=step.inputs["text"],
        answer_class=answer_class, drafted_by=step.actor.person, drafted_at=step.now,
    )  # fmt: skip


def sign_off(step: Step) -> None:
    step.note = step.inputs["note"]
    mark_draft(step, signed_by=step.actor.person, signed_at=step.now)


def send_back(step: Step) -> None:
    step.note = step.inputs["reason"]


def release(step: Step) -> None:
    if step.inputs["publicity"] != Publicity.OPEN and not step.inputs["publicity_reason"]:
        raise ValidationError({"publicity_reason": _("Say why the reply is not open.")})
    mark_draft(
        step, released_by=step.actor.person, released_at=step.now, publicity=step.inputs["publicity"],
        publicity_reason=step.inputs["publicity_reason"],
    )  # fmt: skip
    step.changes["ended_at"] = step.now
    settle(step)


def recall(step: Step) -> None:
    step.note = step.inputs["reason"]
    step.changes["ended_at"] = step.now
    settle(step)


def hand_over(step: Step) -> None:
    """The row goes on at the new venue as it stands, its date kept; nobody has a case twice in a round."""
    row, venue = row_of(step), step.inputs["venue"]
    step.note = step.inputs["reason"]
    step.data = {"from": str(row.assignee), "to": venue.name}
    step.changes["venue"] = venue
    there = step.suggestion.assignments.filter(venue=venue, round=row.round, state__in=workflow.LIVE)
    # Whoever replies is kept before whoever only assists, then whoever is further on.
    order = sorted([row, *there.exclude(pk=row.pk)], key=_standing)
    for other in order[:-1]:
        step.follow("recall", row if other.pk == row.pk else other, reason=step.note)


def _standing(row: Assignment) -> tuple[bool, int, int]:
    return row.kind in REPLIERS, workflow.LIVE.index(row.state), -row.pk
