"""/desk/reception/<pk>/: the list at the desk, masked; who came, who must be told, who looked."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from congress_portal.accounts.models import User
from congress_portal.common import clock
from stations.models import (
    BookingReveal,
    BookingStatus,
    PostingRole,
    ReceptionSession,
    SessionChange,
    SessionStatus,
)
from stations.services import booking, reception
from tests.conftest import make_deputy, make_user
from tests.stations.places import queries, text

from .days import NAME, PHONE, TODAY, book, make_day, on

Login = Callable[[User], Client]


def url(day: ReceptionSession, *parts: str) -> str:
    return "/".join([f"/desk/reception/{day.pk}", *parts, ""])


@pytest.fixture
def today(cast: SimpleNamespace) -> ReceptionSession:
    """A day that is today, in the afternoon; the visits were booked in the morning."""
    return make_day(cast, day=TODAY, starts_at=on(TODAY, 14).time(), ends_at=on(TODAY, 16).time())


def press(client: Client, path: str) -> int:
    response = client.post(path)
    return response.status_code


def test_the_list_is_masked(cast: SimpleNamespace, login: Login, day: ReceptionSession) -> None:
    book(day, topic=f"加装电梯，打{PHONE}")
    page = text(login(cast.liaison), url(day))
    assert page.count("139****0001") == 2
    assert "加装电梯" in page
    for secret in (NAME, PHONE):
        assert secret not in page


@pytest.mark.parametrize("who", ["liaison", "convener", "clerk", "reviewer", "head", "admin"])
def test_who_runs_the_venue_comes_in(
    cast: SimpleNamespace, login: Login, day: ReceptionSession, who: str
) -> None:
    text(login(getattr(cast, who)), url(day))


@pytest.mark.parametrize(
    ("who", "status"),
    [("other_liaison", 404), ("deputy", 403), ("officer", 403), ("resident", 403), ("nobody", 302)],
)
def test_nobody_else_does(
    cast: SimpleNamespace, login: Login, client: Client, today: ReceptionSession, who: str, status: int
) -> None:
    row = book(today, "14:00")
    browser = client if who == "nobody" else login(getattr(cast, who))
    paths = [
        url(today),
        url(today, "record"),
        url(today, "slips"),
        f"/desk/reception/booking/{row.pk}/contact/",
    ]
    assert [browser.get(path).status_code for path in paths] == [status] * 4
    paths = [url(today, "more"), url(today, "less"), url(today, "record")]
    paths += [f"/desk/reception/booking/{row.pk}/{what}/" for what in ("came", "missed", "told", "contact")]
    assert [press(browser, path) for path in paths] == [status] * 7
    row.refresh_from_db()
    assert (row.status, today.bookings.count(), BookingReveal.objects.count()) == (BookingStatus.BOOKED, 1, 0)


def test_a_proposed_day_has_no_list(cast: SimpleNamespace, login: Login) -> None:
    day = make_day(cast, status=SessionStatus.PROPOSED)
    text(login(cast.liaison), url(day), 404)
    text(login(cast.liaison), f"/desk/reception/{10**18}/", 404)
    text(login(cast.liaison), f"/desk/reception/{10**30}/", 404)


def test_came_and_did_not_come_can_be_put_right(
    cast: SimpleNamespace, login: Login, today: ReceptionSession
) -> None:
    row, desk = book(today, "14:00"), login(cast.liaison)
    found = []
    for what in ("came", "missed", "came"):
        press(desk, f"/desk/reception/booking/{row.pk}/{what}/")
        row.refresh_from_db()
        found.append((row.status, row.arrived_at is not None))
    assert found == [("ARRIVED", True), ("MISSED", False), ("ARRIVED", True)]


def test_before_the_day_nobody_has_come(cast: SimpleNamespace, login: Login, day: ReceptionSession) -> None:
    row, desk = book(day), login(cast.liaison)
    press(desk, f"/desk/reception/booking/{row.pk}/came/")
    press(desk, url(day, "more"))
    row.refresh_from_db()
    assert (row.status, day.bookings.count()) == (BookingStatus.BOOKED, 1)
    assert "/came/" not in text(desk, url(day))


def test_who_cancelled_does_not_stand_there_and_cannot_come(
    cast: SimpleNamespace, login: Login, today: ReceptionSession
) -> None:
    row, desk = booking.cancel(book(today, "14:00")), login(cast.liaison)
    assert "139****0001" not in text(desk, url(today))
    press(desk, f"/desk/reception/booking/{row.pk}/came/")
    row.refresh_from_db()
    assert row.status == BookingStatus.CANCELLED


def test_people_without_an_appointment_are_counted_and_nothing_else(
    cast: SimpleNamespace, login: Login, today: ReceptionSession
) -> None:
    desk = login(cast.liaison)
    for path in ("more", "more", "more", "less"):
        press(desk, url(today, path))
    response = desk.get(url(today))
    assert (response.context["walk_ins"], response.context["count"]) == (2, 0)
    assert {(row.name, row.phone) for row in today.bookings.all()} == {("", "")}
    for _ in range(3):
        press(desk, url(today, "less"))
    assert today.bookings.count() == 0


def moved(cast: SimpleNamespace, day: ReceptionSession) -> None:
    reception.move(
        day, day=day.day + timedelta(days=1), starts_at=day.starts_at, ends_at=day.ends_at, reason="场地",
        by=cast.liaison,
    )  # fmt: skip


def test_after_a_change_everybody_booked_must_be_told_once(
    cast: SimpleNamespace, login: Login, day: ReceptionSession
) -> None:
    first = book(day)
    booking.cancel(book(day, "09:20", phone="13900000002"))
    desk = login(cast.liaison)
    assert desk.get(url(day)).context["waiting"] == []
    moved(cast, day)
    book(day, "09:40", phone="13900000003")
    assert [row["pk"] for row in desk.get(url(day)).context["waiting"]] == [first.pk]
    seen = re.search(r'name="seen" value="(\d+)"', text(desk, url(day)))
    assert seen
    desk.post(f"/desk/reception/booking/{first.pk}/told/", {"seen": seen[1]})
    first.refresh_from_db()
    assert (first.told_by, first.told_at) == (cast.liaison, clock.now())
    assert desk.get(url(day)).context["waiting"] == []
    reception.cancel(day, reason="暴雪", by=cast.liaison)
    assert len(desk.get(url(day)).context["waiting"]) == 2


def test_a_change_made_while_somebody_telephones_is_still_to_be_told(
    cast: SimpleNamespace, login: Login, day: ReceptionSession
) -> None:
    row, desk = book(day), login(cast.liaison)
    moved(cast, day)
    page = day.changes.last().pk
    reception.cancel(day, reason="暴雪", by=cast.liaison)
    path = f"/desk/reception/booking/{row.pk}/told/"
    desk.post(path, {"seen": page})
    assert list(booking.to_tell(day)) == [row]
    desk.post(path, {"seen": day.changes.last().pk})
    assert list(booking.to_tell(day)) == []
    for seen in (page, "", "\x00", "9" * 18, "9" * 30, "²"):
        assert desk.post(path, {"seen": seen}).status_code in (302, 400)
    assert list(booking.to_tell(day)) == []


def test_leave_and_a_substitute_are_news_a_record_is_not(
    cast: SimpleNamespace, day: ReceptionSession
) -> None:
    row = book(day)
    other = make_deputy(None, "T0008", "丁示例", cast.congress, cast.station)
    reception.substitute(day.duties.get(), deputy=other, by=cast.liaison)
    assert list(booking.to_tell(day)) == [row]
    booking.told(row, user=cast.liaison, seen=day.changes.last().pk)
    for kind in (SessionChange.Kind.HELD, SessionChange.Kind.DECIDED, SessionChange.Kind.ANNOUNCED):
        SessionChange.objects.create(session=day, kind=kind, made_at=clock.now())
    assert list(booking.to_tell(day)) == []


def test_a_look_needs_a_reason_and_is_recorded(
    cast: SimpleNamespace, login: Login, day: ReceptionSession
) -> None:
    path = f"/desk/reception/booking/{book(day).pk}/contact/"
    desk = login(cast.liaison)
    assert PHONE not in text(desk, path)
    for reason in ("", " ", "\x00", "因" * 201):
        assert PHONE not in desk.post(path, {"reason": reason}).content.decode()
    assert BookingReveal.objects.count() == 0
    page = desk.post(path, {"reason": "电话告知改期"}).content.decode()
    assert PHONE in page
    assert NAME in page
    look = BookingReveal.objects.get()
    assert (look.user, look.reason) == (cast.liaison, "电话告知改期")
    assert PHONE not in text(desk, path)


def test_the_head_of_the_venue_may_look_the_convener_and_the_administrator_may_not(
    cast: SimpleNamespace, login: Login, day: ReceptionSession
) -> None:
    path = f"/desk/reception/booking/{book(day).pk}/contact/"
    head = make_user("stationhead")
    make_deputy(head, "T0006", "站长示例", cast.congress, cast.station, PostingRole.HEAD)
    allowed = {
        user.username: login(user).post(path, {"reason": "核实"}).status_code
        for user in (head, cast.clerk, cast.convener, cast.admin)
    }
    assert allowed == {"stationhead": 200, "clerk": 200, "convener": 403, "admin": 403}
    assert "/contact/" not in text(login(cast.convener), url(day))


def test_the_cost_does_not_grow_with_bookings(cast: SimpleNamespace, login: Login) -> None:
    day, desk = make_day(cast, seats=40), login(cast.liaison)
    book(day)
    moved(cast, day)
    few = queries(desk, url(day))
    for number in range(30):
        row = book(day, phone=f"1391111{number:04}")
        booking.told(row, user=cast.liaison, seen=day.changes.last().pk)
    moved(cast, ReceptionSession.objects.get(pk=day.pk))
    assert queries(desk, url(day)) == few <= 20


def test_visits_booked_at_hours_that_are_no_more_still_stand_there(
    cast: SimpleNamespace, login: Login, day: ReceptionSession
) -> None:
    book(day, "09:20")
    ReceptionSession.objects.filter(pk=day.pk).update(slot_minutes=30)
    assert "139****0001" in text(login(cast.liaison), url(day))


def test_nothing_is_done_by_a_look(cast: SimpleNamespace, login: Login, today: ReceptionSession) -> None:
    row, desk = book(today, "14:00"), login(cast.liaison)
    paths = [url(today, "more"), f"/desk/reception/booking/{row.pk}/came/"]
    assert [desk.get(path).status_code for path in paths] == [405, 405]
