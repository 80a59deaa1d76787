"""Cases that raise the same matter are handled together; every resident keeps an own case."""

from django.utils.translation import gettext as _

from suggestions.steps import Step

from .shared import classify, mark_accepted, mark_replied, recall_live


def merge(step: Step) -> None:
    lead = step.inputs["lead"]
    step.note = step.inputs["note"]
    step.data = {"lead": lead.number}
    step.changes |= {
        "merged_into": lead,
        "is_repeat": bool(step.inputs["same_person"]),
        "category": step.suggestion.category or lead.category,
        "level": step.suggestion.level or lead.level,
    }
    mark_accepted(step)
    recall_live(step, _("Joined to %(number)s") % {"number": lead.number})


def unmerge(step: Step) -> None:
    classify(step)
    step.note = step.inputs["note"]
    step.data |= {"lead": step.suggestion.merged_into.number if step.suggestion.merged_into else ""}
    step.changes |= {"merged_into": None, "is_repeat": False}


def reply_with_lead(step: Step) -> None:
    lead = step.suggestion.merged_into
    assert lead is not None, "a CHECK keeps it"
    for reply in lead.replies.filter(round=lead.round, released_at__isnull=False):
        # An own copy: each resident's answer can be corrected and rated on its own.
        reply.pk = None
        reply.suggestion, reply.round = step.suggestion, step.suggestion.round
        reply.save(force_insert=True)
    mark_replied(step)
