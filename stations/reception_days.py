"""Reception days as the public may see them: from the notice on, cancelled ones with their reason.

A proposed day is nobody's business yet; every public page starts from `public_days`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects

from congress_portal.common import clock
from deputies.models import Deputy
from deputies.selectors import RANK, current_seats, level_of

from .models import Booking, BookingStatus, DutyStatus, ReceptionDuty, ReceptionSession, SessionStatus, Venue
from .rota import OPEN, Turn, with_turns

# A missed visit still had its place; a cancelled one gave it back.
HOLDING = (BookingStatus.BOOKED, BookingStatus.ARRIVED, BookingStatus.MISSED)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who receives on a day; `instead_of` is the one on leave, if this is a substitute."""

    deputy: Deputy
    instead_of: Deputy | None
    in_office: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A time somebody may come at; `free` places are left, none once it has begun."""

    at: time
    until: time
    free: int


def public_days() -> QuerySet[ReceptionSession]:
    """Announced and held days, and cancelled ones that had been announced; with venue and street."""
    announced = ReceptionSession.objects.exclude(status=SessionStatus.PROPOSED)
    return announced.filter(announced_at__isnull=False).select_related("venue__street")


def coming() -> QuerySet[ReceptionSession]:
    """Announced days that are not over, the nearest first."""
    now = clock.now().astimezone(clock.SHANGHAI)
    ahead = Q(day__gt=now.date()) | Q(day=now.date(), ends_at__gt=now.time())
    rows = public_days().filter(ahead, status=SessionStatus.ANNOUNCED)
    return rows.order_by("day", "starts_at", "pk")


def next_days(limit: int) -> list[ReceptionSession]:
    """The nearest days of the district, ready for a page (see `shown`)."""
    return shown(coming().filter(venue__in=Venue.objects.open())[:limit])


def next_of_venues(venue_ids: Iterable[int]) -> dict[int, ReceptionSession]:
    """Venue id → its next day, ready for a page; venues without one are left out. Six queries at most."""
    nearest = coming().filter(venue=OuterRef("pk")).values("pk")[:1]
    wanted = Venue.objects.filter(pk__in=list(venue_ids)).annotate(next_day=Subquery(nearest))
    return {day.venue_id: day for day in shown(coming().filter(pk__in=wanted.values("next_day")))}


def days_of_deputy(deputy: Deputy, limit: int) -> list[ReceptionSession]:
    """The next days on which the deputy receives."""
    return shown(coming().filter(pk__in=turns_of([deputy]))[:limit])


def turns_of(deputies: Iterable[Deputy]) -> QuerySet[ReceptionDuty, int]:
    """Ids of the days on which one of them receives or received. Building it costs up to four queries."""
    there = (DutyStatus.PLANNED, DutyStatus.ATTENDED)
    rows = ReceptionDuty.objects.filter(deputy__in=deputies, status__in=there).order_by()
    # Whoever has left the venue or the office since the turns were dealt keeps the turn, but will not come.
    ahead = ReceptionSession.objects.filter(
        pk__in=rows.values("session"), status__in=OPEN, day__gte=clock.today()
    )
    turns = [turn for day in with_turns(ahead) for turn in day.turns]  # type: ignore[attr-defined]
    out = [one.duty.pk for turn in turns for one in _with_substitutes(turn) if one.is_out]
    return rows.exclude(pk__in=out).values_list("session", flat=True)


def shown(days: Iterable[ReceptionSession]) -> list[ReceptionSession]:
    """The days with `.people` (see `Receiver`), `.slots`, `.free` and the `.turns` of the rota.

    Five queries, however many days.
    """
    days = list(days)
    if days:
        _add_people(days)
        _add_slots(days)
    return days


def _add_people(days: list[ReceptionSession]) -> None:
    with_turns(days)
    coming_of = {day.pk: list(_who_comes(day)) for day in days}
    deputies = [person for pairs in coming_of.values() for pair in pairs for person in pair if person]
    # The same person on two days is two objects; each needs the mandates held now.
    prefetch_related_objects(deputies, current_seats())
    for day in days:
        day.people = sorted(  # type: ignore[attr-defined]
            (_receiver(deputy, instead_of) for deputy, instead_of in coming_of[day.pk]), key=_official
        )


def _who_comes(day: ReceptionSession) -> Iterator[tuple[Deputy, Deputy | None]]:
    """Each who receives or received, with the one on leave if it is a substitute."""
    held = day.status == SessionStatus.HELD
    for turn in day.turns:  # type: ignore[attr-defined]
        for one in _with_substitutes(turn):
            if one.duty.status == DutyStatus.ATTENDED if held else one.stands:
                yield one.duty.deputy, None if one is turn else turn.duty.deputy


def _with_substitutes(turn: Turn) -> Iterator[Turn]:
    yield turn
    for substitute in turn.substitutes:
        yield from _with_substitutes(substitute)


def _receiver(deputy: Deputy, instead_of: Deputy | None) -> Receiver:
    # Somebody who has left office is not named on the page of a day to come.
    named = instead_of if instead_of and instead_of.seats else None  # type: ignore[attr-defined]
    return Receiver(deputy, named, bool(deputy.seats))  # type: ignore[attr-defined]


def _official(receiver: Receiver) -> tuple[int, str, str]:
    deputy = receiver.deputy
    rank = RANK[level_of(deputy)] if receiver.in_office else len(RANK)
    return rank, deputy.sort_key, deputy.key


def _add_slots(days: list[ReceptionSession]) -> None:
    # A visitor without an appointment has no phone and takes nobody's slot.
    taken = Booking.objects.filter(session__in=days, status__in=HOLDING).exclude(phone_index="")
    counts: dict[int, dict[time, int]] = {day.pk: {} for day in days}
    for row in taken.order_by().values("session", "slot").annotate(count=Count("pk")):
        counts[row["session"]][row["slot"]] = row["count"]
    for day in days:
        day.slots = slots_of(day, counts[day.pk])  # type: ignore[attr-defined]
        day.free = sum(slot.free for slot in day.slots)  # type: ignore[attr-defined]


def slots_of(day: ReceptionSession, taken: dict[time, int]) -> list[Slot]:
    """The times of the day in order; `taken` says how many hold each."""
    now = clock.now()
    bookable = takes_bookings(day)
    slots = []
    for at, until in hours_of(day):
        ahead = bookable and starts(day.day, at) > now
        slots.append(Slot(at, until, max(day.seats - taken.get(at, 0), 0) if ahead else 0))
    return slots


def takes_bookings(day: ReceptionSession) -> bool:
    """Announced, and not at a venue that is suspended just now."""
    return day.status == SessionStatus.ANNOUNCED and day.venue.is_open


def hours_of(day: ReceptionSession) -> list[tuple[time, time]]:
    """From and until of each visit; a day shorter than one visit is one visit."""
    step = timedelta(minutes=day.slot_minutes)
    at, end = datetime.combine(day.day, day.starts_at), datetime.combine(day.day, day.ends_at)
    found = []
    while at + step <= end:
        found.append((at.time(), (at + step).time()))
        at += step
    return found or [(day.starts_at, day.ends_at)]


def starts(day: date, at: time) -> datetime:
    """The aware moment at which a slot begins."""
    return datetime.combine(day, at, clock.SHANGHAI)
