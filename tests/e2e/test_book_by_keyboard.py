"""From the home page to a booked visit and back, with keys alone, without a script, and by touch."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from congress_portal.common import clock
from stations.models import Booking, BookingStatus, ReceptionSession
from stations.services import booking
from tests.reception.days import make_day

from . import keys
from .people import DESK, Person
from .words import zh

NAME, PHONE = "李女士", "13900000001"


@pytest.fixture
def day(cast: SimpleNamespace) -> ReceptionSession:
    return make_day(cast, day=clock.today() + timedelta(days=5), theme="冬季供暖")


def code_on(person: Person) -> str:
    """The code the confirmation shows."""
    return person.page.locator(".receipt .code").inner_text().strip()


def test_a_resident_books_and_cancels_with_the_keyboard_alone(
    day: ReceptionSession, meet: Callable[..., Person]
) -> None:
    resident = meet(screen=DESK)
    resident.open("/")
    keys.go(resident, zh("Book", "a visit"))
    keys.choose(resident, zh("When would you like to come?"), "09:40–10:00")
    keys.write(resident, zh("What may we call you?"), NAME)
    keys.tab_to(resident, zh("What would you like to talk about?"))
    keys.enter(resident)

    # Phone and notice are missing: the summary has the focus and leads to the field.
    expect(resident.page.locator("[data-focus]")).to_be_focused()
    keys.go(resident, zh("Enter a phone number so that we can reach you."))
    expect(resident.page.get_by_role("textbox", name=zh("Phone"))).to_be_focused()
    resident.page.keyboard.type(PHONE)
    keys.tab_to(resident, zh("I have read how my information is used"))
    keys.press(resident, "Space")
    keys.go(resident, zh("Book this time"))

    code = code_on(resident)
    row = Booking.objects.get()
    assert (row.session, f"{row.slot:%H:%M}", row.name) == (day, "09:40", NAME)
    assert booking.by_code(code) == row

    later = meet(screen=DESK)
    later.open("/reception/")
    keys.go(later, zh("Look at my booking"))
    keys.write(later, zh("Booking code"), code.lower())
    keys.enter(later)
    later.sees("9:40")
    keys.go(later, zh("Cancel my booking"))
    keys.go(later, zh("Cancel my booking"))
    row.refresh_from_db()
    assert row.status == BookingStatus.CANCELLED


def test_two_taps_lead_from_the_home_page_to_the_times(
    day: ReceptionSession, meet: Callable[..., Person]
) -> None:
    resident = meet()
    resident.open("/")
    resident.page.get_by_role("link", name=zh("Book", "a visit")).first.click()
    resident.page.get_by_label("09:20–09:40").check()
    expect(resident.page.get_by_label("09:20–09:40")).to_be_checked()


def test_the_calendar_fits_every_screen(
    cast: SimpleNamespace, day: ReceptionSession, meet: Callable[..., Person]
) -> None:
    for number in range(3):
        partners = "区住建局" * number
        make_day(
            cast, day=day.day, venue=cast.other_station, deputies=[], mode="JOINT", partners=partners
        )  # fmt: skip
    month = f"/reception/?month={day.day:%Y-%m}"
    for screen, table in (({"width": 390, "height": 844}, False), (DESK, True)):
        resident = meet(screen=screen)
        for address in (month, f"/reception/{day.pk}/", f"/reception/{day.pk}/book/", "/reception/booking/"):
            resident.open(address)
        resident.open(month)
        assert resident.page.locator("table.month").is_visible() is table


def test_without_a_script_a_visit_is_booked_and_the_record_written(
    cast: SimpleNamespace, day: ReceptionSession, meet: Callable[..., Person]
) -> None:
    resident = meet(scripts=False)
    resident.open(f"/reception/{day.pk}/book/")
    page = resident.page
    page.get_by_label("09:00–09:20").check()
    page.get_by_label(zh("What may we call you?")).fill(NAME)
    page.get_by_role("textbox", name=zh("Phone")).fill(PHONE)
    page.get_by_label(zh("I have read how my information is used")).check()
    page.get_by_role("button", name=zh("Book this time")).click()
    assert len(code_on(resident)) == 8

    ReceptionSession.objects.filter(pk=day.pk).update(day=clock.today())
    liaison = meet(cast.liaison, scripts=False)
    liaison.open(f"/desk/reception/{day.pk}/")
    page = liaison.page
    page.get_by_role("button", name=zh("Came", "sign-in")).first.click()
    page.get_by_role("button", name=zh("One more came")).click()
    page.get_by_role("link", name=zh("Write the record")).click()
    page.get_by_role("button", name=zh("Add a matter")).click()
    page.get_by_label(zh("What happened?")).fill("三号楼暖气不热。")
    page.get_by_role("button", name=zh("Save the record")).last.click()
    liaison.sees("三号楼暖气不热")
    day.refresh_from_db()
    assert (day.status, day.visitors, day.suggestions.count()) == ("HELD", 2, 1)
