"""进站率 and who is not posted, with venues near by."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congress_portal.common import clock
from deputies.models import Congress, Deputy, Level, Mandate
from deputies.selectors import in_office
from stations import posted
from stations.models import Posting, Venue
from tests.admin.pages import text_of
from tests.conftest import LONG_AGO, make_deputy
from tests.stations.places import queries

pytestmark = pytest.mark.django_db
PAGE = "admin:stations_posting_unposted"


@pytest.fixture
def city(cast: SimpleNamespace) -> Congress:
    return Congress.objects.create(level=Level.MUNICIPAL, area="测试市", ordinal=17, starts_on=LONG_AGO)


def newcomer(cast: SimpleNamespace, key: str = "T0010", *, district: str = "", **more: Any) -> Deputy:
    person = Deputy.objects.create(key=key, name=f"新示例{key[-1]}", **more)
    Mandate.objects.create(
        deputy=person, congress=cast.congress, electoral_district=district, starts_on=LONG_AGO
    )
    return person


def near(person: Deputy) -> list[str]:
    loaded = in_office().get(pk=person.pk)
    return [venue.code for venue in posted.near([loaded])[person.pk]]


def test_the_share_counts_people_and_mandates(cast: SimpleNamespace, city: Congress) -> None:
    Mandate.objects.create(deputy=cast.deputy_row, congress=city, starts_on=LONG_AGO)
    newcomer(cast)
    shares = posted.shares()
    assert (shares.people.posted, shares.people.all, shares.people.rate) == (3, 4, Decimal("75.00"))
    assert (shares.mandates.posted, shares.mandates.all, shares.mandates.rate) == (4, 5, Decimal("80.00"))
    assert {level: (share.posted, share.all) for level, share in shares.levels} == {
        "NATIONAL": (0, 0), "PROVINCIAL": (0, 0), "MUNICIPAL": (1, 1), "DISTRICT": (3, 4)
    }  # fmt: skip


def test_nobody_in_office_is_no_share_at_all(db: None) -> None:
    assert (posted.shares().people.rate, posted.shares().mandates.rate) == (None, None)


def test_an_ended_or_future_posting_or_one_at_a_gone_venue_is_none(cast: SimpleNamespace) -> None:
    today = clock.today()
    assert not posted.unposted().exists()
    Posting.objects.filter(deputy__key="T0001").update(ends_on=today)
    Posting.objects.filter(deputy__key="T0002").update(starts_on=date(2099, 1, 1))
    assert [row.key for row in posted.unposted()] == ["T0001", "T0002"]
    Venue.objects.filter(pk=cast.station.pk).update(status="CLOSED", gone_on=today)
    assert [row.key for row in posted.unposted()] == ["T0003", "T0001", "T0002"]


def test_a_suspended_venue_keeps_its_deputies(cast: SimpleNamespace) -> None:
    Venue.objects.update(status="SUSPENDED")
    assert not posted.unposted().exists()


def test_who_is_out_of_office_is_not_missed(cast: SimpleNamespace) -> None:
    person = newcomer(cast)
    Mandate.objects.filter(deputy=person).update(ends_on=clock.today())
    assert not posted.unposted().exists()


@pytest.mark.parametrize(
    ("district", "found"),
    [
        ("甲社区选区", ["TS1"]),
        ("另一街道第2选区", ["TS2"]),
        ("测试第1选区", ["TS1", "TH1", "TS2"]),
        ("银桂小区选区", ["TS2"]),
        ("第9选区", []),
    ],
)
def test_a_district_deputy_is_led_where_the_electoral_district_is(
    cast: SimpleNamespace, district: str, found: list[str]
) -> None:
    """By its words; else where those serve who were elected with him or her."""
    cast.other_community.landmarks = "青年大街\n银桂小区"
    cast.other_community.save()
    assert near(newcomer(cast, district=district)) == found


def test_all_others_are_led_where_their_unit_is(cast: SimpleNamespace, city: Congress) -> None:
    person = Deputy.objects.create(key="T0020", name="市示例", organisation="另一街道某某学校")
    Mandate.objects.create(deputy=person, congress=city, electing_unit="测试区", starts_on=LONG_AGO)
    assert near(person) == ["TS2"]


def test_only_running_venues_are_near(cast: SimpleNamespace) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(status="SUSPENDED")
    assert near(newcomer(cast, district="甲社区选区")) == []


def test_the_page_shows_shares_people_and_one_press_to_post(
    cast: SimpleNamespace, login: Callable[[Any], Client]
) -> None:
    client = login(cast.clerk)
    client.cookies["django_language"] = "en"
    person = newcomer(cast, district="甲社区选区", organisation="示例小学")
    html = client.get(reverse(PAGE)).content.decode()
    assert "75.00" in html
    assert "新示例0" in html
    assert "林示例" not in html
    add = f"{reverse('admin:stations_posting_add')}?deputy={person.pk}&amp;starts_on={clock.today()}"
    assert f"{add}&amp;back=unposted&amp;venue={cast.station.pk}" in html
    form = client.get(
        html.partition(f'href="{add}')[1][6:].replace("&amp;", "&") + f"&venue={cast.station.pk}"
    )
    assert "甲社区代表联络站" in form.content.decode()
    assert reverse(PAGE) in client.get(reverse("admin:stations_posting_changelist")).content.decode()


def test_the_level_narrows(cast: SimpleNamespace, city: Congress, login: Callable[[Any], Client]) -> None:
    client = login(cast.reviewer)
    newcomer(cast)
    assert "新示例0" in client.get(f"{reverse(PAGE)}?level=DISTRICT").content.decode()
    page = client.get(f"{reverse(PAGE)}?level=MUNICIPAL").content.decode()
    assert "新示例0" not in text_of(page)
    # Who only looks is offered no buttons.
    assert reverse("admin:stations_posting_add") not in page
    assert client.get(f"{reverse(PAGE)}?level=%00&page=x").status_code == 200


def test_everybody_posted_says_so(cast: SimpleNamespace, login: Callable[[Any], Client]) -> None:
    page = login(cast.clerk).get(reverse(PAGE)).content.decode()
    assert "100.00" in page
    assert 'class="empty"' in page


def test_the_cost_does_not_grow(cast: SimpleNamespace, login: Callable[[Any], Client]) -> None:
    client = login(cast.clerk)
    newcomer(cast, "T0100", district="甲社区选区")
    few = queries(client, reverse(PAGE))
    for number in range(30):
        newcomer(cast, f"T02{number:02}", district="甲社区选区", organisation="另一街道")
        make_deputy(None, f"T03{number:02}", "老示例", cast.congress, cast.station)
        Venue.objects.create(code=f"N{number}", kind="POINT", name=f"点{number}", street=cast.street)
    assert queries(client, reverse(PAGE)) == few <= 20


def test_who_served_once_is_led_back_or_into_the_same_street(cast: SimpleNamespace, city: Congress) -> None:
    person = Deputy.objects.create(key="T0030", name="老示例")
    Mandate.objects.create(deputy=person, congress=city, electing_unit="测试区", starts_on=LONG_AGO)
    Posting.objects.create(deputy=person, venue=cast.home, starts_on=LONG_AGO, ends_on=date(2026, 1, 5))
    assert near(person) == ["TH1", "TS1"]
    Venue.objects.filter(pk=cast.home.pk).update(status="CLOSED", gone_on=clock.today())
    assert near(person) == ["TS1"]
