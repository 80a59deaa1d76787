"""The next reception day in two taps: home, venue, deputy."""

from datetime import timedelta
from types import SimpleNamespace

from django.test import Client

from congress_portal.common import clock
from deputies.models import Mandate
from stations import reception_days
from stations.models import DutyStatus, Posting, ReceptionDuty, SessionStatus, Venue, VenueStatus
from tests.conftest import make_deputy
from tests.stations.places import queries, text

from .days import NEXT, TODAY, book, make_day, on


def test_the_home_page_shows_the_next_three_with_a_button(cast: SimpleNamespace, client: Client) -> None:
    days = [make_day(cast, day=NEXT + timedelta(days=number)) for number in range(4)]
    make_day(cast, day=TODAY + timedelta(days=1), status=SessionStatus.CANCELLED)
    page = text(client, "/")
    assert [f"/reception/{day.pk}/book/" in page for day in days] == [True, True, True, False]


def test_without_a_day_the_home_page_says_what_would_be_there(cast: SimpleNamespace, client: Client) -> None:
    assert 'href="/reception/"' in text(client, "/")


def test_venue_and_deputy_show_their_own_next_day(cast: SimpleNamespace, client: Client) -> None:
    here = make_day(cast)
    there = make_day(cast, venue=cast.other_station, deputies=[], day=TODAY + timedelta(days=1))
    for url in ("/venues/TS1/", "/deputies/T0001/"):
        page = text(client, url)
        assert f"/reception/{here.pk}/book/" in page
        assert f"/reception/{there.pk}/" not in page


def test_days_of_a_deputy_end_with_the_posting_and_the_office(cast: SimpleNamespace, client: Client) -> None:
    before, after = make_day(cast), make_day(cast, day=NEXT + timedelta(days=5))
    Posting.objects.filter(deputy=cast.deputy_row).update(ends_on=after.day)
    pages = ("/deputies/T0001/", "/reception/?month=2026-12&deputy=T0001")
    for url in pages:
        page = text(client, url)
        assert f"/reception/{after.pk}/" not in page
    assert f"/reception/{before.pk}/" in text(client, pages[0])
    feed = client.get("/deputies/T0001/reception.ics").content.decode()
    assert feed.count("BEGIN:VEVENT") == 1
    stands_in = make_day(cast, day=NEXT + timedelta(days=6), deputies=[])
    other = make_deputy(None, "T0009", "马示例", cast.congress, cast.station)
    turn = ReceptionDuty.objects.create(session=stands_in, deputy=other, status=DutyStatus.LEAVE)
    ReceptionDuty.objects.create(session=stands_in, deputy=cast.deputy_row, stands_in_for=turn)
    assert f"/reception/{stands_in.pk}/" in text(client, pages[0])
    Mandate.objects.filter(deputy=cast.deputy_row).update(ends_on=stands_in.day)
    assert f"/reception/{stands_in.pk}/" not in text(client, pages[0])


def test_a_full_day_is_shown_without_the_button(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(cast, slot_minutes=120)
    book(day)
    page = text(client, "/venues/TS1/")
    assert f"/reception/{day.pk}/" in page
    assert f"/reception/{day.pk}/book/" not in page


def test_todays_day_counts_until_it_is_over(cast: SimpleNamespace) -> None:
    day = make_day(cast, day=TODAY)
    with clock.frozen(on(TODAY, 10, 59)):
        assert reception_days.next_days(3) == [day]
    with clock.frozen(on(TODAY, 11)):
        assert reception_days.next_days(3) == []


def test_each_venue_has_its_nearest_day(cast: SimpleNamespace) -> None:
    make_day(cast, day=NEXT + timedelta(days=5))
    near = make_day(cast)
    other = make_day(cast, venue=cast.other_station, deputies=[])
    found = reception_days.next_of_venues([cast.station.pk, cast.other_station.pk, cast.home.pk])
    assert found == {cast.station.pk: near, cast.other_station.pk: other}
    assert reception_days.next_of_venues([]) == {}


def test_a_suspended_venue_is_not_recommended(cast: SimpleNamespace) -> None:
    make_day(cast)
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.SUSPENDED)
    assert reception_days.next_days(3) == []


def test_the_cost_does_not_grow_with_days(cast: SimpleNamespace, client: Client) -> None:
    pages = ("/", "/venues/TS1/", "/deputies/T0001/")
    make_day(cast)
    few = [queries(client, url) for url in pages]
    for number in range(20):
        make_day(cast, day=NEXT + timedelta(days=number))
    assert [queries(client, url) for url in pages] == few
