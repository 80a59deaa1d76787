"""/deputies/<key>/: one deputy in office, without any way to reach the person but the venues."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from congress_portal.common import clock
from deputies.models import Deputy, Gender, Mandate
from stations.models import Posting, Venue, VenueStatus
from tests.conftest import LONG_AGO, end, suspend
from tests.stations.places import add_deputies, add_venues, queries, text

pytestmark = pytest.mark.django_db


def test_it_tells_name_work_mandate_and_venues(cast: SimpleNamespace, client: Client) -> None:
    Deputy.objects.filter(pk=cast.deputy_row.pk).update(
        organisation="测试小学", position="教师", introduction="关心上学路。", gender=Gender.FEMALE,
        ethnicity="满族",
    )  # fmt: skip
    page = text(client, "/deputies/T0001/")
    for word in (
        "林示例",
        "测试小学",
        "教师",
        "关心上学路。",
        "满族",
        "测试区第十九届人民代表大会",
        "测试第1选区",
    ):
        assert word in page
    assert "/venues/TS1/" in page
    assert "/suggestions/new/?deputy=T0001" in page
    assert "/deputies/T0001/qr.svg" in page


def test_the_key_may_be_written_small(cast: SimpleNamespace, client: Client) -> None:
    assert "林示例" in text(client, "/deputies/t0001/")


def test_account_phone_and_certificate_stay_inside(cast: SimpleNamespace, client: Client) -> None:
    cast.deputy.phone = "13900000077"
    cast.deputy.email = "inside@example.org"
    cast.deputy.username = "secret-account"
    cast.deputy.save()
    Mandate.objects.filter(deputy=cast.deputy_row).update(certificate_number="证00998877")
    page = text(client, "/deputies/T0001/") + text(client, "/deputies/") + text(client, "/venues/TS1/")
    for word in ("13900000077", "inside@example.org", "secret-account", "证00998877", cast.liaison.name):
        assert word not in page


def test_ended_postings_and_closed_venues_are_left_out(cast: SimpleNamespace, client: Client) -> None:
    Posting.objects.create(deputy=cast.deputy_row, venue=cast.other_station, starts_on=LONG_AGO)
    assert "乙社区代表联络站" in text(client, "/deputies/T0001/")
    Venue.objects.filter(pk=cast.other_station.pk).update(status=VenueStatus.SUSPENDED)
    Posting.objects.filter(venue=cast.station).update(ends_on=clock.today())
    page = text(client, "/deputies/T0001/")
    assert "乙社区代表联络站" not in page
    assert "甲社区代表联络站" not in page


@pytest.mark.parametrize("happens", [suspend, end])
def test_out_of_office_reads_exactly_like_unknown(
    cast: SimpleNamespace, client: Client, happens: Callable
) -> None:
    happens(cast.deputy_row.mandates.get())
    gone, unknown = text(client, "/deputies/T0001/", 404), text(client, "/deputies/T9999/", 404)
    assert "林示例" not in gone
    assert _content(gone) == _content(unknown)
    assert 'href="/deputies/"' in gone


@pytest.mark.parametrize("key", ["%00", "'", "甲" * 100])
def test_odd_keys_find_nobody(cast: SimpleNamespace, client: Client, key: str) -> None:
    assert client.get(f"/deputies/{key}/").status_code == 404


def test_markup_in_the_introduction_is_shown_as_text(cast: SimpleNamespace, client: Client) -> None:
    Deputy.objects.filter(pk=cast.deputy_row.pk).update(introduction="<script>alert(1)</script>")
    assert "<script>alert" not in text(client, "/deputies/T0001/")


def test_the_cost_does_not_grow(cast: SimpleNamespace, client: Client) -> None:
    add_venues(cast, 0, 5)
    few = queries(client, "/deputies/T0001/")
    add_venues(cast, 100, 45)
    add_deputies(cast, 100, 45, cast.station)
    assert queries(client, "/deputies/T0001/") == few <= 7


def _content(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]
