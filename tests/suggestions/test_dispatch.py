"""A coordinator office dispatches what it has and decides on what it dispatched, never on its own row."""

from types import SimpleNamespace

import pytest

from suggestions.enums import AssignmentKind
from suggestions.errors import Forbidden, Refused
from suggestions.inputs import Target
from suggestions.models import Assignment
from tests.conftest import Journey, act


@pytest.fixture
def row(cast: SimpleNamespace, journey: Journey) -> Assignment:
    office = Target(kind=AssignmentKind.COORDINATOR, unit=cast.office)
    return journey.assigned(journey.accepted(), office).assignments.get()


@pytest.mark.parametrize("action", ["approve_return", "refuse_return", "recall"])
def test_the_office_does_not_decide_on_its_own_return(
    cast: SimpleNamespace, row: Assignment, action: str
) -> None:
    act("ask_return", row, cast.coordinator, reason="不属于政府系统", proposed_unit=cast.other_unit)

    with pytest.raises(Forbidden):
        act(action, row, cast.coordinator, **({} if action == "approve_return" else {"reason": "自行处理"}))

    row.refresh_from_db()
    assert row.state == "RETURN_ASKED"


def test_the_office_decides_on_the_return_of_a_unit_it_named(
    cast: SimpleNamespace, journey: Journey, row: Assignment
) -> None:
    act("sign", row, cast.coordinator)
    due = row.unit_due
    act("dispatch", row, cast.coordinator, assignments=[Target(unit=cast.unit)], due=due)
    child = Assignment.objects.get(parent=row)
    act("ask_return", child, cast.officer, reason="不属本单位", proposed_unit=cast.other_unit)

    act("approve_return", child, cast.coordinator)

    child.refresh_from_db()
    row.refresh_from_db()
    assert (child.state, row.state) == ("RETURNED", "IN_HAND")
    assert child.events.get(action="approve_return").role == "coordinator"


def test_an_ordinary_unit_dispatches_nothing(cast: SimpleNamespace, journey: Journey) -> None:
    row = journey.handling().assignments.get()
    act("sign", row, cast.officer)

    with pytest.raises(Refused):
        act("dispatch", row, cast.officer, assignments=[Target(unit=cast.other_unit)], due=row.unit_due)
