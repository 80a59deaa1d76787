"""Reception days of the cast, made by hand: how they come about is tested with the plans."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from congress_portal.common import clock
from deputies.models import Deputy
from stations.models import Booking, DutyStatus, ReceptionDuty, ReceptionSession, SessionChange, SessionStatus
from stations.services import booking

# A Friday; the days of the tests are those that follow.
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=clock.SHANGHAI)
TODAY = NOW.date()
NEXT = TODAY + timedelta(days=10)
NAME, PHONE = "李测试", "13900000001"


def make_day(
    cast: SimpleNamespace, *, deputies: Iterable[Deputy] | None = None, **fields: Any
) -> ReceptionSession:
    """An announced day at the station, from nine to eleven with six visits, received by the cast's deputy."""
    status = fields.setdefault("status", SessionStatus.ANNOUNCED)
    given = {
        "venue": cast.station, "day": NEXT, "starts_at": time(9), "ends_at": time(11),
        "announced_at": None if status == SessionStatus.PROPOSED else clock.now() - timedelta(days=3),
    } | fields  # fmt: skip
    day = ReceptionSession.objects.create(**{"planned_on": given["day"]} | given)
    there = DutyStatus.ATTENDED if status == SessionStatus.HELD else DutyStatus.PLANNED
    for deputy in [cast.deputy_row] if deputies is None else deputies:
        ReceptionDuty.objects.create(session=day, deputy=deputy, status=there)
    if day.announced_at:
        change(day, SessionChange.Kind.ANNOUNCED, made_at=day.announced_at)
    return day


def change(day: ReceptionSession, kind: str, text: str = "", **fields: Any) -> SessionChange:
    return SessionChange.objects.create(
        session=day, kind=kind, text=text, **{"made_at": clock.now()} | fields
    )


def book(day: ReceptionSession, at: str = "09:00", **fields: Any) -> Booking:
    """A visit, as the form makes it; the token is the phone unless given."""
    given: dict[str, Any] = {"name": NAME, "phone": PHONE, "slot": time.fromisoformat(at)} | fields
    return booking.book(day, **{"token": f"form of {given['phone']}"} | given)


def on(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.SHANGHAI)
