"""The demo's reception days: there once, and what needs somebody is there to be tried."""

from datetime import timedelta

import pytest
from django.db.models import F

from congress_portal.common import clock
from stations.models import (
    Booking,
    ReceptionDuty,
    ReceptionPlan,
    ReceptionSession,
    RotaPlace,
    SessionChange,
    VenueKind,
)
from stations.rota import with_turns
from stations.services import booking, planning
from suggestions.demo.network import reception

MODELS = (ReceptionPlan, RotaPlace, ReceptionSession, ReceptionDuty, SessionChange, Booking)


@pytest.fixture
def loaded(rosters: None) -> None:
    reception.load()


def test_a_second_load_adds_nothing_and_the_planner_finds_nothing_to_do(loaded: None) -> None:
    before = [model.objects.count() for model in MODELS]
    assert all(before)
    reception.load()
    assert planning.propose_all() == 0
    assert [model.objects.count() for model in MODELS] == before


def test_every_home_and_station_has_a_plan_with_a_rota(loaded: None) -> None:
    kinds = set(ReceptionPlan.objects.values_list("venue__kind", flat=True))
    assert kinds == {VenueKind.HOME, VenueKind.STATION}
    assert ReceptionPlan.objects.count() == 52
    assert not ReceptionPlan.objects.filter(rota=None).exists()
    assert set(ReceptionPlan.objects.values_list("recurrence", flat=True)) == {
        "MONTHLY", "ODD_MONTHS", "NTH_WEEKDAY", "WEEKLY"
    }  # fmt: skip


def test_the_past_was_held_and_everybody_who_was_away_said_so(loaded: None) -> None:
    past = ReceptionSession.objects.filter(day__lt=clock.today())
    assert set(past.values_list("status", flat=True)) == {"HELD", "CANCELLED"}
    held = past.filter(status="HELD")
    assert not held.filter(visitors=None).exists()
    assert not ReceptionDuty.objects.filter(session__in=held, status="PLANNED").exists()
    assert not ReceptionDuty.objects.filter(status="LEAVE", reason="").exists()


def test_what_needs_somebody_is_there(loaded: None) -> None:
    ahead = ReceptionSession.objects.filter(day__gt=clock.today())
    assert ahead.filter(asks=True).exists()
    assert ahead.filter(status="PROPOSED").exists()
    assert ahead.filter(status="CANCELLED").exists()
    assert ahead.exclude(day=F("planned_on")).filter(changes=None).exists()
    assert ahead.filter(changes__kind="MOVED").exists()
    near = ahead.filter(status="ANNOUNCED", day__lte=clock.today() + timedelta(days=42))
    assert sum(bool(day.gaps) for day in with_turns(near)) == 1  # type: ignore[attr-defined]
    untold = [day for day in ReceptionSession.objects.all() if booking.to_tell(day).exists()]
    assert {day.status for day in untold} == {"ANNOUNCED", "CANCELLED"}


def test_nobody_is_dealt_two_places_at_once(loaded: None) -> None:
    duties = ReceptionDuty.objects.exclude(session__status="CANCELLED")
    duties = duties.exclude(session__changes__kind="MOVED")
    dealt = list(duties.values_list("deputy", "session__day"))
    assert len(dealt) == len(set(dealt)) > 0
