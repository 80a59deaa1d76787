"""What is asked of a resident: two questions about the reply, yes or no about a contact. By any means."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from suggestions.models import Suggestion
from tests.conftest import Journey, act
from tests.suggestions.public import replies

from . import keys, steps
from .people import DESK, Person
from .words import zh

Meet = Callable[..., Person]


@pytest.fixture
def written(cast: SimpleNamespace) -> steps.Receipt:
    """A case of two points, answered with two promises, and two contacts nobody has confirmed."""
    journey = Journey(cast)
    case = journey.submitted()
    receipt = steps.Receipt(case.number, case.fresh_code)
    act("accept", case, cast.clerk, category=cast.category, level="L2", points=replies.POINTS)
    journey.assigned(case)
    replies.contact(cast, case)
    replies.contact(cast, case, phase="DURING", mode="SITE")
    replies.promise(cast, case, 30, 60)
    return receipt


def of(receipt: steps.Receipt) -> Suggestion:
    return Suggestion.objects.get(number=receipt.number)


def test_by_link_and_code_with_the_keyboard_alone(written: steps.Receipt, meet: Meet) -> None:
    resident = meet(screen=DESK)
    resident.open(f"/suggestions/{written.number}/rate/")
    keys.write(resident, zh("Query code"), written.code)
    keys.enter(resident)
    resident.heading(zh("Rate the reply"))
    # Nothing chosen yet: the summary leads to the question that is open.
    keys.choose(resident, zh(steps.RESULT), zh("Basically satisfied", "rating"))
    keys.go(resident, zh("Send my rating"))
    resident.sees(zh("Please choose one of the three."))
    keys.choose(resident, zh(steps.MANNER), zh("Satisfied", "rating"))
    keys.write(resident, zh("Would you like to say why?"), "办得认真。")
    keys.go(resident, zh("Send my rating"))
    resident.sees(zh("Thank you for your rating."))
    case = of(written)
    assert (case.state, case.rating, case.process_rating) == ("CLOSED", "BASIC", "SATISFIED")


def test_contacts_are_answered_with_the_keyboard_one_press_each(written: steps.Receipt, meet: Meet) -> None:
    resident = meet(screen=DESK)
    steps.track(resident, written)
    keys.go(resident, zh("Answer yes or no"))
    keys.go(resident, zh("Yes, that is so"))
    keys.go(resident, zh("No, it is not"))
    resident.sees(zh("Thank you. We have noted your answer."))
    logs = of(written).assignments.get().contact_logs
    assert list(logs.values_list("confirmed", flat=True)) == [True, False]


@pytest.mark.parametrize("elder", [False, True])
def test_both_work_without_scripts_and_in_large_type(written: steps.Receipt, meet: Meet, elder: bool) -> None:
    resident = meet(scripts=False)
    if elder:
        resident.context.add_cookies([{"name": "mode", "value": "elder", "url": resident.home}])
    steps.code_for(resident, written, f"/suggestions/{written.number}/confirm_contact/")
    resident.press(zh("Check progress"))
    resident.fits()
    resident.page.get_by_role("button", name=zh("Yes, that is so")).first.click()
    resident.page.get_by_role("button", name=zh("No, it is not")).first.click()
    resident.sees(zh("The reply"))
    resident.fits()
    resident.open(f"/suggestions/{written.number}/rate/")
    resident.fits()
    steps.rate(resident, zh("Satisfied", "rating"), manner=zh("Basically satisfied", "rating"))
    resident.sees(zh("Thank you for your rating."))
    case = of(written)
    assert (case.rating, case.process_rating) == ("SATISFIED", "BASIC")


def test_every_large_button_is_as_large_as_a_finger_and_says_what_it_is(
    written: steps.Receipt, meet: Meet
) -> None:
    resident = meet()
    resident.context.add_cookies([{"name": "mode", "value": "elder", "url": resident.home}])
    steps.code_for(resident, written, f"/suggestions/{written.number}/rate/")
    resident.press(zh("Go on"))
    for question in (steps.RESULT, steps.MANNER):
        group = resident.page.get_by_role("group", name=zh(question))
        assert group.get_by_role("radio").count() == 3
        for button in group.locator(".rate").all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 56
            assert button.inner_text().strip()
