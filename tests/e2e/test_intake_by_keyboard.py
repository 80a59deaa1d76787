"""A clerk takes twenty cases from submitted to assigned with the keyboard alone; every key is counted."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from suggestions.models import Category, HandlingUnit, ReplyTemplate, Suggestion
from tests.conftest import Journey, act

from . import keys
from .people import DESK, Person
from .words import zh

CASES = 20
# Besides the letters of a unit's or a category's name. Ctrl and Enter are two keys.
MOST_KEYS_A_CASE = 6
TEXTS = (
    "三号楼暖气不热，室内只有十四度，老人冻感冒了。",
    "小区停车位不够，消防通道也被占用。",
    "楼道灯坏了一个月，晚上看不清。",
    "广场舞音响太大，孩子没法写作业。",
    "路口红绿灯时间太短，老人过不去。",
)


@dataclass
class Fingers:
    """Presses keys and counts them: those of a name that is typed apart from all others."""

    person: Person
    pressed: list[int] = field(default_factory=list)
    typed: int = 0

    def begin(self) -> None:
        self.pressed.append(0)

    def press(self, key: str) -> None:
        self.pressed[-1] += key.count("+") + 1
        self.person.page.keyboard.press(key)

    def name(self, letters: str) -> None:
        self.typed += len(letters)
        self.person.page.keyboard.type(letters)

    def done(self) -> None:
        """Both steps at once; the next page opens by itself."""
        with self.person.page.expect_navigation():
            self.press("Control+Enter")


@pytest.fixture
def queue(cast: SimpleNamespace) -> list[Suggestion]:
    """Twenty cases of five kinds: with and without a usual unit, a usual level, and a category at all."""
    police, unit = cast.third_unit, cast.unit
    heating = HandlingUnit.objects.create(code="U7", name="测试供热公司", system="ENTERPRISE")
    usual = (
        ("HEATING", heating, "L3"), ("PARKING", police, "L2"), ("SAFETY", None, "L2"), ("NOISE", unit, ""),
        ("ROADS", unit, "L3"),
    )  # fmt: skip
    for code, usual_unit, level in usual:
        Category.objects.filter(code=code).update(usual_unit=usual_unit, usual_level=level)
    found = {row.code: row for row in Category.objects.all()}
    kinds = ("HEATING", "PARKING", "SAFETY", "NOISE", "")
    journey = Journey(cast)
    return [
        journey.submitted(
            text=TEXTS[turn % 5], title=f"第{turn + 1}件", category=found.get(kinds[turn % 5]),
            phone=f"139000001{turn:02d}",
        )
        for turn in range(CASES)
    ]  # fmt: skip


def number_on(person: Person) -> str:
    return person.page.locator(".bench-title .eyebrow").inner_text()


def at_bench(person: Person) -> None:
    """From the index of the office to the workbench, with Tab and Enter."""
    person.open("/admin/")
    keys.go(person, zh("Work off one by one"))
    expect(person.page.locator("#bench-title")).to_be_focused()


# What the clerk does about each kind of case before pressing Ctrl and Enter.
def nothing_to_add(fingers: Fingers) -> None:
    """Category, level, unit and date are all prefilled."""


def name_a_unit(fingers: Fingers) -> None:
    """测试住建局, by the initials of its pinyin."""
    fingers.press("u")
    fingers.name("zjj")


def name_a_level(fingers: Fingers) -> None:
    fingers.press("3")


def name_a_category(fingers: Fingers) -> None:
    """道路; its usual unit and level come with it."""
    fingers.press("c")
    fingers.name("dl")


DEEDS = (nothing_to_add, nothing_to_add, name_a_unit, name_a_level, name_a_category)
WANTED = (
    ("HEATING", "L3", "测试供热公司"), ("PARKING", "L2", "测试交警大队"), ("SAFETY", "L2", "测试住建局"),
    ("NOISE", "L2", "测试住建局"), ("ROADS", "L3", "测试住建局"),
)  # fmt: skip


def test_a_clerk_takes_twenty_cases_from_submitted_to_assigned_with_the_keyboard_alone(
    cast: SimpleNamespace, queue: list[Suggestion], meet: Callable[..., Person]
) -> None:
    clerk = meet(cast.clerk, screen=DESK)
    at_bench(clerk)
    fingers = Fingers(clerk)

    for turn, case in enumerate(queue):
        assert number_on(clerk) == case.number
        fingers.begin()
        DEEDS[turn % 5](fingers)
        fingers.done()

    expect(clerk.page.locator(".empty")).to_be_visible()
    for turn, case in enumerate(queue):
        case.refresh_from_db()
        row = case.assignments.get()
        assert (case.state, case.category.code, case.level, row.unit.name) == ("HANDLING", *WANTED[turn % 5])
        assert [event.action for event in case.events.all()] == ["submit", "accept", "assign", "issue"]
    average = sum(fingers.pressed) / CASES
    print(
        f"\n{CASES} cases: {average:.2f} keys a case, at most {max(fingers.pressed)},"
        f" and {fingers.typed / CASES:.2f} letters of names"
    )
    assert max(fingers.pressed) <= MOST_KEYS_A_CASE


def test_letters_do_nothing_while_somebody_types_and_work_again_after_escape(
    cast: SimpleNamespace, queue: list[Suggestion], meet: Callable[..., Person]
) -> None:
    clerk = meet(cast.clerk, screen=DESK)
    at_bench(clerk)
    page = clerk.page

    keys.press(clerk, "q")
    page.keyboard.type("a1jkgu?")
    expect(page.get_by_role("textbox", name=zh("What do you want to ask?"))).to_have_value("a1jkgu?")
    assert number_on(clerk) == queue[0].number

    keys.press(clerk, "Escape")
    expect(page.locator("#bench-title")).to_be_focused()
    with page.expect_navigation():
        keys.press(clerk, "j")
    assert number_on(clerk) == queue[1].number
    with page.expect_navigation():
        keys.press(clerk, "k")
    assert number_on(clerk) == queue[0].number
    assert {state for (state,) in Suggestion.objects.values_list("state")} == {"SUBMITTED"}


def test_a_level_is_chosen_by_its_place_or_by_its_own_digit(
    cast: SimpleNamespace, queue: list[Suggestion], meet: Callable[..., Person]
) -> None:
    clerk = meet(cast.clerk, screen=DESK)
    at_bench(clerk)
    chosen = clerk.page.locator("input[name=level]:checked")

    for pressed, level in ((("1",), "L0"), (("5",), "L4"), (("l", "1"), "L1"), (("2",), "L1")):
        for key in pressed:
            keys.press(clerk, key)
        expect(chosen).to_have_value(level)


def test_single_keys_can_be_switched_off_for_who_speaks_to_the_computer(
    cast: SimpleNamespace, queue: list[Suggestion], meet: Callable[..., Person]
) -> None:
    clerk = meet(cast.clerk, screen=DESK)
    at_bench(clerk)
    clerk.page.get_by_label(zh("Single keys off on this computer")).check()
    clerk.page.reload()

    keys.press(clerk, "j")
    keys.press(clerk, "a")
    clerk.page.wait_for_timeout(300)
    assert number_on(clerk) == queue[0].number
    # What needs two keys at once still works.
    with clerk.page.expect_navigation():
        keys.press(clerk, "Control+Enter")
    assert number_on(clerk) == queue[1].number


def test_the_keys_are_printed_on_the_page_and_no_field_is_a_trap(
    cast: SimpleNamespace, queue: list[Suggestion], meet: Callable[..., Person]
) -> None:
    clerk = meet(cast.clerk, screen=DESK)
    at_bench(clerk)
    clerk.sees(zh("Keys"), zh("Accept only"))

    keys.tab_to(clerk, zh("Category"))
    keys.tab_to(clerk, zh("Lead unit"))
    keys.tab_to(clerk, zh("Accept and assign"))
    # On a legend that was opened by its key the focus stands where it can be closed again.
    keys.press(clerk, "?")
    expect(clerk.page.locator("[data-legend] summary")).to_be_focused()


def test_what_is_wrong_has_the_focus_and_leads_to_the_field(
    cast: SimpleNamespace, queue: list[Suggestion], meet: Callable[..., Person]
) -> None:
    clerk = meet(cast.clerk, screen=DESK)
    at_bench(clerk)
    for _turn in range(2):
        with clerk.page.expect_navigation():
            keys.press(clerk, "j")

    with clerk.page.expect_navigation():
        keys.press(clerk, "Control+Enter")
    expect(clerk.page.locator("#error-summary")).to_be_focused()
    keys.press(clerk, "Tab")
    keys.press(clerk, "Enter")
    expect(clerk.page.locator("#id_unit")).to_be_focused()


def test_a_similar_case_is_joined_with_two_keys(
    cast: SimpleNamespace, queue: list[Suggestion], meet: Callable[..., Person]
) -> None:
    act("accept", queue[5], cast.clerk2, category=queue[5].category, level="L3")
    clerk = meet(cast.clerk, screen=DESK)
    at_bench(clerk)

    keys.press(clerk, "m")
    with clerk.page.expect_navigation():
        keys.press(clerk, "Enter")

    queue[0].refresh_from_db()
    assert (queue[0].state, queue[0].merged_into) == ("MERGED", queue[5])
    assert number_on(clerk) == queue[1].number


def test_a_template_goes_where_the_cursor_stands(
    cast: SimpleNamespace, queue: list[Suggestion], meet: Callable[..., Person]
) -> None:
    ReplyTemplate.objects.filter(use="ask_more").delete()
    ReplyTemplate.objects.create(use="ask_more", name="地点", text="请补充地点。")
    clerk = meet(cast.clerk, screen=DESK)
    at_bench(clerk)
    keys.press(clerk, "q")
    clerk.page.keyboard.type("您好，谢谢。")
    for _sign in "谢谢。":
        keys.press(clerk, "ArrowLeft")

    clerk.page.get_by_role("link", name="地点", exact=True).press("Enter")

    question = clerk.page.get_by_role("textbox", name=zh("What do you want to ask?"))
    expect(question).to_have_value("您好，请补充地点。谢谢。")
    expect(question).to_be_focused()


def test_without_scripts_the_workbench_is_a_plain_form(
    cast: SimpleNamespace, queue: list[Suggestion], meet: Callable[..., Person]
) -> None:
    clerk = meet(cast.clerk, screen=DESK, scripts=False)
    clerk.open("/admin/")
    clerk.page.get_by_role("link", name=re.compile(zh("Work off one by one"))).first.click()
    clerk.fits()

    clerk.press(zh("Accept and assign"))
    clerk.press(zh("Accept"))

    assert number_on(clerk) == queue[2].number
    for case, state in ((queue[0], "HANDLING"), (queue[1], "ACCEPTED")):
        case.refresh_from_db()
        assert case.state == state


def test_paper_is_registered_one_after_the_other_with_the_keyboard(
    cast: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    clerk = meet(cast.clerk, screen=DESK)
    clerk.open("/admin/suggestions/suggestion/")
    keys.go(clerk, zh("Register for somebody"))

    for turn, words in enumerate(TEXTS[:2]):
        keys.write(clerk, zh("What happened?"), words)
        if turn == 0:
            keys.tab_to(clerk, zh("Street"))
            keys.press(clerk, "ArrowDown")
        with clerk.page.expect_navigation():
            keys.press(clerk, "Control+Enter")
        expect(clerk.page.locator(".slip")).to_be_focused()
        keys.go(clerk, zh("Register the next one"))

    assert set(Suggestion.objects.values_list("street", flat=True)) == {cast.street.pk}
    assert Suggestion.objects.count() == 2
