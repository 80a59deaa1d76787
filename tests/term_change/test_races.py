"""Two hands at the same moment, on PostgreSQL: SQLite lets only one write at a time and proves nothing."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from deputies.models import Deputy, Mandate, MandateChange, TermChange, TermMatch
from deputies.services import record_change
from stations.models import Posting, RotaPlace
from suggestions import defaults, succession
from suggestions.models import Claim
from suggestions.term_change.carrying import carry_out
from suggestions.term_change.confirming import confirm, undo
from suggestions.term_change.drafting import decide, set_up
from tests.conftest import build_cast, make_user
from tests.races import RACES, outcomes, together
from tests.succession.conftest import reception_day, reception_plan

from .conftest import LINE, SWITCH, TODAY, bring_in

pytestmark = RACES


@pytest.fixture
def stage() -> SimpleNamespace:
    """A change of term ready to be confirmed, in rows other connections see."""
    defaults.install()
    s = build_cast()
    s.change = set_up(None, old=s.congress, ordinal=20, switch_on=SWITCH, user=s.clerk)
    bring_in(s.change, [LINE, LINE | {"姓名": "又新示例"}], s.clerk)
    s.change.rows.update(is_confirmed=True)
    s.change.refresh_from_db()
    return s


def of(change: TermChange, step: Callable[..., Any], **given: Any) -> Callable[[], Any]:
    return lambda: step(TermChange.objects.get(pk=change.pk), **given)


def test_of_two_who_confirm_one_wins(stage: SimpleNamespace) -> None:
    results = together(*(of(stage.change, confirm, user=user) for user in (stage.head, stage.reviewer)))
    assert outcomes(results) == {"done": 1, "WrongState": 1}
    assert Mandate.objects.filter(congress=stage.change.new).count() == 2
    assert Deputy.objects.filter(key__startswith="D").count() == 2


def test_confirming_and_deciding_a_row_do_not_cross(stage: SimpleNamespace) -> None:
    row = stage.change.rows.first()
    results = together(
        of(stage.change, confirm, user=stage.head),
        lambda: decide(row, match=TermMatch.SAME, deputy=stage.deputy_row, user=stage.clerk2),
    )
    assert outcomes(results)["done"] >= 1
    row.refresh_from_db()
    if row.mandate:
        assert (row.deputy or row.mandate.deputy) == row.mandate.deputy


def test_a_resignation_at_the_same_moment_is_not_overwritten(stage: SimpleNamespace) -> None:
    seat = stage.deputy_row.mandates.get()
    results = together(
        of(stage.change, confirm, user=stage.head),
        lambda: record_change(seat, MandateChange.RESIGNED, TODAY, TODAY, by=stage.clerk),
    )
    assert outcomes(results) == {"done": 2}
    seat.refresh_from_db()
    assert seat.ends_on == TODAY


def test_of_two_who_begin_the_same_change_one_wins(stage: SimpleNamespace) -> None:
    TermChange.objects.all().delete()
    user = make_user("another", is_staff=True)
    results = together(
        *(
            lambda who=who: set_up(None, old=stage.congress, ordinal=20, switch_on=SWITCH, user=who)
            for who in (stage.clerk, user)
        )
    )
    assert outcomes(results) == {"done": 1, "ValidationError": 1}


def test_taking_back_twice_takes_back_once(stage: SimpleNamespace) -> None:
    confirm(stage.change, user=stage.head)
    results = together(*(of(stage.change, undo, user=user) for user in (stage.head, stage.reviewer)))
    assert outcomes(results) == {"done": 1, "WrongState": 1}
    assert not Mandate.objects.filter(congress=stage.change.new).exists()


def test_a_merger_at_the_same_moment_carries_nothing_past_the_end_of_the_term(
    stage: SimpleNamespace,
) -> None:
    TermChange.objects.update(switch_on=TODAY)
    reception_plan(stage.station, stage.deputy_row)
    reception_day(stage.station)
    confirm(stage.change, user=stage.head)
    results = together(
        of(stage.change, carry_out),
        lambda: succession.retire(
            stage.station, heir=stage.other_station, kind="MERGED", reason="两站合并", by=stage.clerk
        ),
    )
    assert outcomes(results) == {"done": 2}, results
    assert not Posting.objects.filter(deputy=stage.deputy_row, ends_on=None).exists()
    assert not RotaPlace.objects.filter(deputy=stage.deputy_row).exists()


def test_the_nightly_run_and_the_button_do_it_once(stage: SimpleNamespace) -> None:
    TermChange.objects.update(switch_on=TODAY)
    confirm(stage.change, user=stage.head)
    results = together(of(stage.change, carry_out), of(stage.change, carry_out, by=stage.clerk))
    assert outcomes(results) == {"done": 1, "WrongState": 1}
    assert not Claim.objects.filter(released_at=None).exists()
