"""/reception/<pk>/book/: taking a place."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from congress_portal.common import clock
from stations.models import Booking, BookingStatus, ReceptionSession, SessionStatus, Venue, VenueStatus
from stations.services import booking
from stations.services.reception import SessionError
from stations.views.booking import LIMITS
from tests.stations.places import queries, text

from .days import NAME, NEXT, PHONE, TODAY, book, make_day, on


def fill(client: Client, day: ReceptionSession, **changes: Any) -> Any:
    """Open the form and send it."""
    token = client.get(f"/reception/{day.pk}/book/").context["token"]
    given = {"token": token, "slot": "09:20", "name": NAME, "phone": PHONE, "notice_read": "on"}
    return client.post(f"/reception/{day.pk}/book/", given | changes)


def test_a_visit_is_booked_and_the_code_opens_it(client: Client, day: ReceptionSession) -> None:
    response = fill(client, day, topic="加装电梯", phone="139 0000 0001")
    row = Booking.objects.get()
    assert (f"{row.slot:%H:%M}", row.name, row.phone, row.topic) == ("09:20", NAME, PHONE, "加装电梯")
    receipt = client.get(response["Location"])
    code = receipt.context["code"]
    assert code in receipt.content.decode()
    assert booking.by_code(code.lower()) == row
    assert "9:20" in receipt.content.decode()


def test_a_suspended_venue_takes_no_bookings_and_says_so(client: Client, day: ReceptionSession) -> None:
    token = client.get(f"/reception/{day.pk}/book/").context["token"]
    Venue.objects.filter(pk=day.venue_id).update(status=VenueStatus.SUSPENDED)
    response = client.post(
        f"/reception/{day.pk}/book/",
        {"token": token, "slot": "09:20", "name": NAME, "phone": PHONE, "notice_read": "on"},
    )
    assert response.status_code < 500
    assert not Booking.objects.exists()
    assert "这里暂停接待" in text(client, f"/reception/{day.pk}/book/")
    assert f"/reception/{day.pk}/book/" not in text(client, f"/reception/{day.pk}/")


def test_before_booking_one_reads_everybody_who_may_see_the_phone(
    client: Client, day: ReceptionSession
) -> None:
    page = text(client, f"/reception/{day.pk}/book/")
    assert "家站点的联络员、负责人和代表工作委员会" in page
    assert "其他代表只能看到隐去一部分的" in page


def test_name_phone_topic_and_code_are_not_readable_in_the_database(
    client: Client, day: ReceptionSession
) -> None:
    code = client.get(fill(client, day)["Location"]).context["code"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM stations_booking")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT session_data FROM django_session")
        stored += str([Client().session.decode(row[0]) for row in cursor.fetchall()])
    for secret in (NAME, PHONE, code):
        assert secret not in stored


def test_a_form_of_one_day_sent_to_another_books_that_one(
    cast: SimpleNamespace, client: Client, day: ReceptionSession
) -> None:
    other = make_day(cast, day=NEXT + timedelta(days=1))
    token = client.get(f"/reception/{day.pk}/book/").context["token"]
    for each, phone in ((day, "13900000001"), (other, "13900000002"), (other, "13900000002")):
        fill(client, each, token=token, phone=phone)
    assert (day.bookings.count(), other.bookings.count()) == (1, 1)


def test_the_form_sent_twice_books_once_and_shows_the_same_code(
    client: Client, day: ReceptionSession
) -> None:
    token = client.get(f"/reception/{day.pk}/book/").context["token"]
    pages = [fill(client, day, token=token)["Location"] for _ in range(2)]
    codes = {client.get(page).context["code"] for page in pages}
    assert len(codes) == Booking.objects.count() == 1


def test_another_browser_gets_neither_code_nor_booking(client: Client, day: ReceptionSession) -> None:
    receipt = fill(client, day)["Location"]
    stranger = Client()
    assert stranger.get(receipt)["Location"] == "/reception/booking/"
    assert NAME not in text(stranger, "/reception/booking/")


def test_a_token_of_another_browser_is_replaced(client: Client, day: ReceptionSession) -> None:
    token = Client().get(f"/reception/{day.pk}/book/").context["token"]
    fill(client, day, token=token)
    assert booking.by_code(booking.code_of(day, token)) is None
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slot": ""}, "slot"), ({"slot": "08:00"}, "slot"), ({"slot": "\x00"}, "slot"),
        ({"name": " "}, "name"), ({"name": "王" * 21}, "name"),
        ({"phone": ""}, "phone"), ({"phone": "12"}, "phone"), ({"phone": "9" * 9000}, "phone"),
        ({"topic": "长" * 61}, "topic"), ({"notice_read": ""}, "notice_read"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_is_kept(
    client: Client, day: ReceptionSession, changes: dict[str, str], field: str
) -> None:
    response = fill(client, day, **{"topic": "供暖"} | changes)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert Booking.objects.count() == 0
    if field != "topic":
        assert 'value="供暖"' in response.content.decode()


def test_nul_and_floods_are_no_fault_of_ours(client: Client, day: ReceptionSession) -> None:
    for name in ("name", "phone", "topic", "token"):
        assert fill(client, day, **{name: "\x00"}).status_code in (200, 302, 400)
        assert fill(client, day, **{name: "x" * 100_000}).status_code in (200, 302)


def test_a_link_with_a_time_has_it_chosen(client: Client, day: ReceptionSession) -> None:
    page = text(client, f"/reception/{day.pk}/book/?slot=10:20")
    chosen = page[page.index('value="10:20"') :]
    assert "checked" in chosen[: chosen.index(">")]


def test_one_phone_books_a_day_once_however_it_is_written(
    cast: SimpleNamespace, client: Client, day: ReceptionSession
) -> None:
    book(day)
    response = fill(client, day, phone="+86 139-0000-0001", slot="10:00")
    assert list(response.context["form"].errors) == ["phone"]
    assert fill(client, make_day(cast, day=NEXT + timedelta(days=1))).status_code == 302


def test_after_cancelling_the_same_phone_may_book_again(client: Client, day: ReceptionSession) -> None:
    booking.cancel(book(day))
    assert fill(client, day, slot="09:00").status_code == 302


def test_a_full_time_is_not_offered_and_not_taken(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(cast, seats=2)
    token = client.get(f"/reception/{day.pk}/book/").context["token"]
    book(day, "09:20", phone="13900000002")
    book(day, "09:20", phone="13900000003")
    response = fill(client, day, token=token)
    assert list(response.context["form"].errors) == ["slot"]
    assert 'value="09:20"' not in response.content.decode()
    assert 'value="09:40"' in response.content.decode()


def test_a_cancelled_visit_gives_its_place_back(day: ReceptionSession) -> None:
    booking.cancel(book(day))
    assert book(day, phone="13900000002").status == BookingStatus.BOOKED


def test_a_walk_in_takes_nobodys_place(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(cast, day=TODAY, starts_at=on(TODAY, 10).time(), ends_at=on(TODAY, 11).time())
    booking.walk_in(day)
    with clock.frozen(on(TODAY, 9, 59)):
        assert 'value="10:00"' in text(client, f"/reception/{day.pk}/book/")


def test_booking_ends_when_the_visit_begins(client: Client, day: ReceptionSession) -> None:
    with clock.frozen(on(NEXT, 9, 19)):
        assert fill(client, day).status_code == 302
    with clock.frozen(on(NEXT, 9, 40)):
        response = fill(client, day, slot="09:40", phone="13900000002")
        assert list(response.context["form"].errors) == ["slot"]


@pytest.mark.parametrize("status", [SessionStatus.CANCELLED, SessionStatus.HELD])
def test_a_day_that_is_cancelled_or_held_takes_nobody(
    cast: SimpleNamespace, client: Client, status: str
) -> None:
    day = make_day(cast, status=status)
    assert 'name="slot"' not in text(client, f"/reception/{day.pk}/book/")
    assert fill(client, day).status_code == 200
    with pytest.raises(SessionError):
        book(day)
    assert Booking.objects.count() == 0


def test_a_day_shorter_than_a_visit_is_one_visit(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(cast, slot_minutes=240)
    fields = client.get(f"/reception/{day.pk}/book/").context["form"].fields
    assert [value for value, _label in fields["slot"].choices] == ["09:00"]


def test_too_many_bookings_from_one_address_have_to_wait(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(cast, seats=50)
    most = LIMITS["reception-book"][0]
    for number in range(most):
        assert fill(client, day, phone=f"1391111{number:04}").status_code == 302
    assert fill(client, day).status_code == 429
    assert Booking.objects.count() == most


def test_the_cost_does_not_grow_with_bookings(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(cast, seats=30)
    url = f"/reception/{day.pk}/book/"
    text(client, url)
    few = queries(client, url)
    for number in range(25):
        book(day, phone=f"1391111{number:04}")
    assert queries(client, url) == few <= 16
