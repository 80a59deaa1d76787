"""How each input of the tables is asked for: one small builder a field, named here.

A builder gets the row of the table, its target and who acts, and returns form fields by name; "" stands for
the input's own name. What several fields make together is put together by COMPOSED.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from suggestions.enums import (
    ContactMode,
    ContactPhase,
    DeclineOutcome,
    Outcome,
    PromiseStatus,
    RatingLevel,
    ToldBy,
)
from suggestions.models import SupervisingBody

from . import handling, intake, reply
from .base import Context, Fields, choice, day_field, in_use, photos, row_field, text, units, venues

# Input name → its form fields; "" stands for the input's own name. (action, name) wins over name.
FIELDS: dict[Any, Callable[[Context], Fields]] = {
    "category": intake.category,
    "level": intake.level,
    ("rate_ok", "level"): reply.rating,
    ("rate_kept_promise", "level"): reply.rating,
    "process": choice(_("Attitude and process"), RatingLevel, radio=True),
    ("decline", "code"): row_field(_("Reason"), intake.grounds(DeclineOutcome.DECLINE)),
    ("propose_decline", "code"): row_field(
        _("Reason"), intake.grounds(DeclineOutcome.DECLINE, two_person=True)
    ),
    ("transfer", "code"): row_field(_("Ground"), intake.grounds(DeclineOutcome.TRANSFER)),
    ("answer_inquiry", "code"): row_field(_("Ground"), intake.grounds(DeclineOutcome.ANSWER)),
    ("alarm", "code"): row_field(_("Ground"), intake.grounds(DeclineOutcome.ALERT)),
    "body": row_field(_("Goes to"), intake.bodies),
    ("supervise", "body"): row_field(_("Supervising body"), in_use(SupervisingBody)),
    "proposed_unit": row_field(_("Which unit should handle it?"), units),
    "unit": handling.unit,
    "venue": row_field(_("Venue"), venues),
    "assignments": handling.assignments,
    "due": handling.due,
    ("urge", "due"): handling.answer_until,
    ("ask_extension", "due"): handling.due_of_row,
    ("grant_extension", "due"): handling.due_of_row,
    ("dispatch", "due"): handling.due_within_row,
    ("report_promise", "due"): reply.later_day(),
    ("settle_promise", "due"): reply.later_day(_("Only for a promise that is moved")),
    ("settle_promise", "reply"): reply.became_of_it,
    "happened_on": day_field(_("Day")),
    "when": day_field(_("When it was said")),
    "lead": intake.lead,
    "same_person": intake.same_person,
    "contact": intake.contact,
    "flags": intake.flags,
    "may_publish": intake.may_publish,
    "may_share": intake.may_share,
    "how": choice(_("How"), ToldBy, leave_out=(ToldBy.PORTAL,)),
    "outcome": choice(_("Conclusion"), Outcome, radio=True),
    "publicity": reply.publicity,
    "answer_class": reply.answer_class,
    "points": intake.points_asked,
    "answers": reply.answers,
    "promises": reply.promises,
    "promise": row_field(_("Promise"), reply.open_promises, only=True),
    "verdict": choice(_("What became of it?"), PromiseStatus, radio=True, leave_out=(PromiseStatus.OPEN,)),
    "phase": choice(_("Phase"), ContactPhase, radio=True),
    "mode": choice(_("How"), ContactMode, radio=True),
    "contact_log": row_field(_("Which contact?"), handling.unconfirmed, only=True),
    "confirmed": handling.confirmed,
    "photos": photos,
}


# What several fields make together: input name → the input out of the cleaned data.
COMPOSED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "assignments": handling.targets_of,
    "contact": lambda data: {"name": data.get("name", ""), "phone": data.get("phone", "")},
    "points": lambda data: data.get("points", "").splitlines(),
    "answers": lambda data: [
        data[name] for name in data if name.startswith("answer_") and name[7:].isdigit()
    ],
    "promises": reply.promises_of,
}


# Asked only of somebody who acts for the resident.
ON_BEHALF = frozenset({"how", "who", "when"})


# An input's errors stand at this field where it has none of its own name.
ERROR_FIELD = {"assignments": "unit", "contact": "phone", "answers": "answer_1", "promises": "promise_1"}


def fields_of(context: Context, name: str) -> Fields:
    """The form fields of one input of the row."""
    context = Context(context.move, context.target, context.actor, name in context.move.needs)
    build = FIELDS.get((context.move.action, name)) or FIELDS.get(name)
    built = build(context) if build else {"": text(context, name)}
    return {key or name: field for key, field in built.items()}


__all__ = ["COMPOSED", "ERROR_FIELD", "FIELDS", "ON_BEHALF", "Context", "fields_of"]
