"""Named conditions of the tables. Each takes the step and returns None, or what to tell the person.

A guard that needs an input passes while no inputs are given, so a button is shown and its form decides.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock
from congress_portal.common.clock import local_date

from . import claims, clocks, workflow
from .enums import AssignmentKind, AssignmentState, ClockKind, State
from .models import Assignment, ClockRule, Reply
from .permissions import handles_any

if TYPE_CHECKING:
    from .steps import Step

Verdict = str | Promise | None
# What begins a round because the resident was not satisfied; a reopened case begins one too, but anew.
REDO_ACTIONS = ("rate_bad", "rate_bad_direct", "order_redo")
REPLIERS = (AssignmentKind.LEAD, AssignmentKind.SEPARATE)


def fresh(step: "Step") -> Verdict:
    return _("It has been replied to already.") if step.suggestion.replied_at else None


def alone(step: "Step") -> Verdict:
    if step.suggestion.merged.exclude(state=State.WITHDRAWN).exists():
        return _("Other cases are joined to this one; take them out first.")
    return None


def lead_takes(step: "Step") -> Verdict:
    lead = step.inputs.get("lead")
    if lead is None:
        return None
    if lead.pk == step.suggestion.pk:
        return _("A case cannot be joined to itself.")
    if lead.state not in (State.ACCEPTED, State.HANDLING):
        return _("The lead case must be waiting for assignment or in hand.")
    return None


def supplement_over(step: "Step") -> Verdict:
    return _window_over(step, ClockKind.SUPPLEMENT)


def rating_over(step: "Step") -> Verdict:
    return _window_over(step, ClockKind.RATING)


def told(step: "Step") -> Verdict:
    return None if step.suggestion.told_at else _("The resident has not been told yet.")


def not_told(step: "Step") -> Verdict:
    return _("The resident has been told already.") if step.suggestion.told_at else None


def nothing_released(step: "Step") -> Verdict:
    if _rows_of_round(step).filter(state=AssignmentState.RELEASED).exists():
        return _("A reply of this round has been released already.")
    return None


def something_released(step: "Step") -> Verdict:
    if _rows_of_round(step).filter(state=AssignmentState.RELEASED, kind__in=REPLIERS).exists():
        return None
    return _("No reply of this round has been released.")


def no_live_replier(step: "Step") -> Verdict:
    if _rows_of_round(step).filter(state__in=workflow.LIVE, kind__in=REPLIERS).exists():
        return _("Somebody is still handling it.")
    return None


def no_redo_yet(step: "Step") -> Verdict:
    return _("It was handled a second time already.") if step.suggestion.redo_count else None


def redo_done(step: "Step") -> Verdict:
    return None if step.suggestion.redo_count else _("It has not been handled a second time.")


def by_assignment(step: "Step") -> Verdict:
    return None if _released(step).exclude(assignment=None).exists() else _("It was answered directly.")


def by_direct_answer(step: "Step") -> Verdict:
    return _("A unit replied.") if _released(step).exclude(assignment=None).exists() else None


def not_own_work(step: "Step") -> Verdict:
    """Whoever handled or answered a case never takes its rating on the resident's behalf."""
    if step.role == workflow.RESIDENT:
        return None
    user = step.actor.user
    hands = {
        hand for row in _released(step).values_list("drafted_by", "signed_by", "released_by") for hand in row
    }
    if user is None or user.pk in hands or handles_any(user, list(_rows_of_round(step))):
        return _("Who handled the case cannot rate it for the resident.")
    return None


def not_who_ended(step: "Step") -> Verdict:
    ended = step.suggestion.events.filter(
        action__in=("decline", "transfer"), to_state=step.suggestion.state
    ).last()
    if ended and step.actor.user and ended.actor_id == step.actor.user.pk:
        return _("Somebody else must restore it: you ended it yourself.")
    return None


def claimed(step: "Step") -> Verdict:
    return None if claims.ended_by(step).exists() else _("You do not follow this.")


def not_claimed(step: "Step") -> Verdict:
    return _("You follow this already.") if claims.ended_by(step).exists() else None


def linkable(step: "Step") -> Verdict:
    if step.actor.user is None:
        return _("Sign in first.")
    return _("It belongs to an account already.") if step.suggestion.resident_id else None


def may_publish(step: "Step") -> Verdict:
    return None if step.suggestion.may_publish else _("The resident has not agreed to publication.")


def prepared(step: "Step") -> Verdict:
    publication = getattr(step.suggestion, "publication", None)
    if publication is None:
        return _("Title and summary have not been prepared yet.")
    return _("It is public already.") if publication.published_at else None


def published(step: "Step") -> Verdict:
    publication = getattr(step.suggestion, "publication", None)
    return None if publication and publication.published_at else _("It is not public.")


def second_person(step: "Step") -> Verdict:
    publication = getattr(step.suggestion, "publication", None)
    if publication and step.actor.user and publication.prepared_by_id == step.actor.user.pk:
        return _("A second person publishes what you prepared.")
    return None


def within_return_limit(step: "Step") -> Verdict:
    row = _row(step)
    last_day = clocks.limit(ClockRule.Key.RETURN, local_date(row.issued_at))
    return _("The time for returning is over.") if clock.today() > last_day else None


def under_two_returns(step: "Step") -> Verdict:
    if step.suggestion.assignments.filter(state=AssignmentState.RETURNED).count() >= 2:
        return _("It was returned twice; the congress decides who handles it.")
    return None


def not_a_redo(step: "Step") -> Verdict:
    redone = step.suggestion.events.filter(action__in=REDO_ACTIONS, round=_row(step).round)
    return _("A second handling cannot be returned.") if redone.exists() else None


def replier(step: "Step") -> Verdict:
    return None if _row(step).kind in REPLIERS else _("An assisting unit does not reply to the resident.")


def own_draft(step: "Step") -> Verdict:
    return None if _is_draft_of(step, "drafted_by_id") else _("Somebody else wrote the draft.")


def not_drafter(step: "Step") -> Verdict:
    return (
        _("You wrote the draft; somebody else must decide.") if _is_draft_of(step, "drafted_by_id") else None
    )


def not_signer(step: "Step") -> Verdict:
    return (
        _("You signed it off; somebody else must release it.") if _is_draft_of(step, "signed_by_id") else None
    )


def with_a_venue(step: "Step") -> Verdict:
    return None if _row(step).venue_id else _("A unit has it, not a venue.")


def assisting_final(step: "Step") -> Verdict:
    if _rows_of_round(step).filter(state__in=workflow.LIVE, kind=AssignmentKind.ASSISTING).exists():
        return _("An assisting unit has not finished.")
    return None


def _row(step: "Step") -> Assignment:
    assert step.assignment is not None, "a guard of the assignment table"
    return step.assignment


def _rows_of_round(step: "Step"):  # type: ignore[no-untyped-def]
    return step.suggestion.assignments.filter(round=step.suggestion.round)


def _released(step: "Step"):  # type: ignore[no-untyped-def]
    """Released replies of the present round."""
    return step.suggestion.replies.filter(round=step.suggestion.round, released_at__isnull=False)


def _window_over(step: "Step", kind: str) -> Verdict:
    due = step.suggestion.clocks.filter(kind=kind, stopped_at=None).values_list("due_on", flat=True).first()
    return None if due and clock.today() > due else _("The time is not over yet.")


def _is_draft_of(step: "Step", field: str) -> bool:
    draft = latest_draft(_row(step))
    return bool(draft and step.actor.user and getattr(draft, field) == step.actor.user.pk)


def latest_draft(row: Assignment) -> Reply | None:
    """The version of the reply now on its way, or None."""
    return row.replies.order_by("-pk").first()


GUARDS: dict[str, Callable[["Step"], Verdict]] = {
    name: value
    for name, value in list(globals().items())
    if any(name in move.guards for move in (*workflow.SUGGESTION_MOVES, *workflow.ASSIGNMENT_MOVES))
}
