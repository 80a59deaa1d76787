"""Booking a visit, cancelling it, the day itself, and what is left of it afterwards.

Every write locks the row of the day first: of two people who reach for the last place one gets it.
"""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress_portal.accounts.models import OFFICE, User
from congress_portal.common import clock, codes
from congress_portal.common.db import lock
from congress_portal.common.fields import blind_index
from congress_portal.common.phones import normalise_phone, validate_phone
from congress_portal.common.text import clean_line, clean_text
from stations import reception_days
from stations.models import (
    Booking,
    BookingReveal,
    BookingStatus,
    DutyStatus,
    LiaisonOfficer,
    Posting,
    PostingRole,
    ReceptionDuty,
    ReceptionSession,
    SessionChange,
    SessionStatus,
    Venue,
    during,
    unheard,
)
from stations.rota import rules

from .reception import SessionError
from .telling import NO_NEWS

LIMITS = {"name": 20, "topic": 60, "summary": 3000, "reason": 200}
MOST_VISITORS = 9999


def book(
    day: ReceptionSession, *, slot: time, name: str, phone: str, topic: str = "", token: str,
    is_demo: bool = False,
) -> Booking:  # fmt: skip
    """Take a place. The form named by `token` makes one booking, however often it is sent.

    The code is `code_of(day, token)`; only its hash is stored. ValidationError by field, or SessionError.
    """
    name, phone, topic = _visitor(name, phone, topic)
    code_hash = codes.hash_code(code_of(day, token))
    with transaction.atomic():
        locked = _locked(day)
        again = locked.bookings.filter(code_hash=code_hash).first()
        if again is not None:
            return again
        _refuse_unless_open(locked)
        reception_days.shown([locked])
        free = next((each.free for each in locked.slots if each.at == slot), None)  # type: ignore[attr-defined]
        if free is None:
            raise ValidationError({"slot": _("Please choose one of the times.")})
        if not free:
            raise ValidationError({"slot": _("This time has just been taken. Please choose another.")})
        index = blind_index(phone)
        if locked.bookings.filter(phone_index=index, status=BookingStatus.BOOKED).exists():
            raise ValidationError({"phone": _("This phone number has booked this day already.")})
        return Booking.objects.create(
            session=locked, slot=slot, code_hash=code_hash, name=name, phone=phone, phone_index=index,
            topic=topic, booked_at=clock.now(), told_change=locked.changes.last(), is_demo=is_demo,
        )  # fmt: skip


def code_of(day: ReceptionSession, token: str) -> str:
    """The code a form will get: a second click can show it again although only its hash is stored."""
    return codes.derived_code("code of a booking", f"{day.pk} {token}")


def by_code(code: str) -> Booking | None:
    """The booking of the code."""
    rows = Booking.objects.select_related("session__venue")
    return rows.filter(code_hash=codes.hash_code(code)).first() if codes.normalise_code(code) else None


def cancel(booking: Booking) -> Booking:
    """Give the place back, until the visit begins. SessionError once it is too late."""
    with transaction.atomic():
        day = _locked(booking.session)
        row = lock(Booking.objects.filter(pk=booking.pk)).get()
        if row.status == BookingStatus.CANCELLED:
            return row
        if row.status != BookingStatus.BOOKED or reception_days.starts(day.day, row.slot) <= clock.now():
            raise SessionError(_("The visit has begun, so it cannot be cancelled any more."))
        row.status, row.cancelled_at = BookingStatus.CANCELLED, clock.now()
        row.save(update_fields=["status", "cancelled_at"])
        return row


def may_cancel(booking: Booking) -> bool:
    """Whether `cancel` would do it now."""
    ahead = reception_days.starts(booking.session.day, booking.slot) > clock.now()
    return booking.status == BookingStatus.BOOKED and ahead


def mark(booking: Booking, *, came: bool) -> Booking:
    """On the day: came, or did not. A slip of the finger can be put right until the record is written."""
    with transaction.atomic():
        _on_the_day(_locked(booking.session))
        row = lock(Booking.objects.filter(pk=booking.pk)).get()
        if row.status == BookingStatus.CANCELLED:
            raise SessionError(_("This booking was cancelled."))
        row.status = BookingStatus.ARRIVED if came else BookingStatus.MISSED
        row.arrived_at = clock.now() if came else None
        row.save(update_fields=["status", "arrived_at"])
        return row


def walk_in(day: ReceptionSession) -> Booking:
    """Somebody came without an appointment: counted, nothing else is kept."""
    with transaction.atomic():
        locked = _locked(day)
        _on_the_day(locked)
        now = clock.now()
        return Booking.objects.create(
            session=locked, slot=now.astimezone(clock.SHANGHAI).time().replace(second=0, microsecond=0),
            code_hash=codes.hash_code(codes.new_code(24)), status=BookingStatus.ARRIVED, booked_at=now,
            arrived_at=now, is_demo=locked.is_demo,
        )  # fmt: skip


def walk_in_back(day: ReceptionSession) -> bool:
    """One visitor without an appointment too many was counted: the last one is taken back."""
    with transaction.atomic():
        locked = _locked(day)
        _on_the_day(locked)
        last = walk_ins(locked).last()
        if last is None:
            return False
        last.delete()
        return True


def walk_ins(day: ReceptionSession) -> Any:
    """Visitors without an appointment."""
    return day.bookings.filter(phone_index="", forgotten_at=None, status=BookingStatus.ARRIVED).order_by("pk")


def arrived(day: ReceptionSession) -> Any:
    """Everybody counted on the day, with and without an appointment."""
    return day.bookings.filter(status=BookingStatus.ARRIVED)


def to_tell(day: ReceptionSession) -> Any:
    """Bookings that stand and whose people have not heard of the last change, by the time of the visit."""
    last = news(day).last()
    return day.bookings.filter(unheard(last.pk, last.made_at)) if last else day.bookings.none()


def news(day: ReceptionSession) -> Any:
    """What changed since the notice, oldest first."""
    return day.changes.exclude(kind__in=NO_NEWS).order_by("pk")


def told(booking: Booking, *, user: User, seen: int) -> Booking:
    """Somebody has told the booker of every change up to `seen` (its id), the last one on the page then.

    SessionError if the day has no such change. Of a later one the booker is still to be told.
    """
    with transaction.atomic():
        day = _locked(booking.session)
        row = lock(Booking.objects.filter(pk=booking.pk)).get()
        heard = day.changes.filter(pk=seen).first()
        if heard is None:
            raise SessionError(_("Something has changed since this page was opened."))
        # Two lists may lie open: the older one takes nothing back.
        if row.told_change_id is None or row.told_change_id < heard.pk:
            row.told_change, row.told_at, row.told_by = heard, clock.now(), user
            row.save(update_fields=["told_change", "told_at", "told_by"])
        return row


def may_reveal(user: User, venue: Venue) -> bool:
    """Liaison officers and the head of the venue, and the office; others see name and phone masked."""
    if not user.is_active:
        return False
    today = clock.today()
    liaison = LiaisonOfficer.objects.filter(during(today), user=user, venue=venue)
    head = Posting.objects.live(today).filter(deputy__user=user, venue=venue, role=PostingRole.HEAD)
    office = user.has_role(*OFFICE) and not user.is_superuser
    return office or liaison.exists() or head.exists()


def reveal(booking: Booking, *, user: User, reason: str) -> Booking:
    """The booker in clear; the look is written down first. PermissionDenied for whoever may not."""
    if not may_reveal(user, booking.session.venue):
        raise PermissionDenied
    reason = clean_line(reason)
    if len(reason) < 2:
        raise ValidationError({"reason": _("Say why you need it.")})
    BookingReveal.objects.create(
        booking=booking, user=user, reason=reason[: LIMITS["reason"]], revealed_at=clock.now()
    )
    return booking


def record(
    day: ReceptionSession, *, visitors: int, summary: str, attended: Mapping[int, bool], user: User
) -> ReceptionSession:
    """The day is over: how many came, what was done, who was there (id of the duty → whether).

    Call it inside the transaction that registers the matters, so that all is written or nothing.
    ValidationError by field; SessionError if the day is not one to be recorded.
    """
    summary = clean_text(summary)
    with transaction.atomic():
        locked = _locked(day)
        _on_the_day(locked)
        errors: dict[str, Any] = {}
        if not 0 <= visitors <= MOST_VISITORS:
            errors["visitors"] = _("At most %(most)d people.") % {"most": MOST_VISITORS}
        if len(summary) > LIMITS["summary"]:
            errors["summary"] = _("At most %(limit)d characters.") % {"limit": LIMITS["summary"]}
        if errors:
            raise ValidationError(errors)
        _write_attendance(locked, attended)
        locked.status, locked.visitors, locked.summary = SessionStatus.HELD, visitors, summary
        locked.held_by, locked.held_at = user, clock.now()
        locked.save(update_fields=["status", "visitors", "summary", "held_by", "held_at"])
        # Who is not marked by now did not come.
        locked.bookings.filter(status=BookingStatus.BOOKED).update(status=BookingStatus.MISSED)
        SessionChange.objects.create(
            session=locked, kind=SessionChange.Kind.HELD, made_by=user, made_at=clock.now()
        )
        return locked


def forget_old() -> int:
    """Remove name, phone and topic of bookings whose day is longer ago than the rule allows; how many."""
    before = clock.today() - timedelta(days=rules().booking_keep_days)
    kept = Booking.objects.filter(session__day__lt=before, forgotten_at=None).exclude(phone_index="")
    return kept.update(name="", phone="", phone_index="", topic="", forgotten_at=clock.now())


def _visitor(name: str, phone: str, topic: str) -> tuple[str, str, str]:
    """The three as they are stored; ValidationError by field."""
    name, topic, phone = clean_line(name), clean_line(topic), normalise_phone(phone)
    errors: dict[str, Any] = {}
    for field, value in (("name", name), ("topic", topic)):
        if len(value) > LIMITS[field]:
            errors[field] = _("At most %(limit)d characters.") % {"limit": LIMITS[field]}
    if not name:
        errors["name"] = _("Please fill this in.")
    try:
        validate_phone(phone)
    except ValidationError as error:
        errors["phone"] = error
    if errors:
        raise ValidationError(errors)
    return name, phone, topic


def _locked(day: ReceptionSession) -> ReceptionSession:
    return lock(ReceptionSession.objects.filter(pk=day.pk)).get()


def _refuse_unless_open(day: ReceptionSession) -> None:
    if not reception_days.takes_bookings(day):
        raise SessionError(_("This reception day takes no bookings."))


def _on_the_day(day: ReceptionSession) -> None:
    """From the morning of the day on, until its record is written."""
    if day.status == SessionStatus.HELD:
        raise SessionError(_("The record of this day is written already."))
    if day.status != SessionStatus.ANNOUNCED:
        raise SessionError(_("This reception day was not announced, or was cancelled."))
    if day.day > clock.today():
        raise SessionError(_("This reception day has not come yet."))


def _write_attendance(day: ReceptionSession, attended: Mapping[int, bool]) -> None:
    for duty in ReceptionDuty.objects.filter(session=day, pk__in=attended).exclude(status=DutyStatus.LEAVE):
        duty.status = DutyStatus.ATTENDED if attended[duty.pk] else DutyStatus.ABSENT
        duty.save(update_fields=["status"])
