"""Actions that leave the state as it is."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress_portal.common import codes
from congress_portal.common.fields import blind_index
from suggestions import claims
from suggestions.enums import Channel, RoutingRule
from suggestions.inputs import FLAGS
from suggestions.models import Claim, Consent, ContactLog, Publication, Reply
from suggestions.steps import Step
from suggestions.workflow import SYSTEM

from .shared import (
    attach_photos,
    classify,
    clean_contact,
    forget_contact_now,
    record_consent,
    set_points,
    unpublish_if_public,
)


def comment(step: Step) -> None:
    step.note = step.inputs["text"]


def claim(step: Step) -> None:
    deputy = step.actor.person.deputy
    Claim.objects.create(suggestion=step.suggestion, deputy=deputy, claimed_at=step.now)
    step.data = {"deputy": deputy.pk}


def unclaim(step: Step) -> None:
    marks = claims.ended_by(step)
    if step.role == SYSTEM:
        people = [mark.deputy for mark in marks.select_related("deputy")]
        step.data = {"deputies": [person.pk for person in people]}
        step.note = _("No longer a deputy: %(names)s") % {"names": "、".join(map(str, people))}
    marks.update(released_at=step.now)


def add_note(step: Step) -> None:
    step.note = step.inputs["text"]
    attach_photos(step.suggestion, step.inputs["photos"] or (), step)


def confirm_contact(step: Step) -> None:
    log: ContactLog = step.inputs["contact_log"]
    step.note = step.inputs["note"]
    step.data = {"contact": log.pk, "confirmed": bool(step.inputs["confirmed"])}
    ContactLog.objects.filter(pk=log.pk).update(
        confirmed=bool(step.inputs["confirmed"]), confirmed_at=step.now
    )


def leave(step: Step) -> None:
    """The author goes, the case of the others stays: nobody can open it as its author any more."""
    forget_contact_now(step)
    record_consent(step.suggestion, Consent.Kind.PUBLISH, False, step.now)
    step.changes |= {
        "has_left": True, "resident": None, "may_publish": False,
        "query_code_hash": codes.hash_code(codes.new_code()),
    }  # fmt: skip


def forget_contact(step: Step) -> None:
    forget_contact_now(step)


def correct_contact(step: Step) -> None:
    given = step.inputs["contact"]
    contact = step.suggestion.contact
    contact.name, contact.phone = clean_contact(given.get("name", ""), given.get("phone", ""))
    if not contact.phone and step.suggestion.channel == Channel.ONLINE:
        raise ValidationError({"contact": _("We need a phone number to tell you the answer.")})
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
        unpublish_if_public(step, _("The resident no longer agrees"))


def link_account(step: Step) -> None:
    step.changes["resident"] = step.actor.person


def renew_code(step: Step) -> None:
    code = codes.new_code()
    step.data = {"how": step.inputs["how"]}
    step.changes["query_code_hash"] = codes.hash_code(code)
    # Shown once to whoever hands it over; the row keeps only the hash.
    step.suggestion.fresh_code = code  # type: ignore[attr-defined]


def reclassify(step: Step) -> None:
    classify(step)
    set_points(step)
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
    step.changes |= {name: name in flags for name in FLAGS}


def correct_reply(step: Step) -> None:
    old = step.suggestion.replies.filter(released_at__isnull=False).last()
    assert old is not None, "a case that was replied to has a reply"
    step.note = step.inputs["reason"]
    Reply.objects.create(
        suggestion=step.suggestion, assignment=old.assignment, round=old.round, text=step.inputs["reply"],
        answer_class=old.answer_class, class_label=old.class_label, document_number=old.document_number,
        publicity=old.publicity, publicity_reason=old.publicity_reason,
        corrects=old, drafted_by=step.actor.person, drafted_at=step.now,
        released_by=step.actor.person, released_at=step.now,
    )  # fmt: skip


def prepare_publication(step: Step) -> None:
    unpublish_if_public(step, _("Being edited again"))
    Publication.objects.update_or_create(
        suggestion=step.suggestion,
        defaults={
            "title": step.inputs["title"],
            "summary": step.inputs["summary"],
            "prepared_by": step.actor.person,
        },
    )


def publish(step: Step) -> None:
    Publication.objects.filter(suggestion=step.suggestion).update(
        published_by=step.actor.person, published_at=step.now
    )


def unpublish(step: Step) -> None:
    step.note = step.inputs["reason"]
    Publication.objects.filter(suggestion=step.suggestion).update(published_by=None, published_at=None)
