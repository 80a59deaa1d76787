"""Venues of the demo have a past: one was merged, one was closed for some weeks, all have their rules."""

from datetime import date

import pytest

from congress_portal.common import clock
from stations.models import Posting, PostingReason, Venue, VenueChange, VenueKind
from stations.selectors import present, venues_by_kind
from suggestions.demo.network import venues


@pytest.fixture
def loaded(rosters: None) -> None:
    venues.load()


def test_today_there_are_62_and_last_summer_there_was_one_more(loaded: None) -> None:
    assert list(venues_by_kind().values()) == [11, 41, 10]
    before = date(clock.today().year - 1, 8, 31)
    assert venues_by_kind(before)[VenueKind.POINT] == 11
    former = Venue.objects.get(code=venues.FORMER)
    assert present(former) == Venue.objects.get(code=venues.HEIR)


def test_its_deputies_went_along(loaded: None) -> None:
    moved = Posting.objects.live(clock.today()).filter(reason=PostingReason.MERGER)
    assert {row.venue.code for row in moved} == {venues.HEIR}
    assert moved.count() == 2
    # One convener a venue, as everywhere.
    assert Posting.objects.live(clock.today()).filter(venue__code=venues.HEIR, role="CONVENER").count() == 1


def test_one_station_was_closed_for_some_weeks(loaded: None) -> None:
    changes = VenueChange.objects.filter(venue__code=venues.RENOVATED).order_by("pk")
    assert [row.kind for row in changes] == ["SUSPENDED", "RESUMED"]
    assert Venue.objects.get(code=venues.RENOVATED).is_open


def test_every_venue_has_its_rules(loaded: None) -> None:
    assert not Venue.objects.existing(clock.today()).filter(rules="").exists()


def test_a_second_run_adds_nothing(loaded: None) -> None:
    before = VenueChange.objects.count(), Posting.objects.count()
    venues.load()
    assert (VenueChange.objects.count(), Posting.objects.count()) == before
