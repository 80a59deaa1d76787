"""Assigning, drafting and looking at the letter in a real browser, with scripts and without."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from suggestions.models import Assignment
from tests.conftest import Journey, act

from .people import DESK, Person
from .test_screens import SCREENS
from .words import zh

OFFICE = "/admin/suggestions/suggestion"


def test_only_what_belongs_to_the_chosen_way_is_shown(
    cast: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    case = Journey(cast).accepted()
    clerk = meet(cast.clerk, screen=DESK)
    clerk.open(f"{OFFICE}/{case.pk}/do/assign/")
    lead, office = (clerk.page.locator(f"#id_{name}") for name in ("unit", "coordinator"))
    expect(lead).to_be_visible()
    expect(office).to_be_hidden()

    clerk.choose(zh("A coordinator office dispatches it"))
    expect(lead).to_be_hidden()
    expect(office).to_be_visible()

    clerk.choose(zh("One lead, others help"))
    clerk.page.locator("#unit-filter").fill("交警")
    boxes = clerk.page.locator("#unit-boxes label")
    expect(boxes.filter(has_text="测试交警大队")).to_be_visible()
    expect(boxes.filter(has_text="测试城管局")).to_be_hidden()
    clerk.page.keyboard.press("Enter")
    boxes.filter(has_text="测试交警大队").click()
    clerk.page.locator("#unit-filter").fill("")
    lead.select_option(label="测试住建局")
    clerk.press(zh("Assign"))

    clerk.sees("测试住建局", "测试交警大队")
    assert set(case.assignments.values_list("unit__name", "kind")) == {
        ("测试住建局", "LEAD"), ("测试交警大队", "ASSISTING"),
    }  # fmt: skip


def test_without_scripts_everything_is_there_and_works(
    cast: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    case = Journey(cast).accepted()
    clerk = meet(cast.clerk, screen=DESK, scripts=False)
    clerk.open(f"{OFFICE}/{case.pk}/do/assign/")
    for name in ("unit", "coordinator"):
        expect(clerk.page.locator(f"#id_{name}")).to_be_visible()
    expect(clerk.page.locator("#unit-filter")).to_be_hidden()

    clerk.choose(zh("A coordinator office dispatches it"))
    clerk.page.locator("#id_coordinator").select_option(label="测试区政府办公室")
    clerk.press(zh("Assign"))

    assert case.assignments.get().kind == "COORDINATOR"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_letter_is_looked_at_before_it_is_sent(
    cast: SimpleNamespace, meet: Callable[..., Person], scripts: bool
) -> None:
    journey = Journey(cast)
    row = act("sign", journey.handling().assignments.get(), cast.officer)
    officer = meet(cast.officer, scripts=scripts)
    officer.open(f"/desk/row/{row.pk}/do/draft/")
    officer.write(zh("Reply to the resident"), "您好，已增设车位三十个。")

    officer.press(zh("Show the letter"))
    expect(officer.page.locator("#preview")).to_contain_text("您好，已增设车位三十个。")
    assert Assignment.objects.get(pk=row.pk).state == "IN_HAND"
    officer.page.locator("input[name=answer_class][value=A]").check()
    officer.press(zh("Draft the reply"))

    officer.sees(zh("The draft waits to be signed off by a second person."))
    assert row.replies.get().text == "您好，已增设车位三十个。"


@pytest.mark.parametrize("name", SCREENS)
def test_no_page_of_handling_needs_sideways_scrolling(
    cast: SimpleNamespace, meet: Callable[..., Person], name: str
) -> None:
    journey = Journey(cast)
    row = act("sign", journey.handling().assignments.get(), cast.officer)
    signed, open_case = journey.signed(journey.handling()), journey.accepted()
    act("merge", journey.submitted(), cast.clerk, lead=row.suggestion)
    closed = journey.closed()
    officer, clerk, reviewer, committee = (
        meet(user, **SCREENS[name]) for user in (cast.officer, cast.clerk, cast.reviewer, cast.committee)
    )
    other = f"{OFFICE}/{journey.submitted().pk}/do/merge/?lead={row.suggestion.number}"
    for person, paths in (
        (officer, (f"/desk/row/{row.pk}/do/draft/", f"/desk/{row.suggestion.number}/", "/desk/?tab=done",
                   f"/desk/{closed.number}/", f"/desk/row/{row.pk}/do/log_contact/")),
        (clerk, (f"{OFFICE}/{open_case.pk}/do/assign/", other, "/admin/suggestions/promise/fulfilment/",
                 "/admin/suggestions/promise/", f"{OFFICE}/{row.suggestion_id}/change/", f"{OFFICE}/")),
        (reviewer, (f"/admin/suggestions/assignment/{signed.pk}/do/release/",)),
        (committee, ("/desk/", f"/desk/{open_case.number}/do/assign/")),
    ):  # fmt: skip
        for path in paths:
            person.open(path)
            person.fits()
