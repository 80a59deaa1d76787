"""The resident's rating: one automatic second round, then the head; silence is never satisfaction."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from congress_portal.common import clock
from suggestions import clocks
from suggestions.actors import Actor
from suggestions.errors import Refused
from suggestions.inputs import Target
from suggestions.models import Suggestion
from suggestions.services import run_due
from suggestions.submissions import register_answered
from tests.conftest import Journey, act, as_actor, submission


def after_the_window() -> int:
    with clock.frozen(clock.now() + timedelta(days=60)):
        return run_due()


def test_a_second_round_goes_to_whoever_replied_and_happens_once(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    journey.assigned(case, Target("SEPARATE", unit=cast.unit), Target("SEPARATE", unit=cast.other_unit))
    journey.release(case)
    act("recall", case.assignments.last(), cast.clerk, reason="已由前者办结")

    act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")

    case.refresh_from_db()
    assert (case.state, case.round, case.redo_count, case.told_at) == ("HANDLING", 2, 1, None)
    assert [row.unit for row in case.assignments.filter(round=2)] == [cast.unit]
    assert set(clocks.running(case)) == {"REPLY"}
    journey.release(case)
    with pytest.raises(Refused):
        act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")
    act("rate_bad_again", case, cast.resident, reason="没有解决", process="BASIC")
    case.refresh_from_db()
    assert (case.state, case.redo_count, case.due_kind) == ("DISPUTED", 1, "CONCLUDE")


def test_a_direct_answer_that_does_not_please_is_assigned_anew(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    act("answer_direct", case, cast.deputy, reply="已与物业约定。")
    with pytest.raises(Refused):
        act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")

    act("rate_bad_direct", case, cast.resident, reason="没有解决", process="BASIC")

    case.refresh_from_db()
    assert (case.state, case.round, case.redo_count) == ("ACCEPTED", 2, 1)
    assert set(clocks.running(case)) == {"ASSIGN"}
    journey.assigned(case)
    journey.release(case)
    with pytest.raises(Refused):
        act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")


def test_silence_closes_a_case_unrated_and_counts_as_nothing(journey: Journey) -> None:
    case = journey.replied()

    assert run_due() == 0
    assert after_the_window() == 1

    case.refresh_from_db()
    assert (case.state, case.rating, case.first_rating, case.ratings.count()) == ("CLOSED", "", "", 0)
    assert after_the_window() == 0


def test_silence_after_a_second_reply_leaves_dissatisfied_final(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")
    journey.release(case)

    assert after_the_window() == 1

    case.refresh_from_db()
    assert (case.state, case.rating, case.first_rating) == ("CLOSED", "DISSATISFIED", "DISSATISFIED")


def test_the_last_rating_is_final_and_the_first_is_kept(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")
    journey.release(case)
    act("rate_ok", case, cast.resident, level="SATISFIED", process="SATISFIED")

    case.refresh_from_db()
    assert (case.rating, case.first_rating) == ("SATISFIED", "DISSATISFIED")
    assert list(case.ratings.values_list("round", "level")) == [(1, "DISSATISFIED"), (2, "SATISFIED")]


def test_nothing_lapses_untold(cast: SimpleNamespace, journey: Journey) -> None:
    case = walk_in(cast)
    act("accept", case, cast.clerk, category=cast.category, level="L1")
    act("answer_direct", case, cast.clerk, reply="已经解决。")
    case.refresh_from_db()
    assert (case.state, case.told_at, set(clocks.running(case))) == ("REPLIED", None, {"FEEDBACK"})

    assert after_the_window() == 0
    act("record_told", case, cast.liaison, how="VISIT")
    with pytest.raises(Refused):
        act("record_told", case, cast.deputy, how="PHONE")

    case.refresh_from_db()
    assert set(clocks.running(case)) == {"RATING"}
    assert after_the_window() == 1


def walk_in(cast: SimpleNamespace, **changes: object) -> Suggestion:
    from suggestions.submissions import submit

    fields = {"channel": "VISIT", "venue": cast.station, "phone": ""}
    return submit(submission(cast, **fields | changes), actor=as_actor(cast.liaison))


def test_an_online_resident_is_told_at_once(journey: Journey) -> None:
    case = journey.replied()
    assert case.told_at is not None
    told = case.events.get(action="record_told")
    assert (told.role, told.actor, told.data) == ("system", None, {"how": "PORTAL"})


def test_a_rating_taken_for_the_resident_says_who_and_how(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.replied()
    with pytest.raises(ValidationError) as caught:
        act("rate_ok", case, cast.liaison, level="SATISFIED", process="SATISFIED")
    assert set(caught.value.error_dict) == {"how", "who", "when"}

    act(
        "rate_ok",
        case,
        cast.liaison,
        level="SATISFIED",
        process="SATISFIED",
        how="PHONE",
        who="李测试本人",
        when=clock.today(),
    )

    rating = case.ratings.get()
    assert (rating.on_behalf_by, rating.on_behalf_how, rating.on_behalf_of) == (
        cast.liaison, "PHONE", "李测试本人"
    )  # fmt: skip


def test_whoever_answered_takes_no_rating_for_the_resident(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.accepted()
    act("answer_direct", case, cast.liaison, reply="已经解决。")
    told = {"how": "PHONE", "who": "李测试本人", "when": clock.today(), "process": "SATISFIED"}
    for action, given in (("rate_ok", {"level": "SATISFIED"}), ("rate_bad_direct", {"reason": "没有"})):
        with pytest.raises(Refused):
            act(action, case, cast.liaison, **told, **given)
    act("rate_ok", case, cast.resident, level="SATISFIED", process="SATISFIED")


def test_the_holder_of_number_and_code_rates_without_an_account(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.replied()
    act("rate_ok", case, Actor(holder_of=case.pk), level="BASIC", process="BASIC")
    assert case.ratings.get().on_behalf_by is None


def test_dissatisfied_is_no_level_of_being_satisfied(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.replied()
    for level in ("DISSATISFIED", "GREAT", "L2"):
        with pytest.raises(ValidationError) as caught:
            act("rate_ok", case, cast.resident, level=level, process="SATISFIED")
        assert set(caught.value.error_dict) == {"level"}


def test_the_head_concludes_and_the_case_counts_as_dissatisfied(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.disputed()
    act("conclude", case, cast.head, visit="上门说明了规划安排。", outcome="NOTED")
    case.refresh_from_db()
    assert (case.state, case.rating, case.due_on) == ("CLOSED", "DISSATISFIED", None)


def test_a_redo_the_head_orders_is_supervised_and_comes_back_to_the_head(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.disputed()
    act("order_redo", case, cast.head, leader="王副主任", unit=cast.other_unit, due=journey.due())
    case.refresh_from_db()
    assert (case.state, case.round, case.redo_count, case.is_supervised) == ("HANDLING", 3, 1, True)
    assert (case.due_on, case.assignments.last().unit) == (journey.due(), cast.other_unit)

    act("recall", case.assignments.last(), cast.clerk, reason="改派")
    journey.assigned(case)
    journey.release(case)
    act("rate_bad_again", case, cast.resident, reason="没有解决", process="BASIC")
    case.refresh_from_db()
    assert case.state == "DISPUTED"


def test_an_answer_given_on_the_spot_is_told_and_waits_for_its_rating(cast: SimpleNamespace) -> None:
    case = register_answered(
        submission(cast, channel="RECEPTION", venue=cast.station, category=cast.category),
        reply="当场约定本周清理。", actor=as_actor(cast.deputy),
    )  # fmt: skip
    case.refresh_from_db()
    assert case.state == "REPLIED"
    assert case.accepted_at == case.replied_at == case.told_at == case.received_at
    assert (case.due_kind, case.level) == ("RATING", "L0")
    act(
        "rate_ok",
        case,
        cast.liaison,
        level="SATISFIED",
        process="SATISFIED",
        how="DESK",
        who="李测试本人",
        when=clock.today(),
    )
    case.refresh_from_db()
    assert case.state == "CLOSED"


def test_a_reopened_case_is_closed_no_more_and_keeps_its_one_redo(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.closed()
    act("reopen", case, cast.clerk, note="又出现了")
    case.refresh_from_db()
    assert (case.state, case.round, case.redo_count, case.closed_at) == ("ACCEPTED", 2, 0, None)
    journey.assigned(case)
    journey.release(case)
    act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")
    case.refresh_from_db()
    assert (case.state, case.round, case.redo_count) == ("HANDLING", 3, 1)


def test_whoever_handled_the_lead_rates_for_nobody_who_joined_it(
    cast: SimpleNamespace, journey: Journey
) -> None:
    lead, joined, alone = journey.accepted(), journey.accepted(), journey.replied()
    journey.assigned(lead, Target(venue=cast.station))
    act("merge", joined, cast.clerk, lead=lead)
    row = lead.assignments.get()
    act("sign", row, cast.deputy)
    act("draft", row, cast.deputy, text="已与物业协调。")
    act("sign_off", row, cast.convener)
    act("release", row, cast.reviewer, publicity="OPEN")
    given = {
        "level": "SATISFIED",
        "process": "SATISFIED",
        "how": "PHONE",
        "who": "张女士",
        "when": clock.today(),
    }

    with pytest.raises(Refused):
        act("rate_ok", joined, cast.liaison, **given)

    act("rate_ok", alone, cast.liaison, **given)
    assert Suggestion.objects.get(pk=joined.pk).state == "REPLIED"
