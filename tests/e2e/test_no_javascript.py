"""With scripts switched off everything a resident needs still works, photos included."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from suggestions.models import Suggestion
from tests.conftest import Journey, act

from . import steps
from .people import Person
from .words import label, zh


def test_a_resident_submits_and_rates_without_scripts(
    cast: SimpleNamespace, meet: Callable[..., Person], tmp_path: Path
) -> None:
    resident = meet(scripts=False)
    steps.fill_in(resident, picture=steps.photo(tmp_path))
    resident.fits()
    receipt = steps.send(resident)
    resident.fits()

    case = Suggestion.objects.get(number=receipt.number)
    assert case.photos.count() == 1
    act("accept", case, cast.clerk, category=cast.category, level="L2")
    Journey(cast).assigned(case)
    Journey(cast).release(case)

    later = meet(scripts=False)
    steps.track(later, receipt)
    later.fits()
    steps.rate(later, zh("Satisfied", "rating"))
    later.sees(zh("Thank you for your rating."))
    case.refresh_from_db()
    assert case.state == "CLOSED"


def test_the_community_is_found_without_scripts(cast: SimpleNamespace, meet: Callable[..., Person]) -> None:
    resident = meet(scripts=False)
    resident.open("/suggestions/new/")
    steps.say_what(resident)
    resident.select(zh("Community"), "乙社区")
    resident.press(zh("Go on"))
    steps.say_who(resident)
    resident.sees("乙社区代表联络站", "高示例")


def test_the_desk_works_without_scripts(cast: SimpleNamespace, meet: Callable[..., Person]) -> None:
    case = Journey(cast).submitted()
    liaison = meet(cast.liaison, scripts=False)
    steps.at_desk(liaison, case.title)
    steps.do(liaison, "accept")
    liaison.page.get_by_role("combobox", name=zh("Level")).select_option(index=2)
    liaison.select(zh("Category"), "停车")
    liaison.press(label("accept"))
    liaison.fits()
    case.refresh_from_db()
    assert case.state == "ACCEPTED"
