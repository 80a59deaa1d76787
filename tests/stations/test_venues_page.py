"""/venues/: every open place by street, narrowed by kind, street and name; or who serves a community."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from congress_portal.common import clock
from stations.models import Posting, Venue, VenueStatus
from tests.stations.places import add_deputies, add_venues, queries, text

pytestmark = pytest.mark.django_db


def test_open_places_stand_under_their_street(cast: SimpleNamespace, client: Client) -> None:
    page = text(client, "/venues/")
    first, second = page.index('id="210103901"'), page.index('id="210103902"')
    assert first < page.index(">甲社区代表联络站<") < second < page.index(">乙社区代表联络站<")
    assert page.index("测试街道代表之家") < page.index(">甲社区代表联络站<")


def test_a_suspended_place_is_marked_and_one_that_is_gone_is_not_listed(
    cast: SimpleNamespace, client: Client
) -> None:
    client.cookies["django_language"] = "en"
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.SUSPENDED)
    page = text(client, "/venues/")
    assert "甲社区代表联络站" in page
    assert page.count(">Suspended<") == 1
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.CLOSED, gone_on=clock.today())
    assert "甲社区代表联络站" not in text(client, "/venues/")


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("kind=HOME", "测试街道代表之家", "甲社区代表联络站"),
        ("street=210103902", "乙社区代表联络站", "甲社区代表联络站"),
        ("name=甲社区", "甲社区代表联络站", "乙社区代表联络站"),
        ("kind=STATION&name=乙", "乙社区代表联络站", "甲社区代表联络站"),
    ],
)
def test_the_filter_narrows(
    cast: SimpleNamespace, client: Client, query: str, shown: str, hidden: str
) -> None:
    page = text(client, f"/venues/?{query}")
    assert shown in page
    assert hidden not in page


@pytest.mark.parametrize("query", ["kind=CASTLE", "street=1", "street=%00", "community=%00", "community=x"])
def test_what_nobody_offered_narrows_nothing(cast: SimpleNamespace, client: Client, query: str) -> None:
    page = text(client, f"/venues/?{query}")
    assert "甲社区代表联络站" in page
    assert "乙社区代表联络站" in page


def test_no_match_says_so_and_leads_on(cast: SimpleNamespace, client: Client) -> None:
    page = text(client, "/venues/?name=没有这个")
    assert "代表联络站</a>" not in page
    assert 'class="empty"' in page


def test_typed_markup_is_shown_as_text(cast: SimpleNamespace, client: Client) -> None:
    assert "<b>x</b>" not in text(client, "/venues/?name=<b>x</b>")


def test_a_card_counts_the_deputies_in_service(cast: SimpleNamespace, client: Client) -> None:
    client.cookies["django_language"] = "en"
    assert "2 deputies" in text(client, "/venues/?name=甲社区")
    Posting.objects.filter(venue=cast.station, deputy=cast.deputy_row).update(ends_on=date(2021, 1, 1))
    assert "1 deputy" in text(client, "/venues/?name=甲社区")


def test_a_community_is_told_its_station_then_its_home_and_their_deputies(
    cast: SimpleNamespace, client: Client
) -> None:
    page = text(client, f"/venues/?community={cast.community.code}")
    station, home = page.index('<a href="/venues/TS1/">'), page.index('<a href="/venues/TH1/">')
    assert station < page.index("林示例") < home
    assert "乙社区代表联络站" not in page
    assert "高示例" not in page
    assert "?venue=TS1" in page


def test_a_community_without_any_place_is_told_how_to_go_on(cast: SimpleNamespace, client: Client) -> None:
    Venue.objects.update(status=VenueStatus.SUSPENDED)
    page = text(client, f"/venues/?community={cast.community.code}")
    assert 'class="empty"' in page
    assert "/suggestions/new/" in page


@pytest.mark.parametrize("query", ["", "?community=210103901001"])
def test_the_cost_does_not_grow(cast: SimpleNamespace, client: Client, query: str) -> None:
    add_deputies(cast, 0, 5, cast.station)
    add_venues(cast, 0, 5)
    few = queries(client, f"/venues/{query}")
    add_deputies(cast, 100, 45, cast.station)
    add_venues(cast, 100, 45)
    assert queries(client, f"/venues/{query}") == few <= 6
