"""What whoever handles a case asks for, and what comes of it; contacts with the resident."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress_portal.common.clock import local_date
from congress_portal.common.templatetags.portal import zh_date
from suggestions import clocks
from suggestions.enums import RequestKind
from suggestions.guards import open_request
from suggestions.models import ContactLog, HandlingRequest
from suggestions.steps import Step
from suggestions.workflow import CLERK

from .shared import row_of


def escalate(step: Step) -> None:
    unit = step.inputs["proposed_unit"]
    step.data = {"proposed_unit": unit.name}
    _ask(step, RequestKind.ESCALATION, step.inputs["reason"], proposed_unit=unit)


def settle_escalation(step: Step) -> None:
    _answer(step, RequestKind.ESCALATION, step.inputs["note"])


def ask_extension(step: Step) -> None:
    row, due = row_of(step), step.inputs["due"]
    if due <= row.unit_due:
        raise ValidationError({"due": _("Later than %(date)s, please.") % {"date": zh_date(row.unit_due)}})
    _within(step, due)
    step.data = {"from": row.unit_due.isoformat(), "due": due.isoformat()}
    _ask(step, RequestKind.EXTENSION, step.inputs["reason"], wanted_due=due)


def grant_extension(step: Step) -> None:
    """The row gets its date, and the resident is told where the promised day moves with it."""
    row, due = row_of(step), step.inputs["due"]
    if due <= row.unit_due:
        raise ValidationError({"due": _("Later than %(date)s, please.") % {"date": zh_date(row.unit_due)}})
    _within(step, due)
    step.data = {"from": row.unit_due.isoformat(), "due": due.isoformat()}
    step.changes["unit_due"] = due
    _answer(step, RequestKind.EXTENSION, step.inputs["note"])
    told = clocks.reply_due(step.suggestion)
    if row.parent and due > row.parent.unit_due:
        if step.role != CLERK:
            raise ValidationError(
                {"due": _("Not later than %(date)s, your own date.") % {"date": zh_date(row.parent.unit_due)}}
            )
        row.parent.unit_due = due
        row.parent.save(update_fields=["unit_due"])
    if told and due > told:
        step.follow("redate", step.suggestion, due=due, reason=_("More time was granted"))


def refuse_extension(step: Step) -> None:
    _answer(step, RequestKind.EXTENSION, step.inputs["reason"], granted=False)


def ask_contact(step: Step) -> None:
    _ask(step, RequestKind.CONTACT, step.inputs["question"])


def answer_contact(step: Step) -> None:
    _answer(step, RequestKind.CONTACT, step.inputs["answer"])


def log_contact(step: Step) -> None:
    names = ("phase", "mode", "happened_on", "persons", "summary")
    given = {name: step.inputs[name] for name in names}
    ContactLog.objects.create(
        assignment=row_of(step), logged_by=step.actor.person, logged_at=step.now, **given
    )
    step.note = given["summary"]
    step.data = {"phase": given["phase"], "mode": given["mode"], "day": given["happened_on"].isoformat()}


def _within(step: Step, due: Any) -> None:
    """Neither more than is ever granted, nor past the last day a reply may be due."""
    last = clocks.last_to_extend(row_of(step), local_date(step.now))
    if due > last:
        raise ValidationError({"due": _("Not later than %(date)s.") % {"date": zh_date(last)}})


def _ask(step: Step, kind: str, reason: str, **columns: Any) -> None:
    step.note = reason
    HandlingRequest.objects.create(
        assignment=row_of(step), kind=kind, reason=reason, asked_by=step.actor.person, asked_at=step.now,
        **columns,
    )  # fmt: skip


def _answer(step: Step, kind: str, answer: str, *, granted: bool = True) -> None:
    step.note = answer
    request = open_request(row_of(step), kind)
    request.granted, request.answer = granted, answer
    request.answered_by, request.answered_at = step.actor.person, step.now
    request.save()
