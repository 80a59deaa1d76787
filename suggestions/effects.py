"""What an action does beyond the states, under the action's own name.

An effect fills in the step and writes rows of its own; state, version and event are the door's. Whatever
raises here rolls everything back. An action without a function here has no effect beyond its table row.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress_portal.common import codes
from congress_portal.common.clock import local_date
from congress_portal.common.fields import blind_index
from congress_portal.common.phones import normalise_phone, validate_phone
from congress_portal.common.text import clean_line

from . import clocks, workflow
from .enums import (
    AssignmentState,
    Channel,
    ClockKind,
    Publicity,
    RatingLevel,
    RoutingRule,
    State,
    ToldBy,
)
from .guards import REPLIERS, latest_draft
from .inputs import Target
from .models import Assignment, Claim, ClockRule, Consent, Photo, Publication, Rating, Reply, StagedPhoto
from .models import Suggestion as SuggestionRow
from .steps import Step

MAX_PHOTOS = 6


# Suggestion: intake ------------------------------------------------------------------------------


def ask_more(step: Step) -> None:
    step.note = step.inputs["question"]


def supplement(step: Step) -> None:
    step.note = step.inputs["text"]
    attach_photos(step.suggestion, step.inputs["photos"] or (), step)


def lapse_supplement(step: Step) -> None:
    step.changes["closed_at"] = step.now


def accept(step: Step) -> None:
    _classify(step)
    step.note = step.inputs["note"]
    _mark_accepted(step)


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
    step.changes |= {"decline_reason": None, "closed_at": None}


def withdraw(step: Step) -> None:
    step.note = step.inputs["reason"]
    step.changes["closed_at"] = step.now
    _recall_live(step, _("Withdrawn by the resident"))


# Suggestion: joining -----------------------------------------------------------------------------


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
    _mark_accepted(step)
    _recall_live(step, _("Joined to %(number)s") % {"number": lead.number})


def unmerge(step: Step) -> None:
    _classify(step)
    step.note = step.inputs["note"]
    step.data |= {"lead": step.suggestion.merged_into.number if step.suggestion.merged_into else ""}
    step.changes |= {"merged_into": None, "is_repeat": False}


def reply_with_lead(step: Step) -> None:
    lead = step.suggestion.merged_into
    assert lead is not None, "a CHECK keeps it"
    for reply in lead.replies.filter(round=lead.round, released_at__isnull=False):
        reply.pk = None
        reply._state.adding = True
        reply.suggestion, reply.round = step.suggestion, step.suggestion.round
        reply.save()
    _mark_replied(step)


# Suggestion: handling ----------------------------------------------------------------------------


def answer_direct(step: Step) -> None:
    _reply_now(step, step.inputs["reply"])
    step.note = step.inputs["note"]
    _mark_replied(step)


def assign(step: Step) -> None:
    due = step.inputs["due"]
    told = clocks.reply_due(step.suggestion)
    last = told if told and told >= local_date(step.now) else clocks.limit(
        ClockRule.Key.REPLY_COMPLEX, local_date(step.now)
    )  # fmt: skip
    if due > last:
        raise ValidationError(
            {"due": _("Not later than %(date)s, the reply date told to the resident or allowed.") % {"date": last}}
        )
    step.clock_due = due
    step.note = step.inputs["instructions"]
    step.data = {"due": due.isoformat()}
    _issue(step, step.inputs["assignments"], due=due, round=step.suggestion.round)


def take_back(step: Step) -> None:
    step.note = step.inputs["reason"]
    _recall_live(step, step.note)


def lead_gone(step: Step) -> None:
    _recall_live(step, _("The lead row is gone"))


def all_replied(step: Step) -> None:
    _mark_replied(step)


def redate(step: Step) -> None:
    due, clock = step.inputs["due"], clocks.running(step.suggestion)[ClockKind.REPLY]
    step.note = step.inputs["reason"]
    step.data = {"from": clock.due_on.isoformat(), "due": due.isoformat()}
    clock.due_on, clock.length, clock.basis = due, None, step.note[:120]
    clock.save(update_fields=["due_on", "length", "basis"])
    # A unit is never given longer than the resident was told.
    step.suggestion.assignments.filter(state__in=workflow.LIVE, unit_due__gt=due).update(unit_due=due)
    step.changes |= dict(zip(("due_on", "due_kind"), clocks.nearest(step.suggestion), strict=True))


# Suggestion: feedback ----------------------------------------------------------------------------


def record_told(step: Step) -> None:
    step.note = step.inputs["note"]
    step.data = {"how": step.inputs["how"]}
    step.changes["told_at"] = step.now


def rate_ok(step: Step) -> None:
    if step.inputs["level"] == RatingLevel.DISSATISFIED:
        raise ValidationError({"level": _("Please choose one of the options.")})
    _rate(step, step.inputs["level"])
    step.changes["closed_at"] = step.now


def rate_bad(step: Step) -> None:
    _rate(step, RatingLevel.DISSATISFIED)
    _next_round(step, redo=True)
    rows = Assignment.objects.filter(
        replies__suggestion=step.suggestion,
        replies__round=step.suggestion.round,
        replies__released_at__isnull=False,
    ).distinct()
    due = clocks.limit(ClockRule.Key.REDO, local_date(step.now))
    step.clock_due = None
    step.clock_key = ClockRule.Key.REDO
    targets = [Target(kind=row.kind, unit=row.unit, venue=row.venue) for row in rows]
    _issue(step, targets, due=due, round=step.changes["round"])


def rate_bad_direct(step: Step) -> None:
    _rate(step, RatingLevel.DISSATISFIED)
    _next_round(step, redo=True)


def rate_bad_again(step: Step) -> None:
    _rate(step, RatingLevel.DISSATISFIED)


def lapse(step: Step) -> None:
    step.changes["closed_at"] = step.now


def conclude(step: Step) -> None:
    step.note = step.inputs["visit"]
    step.data = {"outcome": step.inputs["outcome"]}
    step.changes["closed_at"] = step.now


def order_redo(step: Step) -> None:
    step.note = step.inputs["instructions"]
    step.data = {"leader": step.inputs["leader"], "due": step.inputs["due"].isoformat()}
    step.changes["is_supervised"] = True
    step.clock_due = step.inputs["due"]
    _next_round(step)
    _issue(step, [Target(unit=step.inputs["unit"])], due=step.inputs["due"], round=step.changes["round"])


def reopen(step: Step) -> None:
    step.note = step.inputs["note"]
    step.changes["closed_at"] = None
    _next_round(step)
    _unpublish_if_public(step, _("The case was opened again"))


# Suggestion: the state stays ---------------------------------------------------------------------


def comment(step: Step) -> None:
    step.note = step.inputs["text"]


def claim(step: Step) -> None:
    deputy = step.actor.user.deputy  # type: ignore[union-attr]
    Claim.objects.create(suggestion=step.suggestion, deputy=deputy, claimed_at=step.now)
    step.data = {"deputy": deputy.pk}


def unclaim(step: Step) -> None:
    claims = Claim.objects.filter(suggestion=step.suggestion, deputy__user=step.actor.user)
    claims.filter(released_at=None).update(released_at=step.now)


def add_note(step: Step) -> None:
    step.note = step.inputs["text"]
    attach_photos(step.suggestion, step.inputs["photos"] or (), step)


def correct_contact(step: Step) -> None:
    given = step.inputs["contact"]
    contact = step.suggestion.contact
    contact.name, contact.phone = clean_contact(given.get("name", ""), given.get("phone", ""))
    contact.phone_index = blind_index(contact.phone) if contact.phone else ""
    contact.save()


def set_consent(step: Step) -> None:
    may_publish, may_share = bool(step.inputs["may_publish"]), bool(step.inputs["may_share"])
    record_consent(step.suggestion, Consent.Kind.PUBLISH, may_publish, step.now)
    record_consent(step.suggestion, Consent.Kind.SHARE, may_share, step.now)
    step.data = {"may_publish": may_publish, "may_share": may_share}
    step.changes["may_publish"] = may_publish
    step.suggestion.contact.may_share = may_share
    step.suggestion.contact.save(update_fields=["may_share"])
    if not may_publish:
        _unpublish_if_public(step, _("The resident no longer agrees"))


def renew_code(step: Step) -> None:
    code = codes.new_code()
    step.data = {"how": step.inputs["how"]}
    step.changes["query_code_hash"] = codes.hash_code(code)
    # Shown once to whoever hands it over; the row keeps only the hash.
    step.suggestion.fresh_code = code  # type: ignore[attr-defined]


def reclassify(step: Step) -> None:
    _classify(step)
    step.note = step.inputs["reason"]


def move_venue(step: Step) -> None:
    venue = step.inputs["venue"]
    step.note = step.inputs["reason"]
    step.data = {"from": step.suggestion.venue.name if step.suggestion.venue else "", "to": venue.name}
    step.changes |= {"venue": venue, "routing": RoutingRule.MOVED}


def flag(step: Step) -> None:
    flags = step.inputs["flags"] or []
    step.note = step.inputs["reason"]
    step.data = {"flags": flags}
    step.changes |= {name: name in flags for name in ("is_urgent", "is_key", "is_supervised")}


def correct_reply(step: Step) -> None:
    old = step.suggestion.replies.filter(released_at__isnull=False).last()
    assert old is not None, "a case that was replied to has a reply"
    step.note = step.inputs["reason"]
    Reply.objects.create(
        suggestion=step.suggestion, assignment=old.assignment, round=old.round, text=step.inputs["reply"],
        answer_class=old.answer_class, publicity=old.publicity, publicity_reason=old.publicity_reason,
        corrects=old, drafted_by=step.actor.user, drafted_at=step.now,
        released_by=step.actor.user, released_at=step.now,
    )  # fmt: skip


def prepare_publication(step: Step) -> None:
    _unpublish_if_public(step, _("Being edited again"))
    Publication.objects.update_or_create(
        suggestion=step.suggestion,
        defaults={
            "title": step.inputs["title"],
            "summary": step.inputs["summary"],
            "prepared_by": step.actor.user,
        },
    )


def publish(step: Step) -> None:
    Publication.objects.filter(suggestion=step.suggestion).update(
        published_by=step.actor.user, published_at=step.now
    )


def unpublish(step: Step) -> None:
    step.note = step.inputs["reason"]
    Publication.objects.filter(suggestion=step.suggestion).update(published_by=None, published_at=None)


# Assignment --------------------------------------------------------------------------------------


def sign(step: Step) -> None:
    step.changes |= {"signed_for_at": step.now, "signed_for_by": step.actor.user}


def ask_return(step: Step) -> None:
    step.note = step.inputs["reason"]
    step.data = {"proposed_unit": step.inputs["proposed_unit"].name}
    step.changes |= {"return_reason": step.note, "proposed_unit": step.inputs["proposed_unit"]}


def cancel_return(step: Step) -> None:
    step.note = step.inputs["reason"]
    row = _row(step)
    if row.signed_for_at is None:
        sign(step)


refuse_return = cancel_return


def approve_return(step: Step) -> None:
    step.note = step.inputs["note"]
    step.changes["ended_at"] = step.now
    _settle(step)


def draft(step: Step) -> None:
    row, answer_class = _row(step), step.inputs["answer_class"] or ""
    if row.unit_id and not answer_class:
        raise ValidationError({"answer_class": _("A unit's reply has a class.")})
    if row.venue_id and answer_class:
        raise ValidationError({"answer_class": _("A venue's reply has no class.")})
    Reply.objects.create(
        suggestion=step.suggestion, assignment=row, round=row.round, text=step.inputs["text"],
        answer_class=answer_class, drafted_by=step.actor.user, drafted_at=step.now,
    )  # fmt: skip


def sign_off(step: Step) -> None:
    step.note = step.inputs["note"]
    _mark_draft(step, signed_by=step.actor.user, signed_at=step.now)


def send_back(step: Step) -> None:
    step.note = step.inputs["reason"]


def release(step: Step) -> None:
    if step.inputs["publicity"] != Publicity.OPEN and not step.inputs["publicity_reason"]:
        raise ValidationError({"publicity_reason": _("Say why the reply is not open.")})
    _mark_draft(
        step, released_by=step.actor.user, released_at=step.now, publicity=step.inputs["publicity"],
        publicity_reason=step.inputs["publicity_reason"],
    )  # fmt: skip
    step.changes["ended_at"] = step.now
    _settle(step)


def recall(step: Step) -> None:
    step.note = step.inputs["reason"]
    step.changes["ended_at"] = step.now
    _settle(step)


# Shared by several -------------------------------------------------------------------------------


def attach_photos(suggestion: SuggestionRow, staged: Iterable[StagedPhoto], step: Step | None = None) -> None:
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


def record_consent(suggestion: SuggestionRow, kind: str, given: bool, now: Any, wording: str = "") -> None:
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


def _row(step: Step) -> Assignment:
    assert step.assignment is not None, "an effect of the assignment table"
    return step.assignment


def _classify(step: Step) -> None:
    step.data = {"category": step.inputs["category"].code, "level": step.inputs["level"]}
    step.changes |= {"category": step.inputs["category"], "level": step.inputs["level"]}


def _mark_accepted(step: Step) -> None:
    if step.suggestion.accepted_at is None:
        step.changes["accepted_at"] = step.now


def _mark_replied(step: Step) -> None:
    """First reply date; an online resident is told at once; joined cases follow."""
    if step.suggestion.replied_at is None:
        step.changes["replied_at"] = step.now
    if step.suggestion.channel == Channel.ONLINE:
        step.follow("record_told", step.suggestion, how=ToldBy.PORTAL)
    for child in step.suggestion.merged.filter(state=State.MERGED).order_by("pk"):
        step.follow("reply_with_lead", child)


def _reply_now(step: Step, text: str) -> None:
    Reply.objects.create(
        suggestion=step.suggestion, round=step.suggestion.round, text=text, drafted_by=step.actor.user,
        drafted_at=step.now, released_by=step.actor.user, released_at=step.now,
    )  # fmt: skip


def _rate(step: Step, level: str) -> None:
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


def _next_round(step: Step, *, redo: bool = False) -> None:
    step.changes |= {"round": step.suggestion.round + 1, "told_at": None}
    if redo:
        step.changes["redo_count"] = step.suggestion.redo_count + 1


def _issue(step: Step, targets: Iterable[Target], *, due: date, round: int) -> None:
    for target in targets:
        row = Assignment(
            suggestion=step.suggestion, round=round, kind=target.kind, unit=target.unit, venue=target.venue,
            unit_due=due, issued_at=step.now, instructions=step.inputs.get("instructions") or "",
        )  # fmt: skip
        step.follow("issue", row)


def _recall_live(step: Step, reason: str) -> None:
    for row in step.suggestion.assignments.filter(state__in=workflow.LIVE).order_by("pk"):
        step.follow("recall", row, reason=reason)


def _settle(step: Step) -> None:
    """After a row has ended: does the case go back to be assigned, or is it replied to?"""
    case, row = step.suggestion, _row(step)
    if case.state != State.HANDLING or row.kind not in REPLIERS:
        return
    others = case.assignments.filter(round=case.round, kind__in=REPLIERS).exclude(pk=row.pk)
    if others.filter(state__in=workflow.LIVE).exists():
        return
    replied = step.move.to == AssignmentState.RELEASED or others.filter(state=AssignmentState.RELEASED).exists()
    step.follow("all_replied" if replied else "lead_gone", case)


def _mark_draft(step: Step, **columns: Any) -> None:
    version = latest_draft(_row(step))
    assert version is not None, "a drafted row has a draft"
    Reply.objects.filter(pk=version.pk).update(**columns)


def _unpublish_if_public(step: Step, reason: str) -> None:
    if Publication.objects.filter(suggestion=step.suggestion, published_at__isnull=False).exists():
        step.follow("unpublish", step.suggestion, reason=reason)


EFFECTS: dict[str, Callable[[Step], None]] = {
    action: globals()[action]
    for action in workflow.actions((*workflow.SUGGESTION_MOVES, *workflow.ASSIGNMENT_MOVES))
    if callable(globals().get(action))
}
