"""The office keeps an eye on a case: reminders, dates counted anew, key supervision, letters."""

from django.utils.translation import gettext as _

from congress_portal.common import clock
from congress_portal.common.sequences import next_value
from suggestions import clocks
from suggestions.enums import ClockKind
from suggestions.errors import Refused
from suggestions.models import OfficeSetting, Supervision, SupervisionLetter
from suggestions.steps import Step
from suggestions.workflow import LIVE

from .shared import row_of


def recalculate(step: Step) -> None:
    """A running clock ends on a later day; a day that was told is never taken back."""
    due, kind = step.inputs["due"], step.inputs["kind"]
    running = clocks.running(step.suggestion).get(kind)
    if running is None:
        raise Refused(_("This clock does not run."))
    if due <= running.due_on:
        raise Refused(_("Not later than the date that was told."))
    step.note = step.inputs["reason"]
    step.data = {"from": running.due_on.isoformat(), "due": due.isoformat(), "clock": kind}
    if kind == ClockKind.REPLY:
        rows = step.suggestion.assignments.filter(state__in=LIVE, unit_due=running.due_on)
        rows.update(unit_due=due)
    running.due_on = due
    running.save(update_fields=["due_on"])
    step.changes |= dict(zip(("due_on", "due_kind"), clocks.nearest(step.suggestion), strict=True))


def recount(step: Step) -> None:
    """Dates of a row move with the calendar, and only to a later day."""
    row, dates = row_of(step), step.inputs["dates"]
    if any(getattr(row, name) is None or day <= getattr(row, name) for name, day in dates.items()):
        raise Refused(_("Not later than the date that was told."))
    step.note = step.inputs["reason"]
    step.data = {
        "dates": {name: [getattr(row, name).isoformat(), day.isoformat()] for name, day in dates.items()}
    }
    step.changes |= dates


def remind(step: Step) -> None:
    """`about`: which date, of which row or clock, under which rule; its `mark` is there once in a history."""
    about = step.inputs["about"] or {}
    mark = about.get("mark")
    if mark and step.suggestion.events.filter(action="remind", data__mark=mark).exists():
        raise Refused(_("Of this it was reminded already."))
    step.data = {"tone": step.inputs["tone"], "whom": step.inputs["whom"], **about}


def supervise(step: Step) -> None:
    leader, body = step.inputs["leader"], step.inputs["body"]
    step.note = step.inputs["reason"]
    step.data = {"leader": leader, "supervising_body": body.name}
    step.changes["is_supervised"] = True
    Supervision.objects.create(
        suggestion=step.suggestion, leader=leader, body=body, reason=step.note,
        started_by=step.actor.person, started_at=step.now,
    )  # fmt: skip


def end_supervision(step: Step) -> None:
    step.note = step.inputs["reason"]
    step.changes["is_supervised"] = False
    step.suggestion.supervisions.filter(ended_at=None).update(ended_at=step.now)


def urge(step: Step) -> None:
    """督办函, numbered through the year."""
    year = clock.today().year
    mark = OfficeSetting.load().document_mark
    number = f"{mark}〔{year}〕{next_value(f'supervision-{year}')}号"
    step.note = step.inputs["text"]
    step.data = {"number": number, "due": step.inputs["due"].isoformat()}
    SupervisionLetter.objects.create(
        assignment=row_of(step), number=number, text=step.note, reply_by=step.inputs["due"],
        issued_by=step.actor.person, issued_at=step.now,
    )  # fmt: skip
