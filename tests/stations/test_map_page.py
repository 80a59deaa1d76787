"""/map/: every open venue on the outline and in the list beside it, for eyes, fingers, keys and readers."""

import re
from math import hypot
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from stations.models import Venue, VenueKind, VenueStatus
from tests.conftest import LONG_AGO
from tests.stations.places import add_deputies, queries, text

pytestmark = pytest.mark.django_db
SIGN = re.compile(
    r'<a class="map-sign" data-kind="(\w+)" data-dx="[-\d.]+" data-dy="[-\d.]+" href="([^"]+)"'
    r' aria-label="([^"]+)" transform="translate\(([\d.]+) ([\d.]+)\)">\s*<title>([^<]+)</title>'
)


@pytest.fixture
def placed(cast: SimpleNamespace) -> SimpleNamespace:
    for venue, longitude, latitude in (
        (cast.home, "123.440", "41.790"),
        (cast.station, "123.470", "41.780"),
        (cast.other_station, "123.540", "41.815"),
    ):
        Venue.objects.filter(pk=venue.pk).update(longitude=longitude, latitude=latitude)
    return cast


def signs(page: str) -> list[tuple[str, str, str]]:
    """(kind, address, name) of each sign in the order of the keyboard."""
    return [(kind, url, name) for kind, url, name, _x, _y, title in SIGN.findall(page) if title == name]


def crowd(cast: SimpleNamespace, count: int) -> None:
    """More venues, all over the district and in two streets."""
    rows = [
        Venue(
            code=f"C{number}", kind=VenueKind.POINT, name=f"联系点{number}",
            street=(cast.street, cast.other_street)[number % 2],
            longitude=f"{123.43 + 0.0013 * (number % 97):.6f}",
            latitude=f"{41.76 + 0.0007 * (number % 83):.6f}",
        )
        for number in range(count)
    ]  # fmt: skip
    Venue.objects.bulk_create(rows)


def test_each_venue_is_a_named_link_numbered_as_in_the_list(placed: SimpleNamespace, client: Client) -> None:
    page = text(client, "/map/")
    assert [(kind, url) for kind, url, _name in signs(page)] == [
        ("HOME", "/venues/TH1/"), ("STATION", "/venues/TS1/"), ("STATION", "/venues/TS2/"),
    ]  # fmt: skip
    assert [name.split(" ")[0] for _kind, _url, name in signs(page)] == ["1", "2", "3"]
    beside = page[page.index('id="map-list"') :]
    assert re.findall(r'href="(/venues/\w+/)"', beside) == ["/venues/TH1/", "/venues/TS1/", "/venues/TS2/"]
    assert re.findall(r'<text y="[\d.]+">(\d+)</text>', beside) == ["1", "2", "3"]


def test_the_north_is_up_and_the_east_is_right(placed: SimpleNamespace, client: Client) -> None:
    found = {url: (float(x), float(y)) for _k, url, _n, x, y, _t in SIGN.findall(text(client, "/map/"))}
    home, station, east = (found[f"/venues/{code}/"] for code in ("TH1", "TS1", "TS2"))
    assert home[0] < station[0] < east[0]
    assert east[1] < home[1] < station[1]


def test_kinds_differ_by_shape_and_the_legend_names_them(placed: SimpleNamespace, client: Client) -> None:
    page = text(client, "/map/")
    shapes = dict(re.findall(r'<symbol id="map-(\w+)"[^>]*>(.*?)</symbol>', page))
    assert len(set(shapes.values())) == 4
    legend = page[page.index('class="map-legend"') : page.index("</figcaption>")]
    for kind in VenueKind:
        assert str(kind.label) in legend.replace("&#x27;", "'")


def test_closed_suspended_and_merged_places_are_on_neither(placed: SimpleNamespace, client: Client) -> None:
    Venue.objects.filter(pk=placed.station.pk).update(status=VenueStatus.SUSPENDED)
    Venue.objects.filter(pk=placed.other_station.pk).update(
        status=VenueStatus.MERGED, successor=placed.home, gone_on=LONG_AGO
    )
    page = text(client, "/map/")
    assert [url for _kind, url, _name in signs(page)] == ["/venues/TH1/"]
    assert "/venues/TS1/" not in page
    assert "/venues/TS2/" not in page


def test_a_place_without_coordinates_is_in_the_list_and_says_so(
    placed: SimpleNamespace, client: Client
) -> None:
    client.cookies["django_language"] = "en"
    Venue.objects.filter(pk=placed.station.pk).update(longitude=None, latitude=None)
    page = text(client, "/map/")
    assert "/venues/TS1/" in page
    assert "/venues/TS1/" not in {url for _kind, url, _name in signs(page)}
    assert "1 of them is not on the map yet" in page


def test_without_any_coordinates_the_list_stands_alone(cast: SimpleNamespace, client: Client) -> None:
    page = text(client, "/map/")
    assert "/venues/TS1/" in page
    assert "map-outline" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=HOME", {"/venues/TH1/"}),
        ("street=210103902", {"/venues/TS2/"}),
        ("street=210103901&kind=STATION", {"/venues/TS1/"}),
        ("kind=CASTLE", {"/venues/TH1/", "/venues/TS1/", "/venues/TS2/"}),
        ("street=%00&kind=%00", {"/venues/TH1/", "/venues/TS1/", "/venues/TS2/"}),
    ],
)
def test_the_filter_narrows_map_and_list_alike(
    placed: SimpleNamespace, client: Client, query: str, shown: set[str]
) -> None:
    page = text(client, f"/map/?{query}")
    assert {url for _kind, url, _name in signs(page)} == shown
    assert set(re.findall(r'href="(/venues/\w+/)"', page[page.index('id="map-list"') :])) == shown


def test_nothing_of_a_kind_says_so_and_leads_on(placed: SimpleNamespace, client: Client) -> None:
    page = text(client, "/map/?kind=POINT")
    assert 'class="empty"' in page
    assert 'href="/map/"' in page


def test_an_empty_district_still_has_its_page(db: None, client: Client) -> None:
    assert 'class="empty"' in text(client, "/map/")


def test_on_a_phone_every_sign_can_be_hit_and_none_is_lost(placed: SimpleNamespace, client: Client) -> None:
    """The drawing is 360 units wide and, on a phone of 390 pixels, 356 pixels or more."""
    crowd(placed, 120)
    page = text(client, "/map/")
    at = [(float(x), float(y)) for _kind, _url, _name, x, y, _title in SIGN.findall(page)]
    closest = min(
        hypot(one[0] - other[0], one[1] - other[1]) for number, one in enumerate(at) for other in at[:number]
    )
    assert closest * 356 / 360 >= 24
    named = " ".join(name for _kind, _url, name in signs(page))
    assert [number for number in range(120) if not re.search(rf"联系点{number}(?!\d)", named)] == []


def test_several_places_under_one_sign_lead_to_the_map_of_their_street(
    placed: SimpleNamespace, client: Client
) -> None:
    crowd(placed, 120)
    groups = [url for kind, url, _name in signs(text(client, "/map/")) if kind == "MANY"]
    assert set(groups) <= {"/map/?street=210103901", "/map/?street=210103902"}
    assert groups
    page = text(client, "/map/?street=210103901")
    assert {url for kind, url, _name in signs(page) if kind == "MANY"} <= {"#street-210103901"}
    assert 'id="street-210103901"' in page


def test_a_street_is_shown_larger(placed: SimpleNamespace, client: Client) -> None:
    def apart(page: str) -> float:
        (one, other) = [
            (float(x), float(y))
            for _k, url, _n, x, y, _t in SIGN.findall(page)
            if "TH1" in url or "TS1" in url
        ]
        return hypot(one[0] - other[0], one[1] - other[1])

    assert apart(text(client, "/map/?street=210103901")) > 2 * apart(text(client, "/map/"))


def test_numbers_in_attributes_are_plain_in_every_language(placed: SimpleNamespace, client: Client) -> None:
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        page = text(client, "/map/")
        assert len(signs(page)) == 3
        assert re.search(r'viewBox="0 0 [\d.]+ [\d.]+"', page)


def test_no_picture_comes_from_elsewhere_by_default(placed: SimpleNamespace, client: Client) -> None:
    response = client.get("/map/")
    page = response.content.decode()
    assert "<image" not in page
    assert " style=" not in page
    assert "img-src" not in response["Content-Security-Policy"]


def test_with_a_tiled_map_its_pictures_lie_under_the_signs_and_its_owner_is_named(
    placed: SimpleNamespace, client: Client, settings: Any
) -> None:
    settings.MAP_TILES = "https://tiles.example/{z}/{x}/{y}.png?k=1&l=2"
    settings.MAP_TILES_BY = "示例地图 审图号 GS(2026)1号"
    for datum in ("gcj02", "wgs84"):
        settings.MAP_TILES_DATUM = datum
        page = text(client, "/map/")
        addresses = re.findall(r'<image href="([^"]+)"', page)
        assert 4 <= len(addresses) <= 36
        assert all(
            re.fullmatch(r"https://tiles\.example/\d+/\d+/\d+\.png\?k=1&amp;l=2", url) for url in addresses
        )
        assert page.rindex("<image") < page.index("map-sign")
        assert settings.MAP_TILES_BY in page


def test_the_cost_is_the_same_for_62_and_for_620_venues(placed: SimpleNamespace, client: Client) -> None:
    crowd(placed, 59)
    add_deputies(placed, 0, 5, placed.station)
    few = {path: queries(client, path) for path in ("/map/", "/venues/", "/map/?street=210103901")}
    Venue.objects.filter(code__startswith="C").delete()
    crowd(placed, 617)
    add_deputies(placed, 100, 45, placed.station)
    assert {path: queries(client, path) for path in few} == few
    assert max(few.values()) <= 3
