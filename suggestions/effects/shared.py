"""Pieces that several effects use."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress_portal.common.phones import normalise_phone, validate_phone
from congress_portal.common.text import clean_line
from stations.models import Venue
from stations.services.venues import hold_present
from suggestions import workflow
from suggestions.enums import AssignmentState, Channel, RoutingRule, State, ToldBy
from suggestions.guards import REPLIERS, latest_draft
from suggestions.inputs import Target
from suggestions.models import Assignment, Consent, Photo, Publication, Rating, Reply, StagedPhoto, Suggestion
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


def mark_accepted(step: Step) -> None:
    if step.suggestion.accepted_at is None:
        step.changes["accepted_at"] = step.now


def mark_replied(step: Step) -> None:
    """First reply date; an online resident is told at once; joined cases follow."""
    if step.suggestion.replied_at is None:
        step.changes["replied_at"] = step.now
    if step.suggestion.channel == Channel.ONLINE:
        step.follow("record_told", step.suggestion, how=ToldBy.PORTAL)
    for child in step.suggestion.merged.filter(state=State.MERGED).order_by("pk"):
        step.follow("reply_with_lead", child)


def reply_now(step: Step, text: str) -> None:
    Reply.objects.create(
        suggestion=step.suggestion, round=step.suggestion.round, text=text, drafted_by=step.actor.person,
        drafted_at=step.now, released_by=step.actor.person, released_at=step.now,
    )  # fmt: skip


def record_rating(step: Step, level: str) -> None:
    how, who = step.inputs["how"] or "", step.inputs["who"]
    if step.role != workflow.RESIDENT and not (how and who):
        missing = [name for name, value in (("how", how), ("who", who)) if not value]
        raise ValidationError({name: _("Say who told you and how.") for name in missing})
    by_resident = step.role == workflow.RESIDENT
    Rating.objects.create(
        suggestion=step.suggestion, round=step.suggestion.round, level=level, reason=step.inputs["reason"],
        on_behalf_by=None if by_resident else step.actor.user,
        on_behalf_how="" if by_resident else how, on_behalf_of="" if by_resident else who,
        rated_at=step.now,
    )  # fmt: skip
    step.note = step.inputs["reason"]
    step.data = {"level": level, **({} if by_resident else {"how": how, "who": who})}
    step.changes["rating"] = level
    if not step.suggestion.first_rating:
        step.changes["first_rating"] = level
    if step.suggestion.told_at is None:
        # Whoever rates a reply has read it.
        step.changes["told_at"] = step.now


def next_round(step: Step, *, redo: bool = False) -> None:
    step.changes |= {"round": step.suggestion.round + 1, "told_at": None}
    if redo:
        step.changes["redo_count"] = step.suggestion.redo_count + 1


def issue_rows(step: Step, targets: Iterable[Target], *, due: date, round: int) -> None:
    for target in targets:
        row = Assignment(
            suggestion=step.suggestion, round=round, kind=target.kind, unit=target.unit, venue=target.venue,
            unit_due=due, issued_at=step.now, instructions=step.inputs.get("instructions") or "",
        )  # fmt: skip
        step.follow("issue", row)


def recall_live(step: Step, reason: str) -> None:
    for row in step.suggestion.assignments.filter(state__in=workflow.LIVE).order_by("pk"):
        step.follow("recall", row, reason=reason)


def settle(step: Step) -> None:
    """After a row has ended: does the case go back to be assigned, or is it replied to?"""
    case, row = step.suggestion, row_of(step)
    if case.state != State.HANDLING or row.kind not in REPLIERS:
        return
    others = case.assignments.filter(round=case.round, kind__in=REPLIERS).exclude(pk=row.pk)
    if others.filter(state__in=workflow.LIVE).exists():
        return
    replied = (
        step.move.to == AssignmentState.RELEASED or others.filter(state=AssignmentState.RELEASED).exists()
    )
    step.follow("all_replied" if replied else "lead_gone", case)


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


def mark_draft(step: Step, **columns: Any) -> None:
    version = latest_draft(row_of(step))
    assert version is not None, "a drafted row has a draft"
    Reply.objects.filter(pk=version.pk).update(**columns)


def unpublish_if_public(step: Step, reason: str) -> None:
    if Publication.objects.filter(suggestion=step.suggestion, published_at__isnull=False).exists():
        step.follow("unpublish", step.suggestion, reason=reason)
