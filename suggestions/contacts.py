"""The submitter's contact: masked for everybody, shown in clear only for a reason that is written down."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress_portal.common import clock
from congress_portal.common.masking import mask_phone, public_name
from congress_portal.common.text import clean_line

from . import workflow
from .actors import Actor
from .errors import Forbidden, Refused
from .models import ClockRule, ContactReveal, SubmitterContact, Suggestion
from .permissions import roles_for

# Who may look, first role first; units only with the resident's separate consent. Deputies never.
MAY_LOOK = (workflow.LIAISON, workflow.COMMITTEE, workflow.CLERK, workflow.REVIEWER, workflow.HEAD)
MAY_LOOK_IF_SHARED = (workflow.OFFICER, workflow.LEADER)


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    phone: str


def masked(case: Suggestion) -> Contact:
    """Name and phone as everybody on duty sees them."""
    contact = _row(case)
    if contact is None:
        return Contact("", "")
    return Contact(public_name(contact.name), mask_phone(contact.phone))


def reveal_role(actor: Actor, case: Suggestion) -> str | None:
    """The role in which the actor may see the contact in clear, or None."""
    contact = _row(case)
    if contact is None:
        return None
    roles = roles_for(actor, case)
    allowed = MAY_LOOK + (MAY_LOOK_IF_SHARED if contact.may_share else ())
    return next((role for role in allowed if role in roles), None)


def reveal(case: Suggestion, *, actor: Actor, reason: str) -> Contact:
    """The contact in clear; the look is recorded first, and the resident can read the record."""
    role = reveal_role(actor, case)
    if role is None or actor.user is None:
        raise Forbidden
    reason = clean_line(reason)
    if len(reason) < 2:
        raise ValidationError({"reason": _("Say why you need it.")})
    contact = _row(case)
    if contact is None:
        raise Refused(_("No contact was left."))
    with transaction.atomic():
        ContactReveal.objects.create(
            suggestion=case, user=actor.user, role=role, reason=reason[:200], revealed_at=clock.now()
        )
    return Contact(contact.name, contact.phone)


def forget_old() -> int:
    """Remove name and phone of cases that ended longer ago than the retention allows; how many."""
    rule = ClockRule.objects.get(key=ClockRule.Key.RETENTION)
    before = clock.now() - timedelta(days=rule.length)
    ended = Suggestion.objects.filter(state__in=workflow.FINAL, closed_at__lt=before)
    kept = SubmitterContact.objects.filter(suggestion__in=ended, forgotten_at=None)
    return kept.update(name="", phone="", phone_index="", forgotten_at=clock.now())


def _row(case: Suggestion) -> SubmitterContact | None:
    return SubmitterContact.objects.filter(suggestion=case).first()
