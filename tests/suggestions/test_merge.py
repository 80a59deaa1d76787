"""Cases joined to a lead: handled together, answered and rated each on its own."""

from types import SimpleNamespace

import pytest

from suggestions import clocks
from suggestions.errors import Refused, WrongState
from suggestions.models import Suggestion
from tests.conftest import Journey, act


@pytest.fixture
def family(cast: SimpleNamespace, journey: Journey) -> tuple[Suggestion, Suggestion]:
    """A lead in hand and a case joined to it."""
    lead, child = journey.handling(), journey.submitted()
    act("merge", child, cast.clerk, lead=lead)
    return lead, child


def fresh(*cases: Suggestion) -> None:
    for case in cases:
        case.refresh_from_db()


def test_a_joined_case_counts_as_accepted_and_waits_for_its_lead(
    family: tuple[Suggestion, Suggestion],
) -> None:
    lead, child = family
    fresh(child)
    assert (child.state, child.merged_into, child.category) == ("MERGED", lead, lead.category)
    assert child.accepted_at is not None
    assert clocks.running(child) == {}


def test_each_case_gets_its_own_copy_of_the_reply_and_its_own_rating(
    cast: SimpleNamespace, journey: Journey, family: tuple[Suggestion, Suggestion]
) -> None:
    lead, child = family
    journey.release(lead)
    fresh(lead, child)
    assert (lead.state, child.state) == ("REPLIED", "REPLIED")
    assert child.replies.get().pk != lead.replies.get().pk
    assert child.replies.get().text == lead.replies.get().text

    act("correct_reply", child, cast.reviewer, reply="贵楼另有安排。", reason="楼号不同")
    act("rate_ok", child, cast.resident, level="BASIC", process="SATISFIED")

    fresh(lead, child)
    assert (lead.state, lead.rating, lead.replies.count()) == ("REPLIED", "", 1)
    assert (child.state, child.rating) == ("CLOSED", "BASIC")


def test_a_dissatisfied_joined_case_is_handled_again_alone(
    cast: SimpleNamespace, journey: Journey, family: tuple[Suggestion, Suggestion]
) -> None:
    lead, child = family
    journey.release(lead)
    act("rate_ok", lead, cast.resident, level="SATISFIED", process="SATISFIED")

    act("rate_bad", child, cast.resident, reason="我们楼没有", process="BASIC")

    fresh(lead, child)
    assert (lead.state, child.state, child.round) == ("CLOSED", "HANDLING", 2)
    row = child.assignments.get()
    assert (row.unit, row.kind, row.round) == (cast.unit, "LEAD", 2)
    journey.release(child)
    assert child.state == "REPLIED"


def test_a_dissatisfied_lead_does_not_reopen_the_joined_cases(
    cast: SimpleNamespace, journey: Journey, family: tuple[Suggestion, Suggestion]
) -> None:
    lead, child = family
    journey.release(lead)
    act("rate_ok", child, cast.resident, level="SATISFIED", process="SATISFIED")

    act("rate_bad", lead, cast.resident, reason="没有解决", process="BASIC")
    journey.release(lead)

    fresh(lead, child)
    assert (lead.state, child.state, child.replies.count()) == ("REPLIED", "CLOSED", 1)


def test_a_lead_answered_directly_answers_for_all(cast: SimpleNamespace, journey: Journey) -> None:
    lead, child = journey.accepted(), journey.submitted()
    act("merge", child, cast.clerk, lead=lead)

    act("answer_direct", lead, cast.deputy, reply="物业本月内划线。")

    fresh(child)
    assert (child.state, child.replies.get().text) == ("REPLIED", "物业本月内划线。")
    act("rate_bad_direct", child, cast.resident, reason="没有划线", process="BASIC")
    fresh(child)
    assert child.state == "ACCEPTED"


def test_a_case_joined_in_the_second_round_gets_the_second_reply(
    cast: SimpleNamespace, journey: Journey
) -> None:
    lead, child = journey.replied(), journey.submitted()
    act("rate_bad", lead, cast.resident, reason="没有解决", process="BASIC")
    act("merge", child, cast.clerk, lead=lead)

    journey.release(lead)

    fresh(child)
    assert (child.state, child.round, child.replies.get().round) == ("REPLIED", 1, 1)
    act("rate_bad", child, cast.resident, reason="没有解决", process="BASIC")
    fresh(child)
    assert (child.state, child.assignments.get().unit) == ("HANDLING", cast.unit)


def test_joining_recalls_what_was_given_out(cast: SimpleNamespace, journey: Journey) -> None:
    lead, child = journey.accepted(), journey.handling()
    told = clocks.reply_due(child)

    act("merge", child, cast.clerk, lead=lead)

    assert child.assignments.get().state == "RECALLED"
    # The date told to this resident stands, joined or not.
    assert clocks.reply_due(child) == told


def test_a_case_taken_out_again_is_an_own_case_with_its_old_dates(
    cast: SimpleNamespace, family: tuple[Suggestion, Suggestion], journey: Journey
) -> None:
    lead, child = family
    fresh(child)
    received, accepted = child.received_at, child.accepted_at

    act("unmerge", child, cast.clerk, note="不是同一件事", category=cast.other_category, level="L3")

    fresh(child)
    assert (child.state, child.merged_into, child.category) == ("ACCEPTED", None, cast.other_category)
    assert (child.received_at, child.accepted_at) == (received, accepted)
    assert set(clocks.running(child)) == {"ASSIGN"}
    journey.release(lead)
    fresh(child)
    assert child.state == "ACCEPTED"


def test_a_withdrawn_joined_case_gets_no_reply_and_frees_the_lead(
    cast: SimpleNamespace, family: tuple[Suggestion, Suggestion], journey: Journey
) -> None:
    lead, child = family
    with pytest.raises(Refused):
        act("withdraw", lead, cast.resident)

    act("withdraw", child, cast.resident)
    journey.release(lead)

    fresh(child)
    assert (child.state, child.replies.count()) == ("WITHDRAWN", 0)


def test_neither_a_lead_nor_a_joined_case_is_joined_elsewhere(
    cast: SimpleNamespace, family: tuple[Suggestion, Suggestion], journey: Journey
) -> None:
    lead, child = family
    with pytest.raises(Refused):
        act("merge", lead, cast.clerk, lead=journey.accepted())
    with pytest.raises(WrongState):
        act("merge", child, cast.clerk, lead=journey.accepted())
    with pytest.raises(Refused):
        act("merge", journey.submitted(), cast.clerk, lead=child)


def test_the_same_person_twice_is_marked(cast: SimpleNamespace, journey: Journey) -> None:
    lead, child = journey.accepted(), journey.submitted()
    act("merge", child, cast.clerk, lead=lead, same_person=True)
    fresh(child)
    assert child.is_repeat
    act("unmerge", child, cast.clerk, note="两件事", category=cast.category, level="L1")
    fresh(child)
    assert not child.is_repeat


def test_a_lead_may_be_given_to_another_unit_while_cases_are_joined_to_it(
    cast: SimpleNamespace, family: tuple[Suggestion, Suggestion], journey: Journey
) -> None:
    lead, child = family
    act("take_back", lead, cast.clerk, reason="派错了单位")
    journey.assigned(lead)
    journey.release(lead)
    fresh(child)
    assert child.state == "REPLIED"
