"""Intake: what happens to fresh words until they are accepted or end."""

from django.utils.translation import gettext as _

from suggestions import clocks
from suggestions.enums import CaseLevel, ClockKind, Restriction
from suggestions.steps import Step

from .shared import (
    attach_photos,
    classify,
    leave_gone_venue,
    mark_accepted,
    mark_replied,
    recall_live,
    reply_now,
    set_points,
)


def ask_more(step: Step) -> None:
    step.note = step.inputs["question"]


def supplement(step: Step) -> None:
    step.note = step.inputs["text"]
    attach_photos(step.suggestion, step.inputs["photos"] or (), step)


def lapse_supplement(step: Step) -> None:
    step.changes["closed_at"] = step.now


def accept(step: Step) -> None:
    classify(step)
    set_points(step)
    step.note = step.inputs["note"]
    mark_accepted(step)


def decline(step: Step) -> None:
    step.note = step.inputs["text"]
    step.data = {"code": step.inputs["code"].code, "where_to_go": step.inputs["where_to_go"]}
    step.changes |= {"decline_reason": step.inputs["code"], "closed_at": step.now}


def propose_decline(step: Step) -> None:
    """Kept from whom the ground says at once; the words reach the resident only once they are confirmed."""
    reason = step.inputs["code"]
    step.note = step.inputs["text"]
    step.data = {
        "code": reason.code, "where_to_go": step.inputs["where_to_go"], "restricted": reason.hide_from
    }  # fmt: skip
    step.changes |= {"decline_reason": reason, "restricted": reason.hide_from}


def confirm_decline(step: Step) -> None:
    proposed = step.suggestion.events.filter(action="propose_decline").last()
    assert proposed is not None, "the state is reached in no other way"
    step.note = proposed.note
    step.data = {**proposed.data, "remark": step.inputs["note"]}
    step.changes["closed_at"] = step.now


def refuse_decline(step: Step) -> None:
    step.note = step.inputs["note"]
    step.clock_due = clocks.resumed(step.suggestion, ClockKind.ACCEPT)
    # It waits to be accepted anew, so it is not an accepted case until then.
    step.changes |= {"decline_reason": None, "restricted": Restriction.NOBODY, "accepted_at": None}


def transfer(step: Step) -> None:
    body = step.inputs["body"]
    step.note = step.inputs["text"]
    step.data = {"body": body.name, "how_to_reach": body.how_to_reach, **_ground(step)}
    step.changes["closed_at"] = step.now


def answer_inquiry(step: Step) -> None:
    """咨询: answered with the first reading; counted in no rate."""
    step.data = {"category": step.inputs["category"].code, **_ground(step)}
    step.changes |= {"category": step.inputs["category"], "level": CaseLevel.L0, "is_inquiry": True}
    mark_accepted(step)
    reply_now(step, step.inputs["reply"])
    mark_replied(step)


def alarm(step: Step) -> None:
    step.note = step.inputs["note"]
    step.data = _ground(step)
    step.changes["is_urgent"] = True


def restore(step: Step) -> None:
    step.note = step.inputs["note"]
    # It waits to be accepted anew, so it is not an accepted case until then.
    step.changes |= {
        "decline_reason": None, "closed_at": None, "accepted_at": None, "restricted": Restriction.NOBODY
    }  # fmt: skip
    leave_gone_venue(step)


def withdraw(step: Step) -> None:
    step.note = step.inputs["reason"]
    step.changes["closed_at"] = step.now
    recall_live(step, _("Withdrawn by the resident"))


def _ground(step: Step) -> dict[str, str]:
    code = step.inputs["code"]
    return {"code": code.code} if code else {}
