"""Pieces that several effects use."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress_portal.common.clock import local_date
from congress_portal.common.phones import normalise_phone, validate_phone
from congress_portal.common.text import clean_line
from stations.models import Venue
from stations.services.venues import hold_present
from suggestions import clocks, workflow
from suggestions.enums import AssignmentKind, AssignmentState, Channel, RoutingRule, State, ToldBy
from suggestions.guards import IN_CHARGE, REPLIERS, latest_draft
from suggestions.guards.shared import MOST_RETURNS, REDO_ACTIONS, returned
from suggestions.inputs import Target
from suggestions.models import (
    Assignment,
    ClockRule,
    Consent,
    Photo,
    Point,
    Publication,
    Rating,
    Reply,
    ReplyClass,
    StagedPhoto,
    Suggestion,
)
from suggestions.routing import route
from suggestions.staging import MAX_PHOTOS
from suggestions.steps import Step


def attach_photos(suggestion: Suggestion, staged: Iterable[StagedPhoto], step: Step | None = None) -> None:
    """Move staged photos of a form to the suggestion; ValidationError if there are too many."""
    staged = list(staged)
    if len(staged) > MAX_PHOTOS:
        raise ValidationError({"photos": _("At most %(count)d photos.") % {"count": MAX_PHOTOS}})
    for photo in staged:
        Photo.objects.create(
            suggestion=suggestion, file=photo.file.name, added_at=photo.created_at,
            added_by=step.actor.user if step else None,
        )  # fmt: skip
    StagedPhoto.objects.filter(pk__in=[photo.pk for photo in staged]).delete()
    if step and staged:
        step.data |= {"photos": len(staged)}


def clean_contact(name: str, phone: str) -> tuple[str, str]:
    """Name and phone as they are stored; ValidationError by field."""
    name, phone = clean_line(name), normalise_phone(phone)
    errors: dict[str, Any] = {}
    if len(name) > 20:
        errors["name"] = _("At most 20 characters.")
    if phone:
        try:
            validate_phone(phone)
        except ValidationError as error:
            errors["phone"] = error
    if errors:
        raise ValidationError(errors)
    return name, phone


def record_consent(suggestion: Suggestion, kind: str, given: bool, now: Any, wording: str = "") -> None:
    """Open or close the dated consent row, if that changes anything."""
    open_rows = suggestion.consents.filter(kind=kind, withdrawn_at=None)
    if given and not open_rows.exists():
        Consent.objects.create(
            suggestion=suggestion, kind=kind, wording=wording or CONSENT_WORDING, given_at=now
        )
    elif not given:
        open_rows.update(withdrawn_at=now)


# The version of the consent texts shown on the form; change it with the texts.
CONSENT_WORDING = "2026-11"


def row_of(step: Step) -> Assignment:
    assert step.assignment is not None, "an effect of the assignment table"
    return step.assignment


def classify(step: Step) -> None:
    step.data = {"category": step.inputs["category"].code, "level": step.inputs["level"]}
    step.changes |= {"category": step.inputs["category"], "level": step.inputs["level"]}


def set_points(step: Step) -> None:
    """What a reply must answer, one by one; a single point is the case itself and needs no row."""
    points = step.inputs["points"]
    if points is None:
        return
    points = points if len(points) > 1 else []
    step.suggestion.points.all().delete()
    Point.objects.bulk_create(
        [Point(suggestion=step.suggestion, number=number, text=text) for number, text in enumerate(points, 1)]
    )
    step.data |= {"points": len(points)} if points else {}


def forget_contact_now(step: Step) -> None:
    """Name and phone go, and with them what could be done with them."""
    contact = step.suggestion.contact
    contact.name = contact.phone = contact.phone_index = ""
    contact.may_share, contact.forgotten_at = False, step.now
    contact.save()
    record_consent(step.suggestion, Consent.Kind.SHARE, False, step.now)


def mark_accepted(step: Step) -> None:
    if step.suggestion.accepted_at is None:
        step.changes["accepted_at"] = step.now


def mark_replied(step: Step) -> None:
    """First reply date; an online resident is told at once; joined cases follow."""
    if step.suggestion.replied_at is None:
        step.changes["replied_at"] = step.now
    if step.suggestion.has_left:
        # Nobody is left to be told: it ends by itself when the window is over.
        step.follow("record_told", step.suggestion, how=ToldBy.POSTED)
    elif step.suggestion.channel == Channel.ONLINE:
        step.follow("record_told", step.suggestion, how=ToldBy.PORTAL)
    for child in step.suggestion.merged.filter(state=State.MERGED).order_by("pk"):
        step.follow("reply_with_lead", child)


def reply_now(step: Step, text: str) -> None:
    Reply.objects.create(
        suggestion=step.suggestion, round=step.suggestion.round, text=text, drafted_by=step.actor.person,
        drafted_at=step.now, released_by=step.actor.person, released_at=step.now,
    )  # fmt: skip


def record_rating(step: Step, level: str, *, of_promise: bool = False) -> None:
    """The result and the way it was handled, as the resident or somebody who was told gives them."""
    behalf = {} if step.role == workflow.RESIDENT else {n: step.inputs[n] for n in ("how", "who", "when")}
    missing = [name for name, value in behalf.items() if not value]
    if missing:
        raise ValidationError({name: _("Say who told you, how and when.") for name in missing})
    process = step.inputs["process"]
    Rating.objects.create(
        suggestion=step.suggestion, round=step.suggestion.round, level=level, process=process,
        reason=step.inputs["reason"], of_promise=of_promise,
        on_behalf_by=step.actor.user if behalf else None, on_behalf_how=behalf.get("how", ""),
        on_behalf_of=behalf.get("who", ""), on_behalf_on=behalf.get("when"), rated_at=step.now,
    )  # fmt: skip
    step.note = step.inputs["reason"]
    step.data = {"level": level, "process": process}
    if behalf:
        step.data |= {"how": behalf["how"], "who": behalf["who"], "when": behalf["when"].isoformat()}
    step.changes |= {"rating": level, "process_rating": process}
    if not step.suggestion.first_rating:
        step.changes["first_rating"] = level
    if step.suggestion.told_at is None:
        # Whoever rates a reply has read it.
        step.changes["told_at"] = step.now


def next_round(step: Step, *, redo: bool = False) -> None:
    step.changes |= {"round": step.suggestion.round + 1, "told_at": None}
    if redo:
        step.changes["redo_count"] = step.suggestion.redo_count + 1


# Dates of a row that have a limit of their own; for `unit_due` only that of an opinion.
LIMITS = {
    "sign_due": ClockRule.Key.SIGN, "return_until": ClockRule.Key.RETURN, "unit_due": ClockRule.Key.ASSIST
}  # fmt: skip


def issue_rows(
    step: Step, targets: Iterable[Target], *, due: date, round: int, parent: Assignment | None = None
) -> None:
    """Rows that follow the step. An opinion is due earlier than the reply it is for."""
    rules = {rule.key: rule for rule in ClockRule.objects.filter(key__in=LIMITS.values())}
    ends = {name: clocks.due_date(rules[key], local_date(step.now)) for name, key in LIMITS.items()}
    may_return = _may_be_returned(step, round)
    for target in targets:
        asked = {"sign_due", *(["return_until"] if target.unit and may_return else [])}
        asked |= {"unit_due"} if target.kind == AssignmentKind.ASSISTING else set()
        row = Assignment(
            suggestion=step.suggestion, round=round, kind=target.kind, unit=target.unit, venue=target.venue,
            parent=parent, issued_at=step.now, instructions=step.inputs.get("instructions") or "",
            **{"unit_due": due} | {name: min(ends[name], due) for name in asked},
        )  # fmt: skip
        # Its event keeps the lengths: what ends with the reply has none of its own.
        row.limits = {  # type: ignore[attr-defined]
            name: [rules[LIMITS[name]].length, rules[LIMITS[name]].unit, rules[LIMITS[name]].basis]
            for name in sorted(asked) if ends[name] < due
        }  # fmt: skip
        step.follow("issue", row)


def _may_be_returned(step: Step, round: int) -> bool:
    """Neither a second handling nor what the congress decided after two returns names a last day."""
    redone = step.suggestion.events.filter(action__in=REDO_ACTIONS, round=round)
    return step.move.action not in REDO_ACTIONS and not redone.exists() and returned(step) < MOST_RETURNS


def recall_live(step: Step, reason: str) -> None:
    """Every row that is still at work; those a coordinator office dispatched follow its own."""
    for row in step.suggestion.assignments.filter(state__in=workflow.LIVE, parent=None).order_by("pk"):
        step.follow("recall", row, reason=reason)


def settle(step: Step) -> None:
    """After a row has ended: does what it belongs to go back to be given again, or is it replied to?

    That is the row of the coordinator office for what it dispatched, and the case for all others.
    """
    case, row = step.suggestion, row_of(step)
    if case.state != State.HANDLING or row.kind not in IN_CHARGE:
        return
    others = case.assignments.filter(round=case.round).exclude(pk=row.pk)
    beside = others.filter(kind__in=IN_CHARGE, parent=row.parent_id)
    if beside.filter(state__in=workflow.LIVE).exists():
        return
    among = beside if row.parent_id else others.filter(kind__in=REPLIERS)
    replied = (
        step.move.to == AssignmentState.RELEASED or among.filter(state=AssignmentState.RELEASED).exists()
    )
    if row.parent_id is None:
        step.follow("all_replied" if replied else "lead_gone", case)
        return
    office = case.assignments.get(pk=row.parent_id)
    if office.state == AssignmentState.DISPATCHED:
        step.follow("child_done" if replied else "child_gone", office)


def leave_gone_venue(step: Step) -> None:
    """A case that comes back goes to who took over from its venue; if nobody did, to the district pool."""
    case = step.suggestion
    if case.venue is None:
        return
    taker = taker_of(case.venue, case)
    if taker is None:
        step.changes |= {"venue": None, "routing": RoutingRule.POOL}
    elif taker.pk != case.venue_id:
        words = _("“%(venue)s” is no longer there") % {"venue": case.venue.name}
        step.follow("move_venue", case, venue=taker, reason=words)


def taker_of(venue: Venue, case: Suggestion) -> Venue | None:
    """Who has a case of the venue now, held: itself, who took over, else who serves the place by rule."""
    taker = hold_present(venue)
    if taker is None:
        served, _rule = route(community=case.community, street=case.street)
        taker = hold_present(served) if served else None
    return taker


def class_label(code: str) -> str:
    """The words of a class as they stand today; "" for none."""
    return ReplyClass.objects.get(code=code).label if code else ""


def mark_draft(step: Step, **columns: Any) -> None:
    version = latest_draft(row_of(step))
    assert version is not None, "a drafted row has a draft"
    Reply.objects.filter(pk=version.pk).update(**columns)


def unpublish_if_public(step: Step, reason: str) -> None:
    if Publication.objects.filter(suggestion=step.suggestion, published_at__isnull=False).exists():
        step.follow("unpublish", step.suggestion, reason=reason)
