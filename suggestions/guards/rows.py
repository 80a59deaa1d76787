"""Conditions of the assignment table."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock
from congress_portal.common.clock import local_date
from stations.models import during
from suggestions import clocks, workflow
from suggestions.enums import AssignmentKind, PromiseStatus, RequestKind
from suggestions.models import ClockRule, Promise, UnitMember

from .shared import (
    MOST_RETURNS,
    REDO_ACTIONS,
    REPLIERS,
    Verdict,
    latest_draft,
    returned,
    row_of,
    rows_of_round,
)

if TYPE_CHECKING:
    from suggestions.steps import Step


def within_return_limit(step: "Step") -> Verdict:
    row = row_of(step)
    last_day = row.return_until or clocks.limit(ClockRule.Key.RETURN, local_date(row.issued_at))
    return _("The time for returning is over.") if clock.today() > last_day else None


def under_two_returns(step: "Step") -> Verdict:
    if returned(step) >= MOST_RETURNS:
        return _("It was returned twice; the congress decides who handles it.")
    return None


def not_a_redo(step: "Step") -> Verdict:
    redone = step.suggestion.events.filter(action__in=REDO_ACTIONS, round=row_of(step).round)
    return _("A second handling cannot be returned.") if redone.exists() else None


def return_closed(step: "Step") -> Verdict:
    if any(no(step) for no in (within_return_limit, under_two_returns, not_a_redo)):
        return None
    return _("It can still be returned; ask for that.")


def open_escalation(step: "Step") -> Verdict:
    return _request(step, RequestKind.ESCALATION, wanted=True)


def escalation_unasked(step: "Step") -> Verdict:
    if _asked(step, RequestKind.ESCALATION):
        return _("The congress was asked once; what it decides stands.")
    return None


def open_extension(step: "Step") -> Verdict:
    return _request(step, RequestKind.EXTENSION, wanted=True)


def extension_unasked(step: "Step") -> Verdict:
    if _asked(step, RequestKind.EXTENSION):
        return _("More time can be asked for once.")
    return None


def before_due(step: "Step") -> Verdict:
    if clock.today() <= row_of(step).unit_due:
        return None
    return _("The date is over. More time must be asked for before it.")


def open_question(step: "Step") -> Verdict:
    return _request(step, RequestKind.CONTACT, wanted=True)


def no_open_question(step: "Step") -> Verdict:
    return _request(step, RequestKind.CONTACT, wanted=False)


def coordinates(step: "Step") -> Verdict:
    return None if row_of(step).kind == AssignmentKind.COORDINATOR else _("It was not given to coordinate.")


def assisting(step: "Step") -> Verdict:
    return None if row_of(step).kind == AssignmentKind.ASSISTING else _("Only an assisting unit does this.")


def row_overdue(step: "Step") -> Verdict:
    return None if clock.today() > row_of(step).unit_due else _("The date is not over yet.")


def replier(step: "Step") -> Verdict:
    return None if row_of(step).kind in REPLIERS else _("An assisting unit does not reply to the resident.")


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


def higher_leader(step: "Step") -> Verdict:
    """What is handled a second time is signed off by the principal of the unit, if it has one."""
    row = row_of(step)
    if row.unit_id is None or row.round == 1 or not_a_redo(step) is None:
        return None
    principals = UnitMember.objects.filter(
        during(clock.today()), unit=row.unit_id, is_leader=True, is_principal=True
    )
    if not principals.exists() or principals.filter(user=step.actor.user).exists():
        return None
    return _("A second reply is signed off by the principal of the unit.")


def assisting_final(step: "Step") -> Verdict:
    if rows_of_round(step).filter(state__in=workflow.LIVE, kind=AssignmentKind.ASSISTING).exists():
        return _("An assisting unit has not finished.")
    return None


def open_promise(step: "Step") -> Verdict:
    rows = row_of(step).promises.filter(status=PromiseStatus.OPEN)
    named: Promise | None = step.inputs.get("promise")
    if named is not None:
        rows = rows.filter(pk=named.pk)
    return None if rows.exists() else _("No promise is open here.")


def promise_not_back(step: "Step") -> Verdict:
    named: Promise | None = step.inputs.get("promise")
    if named is not None and (named.came_back_at or named.due_on > clock.today()):
        return _("It is not due, or came back already.")
    return None


def not_reporter(step: "Step") -> Verdict:
    named: Promise | None = step.inputs.get("promise")
    if named is not None and step.actor.user and named.reported_by_id == step.actor.user.pk:
        return _("You reported on it; somebody else settles it.")
    return None


def with_a_venue(step: "Step") -> Verdict:
    return None if row_of(step).venue_id else _("A unit has it, not a venue.")


def _asked(step: "Step", kind: str) -> bool:
    return any(request.kind == kind for request in row_of(step).requests.all())


def _request(step: "Step", kind: str, *, wanted: bool) -> Verdict:
    """Whether a request of the kind is open on the row, as `wanted`."""
    # All of the row, so that a page that has read them already asks the database for none.
    requests = row_of(step).requests.all()
    is_open = any(request.kind == kind and request.answered_at is None for request in requests)
    if is_open == wanted:
        return None
    return _("Nothing of this kind waits for an answer.") if wanted else _("It was asked already.")


def _is_draft_of(step: "Step", field: str) -> bool:
    draft = latest_draft(row_of(step))
    return bool(draft and step.actor.user and getattr(draft, field) == step.actor.user.pk)
