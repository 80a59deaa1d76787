"""Intake: what happens to fresh words until they are accepted or end."""

from django.utils.translation import gettext as _

from suggestions.steps import Step

from .shared import attach_photos, classify, leave_gone_venue, mark_accepted, recall_live


def ask_more(step: Step) -> None:
    step.note = step.inputs["question"]


def supplement(step: Step) -> None:
    step.note = step.inputs["text"]
    attach_photos(step.suggestion, step.inputs["photos"] or (), step)


def lapse_supplement(step: Step) -> None:
    step.changes["closed_at"] = step.now


def accept(step: Step) -> None:
    classify(step)
    step.note = step.inputs["note"]
    mark_accepted(step)


def decline(step: Step) -> None:
    step.note = step.inputs["text"]
    step.data = {"code": step.inputs["code"].code, "where_to_go": step.inputs["where_to_go"]}
    step.changes |= {"decline_reason": step.inputs["code"], "closed_at": step.now}


def transfer(step: Step) -> None:
    body = step.inputs["body"]
    step.note = step.inputs["text"]
    step.data = {"body": body.name, "how_to_reach": body.how_to_reach}
    step.changes["closed_at"] = step.now


def restore(step: Step) -> None:
    step.note = step.inputs["note"]
    # It waits to be accepted anew, so it is not an accepted case until then.
    step.changes |= {"decline_reason": None, "closed_at": None, "accepted_at": None}
    leave_gone_venue(step)


def withdraw(step: Step) -> None:
    step.note = step.inputs["reason"]
    step.changes["closed_at"] = step.now
    recall_live(step, _("Withdrawn by the resident"))
