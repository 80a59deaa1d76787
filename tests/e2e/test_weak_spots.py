"""Where sites lose what people typed or count a click twice."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from suggestions.models import Suggestion
from tests.conftest import Journey

from . import steps
from .people import DESK, Person
from .words import label, zh


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_double_click_makes_one_suggestion(meet: Callable[..., Person], scripts: bool) -> None:
    resident = meet(scripts=scripts)
    steps.fill_in(resident)
    resident.button(zh("Send the suggestion")).dblclick()
    receipt = steps.receipt(resident)
    assert [case.number for case in Suggestion.objects.all()] == [receipt.number]


def test_two_sends_at_the_same_moment_make_one_suggestion(meet: Callable[..., Person]) -> None:
    resident = meet()
    steps.fill_in(resident)
    pages = resident.page.evaluate("""async () => {
      const form = document.querySelector("main form");
      const send = () => fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
      return Promise.all((await Promise.all([send(), send()])).map((answer) => answer.text()));
    }""")
    number = Suggestion.objects.get().number
    assert all(number in page for page in pages)


def test_back_after_sending_shows_the_confirmation(meet: Callable[..., Person]) -> None:
    resident = meet()
    steps.fill_in(resident)
    receipt = steps.send(resident)
    resident.page.go_back()
    assert steps.receipt(resident) == receipt
    resident.page.reload()
    assert steps.receipt(resident) == receipt
    assert Suggestion.objects.count() == 1


def test_every_step_keeps_its_answers_over_back_and_reload(
    meet: Callable[..., Person], tmp_path: Path
) -> None:
    resident = meet()
    steps.fill_in(resident, picture=steps.photo(tmp_path))
    resident.page.reload()
    resident.sees(steps.TEXT, "三号楼西侧空地", "13900000001")

    resident.follow(zh("Back"))
    expect(resident.page.get_by_role("textbox", name=zh("Phone"))).to_have_value("13900000001")
    expect(resident.page.get_by_role("checkbox").first).to_be_checked()
    resident.follow(zh("Back"))
    expect(resident.page.get_by_role("textbox", name=zh("Which spot?"))).to_have_value("三号楼西侧空地")
    expect(resident.page.locator(".photo-grid img")).to_have_count(1)
    resident.page.reload()
    expect(resident.page.locator(".photo-grid img")).to_have_count(1)
    resident.follow(zh("Back"))
    expect(resident.page.get_by_role("textbox", name=zh("What happened?"))).to_have_value(steps.TEXT)
    expect(resident.page.get_by_role("radio", name="停车", exact=True)).to_be_checked()
    # Who came back to change one thing goes straight to the last look again.
    resident.press(zh("Go on"))
    resident.heading(zh("Is everything right?"))


def test_words_not_sent_yet_stay_on_this_device_and_nothing_about_the_person_does(
    meet: Callable[..., Person],
) -> None:
    resident = meet()
    resident.open("/q/TS1/")
    resident.write(zh("What happened?"), steps.TEXT)
    resident.page.reload()
    expect(resident.page.get_by_role("textbox", name=zh("What happened?"))).to_have_value(steps.TEXT)
    expect(resident.page.locator("[data-draft-note]")).to_be_visible()
    resident.press(zh("Go on"))
    steps.say_where(resident)
    steps.say_who(resident)
    assert "13900000001" not in resident.page.evaluate("JSON.stringify(localStorage)")
    steps.send(resident)
    # The script of the page runs once all of it is there.
    resident.page.wait_for_load_state()
    assert steps.TEXT not in resident.page.evaluate("JSON.stringify(localStorage)")


def test_an_expired_page_comes_back_filled_with_its_photo(
    meet: Callable[..., Person], tmp_path: Path
) -> None:
    resident = meet()
    resident.may_meet(403)
    resident.open("/q/TS1/")
    steps.say_what(resident)
    resident.context.clear_cookies(name="csrftoken")
    steps.say_where(resident, picture=steps.photo(tmp_path))
    expect(resident.page.get_by_role("textbox", name=zh("Which spot?"))).to_have_value("三号楼西侧空地")
    expect(resident.page.locator(".photo-grid img")).to_have_count(1)
    resident.press(zh("Go on"))
    resident.context.clear_cookies(name="csrftoken")
    steps.say_who(resident)
    expect(resident.page.get_by_role("textbox", name=zh("Phone"))).to_have_value("13900000001")
    resident.press(zh("Go on"))
    resident.context.clear_cookies(name="csrftoken")
    resident.press(zh("Send the suggestion"))
    assert not Suggestion.objects.exists()
    steps.send(resident)
    assert Suggestion.objects.get().photos.count() == 1


def test_words_survive_a_session_that_is_gone(meet: Callable[..., Person]) -> None:
    resident = meet()
    resident.may_meet(403)
    resident.open("/q/TS1/")
    resident.context.clear_cookies()
    steps.say_what(resident)
    expect(resident.page.get_by_role("textbox", name=zh("What happened?"))).to_have_value(steps.TEXT)
    resident.press(zh("Go on"))
    resident.heading(zh("Where is it?"))


def test_of_clerk_and_liaison_the_slower_one_is_told(
    cast: SimpleNamespace, meet: Callable[..., Person]
) -> None:
    """Both have the form open; the second learns that somebody was faster and keeps what was typed."""
    first, second = (Journey(cast).submitted(title=title) for title in ("路灯不亮", "井盖松动"))
    liaison, clerk = meet(cast.liaison), meet(cast.clerk, screen=DESK)
    for person in (liaison, clerk):
        person.may_meet(409)

    def open_forms(case: Suggestion) -> None:
        liaison.open(f"/desk/{case.number}/do/accept/")
        clerk.open(f"/admin/suggestions/suggestion/{case.pk}/do/accept/")
        for person in (liaison, clerk):
            person.select(zh("Category"), "停车")
            person.page.get_by_role("combobox", name=zh("Level")).select_option(index=2)

    open_forms(first)
    liaison.press(label("accept"))
    clerk.press(label("accept"))
    clerk.sees(zh("Someone has just handled this. Here is how it stands now."))
    expect(clerk.button(label("accept"))).to_have_count(0)
    clerk.shot("weak/clerk-too-late")

    open_forms(second)
    clerk.press(label("accept"))
    liaison.press(label("accept"))
    liaison.sees(zh("Someone has just handled this. Here is how it stands now."))
    liaison.shot("weak/liaison-too-late")
    for case in (first, second):
        assert case.events.filter(action="accept").count() == 1


def test_a_second_tab_with_an_old_page_is_told(cast: SimpleNamespace, meet: Callable[..., Person]) -> None:
    case = Journey(cast).replied()
    resident = meet(cast.resident)
    resident.open(f"/suggestions/{case.number}/")
    other_tab = resident.page
    resident.page = resident.context.new_page()
    resident.open(f"/suggestions/{case.number}/")
    steps.rate(resident, zh("Dissatisfied", "rating"), "没有解决。")
    resident.sees(zh("Thank you for your rating."))
    resident.page = other_tab
    steps.rate(resident, zh("Satisfied", "rating"))
    assert resident.path == f"/suggestions/{case.number}/"
    case.refresh_from_db()
    assert (case.rating, case.round) == ("DISSATISFIED", 2)
