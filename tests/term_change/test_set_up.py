"""The beginning: which term ends, the number of the next one, its first day."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from deputies.models import Congress, Level, TermChange
from suggestions.errors import WrongState
from suggestions.term_change.confirming import confirm
from suggestions.term_change.drafting import set_up

from .conftest import SWITCH, url

ADD = "/admin/deputies/termchange/add/"


def fields(world: SimpleNamespace, **changes: object) -> dict[str, object]:
    return {"old": world.congress.pk, "ordinal": "20", "switch_on": "2026-12-28"} | changes


def test_the_form_proposes_the_next_term_of_the_district(clerk: Client, world: SimpleNamespace) -> None:
    form = clerk.get(ADD).context["form"]
    assert (form["old"].value(), form["ordinal"].value()) == (world.congress.pk, 20)


def test_it_makes_the_new_congress_beside_the_old_one(clerk: Client, world: SimpleNamespace) -> None:
    answer = clerk.post(ADD, fields(world))
    change = TermChange.objects.get()
    assert answer.url == url(change)
    assert (change.old, change.switch_on, change.prepared_by) == (world.congress, SWITCH, world.clerk)
    assert (change.new.level, change.new.area, change.new.ordinal, change.new.starts_on) == (
        Level.DISTRICT, "测试区", 20, SWITCH,
    )  # fmt: skip


def test_a_congress_entered_before_is_taken(clerk: Client, world: SimpleNamespace) -> None:
    early = Congress.objects.create(
        level=Level.DISTRICT, area="测试区", ordinal=20, starts_on=date(2027, 1, 1)
    )
    clerk.post(ADD, fields(world))
    assert TermChange.objects.get().new == early


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ordinal": "19"}, "ordinal"), ({"ordinal": "0"}, "ordinal"), ({"ordinal": "9" * 30}, "ordinal"),
        ({"ordinal": "二十"}, "ordinal"), ({"switch_on": "2019-12-31"}, "switch_on"),
        ({"switch_on": "2039-12-31"}, "switch_on"), ({"switch_on": "明年"}, "switch_on"),
        ({"switch_on": ""}, "switch_on"), ({"old": "999999999999999999999"}, "old"), ({"old": "x"}, "old"),
        ({"old": ""}, "old"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_at_the_field_and_kept(
    clerk: Client, world: SimpleNamespace, changes: dict[str, str], field: str
) -> None:
    page = clerk.post(ADD, fields(world, **changes))
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {field}
    assert page.context["form"][field].value() == changes[field]
    assert not TermChange.objects.exists()


def test_a_term_changes_once(clerk: Client, world: SimpleNamespace, change: TermChange) -> None:
    page = clerk.post(ADD, fields(world, ordinal="21"))
    assert set(page.context["form"].errors) == {"old"}


def test_a_term_that_has_deputies_already_is_not_the_next_one(clerk: Client, world: SimpleNamespace) -> None:
    late = Congress.objects.create(
        level=Level.DISTRICT, area="测试区", ordinal=20, starts_on=date(2027, 1, 1)
    )
    world.zhang.mandates.update(congress=late)
    page = clerk.post(ADD, fields(world))
    assert set(page.context["form"].errors) == {"ordinal"}


def test_a_draft_can_be_corrected(clerk: Client, world: SimpleNamespace, change: TermChange) -> None:
    clerk.post(url(change, "set_up"), fields(world, ordinal="21", switch_on="2027-01-05"))
    change.refresh_from_db()
    assert (change.new.ordinal, change.switch_on, change.new.starts_on) == (
        21, date(2027, 1, 5), date(2027, 1, 5),
    )  # fmt: skip
    assert Congress.objects.filter(level=Level.DISTRICT).count() == 2


def test_once_there_are_rows_the_term_stays_the_same(
    clerk: Client, world: SimpleNamespace, filled: TermChange
) -> None:
    page = clerk.post(url(filled, "set_up"), fields(world, old=world.city.pk, ordinal="18"))
    assert set(page.context["form"].errors) == {"old"}


def test_a_confirmed_change_is_no_longer_edited(
    clerk: Client, world: SimpleNamespace, ready: TermChange
) -> None:
    confirm(ready, user=world.head)
    for page in ("set_up", "file", "take"):
        assert clerk.post(url(ready, page), fields(world)).url == url(ready)
    with pytest.raises(WrongState):
        set_up(ready, old=world.congress, ordinal=20, switch_on=SWITCH, user=world.clerk)


def test_a_closed_record_has_no_change_any_more(world: SimpleNamespace, done: TermChange) -> None:
    world.congress.refresh_from_db()
    with pytest.raises(ValidationError):
        set_up(None, old=world.congress, ordinal=21, switch_on=SWITCH, user=world.clerk)
