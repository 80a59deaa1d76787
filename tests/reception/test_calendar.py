"""/reception/: the months, what stands in them, and how they are narrowed."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from stations.models import ReceptionSession, SessionStatus, Venue, VenueStatus
from tests.conftest import make_deputy
from tests.stations.places import queries, text

from .days import NEXT, TODAY, book, make_day

URL = "/reception/"


def test_announced_days_stand_in_their_month_with_place_hours_and_people(
    cast: SimpleNamespace, client: Client, day: ReceptionSession
) -> None:
    page = text(client, URL)
    for words in (
        "甲社区代表联络站",
        "9:00",
        "11:00",
        "林示例",
        f"/reception/{day.pk}/book/",
        f'id="d{NEXT}"',
    ):
        assert words in page
    assert "甲社区代表联络站</a>" not in text(client, f"{URL}?month=2026-12")


def test_the_months_are_linked_and_keep_the_filter(cast: SimpleNamespace, client: Client) -> None:
    page = text(client, f"{URL}?month=2026-12&venue=TS1")
    assert "?venue=TS1&amp;month=2026-11" in page
    assert "?venue=TS1&amp;month=2027-01" in page


def test_a_proposed_day_is_nobodys_business(cast: SimpleNamespace, client: Client) -> None:
    proposed = make_day(cast, status=SessionStatus.PROPOSED, theme="秘密主题")
    withdrawn = make_day(cast, status=SessionStatus.CANCELLED, announced_at=None, theme="秘密主题")
    pages = text(client, URL) + text(client, "/reception/calendar.ics") + text(client, "/")
    pages += text(client, "/venues/TS1/") + text(client, "/deputies/T0001/")
    pages += text(client, "/venues/TS1/reception.ics") + text(client, "/deputies/T0001/reception.ics")
    for one in (proposed, withdrawn):
        assert f"/reception/{one.pk}/" not in pages
        for path in ("", "book/", "day.ics"):
            pages += text(client, f"/reception/{one.pk}/{path}", 404)
    assert "秘密主题" not in pages


def test_a_cancelled_day_stays_with_its_reason_and_takes_no_booking(
    cast: SimpleNamespace, client: Client
) -> None:
    day = make_day(cast, status=SessionStatus.CANCELLED, change_reason="场地检修")
    page = text(client, URL)
    assert "场地检修" in page
    assert f"/reception/{day.pk}/book/" not in page


def test_a_past_month_tells_how_many_came(cast: SimpleNamespace, client: Client) -> None:
    make_day(cast, day=date(2026, 10, 15), status=SessionStatus.HELD, visitors=37)
    assert "37" in text(client, f"{URL}?month=2026-10")


def test_in_this_month_what_is_over_stands_behind_what_is_to_come(
    cast: SimpleNamespace, client: Client, day: ReceptionSession
) -> None:
    make_day(cast, day=TODAY - timedelta(days=5), status=SessionStatus.HELD, visitors=1)
    response = client.get(URL)
    assert [on for on, _days in response.context["dates"]] == [NEXT]
    assert [on for on, _days in response.context["earlier"]] == [TODAY - timedelta(days=5)]


def test_it_is_narrowed_by_street_venue_community_and_deputy(cast: SimpleNamespace, client: Client) -> None:
    other = make_deputy(None, "T0009", "欧阳示例", cast.congress, cast.other_station)
    here = make_day(cast)
    home = make_day(cast, venue=cast.home, deputies=[])
    there = make_day(cast, venue=cast.other_station, deputies=[other])

    def found(query: str) -> set[int]:
        context = client.get(f"{URL}?{query}").context
        return {day.pk for _on, days in context["dates"] for day in days}

    assert found("") == {here.pk, home.pk, there.pk}
    assert found("street=210103902") == {there.pk}
    assert found("venue=TS1") == {here.pk}
    # The station that serves the community, and the home of its street.
    assert found("community=210103901001") == {here.pk, home.pk}
    assert found("deputy=T0009") == found("deputy=欧阳") == found("deputy=ouyang") == {there.pk}
    assert found("deputy=nobody") == set()


def test_the_days_of_a_suspended_venue_are_found_by_it(cast: SimpleNamespace, client: Client) -> None:
    here = make_day(cast)
    make_day(cast, venue=cast.other_station, deputies=[])
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.SUSPENDED)
    assert f"{URL}?venue=TS1" in text(client, "/venues/TS1/")
    context = client.get(f"{URL}?venue=TS1").context
    assert [day.pk for _on, days in context["dates"] for day in days] == [here.pk]


@pytest.mark.parametrize(
    "query",
    [
        "month=2026-13", "month=0000-00", "month=x", "month=%00", "month=99999-12", "venue=%00&street=%00",
        "deputy=%00", "deputy=" + "x" * 9000, "community=zz", "month=2026-1%C2%B2",
    ],
)  # fmt: skip
def test_what_nobody_offered_narrows_nothing(
    cast: SimpleNamespace, client: Client, day: ReceptionSession, query: str
) -> None:
    assert text(client, f"{URL}?{query}")


def test_an_empty_month_says_where_the_next_day_is(
    cast: SimpleNamespace, client: Client, day: ReceptionSession
) -> None:
    make_day(cast, day=date(2027, 3, 2), venue=cast.other_station)
    page = text(client, f"{URL}?month=2027-01")
    assert 'class="empty"' in page
    assert "month=2027-03" in page


def test_the_month_is_a_table_of_weeks_from_monday(client: Client, day: ReceptionSession) -> None:
    response = client.get(URL)
    weeks = response.context["weeks"]
    assert [week[0].day.weekday() for week in weeks] == [0] * len(weeks)
    assert sum(cell.in_month for week in weeks for cell in week) == 30
    assert [cell.day for week in weeks for cell in week if cell.is_today] == [TODAY]
    assert '<table class="month" aria-labelledby="month">' in response.content.decode()


def test_a_full_cell_leads_to_the_list(cast: SimpleNamespace, client: Client) -> None:
    for hour in (9, 13, 15):
        make_day(cast, starts_at=time(hour), ends_at=time(hour + 1))
    cell = next(c for week in client.get(URL).context["weeks"] for c in week if c.day == NEXT)
    assert (len(cell.named), cell.more) == (2, 1)


def test_the_cost_does_not_grow_with_days_and_bookings(cast: SimpleNamespace, client: Client) -> None:
    book(make_day(cast))
    few = queries(client, URL)
    for number in range(20):
        day = make_day(cast, day=NEXT - timedelta(days=number % 8))
        for visit in range(3):
            book(day, f"09:{visit * 20:02}", phone=f"139{number:04}{visit:04}")
    assert queries(client, URL) == few <= 14
