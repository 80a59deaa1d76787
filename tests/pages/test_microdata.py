"""What pages say of themselves to machines: attributes on what people read, and no script."""

from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal.common import clock
from stations.models import ReceptionMode, ReceptionSession, SessionStatus, Venue
from tests.microdata import item, items
from tests.stations.places import text

pytestmark = pytest.mark.django_db


def test_a_venue_is_an_office_with_address_phone_hours_and_place(
    cast: SimpleNamespace, client: Client
) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(
        address="测试路1号", hours="周一至周五 9:00-11:30", longitude="123.451200", latitude="41.796800"
    )
    office = item(text(client, "/venues/TS1/"), "GovernmentOffice")
    assert office.text("name") == "甲社区代表联络站"
    assert office.text("address") == "测试路1号"
    assert office.text("telephone") == "024-00000001"
    assert office.text("openingHours") == "周一至周五 9:00-11:30"
    assert office.text("url") == "/venues/TS1/"
    place = office.item("geo")
    assert (place.kind, place.text("latitude"), place.text("longitude")) == (
        "GeoCoordinates", "41.796800", "123.451200",
    )  # fmt: skip


def test_a_venue_says_nothing_it_does_not_know(cast: SimpleNamespace, client: Client) -> None:
    office = item(text(client, "/venues/TH1/"), "GovernmentOffice")
    assert set(office.said) == {"name", "url"}


def test_a_deputy_is_a_person_with_a_mandate_and_no_phone(cast: SimpleNamespace, client: Client) -> None:
    person = item(text(client, f"/deputies/{cast.deputy_row.key}/"), "Person")
    assert person.text("name") == "林示例"
    assert len(person.said["jobTitle"]) == 1
    member = person.item("memberOf")
    assert (member.kind, member.text("name")) == ("GovernmentOrganization", str(cast.congress))
    assert "telephone" not in person.said


def reception_day(venue: Venue, day: date, **fields: Any) -> ReceptionSession:
    given = {"status": SessionStatus.ANNOUNCED, "announced_at": clock.now(), "planned_on": day, **fields}
    return ReceptionSession.objects.create(
        venue=venue, day=day, starts_at=time(9), ends_at=time(11, 30), **given
    )


def test_a_reception_day_is_an_event_with_time_and_place(cast: SimpleNamespace, client: Client) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(address="测试路1号")
    day = clock.today() + timedelta(days=10)
    row = reception_day(cast.station, day)
    event = item(text(client, row.get_absolute_url()), "Event")
    assert event.text("startDate") == f"{day:%Y-%m-%d}T09:00+08:00"
    assert event.text("endDate") == f"{day:%Y-%m-%d}T11:30+08:00"
    assert event.text("eventStatus") == "https://schema.org/EventScheduled"
    place = event.item("location")
    assert (place.kind, place.text("name"), place.text("address")) == (
        "Place", "甲社区代表联络站", "测试路1号",
    )  # fmt: skip
    assert event.item("organizer").kind == "GovernmentOrganization"


def test_a_cancelled_a_moved_and_an_online_day_say_so(cast: SimpleNamespace, client: Client) -> None:
    day = clock.today() + timedelta(days=10)
    off = reception_day(cast.station, day, status=SessionStatus.CANCELLED)
    assert item(text(client, off.get_absolute_url()), "Event").text("eventStatus").endswith("EventCancelled")
    moved = reception_day(cast.station, day, planned_on=day - timedelta(days=1))
    event = item(text(client, moved.get_absolute_url()), "Event")
    assert event.text("eventStatus").endswith("EventRescheduled")
    assert event.text("previousStartDate") == f"{day - timedelta(days=1):%Y-%m-%d}"
    online = reception_day(cast.station, day, mode=ReceptionMode.ONLINE)
    event = item(text(client, online.get_absolute_url()), "Event")
    assert event.item("location").kind == "VirtualLocation"


def test_the_home_page_names_the_organisation(cast: SimpleNamespace, client: Client) -> None:
    organisation = item(text(client, "/"), "GovernmentOrganization")
    assert organisation.text("name")
    assert organisation.text("url") == "/"


@pytest.mark.parametrize(
    "path", ["/", "/venues/", "/venues/TS1/", "/deputies/T0001/", "/map/", "/reception/"]
)
def test_no_page_tells_it_by_script_or_says_something_of_nothing(
    cast: SimpleNamespace, client: Client, path: str
) -> None:
    page = text(client, path)
    items(page)
    assert "ld+json" not in page
