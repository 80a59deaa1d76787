"""/admin/stations/inspection/board/ and the public page of a venue: which standards are met."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from stations import standings
from stations.models import StandardChecklist, Venue, VenueStatus
from tests.stations.places import add_venues, queries, text

from .inspections import DAY, inspect, standard

pytestmark = pytest.mark.django_db
BOARD = "/admin/stations/inspection/board/"


@pytest.fixture
def only_five() -> None:
    """One standard, so that a row is one cell."""
    StandardChecklist.objects.exclude(code="WUYOU").update(is_active=False)


def rows(**narrowed: Any) -> list[tuple[str, str]]:
    found = standings.board(**narrowed).rows
    return [(row.venue.code, _cell(row.standings[0])) for row in found]


def _cell(standing: Any) -> str:
    row = standing.inspection
    return f"{row.met}/{row.total}" if row else "-"


def test_never_inspected_first_then_the_longest_ago(only_five: None, cast: SimpleNamespace) -> None:
    inspect(cast.station, met=5, day=date(2026, 9, 1))
    inspect(cast.other_station, met=3, day=date(2026, 3, 1))
    assert rows() == [("TH1", "-"), ("TS2", "3/5"), ("TS1", "5/5")]


def test_the_newest_inspection_counts(only_five: None, cast: SimpleNamespace) -> None:
    inspect(cast.station, met=5, day=date(2026, 9, 1))
    inspect(cast.station, met=2, day=date(2025, 9, 1))
    assert ("TS1", "5/5") in rows()


def test_so_many_of_so_many_meet_all_of_a_standard(cast: SimpleNamespace) -> None:
    Venue.objects.filter(pk=cast.other_station.pk).update(kind="POINT")
    inspect(cast.station, met=5)
    inspect(cast.other_station, met=4)
    tallies = {row.checklist.name: (row.full, row.never, row.total) for row in standings.board().tallies}
    assert tallies == {"五有": (1, 1, 3), "八有": (0, 2, 2), "六公开": (0, 3, 3)}


def test_a_venue_that_is_gone_is_not_on_the_board(only_five: None, cast: SimpleNamespace) -> None:
    inspect(cast.station)
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.CLOSED, gone_on=DAY)
    assert [code for code, _ in rows()] == ["TH1", "TS2"]


def test_it_is_narrowed_by_street_kind_standard_and_what_is_open(cast: SimpleNamespace) -> None:
    inspect(cast.station, met=5)
    assert [code for code, _ in rows(street=cast.other_street.code)] == ["TS2"]
    assert [code for code, _ in rows(kind="HOME")] == ["TH1"]
    assert [code for code, _ in rows(standard="WUYOU", only_open=True)] == ["TH1", "TS2"]
    assert len(rows(only_open=True)) == 3


def test_the_page_leads_to_each_inspection_and_to_the_next_one(
    cast: SimpleNamespace, login: Callable[..., Client]
) -> None:
    row = inspect(cast.station, met=4, stars=3)
    page = text(login(cast.clerk), BOARD)
    assert f"/admin/stations/inspection/{row.pk}/change/" in page
    assert "4 / 5" in page
    assert "80.0" in page
    assert "2026-10-12" in page
    assert "/admin/stations/inspection/add/?venue=TS1&amp;standard=WUYOU" in page
    assert "/admin/stations/inspection/add/" not in text(login(cast.reviewer), BOARD)


@pytest.mark.parametrize(
    "query", ["street=x", "kind=%00", "standard=" + "9" * 500, "open=no", "page=-3", "page=x"]
)
def test_forged_filters_narrow_nothing(
    cast: SimpleNamespace, login: Callable[..., Client], query: str
) -> None:
    assert "甲社区代表联络站" in text(login(cast.clerk), f"{BOARD}?{query}")


def test_an_empty_board_says_so(cast: SimpleNamespace, login: Callable[..., Client]) -> None:
    for venue in Venue.objects.all():
        inspect(venue, met=5)
    StandardChecklist.objects.exclude(code="WUYOU").update(is_active=False)
    assert 'class="empty"' in text(login(cast.clerk), f"{BOARD}?open=on")


def test_ten_times_the_venues_cost_no_query_more(cast: SimpleNamespace, login: Callable[..., Client]) -> None:
    clerk = login(cast.clerk)

    def measured(first: int, count: int) -> int:
        add_venues(cast, first, count)
        for venue in Venue.objects.filter(inspections=None).order_by("pk")[: count // 2]:
            inspect(venue, met=3)
        return queries(clerk, BOARD)

    few = measured(0, 6)
    assert measured(100, 56) == few


def test_the_public_page_tells_facts_and_nothing_of_the_inspectors_words(
    cast: SimpleNamespace, client: Client
) -> None:
    inspect(cast.station, met=4, stars=3, note="内部意见", inspector="何检查", photo=True)
    inspect(cast.station, met=2, day=date(2025, 1, 3))
    inspect(cast.other_station, met=1)
    client.cookies["django_language"] = "en"
    page = text(client, "/venues/TS1/")
    assert "4 of 5 met" in page
    assert "3 stars" in page
    for hidden in ("内部意见", "何检查", "80.0", "evidence", "2 of 5 met", "1 of 5 met"):
        assert hidden not in page


def test_a_standard_out_of_use_or_of_another_kind_is_not_told(cast: SimpleNamespace, client: Client) -> None:
    inspect(cast.station, code="BAYOU", met=8)
    assert [row.checklist.name for row in standings.of_venue(cast.station)] == ["八有"]
    Venue.objects.filter(pk=cast.station.pk).update(kind="POINT")
    cast.station.refresh_from_db()
    assert standings.of_venue(cast.station) == []
    Venue.objects.filter(pk=cast.station.pk).update(kind="STATION")
    cast.station.refresh_from_db()
    standard("BAYOU")
    StandardChecklist.objects.update(is_active=False)
    assert standings.of_venue(cast.station) == []
