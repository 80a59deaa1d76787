"""What an action must and may be given, checked once for every way in.

Forms make friendly values of what people type; the door checks again, because commands and later the API
come without a form. Values are Python objects: model instances, dates, members of the vocabularies.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock
from congress_portal.common.text import clean_line, clean_text
from stations.models import Venue

from .enums import (
    AnswerClass,
    AssignmentKind,
    CaseLevel,
    ClockKind,
    ContactMode,
    ContactPhase,
    DeclineOutcome,
    Outcome,
    PromiseStatus,
    Publicity,
    RatingLevel,
    ToldBy,
)
from .models import (
    Category,
    ContactLog,
    DeclineReason,
    HandlingUnit,
    Promise,
    Suggestion,
    SupervisingBody,
    TransferBody,
)
from .workflow import Move

LIMITS = {
    "text": 5000, "reply": 5000, "visit": 5000, "summary": 2000, "title": 60, "question": 1000,
    "reason": 1000, "note": 1000, "where_to_go": 500, "instructions": 1000, "leader": 40, "who": 40,
    "publicity_reason": 200, "persons": 80, "answer": 1000, "report": 2000,
    "tone": 8, "whom": 200,
}  # fmt: skip
FLAGS = ("is_urgent", "is_key")
# What a reminder says of itself: the row of handling and which of its dates, or the clock; the date and the
# rule (working days before it); whether the leader gets a copy; the mark that makes it the only one.
ABOUT = ("row", "what", "clock", "due", "rule", "copy", "mark")
ROW_DATES = ("unit_due", "sign_due", "return_until")
MAX_POINTS, POINT_LENGTH = 20, 200
MAX_PROMISES, PROMISE_LENGTH = 10, 300


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to assign to: one unit or one venue, as LEAD, ASSISTING, SEPARATE or COORDINATOR."""

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
    """One LEAD with any ASSISTING, or two or more SEPARATE, or one COORDINATOR alone; nobody twice."""
    targets = list(value)
    kinds = Counter(target.kind for target in targets)
    led = kinds[AssignmentKind.LEAD] == 1 and set(kinds) <= {AssignmentKind.LEAD, AssignmentKind.ASSISTING}
    separate = kinds[AssignmentKind.SEPARATE] >= 2 and set(kinds) == {AssignmentKind.SEPARATE}
    coordinated = kinds == {AssignmentKind.COORDINATOR: 1}
    if not (led or separate or coordinated):
        raise ValidationError(
            _("Name one lead, or at least two that handle separately, or a coordinator office."), code="kinds"
        )
    keys = [(target.unit, target.venue) for target in targets]
    if len(set(keys)) != len(keys) or any((unit is None) == (venue is None) for unit, venue in keys):
        raise ValidationError(_("Name each unit or venue once."), code="twice")
    for target in targets:
        if target.kind == AssignmentKind.COORDINATOR:
            coordinator_office(target.unit)
        elif target.unit:
            handling_unit(target.unit)
        else:
            _open_venue(target.venue)
    return targets


def _units_only(value: Any) -> list[Target]:
    """What a coordinator office may name: units, and no other coordinator office."""
    targets = _targets(value)
    if any(target.unit is None or target.kind == AssignmentKind.COORDINATOR for target in targets):
        raise ValidationError(_("Name handling units only."), code="kinds")
    return targets


def coordinator_office(value: Any) -> HandlingUnit:
    unit: HandlingUnit = _active(HandlingUnit)(value)
    if not unit.is_coordinator:
        raise ValidationError(_("This unit does not coordinate others."), code="invalid_choice")
    return unit


def handling_unit(value: Any) -> HandlingUnit:
    """A unit that can be given a case: in use, and not one that only coordinates."""
    unit: HandlingUnit = _active(HandlingUnit)(value)
    if unit.coordination_only:
        raise ValidationError(
            _("This unit only coordinates; it cannot be given a case."), code="invalid_choice"
        )
    return unit


def _ground(*outcomes: str, two_person: bool = False) -> Callable[[Any], DeclineReason]:
    """A ground in use with one of the outcomes, and with or without a second person."""

    def check(value: Any) -> DeclineReason:
        reason: DeclineReason = _active(DeclineReason)(value)
        if reason.two_person and not two_person:
            raise ValidationError(_("On this ground a second person must confirm."), code="two_person")
        if reason.outcome not in outcomes or reason.two_person != two_person:
            raise ValidationError(_("This ground leads somewhere else."), code="outcome")
        return reason

    return check


def _points(value: Any) -> list[str]:
    points = [clean_line(str(point)) for point in value]
    points = [point for point in points if point]
    if len(points) > MAX_POINTS:
        raise ValidationError(_("At most %(count)d points."), params={"count": MAX_POINTS}, code="many")
    if any(len(point) > POINT_LENGTH for point in points):
        raise ValidationError(
            _("A point has at most %(limit)d characters."), params={"limit": POINT_LENGTH}, code="max_length"
        )
    return points


def _answers(value: Any) -> list[str]:
    answers = [clean_text(str(answer)) for answer in value]
    if sum(map(len, answers)) > LIMITS["text"]:
        raise ValidationError(
            _("All answers together have at most %(limit)d characters."), params={"limit": LIMITS["text"]},
            code="max_length",
        )  # fmt: skip
    return answers


def _promises(value: Any) -> list[tuple[str, date]]:
    """(what, by which day) of each promise, earliest first."""
    promises = [(clean_line(str(text)), day) for text, day in value]
    if len(promises) > MAX_PROMISES:
        raise ValidationError(_("At most %(count)d promises."), params={"count": MAX_PROMISES}, code="many")
    for text, day in promises:
        if not text or len(text) > PROMISE_LENGTH:
            raise ValidationError(
                _("Say in at most %(limit)d characters what is promised."),
                params={"limit": PROMISE_LENGTH}, code="max_length",
            )  # fmt: skip
        _future(day)
    return sorted(promises, key=lambda promise: promise[1])


def _past(value: Any) -> date:
    if not isinstance(value, date) or value > clock.today():
        raise ValidationError(_("The day must not be in the future."), code="future")
    return value


def _flags(value: Any) -> list[str]:
    if not set(value) <= set(FLAGS):
        raise ValidationError(_("Please choose one of the options."), code="invalid_choice")
    return list(value)


def _about(value: Any) -> dict[str, Any]:
    if not set(value) <= set(ABOUT):
        raise ValidationError(_("Please choose one of the options."), code="invalid_choice")
    return dict(value)


def _row_dates(value: Any) -> dict[str, date]:
    """Date of an assignment → its new day."""
    if not set(value) <= set(ROW_DATES) or not all(isinstance(day, date) for day in value.values()):
        raise ValidationError(_("Please choose one of the options."), code="invalid_choice")
    return dict(value)


# ("", name): whatever the action.
CHECKS: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("", "category"): _active(Category),
    ("decline", "code"): _ground(DeclineOutcome.DECLINE),
    ("propose_decline", "code"): _ground(DeclineOutcome.DECLINE, two_person=True),
    ("transfer", "code"): _ground(DeclineOutcome.TRANSFER),
    ("answer_inquiry", "code"): _ground(DeclineOutcome.ANSWER),
    ("alarm", "code"): _ground(DeclineOutcome.ALERT),
    ("", "lead"): _active(Suggestion),
    ("", "points"): _points,
    ("", "answers"): _answers,
    ("", "promises"): _promises,
    ("", "promise"): _active(Promise),
    ("", "contact_log"): _active(ContactLog),
    ("", "unit"): handling_unit,
    ("", "proposed_unit"): handling_unit,
    ("", "venue"): _open_venue,
    ("", "assignments"): _targets,
    ("dispatch", "assignments"): _units_only,
    ("", "due"): _future,
    ("recalculate", "due"): lambda value: value,
    ("", "about"): _about,
    ("", "dates"): _row_dates,
    ("", "happened_on"): _past,
    ("", "when"): _past,
    ("", "how"): _one_of(ToldBy),
    ("", "outcome"): _one_of(Outcome),
    ("", "answer_class"): _one_of(AnswerClass),
    ("", "publicity"): _one_of(Publicity),
    ("", "level"): _one_of(CaseLevel),
    ("rate_ok", "level"): _one_of(RatingLevel),
    ("rate_kept_promise", "level"): _one_of(RatingLevel),
    ("", "process"): _one_of(RatingLevel),
    ("", "phase"): _one_of(ContactPhase),
    ("", "mode"): _one_of(ContactMode),
    ("", "verdict"): _one_of(PromiseStatus),
    ("", "kind"): _one_of(ClockKind),
    ("", "body"): _active(TransferBody),
    ("supervise", "body"): _active(SupervisingBody),
    ("", "flags"): _flags,
}
# "None of them" and "no" are answers.
MAY_BE_EMPTY = frozenset({"flags", "may_publish", "may_share", "confirmed"})
