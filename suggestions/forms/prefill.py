"""What an address asks a form to begin with: a ground and its words, a template, the case to join to."""

from collections.abc import Callable, Mapping
from typing import Any

from suggestions import grounds, phrases
from suggestions.enums import CaseLevel
from suggestions.models import DeclineReason, Suggestion
from suggestions.workflow import Move

from .fields.intake import body_named_in

Values = dict[str, Any]


def initial(move: Move, case: Suggestion, asked: Mapping[str, str], start: Values | None = None) -> Values:
    """`start` and what `asked`, the parameters of an address, adds to it; what names nothing adds nothing."""
    values = dict(start or {})
    reason = grounds.chosen(move.action, asked.get("code", ""))
    if reason:
        values |= WORDS[move.action](reason, case)
    if move.action == "merge":
        same = {"same_person": True} if asked.get("same_person") else {}
        values |= {"lead": asked.get("lead", "")[:20]} | same
    words = phrases.chosen(move.action, case, asked.get("template", ""))
    if words:
        name = phrases.field_of(move.action)
        values[name] = "\n\n".join(filter(None, [values.get(name, ""), words]))
    return values


def _refusal(reason: DeclineReason, case: Suggestion) -> Values:
    return {"code": reason.pk, "text": reason.text, "where_to_go": reason.where_to_go}


def _transfer(reason: DeclineReason, case: Suggestion) -> Values:
    return {"code": reason.pk, "text": reason.text, "body": body_named_in(f"{case.place}\n{case.text}")}


def _alarm(reason: DeclineReason, case: Suggestion) -> Values:
    where = " ".join(str(part) for part in (case.street, case.community, case.place) if part)
    return {"code": reason.pk, "note": "\n".join(filter(None, [reason.label, case.title, where]))}


def _answer(reason: DeclineReason, case: Suggestion) -> Values:
    return {"code": reason.pk, "reply": reason.where_to_go}


def _upwards(reason: DeclineReason, case: Suggestion) -> Values:
    return {"level": CaseLevel.L4, "note": str(reason), "reason": str(reason)}


# Action → the fields a ground fills in.
WORDS: dict[str, Callable[[DeclineReason, Suggestion], Values]] = {
    "decline": _refusal,
    "propose_decline": _refusal,
    "transfer": _transfer,
    "alarm": _alarm,
    "answer_inquiry": _answer,
    "accept": _upwards,
    "reclassify": _upwards,
}
