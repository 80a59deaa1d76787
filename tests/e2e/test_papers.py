"""Papers from the printer: A4 with the edges of the standard, no page too many, a receipt on one sheet."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from stations.models import Venue
from suggestions.models import HandlingUnit
from tests.conftest import Journey
from tests.papers.scenes import answered, boxed

from . import steps
from .people import DESK, PHONE, Person
from .words import zh

# Points of a millimetre.
POINT = 72 / 25.4
A4, A6 = (210, 297), (105, 148)


def printed(person: Person) -> tuple[int, tuple[int, int]]:
    """How many pages come out, and how large the first is in millimetres."""
    pdf = person.page.pdf(prefer_css_page_size=True)
    width, height = map(float, re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0])
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    return pages, (round(width / POINT), round(height / POINT))


@pytest.fixture
def scene(cast: SimpleNamespace) -> SimpleNamespace:
    """One case through to its reply, and a note from the box."""
    HandlingUnit.objects.filter(pk=cast.unit.pk).update(document_mark="沈河民建", phone="024-22345678")
    cast.unit.refresh_from_db()
    found = answered(Journey(cast))
    found.box = boxed(Journey(cast))
    return found


def addresses(scene: SimpleNamespace) -> dict[str, tuple[str, int]]:
    """Address → pages: the letter of reply has two annexes, each on a page of its own."""
    return {
        "assignment": (f"assignment/{scene.lead.pk}", 1),
        "opinion": (f"opinion/{scene.opinion.pk}", 1),
        "reply": (f"reply/{scene.reply.pk}", 4),
        "letter": (f"letter/{scene.letter.pk}", 1),
        "posting": (f"posting/{scene.box.pk}", 1),
    }


def test_each_paper_has_its_pages_and_fits_every_screen(
    cast: SimpleNamespace, scene: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    for screen in (DESK, PHONE):
        person = meet(cast.clerk, screen=screen)
        for path, pages in addresses(scene).values():
            person.open(f"/admin/suggestions/paper/{path}/")
            person.fits()
            assert printed(person) == (pages, A4), path


def test_a_text_of_five_thousand_characters_runs_over_the_pages(
    cast: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    case = Journey(cast).handling(text="小区停车位不够，晚上消防通道也被占用。" * 263)
    person = meet(cast.officer)
    person.open(f"/desk/paper/assignment/{case.assignments.get().pk}/")

    person.fits()
    pages, size = printed(person)
    assert (pages > 5, size) == (True, A4)


def test_the_file_is_fetched_from_the_page(
    cast: SimpleNamespace, scene: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    person = meet(cast.officer)
    person.open(f"/desk/{scene.case.number}/")
    person.follow("答复函")
    with person.page.expect_download() as fetched:
        person.follow(zh("Word file"))

    assert fetched.value.suggested_filename == f"群众意见{scene.case.number}号答复函（测试住建局）.docx"


def test_the_resident_prints_the_reply(
    cast: SimpleNamespace, scene: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    person = meet(cast.resident)
    person.open(f"/suggestions/{scene.case.number}/")
    person.follow(zh("Print this reply as a letter"))

    person.fits()
    assert printed(person) == (4, A4)
    person.follow(zh("Back to the case"))
    assert person.path == f"/suggestions/{scene.case.number}/"


def longest(cast: SimpleNamespace) -> None:
    """Everything a receipt repeats, as long as it can be."""
    Venue.objects.filter(pk=cast.station.pk).update(
        name="示例街道示例社区人大代表联络站" * 4, address="示例路一百二十八号东侧" * 10,
        hours="周一至周五八点半至十一点半，" * 5,
    )  # fmt: skip


def chosen(person: Person, size: str) -> None:
    person.page.locator(f"[name=slip-size][value={size}]").check()


@pytest.mark.parametrize("long", [False, True])
def test_the_receipt_is_one_sheet_of_the_chosen_size(
    cast: SimpleNamespace, meet: Callable[..., Person], long: bool
) -> None:
    person = meet()
    if long:
        longest(cast)
    steps.fill_in(person)
    receipt = steps.send(person)

    assert printed(person) == (1, A4)
    person.page.emulate_media(media="print")
    keys = person.page.locator(".slip-paper .key")
    assert keys.all_inner_texts() == list(receipt)
    sizes = keys.evaluate_all("keys => keys.map(key => parseFloat(getComputedStyle(key).fontSize))")
    # In very large type: at least 40 points.
    assert min(sizes) >= 40 * 96 / 72
    assert person.page.locator(".slip-paper img").evaluate("one => one.getBoundingClientRect().width") >= 100
    assert not person.page.get_by_role("banner").is_visible()
    person.page.emulate_media(media="null")
    chosen(person, "A6")
    assert printed(person) == (1, A6)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_new_code_is_printed_from_the_page_that_shows_it(
    cast: SimpleNamespace, meet: Callable[..., Person], scripts: bool
) -> None:
    case = Journey(cast).submitted()
    for user, address in (
        (cast.liaison, f"/desk/{case.number}"),
        (cast.clerk, f"/admin/suggestions/suggestion/{case.pk}"),
    ):
        person = meet(user, scripts=scripts)
        person.open(f"{address}/do/renew_code/")
        choose_how(person)

        person.fits()
        for size, wanted in (("A4", A4), ("A6", A6)):
            chosen(person, size)
            assert printed(person) == (1, wanted)


def choose_how(person: Person) -> None:
    """Give out the code at the venue."""
    how: Any = person.page.locator("[name=how]")
    if how.first.evaluate("one => one.tagName") == "SELECT":
        how.select_option("DESK")
    else:
        person.page.locator("[name=how][value=DESK]").check()
    person.page.locator("form:has([name=how]) button[type=submit]:visible").click()
    person.page.locator(".slip-paper").wait_for()
