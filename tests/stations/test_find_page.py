"""/venues/?place=: where are my deputies, for somebody who types where they live."""

import re
from datetime import time, timedelta
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.test import Client

from congress_portal.common import clock
from stations.models import Community, ReceptionSession, SessionStatus, Street, Venue, VenueKind, VenueStatus
from tests.stations.places import add_deputies, add_venues, queries, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def find(client: Client, place: str, **more: str) -> tuple[str, str]:
    """Where it leads, and what stands there."""
    response = client.get("/venues/", {"place": place, **more}, follow=True)
    assert response.status_code == 200
    path = response.redirect_chain[-1][0] if response.redirect_chain else ""
    return path, response.content.decode()


def test_one_community_leads_to_its_page_whose_address_forgets_what_was_typed(
    cast: SimpleNamespace, client: Client
) -> None:
    Community.objects.filter(pk=cast.community.pk).update(landmarks="测试路\n春晓花园")
    path, page = find(client, "沈阳市沈河区测试路36号3单元501")
    assert path == "/venues/?community=210103901001&by=landmark"
    # Keys of rows in an address may hold the number by chance, its words may not.
    assert "36" not in re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1].split("</main>")[0])
    for number in ("36号", "3单元"):
        assert number not in page
        assert quote(number) not in page
    assert "甲社区代表联络站" in page
    assert "What you typed fits a road, an estate or the name of 甲社区." in page


def test_the_page_tells_by_which_rule_it_was_found(cast: SimpleNamespace, client: Client) -> None:
    _path, page = find(client, "甲")
    assert "What you typed fits the name of 甲社区." in page
    assert "甲社区 is in the service area of 甲社区代表联络站" in page
    assert "测试街道代表之家 takes care of all of 测试街道." in page
    picked = text(client, f"/venues/?community={cast.community.code}")
    assert "What you typed" not in picked


def test_the_title_names_the_community(cast: SimpleNamespace, client: Client) -> None:
    assert "<title>Deputies for 甲社区 · " in text(client, f"/venues/?community={cast.community.code}")


def test_without_a_station_the_home_takes_care(cast: SimpleNamespace, client: Client) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.SUSPENDED)
    _path, page = find(client, "甲社区")
    assert "No station serves 甲社区 at the moment. 测试街道代表之家 takes care" in page
    assert "甲社区代表联络站" not in page


def test_a_forged_rule_is_no_rule(cast: SimpleNamespace, client: Client) -> None:
    page = text(client, f"/venues/?community={cast.community.code}&by=<b>x</b>")
    assert "What you typed" not in page
    assert "<b>x" not in page


def test_several_communities_are_offered_by_street(cast: SimpleNamespace, client: Client) -> None:
    Community.objects.update(landmarks="长街")
    path, page = find(client, "长街5号")
    assert path == ""
    assert page.index("测试街道") < page.index("?community=210103901001&amp;by=landmark")
    assert page.index("另一街道") < page.index("?community=210103902001&amp;by=landmark")


def test_the_chosen_street_narrows(cast: SimpleNamespace, client: Client) -> None:
    Community.objects.update(landmarks="长街")
    path, _page = find(client, "长街5号", street="210103902")
    assert path == "/venues/?community=210103902001&by=landmark"


def test_a_picked_community_wins_over_what_is_typed(cast: SimpleNamespace, client: Client) -> None:
    _path, page = find(client, "没有", community=cast.community.code)
    assert "Deputies for 甲社区" in page


def test_a_venue_that_alone_fits_is_opened(cast: SimpleNamespace, client: Client) -> None:
    Venue.objects.create(code="P9", kind=VenueKind.POINT, name="口袋公园代表联系点", street=cast.street)
    assert find(client, "口袋公园")[0] == "/venues/P9/"


def test_a_closed_venue_is_not_found(cast: SimpleNamespace, client: Client) -> None:
    Venue.objects.create(
        code="P9", kind=VenueKind.POINT, name="口袋公园代表联系点", street=cast.street,
        status=VenueStatus.SUSPENDED,
    )  # fmt: skip
    assert "We could not find this place" in find(client, "口袋公园")[1]


def test_nothing_found_offers_the_streets_and_keeps_what_was_typed(
    cast: SimpleNamespace, client: Client
) -> None:
    _path, page = find(client, "没有这个地方<b>")
    assert "We could not find this place" in page
    assert "/venues/?street=210103901" in page
    assert "/suggestions/new/" in page
    assert 'value="没有这个地方&lt;b&gt;"' in page


@pytest.mark.parametrize("typed", ["\x00", "很" * 5000, "\ud83c", "%", "' OR 1=1", "甲\x00社区", " "])
def test_no_text_breaks_the_page(cast: SimpleNamespace, client: Client, typed: str) -> None:
    response = client.get("/venues/", {"place": typed.encode("utf-8", "surrogatepass")}, follow=True)
    assert response.status_code == 200


def test_too_long_a_text_says_so_beside_the_field(cast: SimpleNamespace, client: Client) -> None:
    _path, page = find(client, "甲社区" + "很" * 100)
    assert 'class="field has-error"' in page


def test_home_station_and_points_come_with_hours_phone_deputies_and_the_next_reception_day(
    cast: SimpleNamespace, client: Client
) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(
        hours="周一至周五 9:00", longitude="123.45", latitude="41.79"
    )
    point = Venue.objects.create(
        code="P9", kind=VenueKind.POINT, name="口袋公园代表联系点", street=cast.street
    )
    point.communities.add(cast.community)
    day = clock.today() + timedelta(days=7)
    session = ReceptionSession.objects.create(
        venue=cast.station, planned_on=day, day=day, starts_at=time(9), ends_at=time(11),
        status=SessionStatus.ANNOUNCED, announced_at=clock.now(),
    )  # fmt: skip
    page = text(client, f"/venues/?community={cast.community.code}")
    station, added, home = (page.index(f'<a href="/venues/{code}/">') for code in ("TS1", "P9", "TH1"))
    assert station < page.index("周一至周五 9:00") < page.index("林示例") < added < home
    assert station < page.index(f"/reception/{session.pk}/book/") < added
    assert "tel:024-00000001" in page
    assert page.count('class="map-sign"') == 1


def test_a_proposed_day_is_not_told(cast: SimpleNamespace, client: Client) -> None:
    day = clock.today() + timedelta(days=7)
    ReceptionSession.objects.create(
        venue=cast.station, planned_on=day, day=day, starts_at=time(9), ends_at=time(11)
    )
    page = text(client, f"/venues/?community={cast.community.code}")
    assert "/book/" not in page
    assert page.count("No reception day is announced here at the moment.") == 1


def test_what_was_typed_goes_to_no_other_site(cast: SimpleNamespace, client: Client) -> None:
    response = client.get("/venues/", {"place": "没有这个地方"})
    assert response["Referrer-Policy"] == "same-origin"


def test_the_home_page_takes_typed_and_picked_places(cast: SimpleNamespace, client: Client) -> None:
    page = text(client, "/")
    finder = page[page.index('id="finder"') :]
    for name in ("place", "street", "community"):
        assert f'name="{name}"' in finder
    assert 'method="get" action="/venues/"' in finder


def test_the_cost_does_not_grow(cast: SimpleNamespace, client: Client) -> None:
    def more(start: int, count: int) -> None:
        add_venues(cast, start, count)
        add_deputies(cast, start, count, cast.station)
        Community.objects.bulk_create(
            Community(
                code=f"21010390{number + 5000}", name=f"第{number}社区", landmarks="长街", street=cast.street
            )
            for number in range(start, start + count)
        )
        Street.objects.create(code=f"2101038{start:02}", name=f"街道{start}")

    paths = ("/venues/?place=长街", "/venues/?place=联系点", f"/venues/?community={cast.community.code}")
    more(0, 5)
    few = {path: queries(client, path) for path in paths}
    more(50, 45)
    assert {path: queries(client, path) for path in paths} == few
    assert max(few.values()) <= 8
