"""Assigning, and what happens to the resident's clock while units change."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from congress_portal.common import clock, workdays
from stations.models import VenueStatus
from suggestions import clocks
from suggestions.enums import AssignmentKind, ClockKind
from suggestions.errors import Refused
from suggestions.inputs import Target
from suggestions.models import HandlingUnit
from tests.conftest import Journey, act

LEAD, ASSISTING, SEPARATE = AssignmentKind.LEAD, AssignmentKind.ASSISTING, AssignmentKind.SEPARATE


def test_the_first_assign_of_a_round_starts_the_reply_clock(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()

    case.refresh_from_db()
    assert set(clocks.running(case)) == {ClockKind.REPLY}
    assert (case.due_on, case.due_kind) == (journey.due(), "REPLY")
    assert case.assignments.get().unit_due == journey.due()


def test_a_new_unit_never_resets_the_residents_clock(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    told = clocks.reply_due(case)

    act("take_back", case, cast.clerk, reason="派错了单位")
    assert set(clocks.running(case)) == {ClockKind.ASSIGN, ClockKind.REPLY}
    with clock.frozen(clock.now() + timedelta(days=3)):
        later = journey.due()
        assert later > told
        with pytest.raises(ValidationError) as caught:
            act("assign", case, cast.clerk, assignments=[Target(unit=cast.other_unit)], due=later)
        assert set(caught.value.error_dict) == {"due"}
        act("assign", case, cast.clerk, assignments=[Target(unit=cast.other_unit)], due=told)

    case.refresh_from_db()
    assert clocks.reply_due(case) == told == case.due_on
    assert case.clocks.filter(kind="REPLY").count() == 1


def test_when_the_date_told_is_over_a_new_unit_still_gets_time_and_the_case_stays_overdue(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.handling()
    told = clocks.reply_due(case)
    with clock.frozen(clock.now() + timedelta(days=40)):
        act("take_back", case, cast.clerk, reason="派错了单位")
        journey.assigned(case, Target(unit=cast.other_unit))
        assert case.assignments.last().unit_due == journey.due()
    case.refresh_from_db()
    assert case.due_on == told


def test_a_due_date_lies_between_today_and_the_longest_allowed(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    longest = workdays.add_workdays(clock.today(), 30)
    for wrong in (clock.today() - timedelta(days=1), longest + timedelta(days=1)):
        with pytest.raises(ValidationError) as caught:
            act("assign", case, cast.clerk, assignments=[Target(unit=cast.unit)], due=wrong)
        assert set(caught.value.error_dict) == {"due"}

    act("assign", case, cast.clerk, assignments=[Target(unit=cast.unit)], due=longest)

    assert clocks.reply_due(case) == longest


def test_nobody_is_named_twice_and_the_kinds_go_together(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.accepted()
    idle = HandlingUnit.objects.create(code="U5", name="停用单位", system="GOVERNMENT", is_active=False)
    office = HandlingUnit.objects.create(
        code="U4", name="统筹办公室", system="GOVERNMENT", coordination_only=True
    )
    cast.other_station.status = VenueStatus.SUSPENDED
    cast.other_station.save()
    one, two = cast.unit, cast.other_unit
    wrong: tuple[list[Target], ...] = (
        [],
        [Target(SEPARATE, unit=one)],
        [Target(LEAD, unit=one), Target(LEAD, unit=two)],
        [Target(LEAD, unit=one), Target(SEPARATE, unit=two)],
        [Target(ASSISTING, unit=one)],
        [Target(SEPARATE, unit=one), Target(SEPARATE, unit=one)],
        [Target(LEAD, unit=one, venue=cast.station)],
        [Target(LEAD)],
        [Target(LEAD, unit=idle)],
        [Target(LEAD, unit=office)],
        [Target(LEAD, venue=cast.other_station)],
    )
    for targets in wrong:
        with pytest.raises(ValidationError) as caught:
            act("assign", case, cast.clerk, assignments=targets, due=journey.due())
        assert set(caught.value.error_dict) == {"assignments"}
    assert not case.assignments.exists()


def test_a_lead_waits_for_no_assisting_row_after_it_was_recalled(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    journey.assigned(case, Target(LEAD, unit=cast.unit), Target(ASSISTING, unit=cast.other_unit))
    lead, assisting = case.assignments.all()
    act("sign", lead, cast.officer)
    act("draft", lead, cast.officer, text="已增设车位。", answer_class="A")
    act("sign_off", lead, cast.unitlead)
    with pytest.raises(Refused):
        act("release", lead, cast.reviewer, publicity="OPEN")

    act("recall", assisting, cast.clerk, reason="已不需要")
    act("release", lead, cast.reviewer, publicity="OPEN")

    case.refresh_from_db()
    assert case.state == "REPLIED"


def test_recalling_the_lead_brings_the_case_back_with_its_assisting_row(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    journey.assigned(case, Target(LEAD, unit=cast.unit), Target(ASSISTING, unit=cast.other_unit))

    act("recall", case.assignments.first(), cast.clerk, reason="改派")

    case.refresh_from_db()
    assert case.state == "ACCEPTED"
    assert list(case.assignments.values_list("state", flat=True)) == ["RECALLED", "RECALLED"]
    assert list(case.events.values_list("action", flat=True))[-3:] == ["recall", "lead_gone", "recall"]
    assert set(clocks.running(case)) == {ClockKind.ASSIGN, ClockKind.REPLY}


def test_taking_back_recalls_everybody_who_is_at_work(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.accepted()
    journey.assigned(case, Target(SEPARATE, unit=cast.unit), Target(SEPARATE, unit=cast.other_unit))
    act("sign", case.assignments.first(), cast.officer)

    act("take_back", case, cast.clerk, reason="先由社区协调")

    assert list(case.assignments.values_list("state", flat=True)) == ["RECALLED", "RECALLED"]
    case.refresh_from_db()
    assert case.state == "ACCEPTED"


def test_of_two_separate_rows_one_may_go_and_the_other_still_replies(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    journey.assigned(case, Target(SEPARATE, unit=cast.unit), Target(SEPARATE, unit=cast.other_unit))
    journey.release(case)
    case.refresh_from_db()
    assert case.state == "HANDLING"

    act("recall", case.assignments.last(), cast.clerk, reason="已由前者办结")

    case.refresh_from_db()
    assert case.state == "REPLIED"
    assert case.events.filter(action="lead_gone").count() == 0


def test_when_both_separate_rows_go_the_case_waits_to_be_assigned(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    journey.assigned(case, Target(SEPARATE, unit=cast.unit), Target(SEPARATE, unit=cast.other_unit))
    for row in case.assignments.all():
        act("recall", row, cast.clerk, reason="改派")

    case.refresh_from_db()
    assert case.state == "ACCEPTED"
    assert case.replied_at is None


def test_an_earlier_due_date_binds_the_units_too_and_a_later_one_does_not(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case, row_due = journey.handling(), journey.due()
    later, earlier = row_due + timedelta(days=7), clock.today() + timedelta(days=1)

    act("redate", case, cast.clerk, due=later, reason="施工期延长")
    assert case.assignments.get().unit_due == row_due
    act("redate", case, cast.clerk, due=earlier, reason="提前完成")

    case.refresh_from_db()
    assert case.due_on == clocks.reply_due(case) == case.assignments.get().unit_due == earlier
    assert case.events.last().data == {"from": later.isoformat(), "due": earlier.isoformat()}
