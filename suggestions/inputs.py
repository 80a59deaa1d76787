"""What an action must and may be given, checked once for every way in.

Forms make friendly values of what people type; the door checks again, because commands and later the API
come without a form. Values are Python objects: model instances, dates, members of the vocabularies.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock
from congress_portal.common.text import clean_text
from stations.models import Venue

from .enums import AnswerClass, AssignmentKind, CaseLevel, Outcome, Publicity, RatingLevel, ToldBy
from .models import Category, DeclineReason, HandlingUnit, Suggestion, TransferBody
from .workflow import Move

LIMITS = {
    "text": 5000, "reply": 5000, "visit": 5000, "summary": 2000, "title": 60, "question": 1000,
    "reason": 1000, "note": 1000, "where_to_go": 500, "instructions": 1000, "leader": 40, "who": 40,
    "publicity_reason": 200,
}  # fmt: skip
FLAGS = ("is_urgent", "is_key", "is_supervised")


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to assign to: one unit or one venue, as LEAD, ASSISTING or SEPARATE."""

    kind: str = AssignmentKind.LEAD
    unit: HandlingUnit | None = None
    venue: Venue | None = None


def clean(move: Move, given: dict[str, Any]) -> dict[str, Any]:
    """The inputs of `move`, cleaned. ValidationError names the field; an input it has no use for is a bug."""
    unknown = given.keys() - set(move.needs) - set(move.may)
    if unknown:
        raise TypeError(f"{move.action} takes no {', '.join(sorted(unknown))}")
    values, errors = {}, {}
    for name in (*move.needs, *move.may):
        value = given.get(name)
        try:
            value = _clean_one(move, name, value)
        except ValidationError as error:
            errors[name] = error
            continue
        if name in move.needs and name not in MAY_BE_EMPTY and value in (None, "", [], ()):
            errors[name] = ValidationError(_("Please fill this in."), code="required")
        values[name] = value
    if errors:
        raise ValidationError(errors)
    return values


def _clean_one(move: Move, name: str, value: Any) -> Any:
    if name in LIMITS:
        text = clean_text(value or "")
        if len(text) > LIMITS[name]:
            raise ValidationError(
                _("At most %(limit)d characters; this has %(length)d."),
                code="max_length",
                params={"limit": LIMITS[name], "length": len(text)},
            )
        return text
    check = CHECKS.get((move.action, name)) or CHECKS.get(("", name))
    return check(value) if check and value not in (None, "") else value


def _one_of(choices: type[models.TextChoices]) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if value not in choices.values:
            raise ValidationError(_("Please choose one of the options."), code="invalid_choice")
        return choices(value)

    return check


def _active(model: type[models.Model]) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if not isinstance(value, model) or not getattr(value, "is_active", True):
            raise ValidationError(_("Please choose one of the options."), code="invalid_choice")
        return value

    return check


def _future(value: Any) -> date:
    if not isinstance(value, date) or value < clock.today():
        raise ValidationError(_("The date must not be in the past."), code="past")
    if value.year > clock.today().year + 2:
        raise ValidationError(_("The date is too far away."), code="far")
    return value


def _open_venue(value: Any) -> Venue:
    if not isinstance(value, Venue) or not value.is_open:
        raise ValidationError(_("This venue is not running."), code="invalid_choice")
    return value


def _targets(value: Any) -> list[Target]:
    """One LEAD with any ASSISTING, or two or more SEPARATE; nobody twice."""
    targets = list(value)
    kinds = [target.kind for target in targets]
    leads, separate = kinds.count(AssignmentKind.LEAD), kinds.count(AssignmentKind.SEPARATE)
    if not (leads == 1 and separate == 0) and not (leads == 0 and separate >= 2 and separate == len(kinds)):
        raise ValidationError(_("Name one lead, or at least two that handle separately."), code="kinds")
    keys = [(target.unit, target.venue) for target in targets]
    if len(set(keys)) != len(keys) or any((unit is None) == (venue is None) for unit, venue in keys):
        raise ValidationError(_("Name each unit or venue once."), code="twice")
    for target in targets:
        if target.unit:
            handling_unit(target.unit)
        else:
            _open_venue(target.venue)
    return targets


def handling_unit(value: Any) -> HandlingUnit:
    """A unit that can be given a case: in use, and not one that only coordinates."""
    unit: HandlingUnit = _active(HandlingUnit)(value)
    if unit.coordination_only:
        raise ValidationError(
            _("This unit only coordinates; it cannot be given a case."), code="invalid_choice"
        )
    return unit


def _flags(value: Any) -> list[str]:
    if not set(value) <= set(FLAGS):
        raise ValidationError(_("Please choose one of the options."), code="invalid_choice")
    return list(value)


# ("", name): whatever the action.
CHECKS: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("", "category"): _active(Category),
    ("", "code"): _active(DeclineReason),
    ("", "body"): _active(TransferBody),
    ("", "lead"): _active(Suggestion),
    ("", "unit"): handling_unit,
    ("", "proposed_unit"): handling_unit,
    ("", "venue"): _open_venue,
    ("", "assignments"): _targets,
    ("", "due"): _future,
    ("", "how"): _one_of(ToldBy),
    ("", "outcome"): _one_of(Outcome),
    ("", "answer_class"): _one_of(AnswerClass),
    ("", "publicity"): _one_of(Publicity),
    ("", "level"): _one_of(CaseLevel),
    ("rate_ok", "level"): _one_of(RatingLevel),
    ("", "flags"): _flags,
}
# "None of them" and "no" are answers.
MAY_BE_EMPTY = frozenset({"flags", "may_publish", "may_share"})
