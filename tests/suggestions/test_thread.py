"""The thin thread: one suggestion from the resident's words to the resident's rating, through the door."""

from types import SimpleNamespace

from tests.conftest import Journey, act


def test_a_case_walks_from_submission_to_rating(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.closed()

    assert list(case.events.values_list("action", "to_state")) == [
        ("submit", "SUBMITTED"),
        ("accept", "ACCEPTED"),
        ("assign", "HANDLING"),
        ("issue", "ISSUED"),
        ("sign", "IN_HAND"),
        ("draft", "DRAFTED"),
        ("sign_off", "SIGNED"),
        ("release", "RELEASED"),
        ("all_replied", "REPLIED"),
        ("record_told", "REPLIED"),
        ("rate_ok", "CLOSED"),
    ]
    assert (case.state, case.rating, case.due_on) == ("CLOSED", "SATISFIED", None)


def test_a_dissatisfied_resident_gets_one_second_round_and_then_the_head(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.disputed()
    assert (case.state, case.round, case.redo_count) == ("DISPUTED", 2, 1)

    act("conclude", case, cast.head, visit="上门说明了规划安排。", outcome="EXPLAINED")

    case.refresh_from_db()
    assert (case.state, case.rating, case.first_rating) == ("CLOSED", "DISSATISFIED", "DISSATISFIED")
