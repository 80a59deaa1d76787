"""Without a mouse: submit, query and rate with Tab, Enter, Space and arrows, the focus always in sight."""

from collections.abc import Callable
from types import SimpleNamespace

from playwright.sync_api import expect

from suggestions.models import Suggestion
from tests.conftest import Journey, act

from . import keys, steps
from .people import DESK, Person
from .words import zh


def test_a_resident_submits_queries_and_rates_with_the_keyboard_alone(
    cast: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    resident = meet(screen=DESK)
    resident.open("/")
    keys.go(resident, zh("I have a suggestion"))

    keys.write(resident, zh("What happened?"), steps.TEXT)
    keys.choose(resident, zh("What is it about?"), "停车")
    keys.go(resident, zh("Go on"))

    keys.tab_to(resident, zh("Street"))
    keys.press(resident, "ArrowDown")
    keys.tab_to(resident, zh("Community"))
    keys.press(resident, "ArrowDown")
    keys.press(resident, "ArrowDown")
    keys.write(resident, zh("Which spot?"), "三号楼西侧空地")
    keys.enter(resident)

    # An answer is missing: the summary has the focus and leads to the field.
    keys.write(resident, zh("What may we call you?"), "李女士")
    keys.go(resident, zh("Go on"))
    expect(resident.page.locator("[data-focus]")).to_be_focused()
    keys.go(resident, zh("We need a phone number to tell you the answer."))
    expect(resident.page.get_by_role("textbox", name=zh("Phone"))).to_be_focused()
    resident.page.keyboard.type("13900000001")
    keys.tab_to(resident, zh("I have read how my information is used"))
    keys.press(resident, "Space")
    keys.go(resident, zh("Go on"))
    resident.sees("甲社区")
    keys.go(resident, zh("Send the suggestion"))
    receipt = steps.receipt(resident)

    case = Suggestion.objects.get(number=receipt.number)
    assert case.community == cast.community
    act("accept", case, cast.clerk, category=cast.category, level="L2")
    Journey(cast).assigned(case)
    Journey(cast).release(case)

    later = meet(screen=DESK)
    later.open("/")
    keys.go(later, zh("Check progress"))
    keys.write(later, zh("Number"), receipt.number)
    keys.write(later, zh("Query code"), receipt.code)
    keys.enter(later)
    later.sees(zh("The reply"))
    keys.choose(later, zh(steps.RESULT), zh("Dissatisfied", "rating"))
    keys.choose(later, zh(steps.MANNER), zh("Satisfied", "rating"))
    keys.write(later, zh("Would you like to say why?"), "车位没有编号。")
    keys.go(later, zh("Send my rating"))
    later.sees(zh("Thank you for your rating."))
    case.refresh_from_db()
    assert (case.round, case.rating, case.process_rating) == (2, "DISSATISFIED", "SATISFIED")


def test_the_first_tab_offers_to_skip_the_menu(meet: Callable[..., Person]) -> None:
    resident = meet()
    resident.open("/suggestions/track/")
    keys.press(resident, "Tab")
    expect(resident.page.locator(".skip")).to_be_focused()
    expect(resident.page.locator(".skip")).to_be_in_viewport()
    keys.press(resident, "Enter")
    keys.press(resident, "Tab")
    inside = "document.querySelector('#main').contains(document.activeElement)"
    assert resident.page.evaluate(inside)


def test_the_phone_menu_opens_and_closes_with_keys(meet: Callable[..., Person]) -> None:
    resident = meet()
    resident.open("/")
    keys.tab_to(resident, zh("Menu"))
    keys.press(resident, "Enter")
    expect(resident.page.locator(".nav-panel")).to_be_visible()
    keys.tab_to(resident, zh("Check progress"))
    keys.press(resident, "Escape")
    expect(resident.page.locator(".nav-panel")).to_be_hidden()
