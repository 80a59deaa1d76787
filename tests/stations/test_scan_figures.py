"""Staff see how often codes were scanned: by day, summed up, and on the page of the venue."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from congress_portal.common import clock
from stations import scan_figures
from stations.models import ScanCount, Venue
from tests.stations.places import add_deputies, queries, text

pytestmark = pytest.mark.django_db
SUMS, DAYS = "/admin/stations/scancount/sums/", "/admin/stations/scancount/"


@pytest.fixture
def scanned(cast: SimpleNamespace) -> None:
    for back in (0, 6, 7, 29, 30, 364, 365):
        ScanCount.objects.create(day=clock.today() - timedelta(days=back), venue=cast.station, count=1)
    ScanCount.objects.create(day=clock.today(), venue=cast.other_station, count=40)
    ScanCount.objects.create(day=clock.today(), deputy=cast.deputy_row, count=3)


def test_sums_of_7_30_and_365_days_count_today_and_no_day_more(scanned: None, cast: SimpleNamespace) -> None:
    assert scan_figures.of_venue(cast.station) == {"week": 2, "month": 4, "year": 6}
    found = [(row.code, row.week, row.month, row.year) for row in scan_figures.of_venues()]
    assert found == [("TS2", 40, 40, 40), ("TS1", 2, 4, 6)]
    assert [(row.key, row.week) for row in scan_figures.of_deputies()] == [("T0001", 3)]


def test_the_page_shows_venues_or_deputies_and_leads_to_the_days(
    scanned: None, cast: SimpleNamespace, login: Callable[..., Client]
) -> None:
    clerk = login(cast.clerk)
    page = text(clerk, SUMS)
    assert "乙社区代表联络站" in page
    assert "林示例" not in page
    link = f"{DAYS}?venue__id__exact={cast.station.pk}"
    assert link in page
    assert clerk.get(link).context["cl"].result_count == 7
    page = text(clerk, f"{SUMS}?of=deputy")
    assert "林示例" in page
    assert "乙社区代表联络站" not in page


@pytest.mark.parametrize("query", ["of=x", "of=%00", "page=-1", "page=9999999999999999999"])
def test_forged_choices_show_the_venues(
    scanned: None, cast: SimpleNamespace, login: Callable[..., Client], query: str
) -> None:
    assert "乙社区代表联络站" in text(login(cast.clerk), f"{SUMS}?{query}")


def test_without_a_scan_it_says_what_to_do(cast: SimpleNamespace, login: Callable[..., Client]) -> None:
    assert 'class="empty"' in text(login(cast.clerk), SUMS)


def test_the_days_can_be_searched_and_not_be_changed(
    scanned: None, cast: SimpleNamespace, login: Callable[..., Client]
) -> None:
    clerk = login(cast.clerk)
    assert clerk.get(f"{DAYS}?q=T0001").context["cl"].result_count == 1
    assert clerk.get(f"{DAYS}?of=deputy").context["cl"].result_count == 1
    assert clerk.get(f"{DAYS}add/").status_code == 403
    row = ScanCount.objects.first()
    assert row is not None
    clerk.post(f"{DAYS}{row.pk}/change/", {"count": 999})
    assert not ScanCount.objects.filter(count=999).exists()


def test_the_page_of_a_venue_shows_its_figure_and_its_papers(
    scanned: None, cast: SimpleNamespace, login: Callable[..., Client]
) -> None:
    clerk = login(cast.clerk)
    clerk.cookies["django_language"] = "en"
    page = text(clerk, f"/admin/stations/venue/{cast.station.pk}/change/")
    assert "scanned 2 times in 7 days, 4 in 30, 6 in 365" in page
    assert "/venues/TS1/poster/" in page
    assert "/venues/TS1/card/" in page
    assert clerk.get("/admin/stations/venue/add/").status_code == 200


def test_ten_times_the_codes_cost_no_query_more(cast: SimpleNamespace, login: Callable[..., Client]) -> None:
    clerk = login(cast.clerk)

    def more(first: int, count: int) -> None:
        add_deputies(cast, first, count, cast.station)
        for number in range(first, first + count):
            venue = Venue.objects.create(
                code=f"M{number}", kind="POINT", name=f"点{number}", street=cast.street
            )
            ScanCount.objects.create(day=clock.today(), venue=venue, count=1)

    more(0, 4)
    few = [queries(clerk, url) for url in (SUMS, DAYS)]
    more(100, 40)
    assert [queries(clerk, url) for url in (SUMS, DAYS)] == few
