"""How a suggestion begins: sent by a resident, or registered for one at a venue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from congress_portal.common import clock, codes
from congress_portal.common.fields import blind_index
from congress_portal.common.sequences import next_value
from congress_portal.common.text import clean_line, clean_text, first_sentence
from deputies.models import Deputy
from stations.models import Community, ReceptionSession, Street, Venue
from stations.services.venues import hold, hold_present

from . import emergencies, workflow
from .actors import SYSTEM, Actor
from .effects.shared import attach_photos, clean_contact, record_consent
from .enums import CaseLevel, Channel, RoutingRule
from .errors import Forbidden
from .models import Category, Consent, Reply, StagedPhoto, SubmitterContact, Suggestion
from .permissions import roles_for
from .routing import route
from .services import perform, record_creation

LIMITS = {"text": 5000, "title": 60, "place": 120, "reply": 5000, "outside_number": 40}


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a form of either kind holds. `token` names the form: one form makes one suggestion."""

    token: str
    text: str
    title: str = ""
    category: Category | None = None
    street: Street | None = None
    community: Community | None = None
    place_unknown: bool = False
    place: str = ""
    venue: Venue | None = None
    deputy: Deputy | None = None
    channel: str = Channel.ONLINE
    outside_number: str = ""
    reception: ReceptionSession | None = None
    name: str = ""
    phone: str = ""
    notice_read: bool = False
    may_publish: bool = False
    may_share: bool = False
    photos: Sequence[StagedPhoto] = ()
    is_demo: bool = False


def submit(submission: Submission, *, actor: Actor) -> Suggestion:
    """Store a suggestion, or return the one this form has made already.

    The returned row carries the query code as `fresh_code` ("" once another code was given out). With a
    channel other than ONLINE the actor registers it for somebody at `submission.venue` (代录).
    """
    return _create(submission, actor=actor, action="submit")


def register_answered(submission: Submission, *, reply: str, actor: Actor) -> Suggestion:
    """Store a suggestion that was raised and answered on the spot: replied, told, waiting for its rating."""
    return _create(submission, actor=actor, action="register_answered", reply=reply)


def _create(submission: Submission, *, actor: Actor, action: str, reply: str = "") -> Suggestion:
    code = _code_of(submission.token)
    existing = Suggestion.objects.filter(form_token=submission.token).first()
    if existing is None:
        cleaned = _clean(submission, action=action, reply=reply)
        try:
            with transaction.atomic():
                existing = _write(cleaned, actor=actor, action=action, reply=clean_text(reply), code=code)
        except IntegrityError:
            # The same form a second time, at the same moment: the other request has made the suggestion.
            existing = Suggestion.objects.filter(form_token=submission.token).first()
            if existing is None:
                raise
    existing.fresh_code = code if codes.codes_match(code, existing.query_code_hash) else ""  # type: ignore[attr-defined]
    return existing


def _code_of(token: str) -> str:
    """The query code a form will get: a second click can show it again although only its hash is stored."""
    return codes.derived_code("query code of a form", token)


def _clean(submission: Submission, *, action: str, reply: str) -> Submission:
    """The submission with clean texts; ValidationError names every field that is wrong."""
    text = clean_text(submission.text)
    changes: dict[str, Any] = {
        "text": text,
        "title": clean_line(submission.title) or first_sentence(text),
        "place": clean_line(submission.place),
        "outside_number": clean_line(submission.outside_number),
        "name": submission.name,
        "phone": submission.phone,
    }
    errors = _too_long(changes | {"reply": clean_text(reply)}) | _missing(submission, text, action, reply)
    try:
        changes["name"], changes["phone"] = clean_contact(submission.name, submission.phone)
    except ValidationError as error:
        errors |= {field: problems[0] for field, problems in error.error_dict.items() if field not in errors}
    if errors:
        raise ValidationError(errors)
    return replace(submission, **changes)


def _too_long(values: dict[str, str]) -> dict[str, str | ValidationError]:
    return {
        field: _("At most %(limit)d characters; this has %(length)d.")
        % {"limit": limit, "length": len(values[field])}
        for field, limit in LIMITS.items()
        if len(values[field]) > limit
    }


def _missing(submission: Submission, text: str, action: str, reply: str) -> dict[str, str | ValidationError]:
    """Field → what to say, for everything that must be given and is not."""
    online = submission.channel == Channel.ONLINE
    placed = submission.community or submission.street or submission.venue or submission.place_unknown
    answered = action == "register_answered"
    required = _("Please fill this in.")
    rules: tuple[tuple[str, bool, str], ...] = (
        ("channel", submission.channel in Channel.values, _("Please choose one of the options.")),
        ("text", bool(text), required),
        (
            "community",
            bool(placed) or not online,
            _("Choose a community, or tick that you are not sure."),
        ),
        ("category", not answered or submission.category is not None, required),
        ("reply", not answered or bool(clean_text(reply)), required),
        (
            "phone",
            not online or bool(submission.phone.strip()),
            _("We need a phone number to tell you the answer."),
        ),
        ("notice_read", not online or submission.notice_read, _("Please read and tick this first.")),
    )
    return {field: message for field, holds, message in rules if not holds}


def _write(submission: Submission, *, actor: Actor, action: str, reply: str, code: str) -> Suggestion:
    now = clock.now()
    move = workflow.find(workflow.SUGGESTION_MOVES, action, None)
    assert move is not None
    assert move.to is not None
    on_behalf = submission.channel != Channel.ONLINE
    venue, rule = _place(submission, on_behalf)
    case = Suggestion(
        number=f"{clock.today():%Y}{next_value(f'suggestion-{clock.today():%Y}'):06d}",
        query_code_hash=codes.hash_code(code), form_token=submission.token, state=move.to,
        title=submission.title, text=submission.text, category=submission.category,
        level=CaseLevel.L0 if reply else "",
        street=submission.community.street if submission.community else submission.street,
        community=submission.community, place=submission.place, venue=venue, routing=rule,
        outside_number=submission.outside_number,
        deputy_asked=submission.deputy, channel=submission.channel, reception=submission.reception,
        resident=None if on_behalf else actor.user, registered_by=actor.user if on_behalf else None,
        may_publish=submission.may_publish, is_demo=submission.is_demo, received_at=now,
    )  # fmt: skip
    # Registering for somebody is a duty of this venue's people, of the street and of the office.
    roles = roles_for(actor, case) - {workflow.RESIDENT} if on_behalf else {workflow.RESIDENT}
    if on_behalf and submission.venue is None:
        roles &= {workflow.CLERK, workflow.COMMITTEE}
    role = next((name for name in move.who if name in roles), "")
    if not role:
        raise Forbidden
    if reply:
        case.accepted_at = case.replied_at = case.told_at = now
    case.save()
    _write_contact(case, submission)
    attach_photos(case, submission.photos)
    if reply:
        Reply.objects.create(
            suggestion=case, round=1, text=reply, drafted_by=actor.person, drafted_at=now,
            released_by=actor.person, released_at=now,
        )  # fmt: skip
    record_creation(
        case, move, actor=actor, role=role, data={"channel": case.channel, "routing": case.routing}
    )
    _alert(case)
    return case


def _alert(case: Suggestion) -> None:
    """Words of an emergency ring the duty phone with the suggestion, not once somebody has read it."""
    calls = emergencies.calls_for(case.title, case.text, case.place)
    if calls:
        note = emergencies.in_words(calls)
        perform("alarm", target=case, actor=SYSTEM, seen_version=case.version, note=note)
        case.is_urgent = True


def _place(submission: Submission, on_behalf: bool) -> tuple[Venue | None, RoutingRule]:
    """Where it goes, held: between the question and the answer the venue may have been merged or closed."""
    asked = submission.venue
    if on_behalf and asked:
        return hold_present(asked), RoutingRule.DESK
    while True:
        venue, rule = route(venue=asked, community=submission.community, street=submission.street)
        if venue is None:
            return None, rule
        (now,) = hold(venue)
        if now.is_open:
            return now, rule
        # The rules ask the database again; what was asked for is known to be gone now.
        asked = now if rule == RoutingRule.QR else asked


def _write_contact(case: Suggestion, submission: Submission) -> None:
    SubmitterContact.objects.create(
        suggestion=case, name=submission.name, phone=submission.phone, may_share=submission.may_share,
        phone_index=blind_index(submission.phone) if submission.phone else "",
    )  # fmt: skip
    for kind, given in (
        (Consent.Kind.NOTICE, submission.notice_read),
        (Consent.Kind.PUBLISH, submission.may_publish),
        (Consent.Kind.SHARE, submission.may_share),
    ):
        record_consent(case, kind, given, case.received_at)
