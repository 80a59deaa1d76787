"""Scans are counted by code and day, and nothing is kept about who scanned."""

import logging
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from congress_portal.common import clock
from stations.models import ScanCount, Venue, VenueStatus
from stations.services import scans
from stations.views import codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def counts() -> list[tuple[date, str, int]]:
    rows = ScanCount.objects.select_related("venue", "deputy").order_by("day", "pk")
    return [(row.day, row.venue.code if row.venue else row.deputy.key, row.count) for row in rows]  # type: ignore[union-attr]


def test_each_scan_of_a_day_adds_one_to_its_code(cast: SimpleNamespace, client: Client) -> None:
    for path in ("/q/TS1/", "/q/ts1/", "/q/T0001/", "/q/TS2/"):
        client.get(path)
    today = clock.today()
    assert counts() == [(today, "TS1", 2), (today, "T0001", 1), (today, "TS2", 1)]


def test_the_day_is_the_one_in_china(cast: SimpleNamespace, client: Client) -> None:
    for hour in (15, 17):
        with clock.frozen(datetime(2026, 11, 20, hour, tzinfo=clock.now().tzinfo)):
            client.get("/q/TS1/")
    assert counts() == [(date(2026, 11, 20), "TS1", 1), (date(2026, 11, 21), "TS1", 1)]


@pytest.mark.parametrize(
    "headers", [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}]
)
def test_what_a_browser_fetches_ahead_is_no_scan(
    cast: SimpleNamespace, client: Client, headers: dict[str, str]
) -> None:
    assert client.get("/q/TS1/", headers=headers).status_code == 302
    assert counts() == []


def test_a_look_at_the_head_is_no_scan(cast: SimpleNamespace, client: Client) -> None:
    assert client.head("/q/TS1/").status_code == 302
    assert counts() == []


@pytest.mark.parametrize("code", ["nothing", "%00", "甲" * 50])
def test_unknown_codes_are_not_counted(cast: SimpleNamespace, client: Client, code: str) -> None:
    assert client.get(f"/q/{code}/").status_code == 404
    assert counts() == []


def test_a_deputy_out_of_office_is_not_counted(cast: SimpleNamespace, client: Client) -> None:
    cast.deputy_row.mandates.update(ends_on=clock.today())
    assert client.get("/q/T0001/").status_code == 404
    assert counts() == []


def test_a_merged_venue_keeps_its_own_figure(cast: SimpleNamespace, client: Client) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(
        status=VenueStatus.MERGED, successor=cast.other_station, gone_on=clock.today()
    )
    assert client.get("/q/TS1/").status_code == 302
    assert counts() == [(clock.today(), "TS1", 1)]


def test_many_scans_from_one_address_all_lead_on_but_count_only_so_often(
    cast: SimpleNamespace, client: Client
) -> None:
    answers = {client.get("/q/TS1/").status_code for _ in range(codes.COUNTED + 5)}
    assert answers == {302}
    # The minute may turn in between.
    assert codes.COUNTED <= ScanCount.objects.get().count < codes.COUNTED + 5


@pytest.mark.parametrize("part", ["scans.count", "ratelimit.hit"])
@pytest.mark.parametrize("error", [DatabaseError("database is locked"), ConnectionError("no cache")])
def test_a_figure_that_cannot_be_kept_keeps_nobody_at_the_door(
    cast: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    part: str, error: Exception,
) -> None:  # fmt: skip
    def fails(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(f"stations.views.codes.{part}", fails)
    with caplog.at_level(logging.WARNING):
        assert client.get("/q/TS1/").status_code == 302
    assert "A scan was not counted." in caplog.text


def test_a_scan_leaves_no_cookie_and_no_trace_of_who_it_was(cast: SimpleNamespace, client: Client) -> None:
    response = client.get("/q/TS1/", headers={"user-agent": "Phone"}, REMOTE_ADDR="203.0.113.9")
    assert not response.cookies
    assert {field.name for field in ScanCount._meta.fields} == {"id", "day", "venue", "deputy", "count"}


def test_the_second_in_the_same_moment_adds_to_the_first(cast: SimpleNamespace) -> None:
    ScanCount.objects.create(day=clock.today() - timedelta(days=1), venue=cast.station, count=7)
    scans.count(cast.station)
    scans.count(cast.station)
    assert [row[2] for row in counts()] == [7, 2]
