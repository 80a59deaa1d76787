"""A station that is about to go, with all that may hang on one."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from congress_portal.common import clock
from stations.models import (
    Booking,
    LiaisonOfficer,
    ReceptionDuty,
    ReceptionPlan,
    ReceptionSession,
    RotaPlace,
    SessionStatus,
    Street,
    Venue,
    VenueChange,
    VenueKind,
)
from suggestions import succession
from suggestions.history import problems
from suggestions.inputs import Target
from suggestions.models import Suggestion
from tests.conftest import Journey, act, build_cast

MERGED, CLOSED = VenueChange.Kind.MERGED, VenueChange.Kind.CLOSED
WHY = "两站距离很近"


def station(code: str, name: str, street: Street, **more: Any) -> Venue:
    return Venue.objects.create(code=code, kind=VenueKind.STATION, name=name, street=street, **more)


def reception_day(venue: Venue, *, ahead: int = 7, plan: ReceptionPlan | None = None, **more: Any) -> Any:
    day = clock.today() + timedelta(days=ahead)
    more = {"status": SessionStatus.ANNOUNCED, "announced_at": clock.now()} | more
    return ReceptionSession.objects.create(
        venue=venue,
        plan=plan,
        planned_on=day,
        day=day,
        starts_at=time(9),
        ends_at=time(11),
        room="一楼",
        **more,
    )


def reception_plan(venue: Venue, *deputies: Any) -> ReceptionPlan:
    plan = ReceptionPlan.objects.create(
        venue=venue, recurrence="MONTHLY", day_of_month=15, starts_at=time(9), ends_at=time(11),
        starts_on=date(2024, 1, 1), room="一楼",
    )  # fmt: skip
    for place, deputy in enumerate(deputies):
        RotaPlace.objects.create(plan=plan, deputy=deputy, place=place)
    return plan


def book(day: ReceptionSession, number: int) -> Booking:
    return Booking.objects.create(
        session=day, slot=time(9, 20), code_hash=f"{day.pk}-{number}", name="李测试", phone="13900000001",
        phone_index=f"index {number}", booked_at=clock.now(),
    )  # fmt: skip


def merge(
    cast: SimpleNamespace, old: Venue | None = None, new: Venue | None = None, **more: Any
) -> VenueChange:
    """The station into the other one, by the clerk."""
    given = {"kind": MERGED, "reason": WHY, "by": cast.clerk} | more
    return succession.retire(old or cast.station, heir=new or cast.other_station, **given)


@pytest.fixture
def world(cast: SimpleNamespace) -> SimpleNamespace:
    return build_world(cast)


def build_world(cast: SimpleNamespace | None = None) -> SimpleNamespace:
    """The cast, and at its station one of everything that moves."""
    w = cast or build_cast()
    journey = w.journey = Journey(w)
    w.waiting, w.accepted = journey.submitted(), journey.accepted()
    w.with_unit = journey.handling()
    # In the hands of the station itself, drafted and signed off.
    w.with_station = journey.assigned(journey.accepted(), Target(venue=w.station))
    row = w.with_station.assignments.get()
    act("sign", row, w.liaison)
    act("draft", row, w.deputy, text="您好，已增设车位。")
    act("sign_off", row, w.convener)
    # Another station's case that this one handles.
    w.elsewhere = journey.assigned(journey.accepted(community=w.other_community), Target(venue=w.station))
    w.closed = journey.closed()
    w.plan = reception_plan(w.station, w.deputy_row)
    w.day = reception_day(w.station, plan=w.plan)
    ReceptionDuty.objects.create(session=w.day, deputy=w.deputy_row)
    w.booking = book(w.day, 1)
    w.past = reception_day(w.station, ahead=-30, status=SessionStatus.HELD)
    w.point = Venue.objects.create(
        code="TP1", kind=VenueKind.POINT, name="甲楼代表联系点", street=w.street, parent=w.station
    )
    LiaisonOfficer.objects.create(user=w.liaison, venue=w.home, starts_on=date(2020, 1, 1))
    return w


@pytest.fixture(autouse=True)
def _every_history_is_true(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "cast" in request.fixturenames:
        assert list(problems(Suggestion.objects.all())) == []
