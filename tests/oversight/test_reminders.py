"""Reminders come by themselves, on their day, once."""

from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from congress_portal.common import clock, workdays
from congress_portal.notices.models import Notice
from suggestions import history, reminders
from suggestions.models import Event, OfficeSetting, ReminderRule, Suggestion
from suggestions.submissions import submit
from tests.conftest import Journey, act, as_actor, submission

from .days import assigned, on

pytestmark = pytest.mark.django_db


def told(case: Suggestion, what: str = "") -> list[tuple[str, str, int]]:
    """(day, tone, rule) of the reminders of the case, in their order."""
    found = case.events.filter(action="remind").order_by("seq")
    return [
        (f"{clock.local_date(event.happened_at):%m-%d}", event.data["tone"], event.data["rule"])
        for event in found
        if not what or event.data.get("what") == what
    ]


def every_day(first: date, last: date) -> None:
    """The daily job, every day from the first to the last."""
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        with on(day.year, day.month, day.day, hour=1):
            reminders.remind()


def test_a_unit_is_reminded_five_and_one_working_days_before_and_yellow_and_red_after(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 10, 12))
        act("sign", case.assignments.get(), cast.officer)
    every_day(date(2026, 9, 14), date(2026, 10, 30))
    assert told(case) == [
        ("09-29", "REMIND", 5), ("10-10", "REMIND", 1), ("10-13", "YELLOW", -1), ("10-20", "RED", -6),
    ]  # fmt: skip
    assert list(history.problems(Suggestion.objects.all())) == []


def test_the_event_says_of_which_row_and_date_and_whether_the_leader_gets_a_copy(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 9, 21))
        row = act("sign", case.assignments.get(), cast.officer)
    with on(2026, 10, 9):
        reminders.remind()
    event = case.events.get(action="remind")
    assert (event.role, event.actor) == ("system", None)
    assert event.data == {
        "tone": "RED", "whom": "测试住建局，抄送领导", "row": row.pk, "what": "unit_due",
        "due": "2026-09-21", "rule": -6, "copy": True, "mark": f"{row.pk} unit_due 2026-09-21 -6",
    }  # fmt: skip
    heard = set(
        Notice.objects.filter(key__contains=f"event {event.seq} ").values_list("to__username", flat=True)
    )
    assert heard == {"officer", "unitlead"}


def test_the_job_twice_a_day_or_two_days_running_reminds_once(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 10, 12))
    with on(2026, 10, 10, hour=1):
        assert reminders.remind() == Counter({"REMIND": 1, "RED": 1})
        assert reminders.remind() == Counter()
    with on(2026, 10, 11):
        assert reminders.remind() == Counter()
    assert told(case, "unit_due") == [("10-10", "REMIND", 1)]


def test_a_missed_night_is_made_up_for_with_the_most_urgent_alone(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 10, 12))
        act("sign", case.assignments.get(), cast.officer)
    with on(2026, 9, 30):
        reminders.remind()
    with on(2026, 10, 21):
        reminders.remind()
    assert told(case) == [("09-30", "REMIND", 5), ("10-21", "RED", -6)]


def test_a_date_that_moved_is_reminded_of_anew(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 9, 22))
        row = act("sign", case.assignments.get(), cast.officer)
        act("ask_extension", row, cast.officer, due=date(2026, 10, 12), reason="施工期长")
    every_day(date(2026, 9, 14), date(2026, 9, 21))
    with on(2026, 9, 21):
        act("grant_extension", row, cast.clerk, due=date(2026, 10, 12))
    every_day(date(2026, 9, 22), date(2026, 10, 12))
    assert told(case) == [
        ("09-16", "REMIND", 5), ("09-21", "REMIND", 1), ("09-29", "REMIND", 5), ("10-10", "REMIND", 1),
    ]  # fmt: skip


def test_what_is_signed_off_waits_for_the_office_and_says_so(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 10, 12))
        journey.signed(case)
    with on(2026, 10, 13):
        reminders.remind()
    assert case.events.get(action="remind").data["whom"] == "区人大代表工委"


def test_a_row_nobody_signs_for_is_a_reminder_of_its_own(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 10, 23))
        assert case.assignments.get().sign_due == date(2026, 9, 16)
    every_day(date(2026, 9, 15), date(2026, 9, 25))
    assert told(case, "sign_due") == [("09-17", "YELLOW", -1), ("09-23", "RED", -6)]
    act("sign", case.assignments.get(), cast.officer)
    every_day(date(2026, 9, 26), date(2026, 9, 30))
    assert len(told(case, "sign_due")) == 2


def test_our_own_clocks_are_reminded_of_too(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 6, 1):
        waiting, accepted = journey.submitted(), journey.accepted()
        untold = submit(submission(cast, channel="VISIT", venue=cast.station), actor=as_actor(cast.liaison))
        act("answer_inquiry", untold, cast.clerk, category=cast.category, reply="可以在社区申请。")
        disputed = journey.disputed()
        secret = journey.submitted()
        act(
            "propose_decline",
            secret,
            cast.clerk,
            code=cast.accusation,
            text="请拨打专线。",
            where_to_go="12388",
        )
    every_day(date(2026, 6, 1), date(2026, 6, 9))
    kinds = {
        case: {event.data["clock"] for event in case.events.filter(action="remind")}
        for case in (waiting, accepted, untold, disputed, secret)
    }
    assert kinds == {
        waiting: {"ACCEPT"}, accepted: {"ASSIGN"}, untold: {"FEEDBACK"}, disputed: {"CONCLUDE"},
        secret: {"REVIEW"},
    }  # fmt: skip
    # Three working days in all: a reminder five days before was never meant for it.
    assert told(waiting) == [("06-03", "REMIND", 1), ("06-05", "YELLOW", -1)]


def test_nobody_in_hand_leaves_the_date_told_with_the_office(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 10, 12))
        act("take_back", case, cast.clerk, reason="改派")
    with on(2026, 10, 13):
        reminders.remind()
    assert {event.data["clock"] for event in case.events.filter(action="remind")} == {"ASSIGN", "REPLY"}


def test_what_is_over_or_waits_for_the_resident_reminds_nobody_on_duty(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 6, 1):
        asked, closed, gone = journey.submitted(), journey.closed(), journey.submitted()
        act("ask_more", asked, cast.liaison, question="是哪一号楼?")
        act("withdraw", gone, cast.resident)
    every_day(date(2026, 6, 1), date(2026, 6, 16))
    for case in (asked, closed, gone):
        assert told(case) == []


def test_the_resident_is_asked_to_rate_twice_and_no_more(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 6, 1):
        case, rated = journey.replied(), journey.closed()
    every_day(date(2026, 6, 1), date(2026, 6, 16))
    assert told(case) == [("06-06", "RATE", 5), ("06-11", "RATE", 10)]
    assert told(rated) == []
    for event in case.events.filter(action="remind"):
        keys = Notice.objects.filter(to=cast.resident).values_list("key", flat=True)
        assert any(f"case {case.number} event {event.seq} " in key for key in keys)


def test_a_second_reply_is_asked_about_again(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 6, 1):
        case = journey.replied()
    every_day(date(2026, 6, 6), date(2026, 6, 6))
    with on(2026, 6, 8):
        act("rate_bad", case, cast.resident, reason="车位没有增加", process="BASIC")
        journey.release(case)
    every_day(date(2026, 6, 9), date(2026, 6, 19))
    assert told(case)[-2:] == [("06-13", "RATE", 5), ("06-18", "RATE", 10)]


def test_the_days_to_ask_come_from_the_settings_of_the_office(journey: Journey) -> None:
    OfficeSetting.objects.create(rating_reminders=" 3，oops, 0,12 ")
    assert reminders.rating_days() == [3, 12]
    with on(2026, 6, 1):
        case = journey.replied()
    every_day(date(2026, 6, 1), date(2026, 6, 16))
    assert told(case) == [("06-04", "RATE", 3), ("06-13", "RATE", 12)]


def test_who_cannot_be_reached_is_not_asked(cast: SimpleNamespace, journey: Journey) -> None:
    """A note in the box, told by posting it; and an author who left the case to the others."""
    with on(2026, 6, 1):
        note = submission(cast, channel="BOX", venue=cast.station, name="", phone="")
        box = submit(note, actor=as_actor(cast.liaison))
        act("answer_inquiry", box, cast.clerk, category=cast.category, reply="已在站内公示。")
        act("record_told", box, cast.liaison, how="POSTED")
    every_day(date(2026, 6, 1), date(2026, 6, 16))
    assert told(box) == []


def test_rules_are_rows_the_office_changes(cast: SimpleNamespace, journey: Journey) -> None:
    ReminderRule.objects.exclude(days_before=1).update(is_active=False)
    ReminderRule.objects.create(days_before=3, tone="REMIND")
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 9, 24))
    every_day(date(2026, 9, 14), date(2026, 10, 12))
    assert told(case, "unit_due") == [("09-21", "REMIND", 3), ("09-23", "REMIND", 1)]


def test_many_cases_cost_no_more_reading_than_few(
    cast: SimpleNamespace, journey: Journey, django_assert_max_num_queries: Any
) -> None:
    with on(2026, 9, 14):
        for _turn in range(6):
            assigned(journey, date(2026, 10, 12))
    with on(2026, 10, 10):
        reminders.remind()
        assert Event.objects.filter(action="remind").count() == 12
        with django_assert_max_num_queries(6):
            reminders.remind()


def test_two_runs_at_the_same_moment_remind_once(
    cast: SimpleNamespace, journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 10, 12))
        act("sign", case.assignments.get(), cast.officer)
    # The other run read the history before this one wrote: only the lock on the case tells them apart.
    monkeypatch.setattr(reminders, "_marks", lambda part: {each.case.pk: set() for each in part})
    with on(2026, 10, 10):
        assert reminders.remind()["REMIND"] == 1
        assert reminders.remind() == Counter()
    assert len(told(case)) == 1


@pytest.mark.parametrize("left", range(-12, 12))
def test_of_all_rules_the_most_urgent_speaks(left: int, db: Any) -> None:
    rules = list(ReminderRule.objects.all())
    start, due = date(2026, 3, 2), date(2026, 4, 15)
    today = workdays.add_workdays(due, -left) if left <= 0 else next(
        due - timedelta(days=gone) for gone in range(40)
        if workdays.workdays_until(due - timedelta(days=gone), due) == left
    )  # fmt: skip
    found = reminders.rule_for(rules, start=start, due=due, today=today)
    wanted = -6 if left <= -6 else -1 if left < 0 else 1 if left <= 1 else 5 if left <= 5 else None
    assert (found.days_before if found else None) == wanted
