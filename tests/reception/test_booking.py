"""/reception/booking/: the own booking, found by its code."""

from datetime import timedelta
from types import SimpleNamespace

from django.test import Client

from congress_portal.common import clock
from stations.models import BookingStatus, ReceptionSession, SessionChange
from stations.services import booking, reception
from stations.views.booking import LIMITS
from tests.stations.places import text

from .days import NEXT, PHONE, book, change, make_day, on

URL = "/reception/booking/"


def opened(client: Client, day: ReceptionSession) -> str:
    """The page of a booking made elsewhere, after its code was typed."""
    book(day)
    response = client.post(URL, {"code": booking.code_of(day, f"form of {PHONE}").lower()})
    assert response["Location"] == URL
    return text(client, URL)


def test_the_code_opens_the_booking(client: Client, day: ReceptionSession) -> None:
    page = opened(client, day)
    assert "甲社区代表联络站" in page
    assert "9:00" in page
    assert PHONE not in page


def test_a_wrong_code_says_so_and_opens_nothing(client: Client, day: ReceptionSession) -> None:
    book(day)
    for code in ("", "AAAAAAAA", "\x00", "x" * 41, "——"):
        response = client.post(URL, {"code": code})
        assert response.status_code in (200, 400)
    assert "甲社区代表联络站" not in text(client, URL)


def test_guessing_has_an_end(client: Client, day: ReceptionSession) -> None:
    book(day)
    for _ in range(LIMITS["reception-code"][0]):
        client.post(URL, {"code": "AAAAAAAA"})
    response = client.post(URL, {"code": booking.code_of(day, f"form of {PHONE}")})
    assert response.status_code == 429
    assert "甲社区代表联络站" not in text(client, URL)


def test_the_address_of_the_meeting_stands_there_while_the_booking_stands(
    cast: SimpleNamespace, client: Client
) -> None:
    day = make_day(cast, mode="ONLINE", online_url="https://meet.example/room")
    assert "https://meet.example/room" in opened(client, day)
    client.post("/reception/booking/cancel/")
    assert "https://meet.example/room" not in text(client, URL)


def test_cancelling_asks_first_and_then_does_it(client: Client, day: ReceptionSession) -> None:
    opened(client, day)
    client.cookies["django_language"] = "en"
    asked = text(client, "/reception/booking/cancel/")
    assert 'method="post"' in asked
    assert "Keep my booking" in asked
    assert day.bookings.get().status == BookingStatus.BOOKED
    client.post("/reception/booking/cancel/")
    row = day.bookings.get()
    assert (row.status, row.cancelled_at) == (BookingStatus.CANCELLED, clock.now())
    assert "/reception/booking/cancel/" not in text(client, URL)


def test_once_the_visit_has_begun_it_cannot_be_cancelled(client: Client, day: ReceptionSession) -> None:
    opened(client, day)
    with clock.frozen(on(NEXT, 9)):
        assert "/reception/booking/cancel/" not in text(client, URL)
        client.post("/reception/booking/cancel/")
    assert day.bookings.get().status == BookingStatus.BOOKED


def test_without_a_booking_there_is_nothing_to_cancel(client: Client, day: ReceptionSession) -> None:
    book(day)
    for send in (client.get, client.post):
        assert send("/reception/booking/cancel/")["Location"] == URL
    assert day.bookings.get().status == BookingStatus.BOOKED


def test_what_changed_since_is_told_and_the_visit_moves_along(
    cast: SimpleNamespace, client: Client, day: ReceptionSession
) -> None:
    change(day, SessionChange.Kind.MOVED, "预约之前的改期", made_at=clock.now() - timedelta(days=1))
    assert "预约之前的改期" not in opened(client, day)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        reception.move(
            day, day=NEXT + timedelta(days=1), starts_at=on(NEXT, 14).time(), ends_at=on(NEXT, 16).time(),
            reason="会场被占用", by=cast.liaison,
        )  # fmt: skip
        page = text(client, URL)
    assert "会场被占用" in page
    assert "14:00" in page


def test_a_cancelled_day_is_told(cast: SimpleNamespace, client: Client, day: ReceptionSession) -> None:
    opened(client, day)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        reception.cancel(day, reason="暴雪停办", by=cast.liaison)
        assert "暴雪停办" in text(client, URL)


def test_the_booker_reads_who_looked_and_why(
    cast: SimpleNamespace, client: Client, day: ReceptionSession
) -> None:
    opened(client, day)
    booking.reveal(day.bookings.get(), user=cast.liaison, reason="电话告知改期")
    page = text(client, URL)
    assert cast.liaison.name in page
    assert "电话告知改期" in page


def test_a_shared_device_can_forget_it(client: Client, day: ReceptionSession) -> None:
    opened(client, day)
    client.post("/reception/booking/leave/")
    assert "甲社区代表联络站" not in text(client, URL)
    assert client.get("/reception/booking/leave/").status_code == 405


def test_another_code_can_be_typed(client: Client, day: ReceptionSession) -> None:
    opened(client, day)
    assert 'name="code"' in text(client, f"{URL}?other=1")
