"""The demo's scans, inspections and roles: there once, and nothing in them that could not be."""

from typing import Any

import pytest

from congress_portal.common import clock
from stations import standings
from stations.models import FiveRole, Inspection, InspectionMark, RoleDuty, ScanCount, Venue
from stations.services.standards import score
from suggestions.demo.network import codes, roles, standards


@pytest.fixture
def loaded(rosters: None) -> None:
    for part in (roles, standards, codes):
        part.load()


def test_a_second_load_adds_nothing(loaded: None) -> None:
    models = (RoleDuty, Inspection, InspectionMark, ScanCount)
    before = [model.objects.count() for model in models]
    assert all(before)
    for part in (roles, standards, codes):
        part.load()
    assert [model.objects.count() for model in models] == before


def test_every_role_is_live_and_each_of_the_five_is_held(loaded: None) -> None:
    live = RoleDuty.objects.live(clock.today())
    assert live.count() == RoleDuty.objects.count()
    assert set(live.values_list("role", flat=True)) == set(FiveRole.values)


def test_the_figures_of_inspections_are_those_of_their_marks(loaded: None) -> None:
    for row in Inspection.objects.prefetch_related("marks"):
        marks = list(row.marks.all())
        assert (row.total, row.met) == (len(marks), sum(mark.is_met for mark in marks))
        assert row.score == score(marks)
        assert row.inspected_on < clock.today()


def test_the_board_has_venues_that_meet_all_some_that_do_not_and_some_never_seen(loaded: None) -> None:
    for tally in standings.board().tallies:
        assert 0 < tally.full < tally.total - tally.never
        assert tally.never > 0


def test_scans_are_of_the_last_sixty_days(loaded: None) -> None:
    days = ScanCount.objects.order_by("day").values_list("day", flat=True)
    assert (clock.today() - days[0]).days < codes.DAYS
    assert ScanCount.objects.filter(venue=None).exists()
    assert ScanCount.objects.values("venue").exclude(venue=None).distinct().count() == Venue.objects.count()


def test_without_venues_nothing_is_invented(db: Any) -> None:
    for part in (roles, standards, codes):
        part.load()
    assert [model.objects.count() for model in (RoleDuty, Inspection, ScanCount)] == [0, 0, 0]
