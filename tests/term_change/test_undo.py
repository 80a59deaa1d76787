"""Until its day a confirmation can be taken back, and then everything is as it was before it."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from congress_portal.common import clock
from deputies.models import Deputy, DeputyGroup, MandateChange, TermChange
from deputies.services import record_change
from stations.models import Posting, RotaPlace
from suggestions.errors import Forbidden, Refused, WrongState
from suggestions.term_change.confirming import confirm, undo

from .conftest import ON_THE_DAY, TODAY, bring_in, person_line


def everything() -> dict[str, list[Any]]:
    """Every row of every table; histories and the log of sessions only grow."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        # Other tests make models of their own, which have no table here.
        if not hasattr(model, "instance_type") and not model.__module__.startswith("tests.")
    }


def test_confirming_and_taking_back_leaves_every_table_as_it_was(
    world: SimpleNamespace, ready: TermChange, followed: object
) -> None:
    before = everything()
    confirm(ready, user=world.head)
    assert everything() != before
    undo(ready, user=world.reviewer)
    assert everything() == before


def test_ends_that_lay_after_the_day_come_back_too(world: SimpleNamespace, change: TermChange) -> None:
    world.leaver.mandates.update(ends_on=date(2027, 3, 1))
    Posting.objects.filter(deputy=world.keeper).update(ends_on=date(2027, 6, 1))
    bring_in(change, [person_line(world.keeper, 进站点="TH1")], world.clerk)
    change.rows.update(is_confirmed=True)
    change.refresh_from_db()
    before = everything()
    confirm(change, user=world.head)
    undo(change, user=world.head)
    assert everything() == before


def test_it_can_be_confirmed_again_and_nobody_gets_a_key_that_was_taken_back(
    world: SimpleNamespace, confirmed: TermChange
) -> None:
    undo(confirmed, user=world.head)
    confirm(confirmed, user=world.head)
    assert Deputy.objects.get(name="新示例").key == "D0002"


def test_what_happened_meanwhile_stays(world: SimpleNamespace, confirmed: TermChange) -> None:
    seat = world.leaver.mandates.get()
    record_change(seat, MandateChange.RESIGNED, date(2026, 11, 20), TODAY, by=world.clerk)
    undo(confirmed, user=world.head)
    seat.refresh_from_db()
    assert seat.ends_on == date(2026, 11, 20)
    assert world.both.mandates.get(congress=world.congress).ends_on is None


def new_person() -> Deputy:
    return Deputy.objects.get(name="新示例")


BUILT_ON: dict[str, Callable[[SimpleNamespace], object]] = {
    "a profile": lambda w: Deputy.objects.filter(pk=new_person().pk).get().save(),
    "a turn in a rota": lambda w: RotaPlace.objects.create(plan=w.plan, deputy=new_person(), place=9),
    "another venue": lambda w: Posting.objects.create(deputy=new_person(), venue=w.home, starts_on=TODAY),
    "a group": lambda w: new_person().mandates.get().groups.add(DeputyGroup.objects.create(name="一组")),
}


@pytest.mark.parametrize("what", BUILT_ON)
def test_what_somebody_entered_for_new_people_is_not_thrown_away(
    world: SimpleNamespace, confirmed: TermChange, what: str
) -> None:
    BUILT_ON[what](world)
    before = everything()
    with pytest.raises(Refused, match="新示例"):
        undo(confirmed, user=world.head)
    assert everything() == before


def test_on_the_day_it_is_too_late(world: SimpleNamespace, confirmed: TermChange) -> None:
    with clock.frozen(ON_THE_DAY), pytest.raises(Refused):
        undo(confirmed, user=world.head)
    assert confirmed.new.mandates.count() == 3


def test_what_is_not_confirmed_cannot_be_taken_back(world: SimpleNamespace, ready: TermChange) -> None:
    with pytest.raises(WrongState):
        undo(ready, user=world.head)


@pytest.mark.parametrize("who", ["clerk", "clerk2", "admin", "deputy"])
def test_only_a_reviewer_or_the_head_takes_it_back(
    world: SimpleNamespace, confirmed: TermChange, who: str
) -> None:
    with pytest.raises(Forbidden):
        undo(confirmed, user=getattr(world, who))
