"""From assignment to reply."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress_portal.common.clock import local_date
from congress_portal.common.templatetags.portal import zh_date
from suggestions import clocks, workflow
from suggestions.enums import AssignmentKind, ClockKind
from suggestions.inputs import Target
from suggestions.models import ClockRule
from suggestions.steps import Step

from .shared import issue_rows, mark_replied, recall_live, reply_now


def answer_direct(step: Step) -> None:
    reply_now(step, step.inputs["reply"])
    step.note = step.inputs["note"]
    mark_replied(step)


def assign(step: Step) -> None:
    due = step.inputs["due"]
    today = local_date(step.now)
    last = clocks.last_to_assign(step.suggestion, today)
    if due > last:
        raise ValidationError(
            {
                "due": _("Not later than %(date)s, the reply date told to the resident or allowed.")
                % {"date": zh_date(last)}
            }
        )
    # A day that is just the usual length away counts as that length, so that it is counted anew with it.
    step.clock_key = clocks.rule_of(due, today, ClockRule.Key.REPLY, ClockRule.Key.REPLY_COMPLEX)
    step.clock_due = None if step.clock_key else due
    step.note = step.inputs["instructions"]
    step.data = {"due": due.isoformat()}
    issue_rows(step, step.inputs["assignments"], due=due, round=step.suggestion.round)


def add_assisting(step: Step) -> None:
    case, unit = step.suggestion, step.inputs["unit"]
    at_work = case.assignments.filter(round=case.round, state__in=workflow.LIVE)
    if at_work.filter(unit=unit).exists():
        raise ValidationError({"unit": _("This unit has it already.")})
    lead = at_work.get(kind=AssignmentKind.LEAD)
    step.note = step.inputs["instructions"]
    step.data = {"to": unit.name}
    target = Target(unit=unit, kind=AssignmentKind.ASSISTING)
    issue_rows(step, [target], due=lead.unit_due, round=case.round, parent=lead.parent)


def take_back(step: Step) -> None:
    step.note = step.inputs["reason"]
    recall_live(step, step.note)


def lead_gone(step: Step) -> None:
    recall_live(step, _("The lead row is gone"))


def all_replied(step: Step) -> None:
    mark_replied(step)


def redate(step: Step) -> None:
    due, clock = step.inputs["due"], clocks.running(step.suggestion)[ClockKind.REPLY]
    last = clocks.latest_reply(step.suggestion, local_date(step.now))
    if due > last:
        raise ValidationError({"due": _("Not later than %(date)s.") % {"date": zh_date(last)}})
    step.note = step.inputs["reason"]
    step.data = {"from": clock.due_on.isoformat(), "due": due.isoformat()}
    clock.due_on, clock.length, clock.basis = due, None, step.note[:120]
    clock.save(update_fields=["due_on", "length", "basis"])
    # A unit is never given longer than the resident was told.
    step.suggestion.assignments.filter(state__in=workflow.LIVE, unit_due__gt=due).update(unit_due=due)
    step.changes |= dict(zip(("due_on", "due_kind"), clocks.nearest(step.suggestion), strict=True))
