"""Where are my deputies: typed by keyboard; and the map for keys, fingers, buttons, no scripts."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from stations.models import Community, Venue, VenueKind
from suggestions.demo.network.map import MIDDLES

from . import keys
from .people import DESK, Person
from .words import zh

# The ring drawn around the sign that has the focus.
RING = "() => getComputedStyle(document.activeElement.querySelector('.map-hit')).stroke"
VIEW = "() => document.querySelector('#map-drawing').getAttribute('viewBox')"


@pytest.fixture
def placed(cast: SimpleNamespace) -> SimpleNamespace:
    """The three venues of the cast and forty more close by."""
    for venue, (longitude, latitude) in zip(
        (cast.home, cast.station, cast.other_station), MIDDLES.values(), strict=False
    ):
        Venue.objects.filter(pk=venue.pk).update(longitude=longitude, latitude=latitude)
    Venue.objects.bulk_create(
        Venue(
            code=f"C{number}", kind=VenueKind.POINT, name=f"联系点{number}", street=cast.street,
            longitude=f"{123.44 + 0.008 * (number % 7):.6f}", latitude=f"{41.76 + 0.006 * (number % 6):.6f}",
        )
        for number in range(40)
    )  # fmt: skip
    Community.objects.filter(pk=cast.community.pk).update(landmarks="测试路")
    return cast


def test_from_the_home_page_to_the_deputies_with_the_keyboard_alone(
    placed: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    resident = meet(screen=DESK)
    resident.open("/")
    keys.write(resident, zh("Community, road or estate"), "测试路36号3单元")
    keys.enter(resident)
    resident.sees("甲社区代表联络站", "林示例", "测试街道代表之家")
    # The port of the test server may have these figures too.
    assert "36" not in resident.page.url.partition("/venues/")[2]
    resident.shot("find-mine")


def test_every_sign_is_reached_by_tab_seen_and_opened_by_enter(
    placed: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    resident = meet(screen=DESK)
    resident.open("/map/")
    signs = resident.page.locator(".map-sign")
    keys.tab_to(resident, zh("Skip the map, go to the list"))
    for number in range(signs.count()):
        keys.press(resident, "Tab")
        expect(signs.nth(number)).to_be_focused()
        assert resident.page.evaluate(RING) != "none"
    signs.first.focus()
    keys.enter(resident)
    assert resident.path == "/venues/TH1/"


def test_the_map_can_be_skipped(placed: SimpleNamespace, meet: Callable[..., Person]) -> None:
    resident = meet(screen=DESK)
    resident.open("/map/")
    keys.tab_to(resident, zh("Skip the map, go to the list"))
    keys.press(resident, "Enter")
    keys.press(resident, "Tab")
    inside = "document.querySelector('#map-list').contains(document.activeElement)"
    assert resident.page.evaluate(inside)


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_every_sign_is_large_enough_for_a_finger(
    placed: SimpleNamespace, meet: Callable[..., Person], *, scripts: bool
) -> None:
    resident = meet(scripts=scripts)
    resident.open("/map/")
    resident.fits()
    boxes = [hit.bounding_box() for hit in resident.page.locator(".map-hit").all()]
    assert len(boxes) > 10
    assert min(min(box["width"], box["height"]) for box in boxes if box) >= 24
    resident.shot(f"map-phone-{'with' if scripts else 'without'}-scripts")


def test_buttons_make_it_larger_move_it_and_bring_all_back(
    placed: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    resident = meet(screen=DESK)
    resident.open("/map/")
    whole = resident.page.evaluate(VIEW)
    size = resident.page.locator(".map-hit").first.bounding_box()
    resident.press(zh("Larger"))
    larger = resident.page.evaluate(VIEW)
    assert float(larger.split()[2]) == pytest.approx(float(whole.split()[2]) / 1.5)
    after = resident.page.locator(".map-hit").first.bounding_box()
    assert size
    assert after
    assert after["width"] == pytest.approx(size["width"], rel=0.02)
    resident.press(zh("West"))
    assert float(resident.page.evaluate(VIEW).split()[0]) < float(larger.split()[0])
    resident.press(zh("Whole map"))
    assert [float(part) for part in resident.page.evaluate(VIEW).split()] == [
        float(part) for part in whole.split()
    ]
    resident.shot("map-desk", whole=False)


def test_without_scripts_there_are_no_buttons_that_do_nothing(
    placed: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    resident = meet(scripts=False)
    resident.open("/map/")
    expect(resident.page.locator(".map-tools")).to_be_hidden()
    resident.select(zh("Street"), "另一街道")
    resident.press(zh("Show"))
    resident.sees("乙社区代表联络站")
    expect(resident.page.locator(".map-sign")).to_have_count(1)
