"""The .ics files: what RFC 5545 asks, so that calendar programs take them; and nothing about residents."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import icalendar
import pytest
from django.test import Client

from congress_portal.common import clock
from stations.models import ReceptionSession, SessionStatus
from stations.services import reception
from tests.conftest import make_deputy
from tests.stations.places import queries, text

from .days import NAME, NEXT, PHONE, TODAY, book, make_day, on

FEEDS = ("/reception/calendar.ics", "/venues/TS1/reception.ics", "/deputies/T0001/reception.ics")
LINE = re.compile(rb"[A-Z][A-Z0-9-]*(;[A-Z-]+=(\"[^\"]*\"|[^\";:,]+))*:[^\x00-\x08\x0a-\x1f\x7f]*")


def events(client: Client, url: str) -> list[Any]:
    body = client.get(url).content
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


def only(client: Client, day: ReceptionSession) -> Any:
    (entry,) = events(client, f"/reception/{day.pk}/day.ics")
    return entry


@pytest.mark.parametrize("url", [*FEEDS, "day"])
def test_every_file_keeps_the_rules_of_the_format(cast: SimpleNamespace, client: Client, url: str) -> None:
    day = make_day(cast, theme="很长的主题，带分号；逗号, 和换行" * 3, change_reason="a;b,c\\d")
    response = client.get(f"/reception/{day.pk}/day.ics" if url == "day" else url)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    body = response.content
    assert body.endswith(b"END:VCALENDAR\r\n")
    # Every line ends in CRLF and has at most 75 octets, none cut inside a character.
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert b"\r" not in body.replace(b"\r\n", b"")
    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    for line in body.replace(b"\r\n ", b"").split(b"\r\n")[:-1]:
        assert LINE.fullmatch(line), line
    calendar: Any = icalendar.Calendar.from_ical(body)
    assert calendar.errors == []
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert calendar["PRODID"]
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    (entry,) = calendar.walk("VEVENT")
    assert entry.errors == []
    for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "STATUS", "SEQUENCE", "URL"):
        assert name in entry
        assert not isinstance(entry[name], list)
    assert entry["DTSTART"].params["TZID"] in zones
    assert entry["DTSTAMP"].to_ical().endswith(b"Z")
    assert entry["URL"] == f"http://testserver/reception/{day.pk}/"


def test_the_hours_are_those_of_the_day(client: Client, day: ReceptionSession) -> None:
    entry = only(client, day)
    assert entry["DTSTART"].dt.utcoffset() == timedelta(hours=8)
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (on(NEXT, 9), on(NEXT, 11))
    assert entry["STATUS"] == "CONFIRMED"
    assert "甲社区代表联络站" in entry["LOCATION"]
    assert "林示例" in entry["DESCRIPTION"]


def test_a_program_knows_the_day_again_after_changes(
    cast: SimpleNamespace, client: Client, day: ReceptionSession
) -> None:
    first = only(client, day)
    reception.move(
        day, day=NEXT + timedelta(days=1), starts_at=day.starts_at, ends_at=day.ends_at, reason="场地",
        by=cast.liaison,
    )  # fmt: skip
    moved = only(client, day)
    reception.cancel(day, reason="场地", by=cast.liaison)
    gone = only(client, day)
    assert first["UID"] == moved["UID"] == gone["UID"]
    assert first["SEQUENCE"] < moved["SEQUENCE"] < gone["SEQUENCE"]
    assert moved["DTSTART"].dt.date() == NEXT + timedelta(days=1)
    assert gone["STATUS"] == "CANCELLED"


def test_two_days_have_two_names(cast: SimpleNamespace, client: Client) -> None:
    make_day(cast)
    make_day(cast, day=NEXT + timedelta(days=1))
    assert len({str(entry["UID"]) for entry in events(client, FEEDS[0])}) == 2


def test_each_feed_has_its_own_days(cast: SimpleNamespace, client: Client) -> None:
    other = make_deputy(None, "T0009", "欧阳示例", cast.congress, cast.other_station)
    make_day(cast)
    make_day(cast, venue=cast.other_station, deputies=[other])
    make_day(cast, day=TODAY - timedelta(days=200), status=SessionStatus.HELD)
    assert [len(events(client, url)) for url in FEEDS] == [2, 1, 1]
    assert len(events(client, "/deputies/T0009/reception.ics")) == 1


def test_nothing_about_residents_and_no_address_of_the_meeting(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(cast, mode="ONLINE", online_url="https://meet.example/room")
    book(day, topic="邻居的私事")
    for url in (*FEEDS, f"/reception/{day.pk}/day.ics"):
        body = client.get(url).content.replace(b"\r\n ", b"").decode()
        for words in (NAME, PHONE, "邻居的私事", "meet.example"):
            assert words not in body


def test_unknown_places_and_people_have_none(client: Client, cast: SimpleNamespace) -> None:
    text(client, "/venues/none/reception.ics", 404)
    text(client, "/deputies/none/reception.ics", 404)


def test_the_cost_does_not_grow_with_days(cast: SimpleNamespace, client: Client) -> None:
    make_day(cast)
    few = [queries(client, url) for url in FEEDS]
    for number in range(20):
        make_day(cast, day=NEXT + timedelta(days=number))
    assert [queries(client, url) for url in FEEDS] == few
    assert max(few) <= 13


def test_the_copy_says_when_it_was_made(client: Client, day: ReceptionSession) -> None:
    assert only(client, day)["DTSTAMP"].dt == clock.now()
