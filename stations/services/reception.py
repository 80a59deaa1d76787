"""What may happen to a reception day before it is held. Each step locks the day and leaves a line in words.

The words are for the public: why a deputy is on leave stays with the office. Bookings are kept: when the
hours move, each visit moves with them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.db import lock
from congress_portal.common.text import clean_line
from deputies.models import Deputy
from stations.models import (
    BookingStatus,
    DutyStatus,
    Posting,
    ReceptionDuty,
    ReceptionSession,
    SessionChange,
    SessionStatus,
    VenueStatus,
)
from stations.rota import Turn, announce_by, may_stand_in, overlapping, rules, with_turns

from .telling import tell_bookers
from .venues import hold

Kind = SessionChange.Kind
PROPOSED, ANNOUNCED = SessionStatus.PROPOSED, SessionStatus.ANNOUNCED
REASON_LENGTH = 200
# Nobody plans further; a slip of the finger in the year does.
FURTHEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Move:
    """One row: what may be done to a day, from which states, and whether only before the day is over."""

    name: str
    label: str | Promise
    source: tuple[SessionStatus, ...]
    # Whether the date must be open (True) or settled (False) for it; None: either.
    asks: bool | None = None
    ahead: bool = True
    # Done to one deputy's turn, not to the day.
    of_turn: bool = False


MOVES = (
    Move("decide", pgettext_lazy("reception day", "Decide on the date"), (PROPOSED,), asks=True),
    Move("announce", pgettext_lazy("reception day", "Publish the notice"), (PROPOSED,), asks=False),
    Move("move", pgettext_lazy("reception day", "Move"), (PROPOSED, ANNOUNCED), asks=False),
    Move("add", pgettext_lazy("reception day", "Add a deputy"), (PROPOSED, ANNOUNCED)),
    Move("cancel", pgettext_lazy("reception day", "Cancel"), (PROPOSED, ANNOUNCED), ahead=False),
    Move("leave", pgettext_lazy("reception duty", "Leave"), (PROPOSED, ANNOUNCED), of_turn=True),
    Move("substitute", pgettext_lazy("reception duty", "Substitute"), (PROPOSED, ANNOUNCED), of_turn=True),
    Move("back", pgettext_lazy("reception duty", "Can come after all"), (PROPOSED, ANNOUNCED), of_turn=True),
)
BY_NAME = {move.name: move for move in MOVES}
# They give a day its hours.
PLACED = ("decide", "move")


class When(NamedTuple):
    """A date with its hours."""

    day: date
    starts_at: time
    ends_at: time

    def __str__(self) -> str:
        return f"{date_format(self.day, 'DATE_FORMAT')} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"


class SessionError(Exception):
    """It cannot be done as things stand; `message` says why to the person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def available(session: ReceptionSession) -> list[Move]:
    """The rows that are possible now, those of a turn too; who may is another question."""
    return [move for move in MOVES if _obstacle(move, session) is None]


def announce(session: ReceptionSession, *, by: User | None, late_reason: str = "") -> ReceptionSession:
    """Publish the notice. Later than the rule asks only with a reason, and never with nobody on duty.

    ValidationError by field or SessionError, as everything below.
    """
    with transaction.atomic():
        row = _locked("announce", session)
        if row.venue.status != VenueStatus.RUNNING:
            raise SessionError(_("This venue does not receive now."))
        if not with_turns([row])[0].is_manned:  # type: ignore[attr-defined]
            raise SessionError(_("Nobody is on duty. Add a deputy or a substitute first."))
        late_reason = _reason(late_reason, "late_reason", needed=is_late(row))
        row.status, row.announced_at = ANNOUNCED, clock.now()
        row.late_reason = late_reason if is_late(row) else ""
        row.save(update_fields=["status", "announced_at", "late_reason"])
        return note(row, Kind.ANNOUNCED, by, lambda: row.late_reason)


def is_late(session: ReceptionSession) -> bool:
    """Whether a notice published today needs a reason."""
    return clock.today() > announce_by(session, rules())


def move(
    session: ReceptionSession, *, day: date, starts_at: time, ends_at: time, reason: str, by: User | None
) -> ReceptionSession:  # fmt: skip
    """Another date or other hours; visits booked move by as much as the beginning."""
    with transaction.atomic():
        row = _locked("move", session)
        reason = _reason(reason, needed=row.status == ANNOUNCED)
        return _move(row, When(day, starts_at, ends_at), reason, by)


def decide(
    session: ReceptionSession, *, day: date | None, by: User | None, reason: str = ""
) -> ReceptionSession:  # fmt: skip
    """A day that fell on a day off: stays, goes to `day`, or is left out (None)."""
    with transaction.atomic():
        row = _locked("decide", session)
        reason = _reason(reason, needed=False)
        if day is None:
            return _cancel(row, reason or _public(lambda: _("Falls on a day off")), by)
        row.asks = False
        if day != row.day:
            return _move(row, When(day, row.starts_at, row.ends_at), reason, by)
        _refuse_overlap(row, _when(row))
        row.save(update_fields=["asks"])
        return note(row, Kind.DECIDED, by, lambda: reason)


def cancel(session: ReceptionSession, *, reason: str, by: User | None) -> ReceptionSession:
    """The day does not take place. Bookings stay, so that everybody can be told."""
    with transaction.atomic():
        return _cancel(_locked("cancel", session), _reason(reason), by)


def take_leave(duty: ReceptionDuty, *, reason: str, by: User | None) -> ReceptionDuty:
    """The deputy cannot come; the reason is for the office, the public reads only that it is so."""
    with transaction.atomic():
        row = _locked_turn("leave", duty)
        if row.status != DutyStatus.PLANNED:
            raise SessionError(_("This deputy is on leave already."))
        row.status, row.reason = DutyStatus.LEAVE, _reason(reason)
        row.save(update_fields=["status", "reason"])
        note(row.session, Kind.LEAVE, by, lambda: row.deputy.name)
        return row


def come_back(duty: ReceptionDuty, *, by: User | None) -> ReceptionDuty:
    """The deputy can come after all, unless somebody stands in already."""
    with transaction.atomic():
        row = _locked_turn("back", duty)
        turn, own = _turn(row)
        if row.status != DutyStatus.LEAVE or own.is_out:
            raise SessionError(_("This deputy is not on leave, or not in office on that day."))
        if turn.substitute:
            raise SessionError(_("Somebody stands in already."))
        row.status, row.reason = DutyStatus.PLANNED, ""
        row.save(update_fields=["status", "reason"])
        note(row.session, Kind.BACK, by, lambda: row.deputy.name)
        return row


def substitute(duty: ReceptionDuty, *, deputy: Deputy | None, by: User | None) -> ReceptionDuty:
    """Somebody takes the turn; whose turn it was is on leave then. The row of the substitute is returned."""
    with transaction.atomic():
        row = _locked_turn("substitute", duty)
        turn, _own = _turn(row)
        if turn.substitute:
            raise SessionError(_("Somebody stands in already."))
        chosen = _free(row.session, deputy)
        if row.status != DutyStatus.LEAVE:
            row.status = DutyStatus.LEAVE
            row.save(update_fields=["status"])
        taken = ReceptionDuty.objects.create(session=row.session, deputy=chosen, stands_in_for=row)
        names = {"substitute": chosen.name, "deputy": row.deputy.name}
        note(row.session, Kind.SUBSTITUTE, by, lambda: _("%(substitute)s for %(deputy)s") % names)
        return taken


def add_deputy(session: ReceptionSession, *, deputy: Deputy | None, by: User | None) -> ReceptionDuty:
    """One more deputy of the venue receives that day."""
    with transaction.atomic():
        row = _locked("add", session)
        chosen = _free(row, deputy)
        if not Posting.objects.live(row.day).filter(deputy=chosen, venue=row.venue_id).exists():
            raise ValidationError({"deputy": _("This deputy is not posted to the venue on that day.")})
        duty = ReceptionDuty.objects.create(session=row, deputy=chosen)
        note(row, Kind.JOINED, by, lambda: chosen.name)
        return duty


def _move(row: ReceptionSession, to: When, reason: str, by: User | None) -> ReceptionSession:
    before = _when(row)
    if to == before:
        raise ValidationError({"day": _("It takes place then already.")})
    _refuse_impossible(to)
    _refuse_overlap(row, to)
    _shift_bookings(row, to)
    row.day, row.starts_at, row.ends_at = to
    row.change_reason = reason
    row.save(update_fields=["day", "starts_at", "ends_at", "change_reason", "asks"])
    return note(row, Kind.MOVED, by, lambda: _told(before, to, reason))


def _when(session: ReceptionSession) -> When:
    return When(session.day, session.starts_at, session.ends_at)


def _refuse_impossible(to: When) -> None:
    if to.ends_at <= to.starts_at:
        raise ValidationError({"ends_at": _("The end is after the beginning.")})
    if datetime.combine(to.day, to.ends_at, clock.SHANGHAI) <= clock.now():
        raise ValidationError({"day": _("This is over already.")})
    if to.day > clock.today() + FURTHEST:
        raise ValidationError({"day": _("This is too far ahead.")})


def _refuse_overlap(row: ReceptionSession, to: When) -> None:
    if overlapping(row.venue, *to).exclude(pk=row.pk).exists():
        raise ValidationError({"day": _("The venue has another reception day then.")})


def _shift_bookings(row: ReceptionSession, to: When) -> None:
    """Each visit keeps its place in the row of visits."""
    offset = _minutes(to.starts_at) - _minutes(row.starts_at)
    booked = list(row.bookings.filter(status=BookingStatus.BOOKED))
    if any(_minutes(booking.slot) + offset >= _minutes(to.ends_at) for booking in booked):
        raise ValidationError({"ends_at": _("Visits are booked that would begin later than this.")})
    for booking in booked if offset else []:
        hour, minute = divmod(_minutes(booking.slot) + offset, 60)
        booking.slot = time(hour, minute)
        booking.save(update_fields=["slot"])


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _cancel(row: ReceptionSession, reason: str, by: User | None) -> ReceptionSession:
    row.status, row.change_reason, row.asks = SessionStatus.CANCELLED, reason, False
    row.save(update_fields=["status", "change_reason", "asks"])
    return note(row, Kind.CANCELLED, by, lambda: reason)


def _told(before: When, after: When, reason: str) -> str:
    change = f"{before} → {after}"
    return _("%(change)s. Reason: %(reason)s") % {"change": change, "reason": reason} if reason else change


def _locked(name: str, session: ReceptionSession) -> ReceptionSession:
    """The day as it stands, locked, if the row of the table allows it now; else SessionError."""
    if name in PLACED:
        # Of two days that reach for the same hours the second sees the first; the venue is locked before.
        hold(session.venue)
    row = lock(ReceptionSession.objects.select_related("venue").filter(pk=session.pk)).get()
    obstacle = _obstacle(BY_NAME[name], row)
    if obstacle is not None:
        raise SessionError(obstacle)
    return row


def _obstacle(move: Move, session: ReceptionSession) -> str | None:
    """Why the row is not possible now; None: it is."""
    if session.status not in move.source:
        return _("This is not possible any more. Here is how it stands now.")
    if move.asks is not None and move.asks != session.asks:
        return _("Decide on the date first.") if session.asks else _("The date is decided already.")
    if move.ahead and datetime.combine(session.day, session.ends_at, clock.SHANGHAI) <= clock.now():
        return _("This day is over.")
    return None


def _locked_turn(name: str, duty: ReceptionDuty) -> ReceptionDuty:
    session = _locked(name, duty.session)
    row = ReceptionDuty.objects.select_related("deputy").get(pk=duty.pk)
    # Whoever stands in for a substitute stands in for the same turn.
    if name == "substitute" and row.stands_in_for_id:
        row = ReceptionDuty.objects.select_related("deputy").get(pk=row.stands_in_for_id)
    row.session = session
    return row


def _turn(duty: ReceptionDuty) -> tuple[Turn, Turn]:
    """How the turn stands, and what of it is this row: the same, or one who stands in."""
    turns: list[Turn] = with_turns([duty.session])[0].turns  # type: ignore[attr-defined]
    return next((turn, own) for turn in turns for own in (turn, *turn.substitutes) if own.duty.pk == duty.pk)


def _free(session: ReceptionSession, deputy: Deputy | None) -> Deputy:
    if deputy is None:
        raise ValidationError({"deputy": _("Choose a deputy.")})
    if not may_stand_in(session).filter(pk=deputy.pk).exists():
        raise ValidationError({"deputy": _("This deputy is not free or not in office on that day.")})
    return deputy


def _reason(text: str, name: str = "reason", *, needed: bool = True) -> str:
    """Cleaned; ValidationError on the field when it is missing or too long."""
    text = clean_line(text)
    if needed and not text:
        raise ValidationError({name: _("Please give the reason.")})
    if len(text) > REASON_LENGTH:
        raise ValidationError({name: _("At most %(limit)d characters.") % {"limit": REASON_LENGTH}})
    return text


def note(
    session: ReceptionSession, kind: str, by: User | None, words: Callable[[], str]
) -> ReceptionSession:  # fmt: skip
    """One line of the day's history, its words in the language of the site; the day is returned."""
    change = SessionChange.objects.create(
        session=session, kind=kind, text=_public(words)[:300], made_by=by, made_at=clock.now()
    )
    tell_bookers(session, change)
    return session


def _public(words: Callable[[], str]) -> str:
    """Kept as the public reads them, whatever language the one who acts has chosen."""
    with override(settings.LANGUAGE_CODE):
        return words()
