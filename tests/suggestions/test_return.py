"""A unit hands a case back."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from congress_portal.common import clock
from suggestions.errors import Forbidden, Refused
from suggestions.inputs import Target
from suggestions.models import Assignment
from tests.conftest import Journey, act


def asked(cast: SimpleNamespace, row: Assignment) -> Assignment:
    return act("ask_return", row, cast.officer, reason="不属于本单位职责", proposed_unit=cast.other_unit)


def test_an_approved_return_brings_the_case_back_to_be_assigned(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.handling()
    row = asked(cast, case.assignments.get())

    act("approve_return", row, cast.clerk)

    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.state, case.state) == ("RETURNED", "ACCEPTED")
    assert row.proposed_unit == cast.other_unit


def test_a_refused_return_is_in_hand_and_signed_for_by_who_had_it(
    cast: SimpleNamespace, journey: Journey
) -> None:
    row = asked(cast, journey.handling().assignments.get())

    act("refuse_return", row, cast.clerk, reason="属于你单位职责")

    row.refresh_from_db()
    assert (row.state, row.signed_for_by) == ("IN_HAND", cast.officer)


def test_a_return_may_be_taken_back_by_the_unit(cast: SimpleNamespace, journey: Journey) -> None:
    row = asked(cast, journey.handling().assignments.get())
    act("cancel_return", row, cast.officer, reason="由我们办理")
    row.refresh_from_db()
    assert row.state == "IN_HAND"


def test_after_two_returns_the_third_unit_keeps_it(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    for _ in range(2):
        act("approve_return", asked(cast, case.assignments.last()), cast.clerk)
        journey.assigned(case)

    with pytest.raises(Refused):
        asked(cast, case.assignments.last())
    assert case.assignments.last().state == "ISSUED"


def test_two_refused_requests_do_not_count_as_returns(cast: SimpleNamespace, journey: Journey) -> None:
    row = journey.handling().assignments.get()
    for _ in range(3):
        asked(cast, row)
        act("refuse_return", row, cast.clerk, reason="属于你单位职责")
    assert asked(cast, row).state == "RETURN_ASKED"


def test_the_limit_for_returning_is_counted_from_the_day_it_was_issued(
    cast: SimpleNamespace, journey: Journey
) -> None:
    row = journey.handling().assignments.get()
    with clock.frozen(clock.now() + timedelta(days=30)), pytest.raises(Refused):
        asked(cast, row)


def test_a_second_handling_is_not_returned_but_a_reopened_case_may_be(
    cast: SimpleNamespace, journey: Journey
) -> None:
    redo = journey.replied()
    act("rate_bad", redo, cast.resident, reason="没有解决", process="BASIC")
    with pytest.raises(Refused):
        asked(cast, redo.assignments.last())

    again = journey.closed()
    act("reopen", again, cast.clerk, note="又出现了")
    journey.assigned(again)
    assert asked(cast, again.assignments.last()).state == "RETURN_ASKED"


def test_a_venue_does_not_return_what_it_was_given(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.assigned(journey.accepted(), Target(venue=cast.station))
    given: dict[str, Any] = {"reason": "不归我们", "proposed_unit": cast.unit}
    for person in (cast.liaison, cast.deputy, cast.convener):
        with pytest.raises(Forbidden):
            act("ask_return", case.assignments.get(), person, **given)


def test_one_separate_row_returned_after_the_other_replied_lets_the_case_be_replied(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    journey.assigned(case, Target("SEPARATE", unit=cast.other_unit), Target("SEPARATE", unit=cast.unit))
    other, own = case.assignments.all()
    act("sign", other, cast.other_officer)
    act("draft", other, cast.other_officer, text="我们已清理占道。", answer_class="A")
    act("sign_off", other, cast.other_unitlead)
    act("release", other, cast.reviewer, publicity="OPEN")

    act("approve_return", asked(cast, own), cast.clerk)

    case.refresh_from_db()
    assert case.state == "REPLIED"
