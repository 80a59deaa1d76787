"""Large type, English and dark screens: chosen once, they stay."""

from collections.abc import Callable
from types import SimpleNamespace

from playwright.sync_api import expect

from tests.conftest import Journey

from .people import DESK, Person
from .words import zh

TYPE = "parseFloat(getComputedStyle(document.querySelector('main p, main label')).fontSize)"
TARGETS = """[...document.querySelectorAll("main .btn, main input:not([type=hidden])")]
  .filter((box) => box.offsetParent).map((box) => box.getBoundingClientRect().height)"""


def test_large_type_is_larger_and_stays(meet: Callable[..., Person]) -> None:
    resident = meet()
    resident.open("/suggestions/track/")
    before = resident.page.evaluate(TYPE)
    resident.page.locator(".nav-menu > summary").click()
    resident.page.get_by_role("button", name=zh("Large type")).locator("visible=true").click()
    for path in ("/suggestions/track/", "/suggestions/new/", "/venues/TS1/", "/"):
        resident.open(path)
        expect(resident.page.locator("html")).to_have_attribute("data-mode", "elder")
        resident.fits()
    resident.open("/suggestions/track/")
    assert resident.page.evaluate(TYPE) >= before * 1.25
    heights = resident.page.evaluate(TARGETS)
    assert min(heights) >= 56
    resident.shot("modes/large-type")

    resident.page.locator(".nav-menu > summary").click()
    resident.page.get_by_role("button", name=zh("Normal size")).locator("visible=true").click()
    expect(resident.page.locator("html")).not_to_have_attribute("data-mode", "elder")


def test_english_is_english_everywhere_and_stays(cast: SimpleNamespace, meet: Callable[..., Person]) -> None:
    resident = meet(screen=DESK)
    resident.open("/suggestions/track/")
    resident.page.get_by_role("button", name="English").locator("visible=true").click()
    assert resident.path == "/suggestions/track/"
    for path, words in (
        ("/suggestions/track/", "Check progress"), ("/suggestions/new/", "Make a suggestion"),
        ("/accounts/login/", "Sign in"),
    ):  # fmt: skip
        resident.open(path)
        expect(resident.page.locator("html")).to_have_attribute("lang", "en")
        resident.heading(words)
    resident.page.get_by_role("button", name="中文").locator("visible=true").click()
    expect(resident.page.locator("html")).to_have_attribute("lang", "zh-hans")


def test_a_foreign_browser_is_greeted_in_its_language(meet: Callable[..., Person]) -> None:
    visitor = meet(language="en-GB")
    visitor.open("/suggestions/track/")
    visitor.heading("Check progress")


def test_dark_screens_are_dark_at_the_public_pages_and_in_the_office(
    cast: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    case = Journey(cast).replied()
    resident = meet(cast.resident, color_scheme="dark")
    clerk = meet(cast.clerk, color_scheme="dark", screen=DESK)
    for person, path, name in (
        (resident, f"/suggestions/{case.number}/", "case"), (resident, "/", "home"),
        (clerk, f"/admin/suggestions/suggestion/{case.pk}/change/", "office"), (clerk, "/admin/", "board"),
    ):  # fmt: skip
        person.open(path)
        ground = person.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(int(part) for part in ground.strip("rgb()").split(",")) < 60, ground
        person.shot(f"modes/dark-{name}")
