"""No page is wider than its screen: on small phones, on ordinary ones, at 200 % zoom and on desks."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from suggestions.models import Suggestion
from tests.conftest import Journey, act
from tests.suggestions.public import replies

from . import steps
from .people import Person

SCREENS = {
    "small-phone": {"screen": {"width": 320, "height": 640}},
    # 390 pixels of a phone at 200 %.
    "phone-zoomed": {"screen": {"width": 195, "height": 422}, "device_scale_factor": 2},
    # 1280 pixels of a desk at 200 %.
    "desk-zoomed": {"screen": {"width": 640, "height": 450}, "device_scale_factor": 2},
}
# A word without a place to break, as people paste them.
LONG = "https://example.test/" + "a" * 120


@pytest.fixture
def case(cast: SimpleNamespace) -> Suggestion:
    """Replied once, given back, replied again: every part of the page is there."""
    journey = Journey(cast)
    case = journey.replied(text=f"小区停车难，照片在 {LONG}", place="三号楼西侧空地")
    act("rate_bad", case, cast.resident, reason=LONG, process="BASIC")
    act("comment", case, cast.deputy, text=LONG)
    replies.contact(cast, case)
    replies.promise(cast, case, 30, 60)
    return case


@pytest.mark.parametrize("name", SCREENS)
def test_no_public_page_needs_sideways_scrolling(
    cast: SimpleNamespace, case: Suggestion, meet: Callable[..., Person], name: str
) -> None:
    anybody, resident = meet(**SCREENS[name]), meet(cast.resident, **SCREENS[name])
    for path in (
        "/", "/venues/", "/venues/TS1/", "/venues/?community=210103901001", "/deputies/", "/deputies/T0001/",
        "/suggestions/", "/suggestions/track/", "/accounts/login/", "/accounts/signup/",
        "/venues/TS1/notes/", f"/suggestions/{case.number}/rate/",
    ):  # fmt: skip
        anybody.open(path)
        anybody.fits()
    own = f"/suggestions/{case.number}/"
    actions = ("", "rate/", "confirm_contact/", "withdraw/", "forget_contact/")
    for path in (*(own + action for action in actions), "/suggestions/mine/"):
        resident.open(path)
        resident.fits()
    resident.open(f"/suggestions/{case.number}/")
    resident.shot(f"screens/{name}-case")
    # Each step says so by itself when it is too wide.
    steps.fill_in(anybody)
    anybody.shot(f"screens/{name}-check")


def test_on_a_phone_every_tab_is_in_sight(cast: SimpleNamespace, meet: Callable[..., Person]) -> None:
    resident = meet()
    resident.open("/deputies/")
    box = resident.page.locator(".tabs").bounding_box()
    assert box is not None
    for tab in resident.page.locator(".tabs a").all():
        own = tab.bounding_box()
        assert own is not None
        assert own["x"] + own["width"] <= box["x"] + box["width"] + 1


@pytest.mark.parametrize("name", SCREENS)
def test_no_page_of_desk_or_office_needs_sideways_scrolling(
    cast: SimpleNamespace, case: Suggestion, meet: Callable[..., Person], name: str
) -> None:
    liaison, unit, clerk = (meet(user, **SCREENS[name]) for user in (cast.liaison, cast.officer, cast.clerk))
    cases = "/admin/suggestions/suggestion/"
    for person, paths in (
        (liaison, ("/desk/", f"/desk/{case.number}/", f"/desk/{case.number}/do/comment/", "/desk/register/")),
        (unit, ("/desk/", f"/desk/{case.number}/", "/desk/due/", "/desk/saved/")),
        (clerk, ("/admin/", cases, f"{cases}{case.pk}/change/", f"{cases}due/", f"{cases}saved/")),
    ):
        for path in paths:
            person.open(path)
            person.fits()
    clerk.shot(f"screens/{name}-office")
    liaison.shot(f"screens/{name}-register")
