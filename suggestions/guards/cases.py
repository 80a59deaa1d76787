"""Conditions of the suggestion table."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock
from suggestions import claims, workflow
from suggestions.enums import AssignmentKind, AssignmentState, ClockKind, PromiseStatus, State
from suggestions.models import Assignment, ContactLog, Promise
from suggestions.permissions import handles_any

from .shared import IN_CHARGE, MOST_RETURNS, REPLIERS, Verdict, released, returned, rows_of_round

if TYPE_CHECKING:
    from suggestions.steps import Step


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
    if rows_of_round(step).filter(state=AssignmentState.RELEASED).exists():
        return _("A reply of this round has been released already.")
    return None


def something_released(step: "Step") -> Verdict:
    if rows_of_round(step).filter(state=AssignmentState.RELEASED, kind__in=REPLIERS).exists():
        return None
    return _("No reply of this round has been released.")


def no_live_replier(step: "Step") -> Verdict:
    if rows_of_round(step).filter(state__in=workflow.LIVE, kind__in=IN_CHARGE, parent=None).exists():
        return _("Somebody is still handling it.")
    return None


def no_redo_yet(step: "Step") -> Verdict:
    return _("It was handled a second time already.") if step.suggestion.redo_count else None


def redo_done(step: "Step") -> Verdict:
    return None if step.suggestion.redo_count else _("It has not been handled a second time.")


def by_assignment(step: "Step") -> Verdict:
    return None if released(step).exclude(assignment=None).exists() else _("It was answered directly.")


def by_direct_answer(step: "Step") -> Verdict:
    return _("A unit replied.") if released(step).exclude(assignment=None).exists() else None


def not_own_work(step: "Step") -> Verdict:
    """Whoever handled or answered a case never takes its rating on the resident's behalf."""
    if step.role == workflow.RESIDENT:
        return None
    user = step.actor.user
    hands = {
        hand for row in released(step).values_list("drafted_by", "signed_by", "released_by") for hand in row
    }
    # The reply of a joined case was made in a row of its lead.
    rows = [*rows_of_round(step), *Assignment.objects.filter(replies__in=released(step))]
    if user is None or user.pk in hands or handles_any(user, rows):
        return _("Who handled the case cannot rate it for the resident.")
    return None


def not_who_ended(step: "Step") -> Verdict:
    ended = step.suggestion.events.filter(
        action__in=("decline", "confirm_decline", "transfer"), to_state=step.suggestion.state
    ).last()
    if ended and step.actor.user and ended.actor_id == step.actor.user.pk:
        return _("Somebody else must restore it: you ended it yourself.")
    return None


def not_proposer(step: "Step") -> Verdict:
    proposed = step.suggestion.events.filter(action="propose_decline").last()
    if proposed and step.actor.user and proposed.actor_id == step.actor.user.pk:
        return _("You proposed it; a second person decides.")
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


def lead_at_work(step: "Step") -> Verdict:
    if rows_of_round(step).filter(state__in=workflow.LIVE, kind=AssignmentKind.LEAD).exists():
        return None
    return _("No lead is at work on it.")


def congress_decides(step: "Step") -> Verdict:
    """After two returns only the congress itself says who handles it, and that is not returned."""
    if step.role == workflow.CLERK or returned(step) < MOST_RETURNS:
        return None
    return _("It was returned twice; the congress decides who handles it.")


def leads_others(step: "Step") -> Verdict:
    if step.suggestion.merged.filter(state=State.MERGED).exists():
        return None
    return _("Nobody has joined it; it can be withdrawn.")


def not_left(step: "Step") -> Verdict:
    return _("You have left it already.") if step.suggestion.has_left else None


def contact_kept(step: "Step") -> Verdict:
    contact = getattr(step.suggestion, "contact", None)
    if contact and contact.forgotten_at is None and (contact.name or contact.phone):
        return None
    return _("No contact is kept.")


def contact_unconfirmed(step: "Step") -> Verdict:
    logs = ContactLog.objects.filter(assignment__suggestion=step.suggestion, confirmed=None)
    named = step.inputs.get("contact_log")
    if named is not None:
        logs = logs.filter(pk=named.pk)
    return None if logs.exists() else _("No contact waits to be confirmed.")


def promise_unrated(step: "Step") -> Verdict:
    """Also of a joined case: what its lead was promised was promised to everybody who got the reply."""
    kept = Promise.objects.filter(
        status=PromiseStatus.KEPT, assignment__replies__suggestion=step.suggestion
    ).order_by("-settled_at")
    last = kept.values_list("settled_at", flat=True).first()
    if last is None:
        return _("Nothing that was promised waits for a rating.")
    if step.suggestion.ratings.filter(rated_at__gte=last).exists():
        return _("You rated it already.")
    return None


def supervised(step: "Step") -> Verdict:
    return None if step.suggestion.supervisions.filter(ended_at=None).exists() else _("It is not supervised.")


def not_supervised(step: "Step") -> Verdict:
    return None if supervised(step) else _("It is supervised already.")


def _window_over(step: "Step", kind: str) -> Verdict:
    due = step.suggestion.clocks.filter(kind=kind, stopped_at=None).values_list("due_on", flat=True).first()
    return None if due and clock.today() > due else _("The time is not over yet.")
