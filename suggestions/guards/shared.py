"""What several conditions ask of a step."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise as LazyText

from suggestions.enums import AssignmentKind, AssignmentState
from suggestions.models import Assignment, HandlingRequest, Reply

if TYPE_CHECKING:
    from suggestions.steps import Step

Verdict = str | LazyText | None
# What begins a round because the resident was not satisfied; a reopened case begins one too, but anew.
REDO_ACTIONS = ("rate_bad", "rate_bad_direct", "order_redo")
REPLIERS = (AssignmentKind.LEAD, AssignmentKind.SEPARATE)
MOST_RETURNS = 2
# Without one of these nobody answers for the case; a coordinator office answers through its units.
IN_CHARGE = (*REPLIERS, AssignmentKind.COORDINATOR)


def returned(step: "Step") -> int:
    """How often the case was given back, by whomever."""
    return step.suggestion.assignments.filter(state=AssignmentState.RETURNED).count()


def row_of(step: "Step") -> Assignment:
    assert step.assignment is not None, "a guard of the assignment table"
    return step.assignment


def rows_of_round(step: "Step"):  # type: ignore[no-untyped-def]
    return step.suggestion.assignments.filter(round=step.suggestion.round)


def released(step: "Step"):  # type: ignore[no-untyped-def]
    """Released replies of the present round."""
    return step.suggestion.replies.filter(round=step.suggestion.round, released_at__isnull=False)


def latest_draft(row: Assignment) -> Reply | None:
    """The version of the reply now on its way, or None."""
    return row.replies.order_by("-pk").first()


def open_request(row: Assignment, kind: str) -> HandlingRequest:
    """The request of the kind that waits for an answer; a guard has seen to it that there is one."""
    return row.requests.get(kind=kind, answered_at=None)
