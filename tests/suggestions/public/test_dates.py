"""A date explains itself: how it was counted, which days off it left out, where it was moved from and why."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal.common import clock, workdays
from congress_portal.common.models import CalendarDay
from suggestions import dates
from suggestions.actors import SYSTEM
from suggestions.models import Clock, ClockRule, Suggestion
from tests.conftest import Journey, act

from .conftest import text_of

pytestmark = pytest.mark.django_db
BEFORE_THE_HOLIDAY = datetime(2026, 9, 28, 9, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _before_the_holiday() -> Iterator[None]:
    with clock.frozen(BEFORE_THE_HOLIDAY):
        yield


def due_of(case: Suggestion) -> dates.Due:
    found = dates.due(Suggestion.objects.get(pk=case.pk))
    assert found is not None
    return found


def words(due: dates.Due) -> str:
    assert due.why is not None
    return due.why.short


def test_the_days_off_between_are_named_and_the_worked_saturday_too(journey: Journey) -> None:
    ClockRule.objects.filter(key="ACCEPT").update(length=5)
    due = due_of(journey.submitted())
    assert due.on == date(2026, 10, 10)
    for part in ("5 个工作日", "10 月 1 日–10 月 7 日（国庆节）不计", "10 月 10 日"):
        assert part in words(due)


def test_ordinary_weekends_need_no_list(journey: Journey) -> None:
    with clock.frozen(BEFORE_THE_HOLIDAY + timedelta(days=24)):
        due = due_of(journey.submitted())
    assert due.on == date(2026, 10, 27)
    assert "10 月 24 日" not in words(due)


def test_the_date_of_the_reply_says_how_many_working_days_that_is(journey: Journey) -> None:
    due = due_of(journey.handling())
    assert due.on == workdays.add_workdays(clock.today(), 10)
    assert "共10个工作日" in words(due)
    assert due.why is not None
    assert due.why.basis == ClockRule.objects.get(key="REPLY").basis


def test_a_limit_in_days_that_ends_on_a_day_off_says_where_it_would_have_ended(journey: Journey) -> None:
    ClockRule.objects.filter(key="ACCEPT").update(length=5, unit="DAYS")
    due = due_of(journey.submitted())
    assert due.on == date(2026, 10, 8)
    assert "10 月 3 日" in words(due)


def test_a_limit_in_months_is_told_the_same_way(journey: Journey) -> None:
    ClockRule.objects.filter(key="ACCEPT").update(length=3, unit="MONTHS")
    with clock.frozen(datetime(2026, 11, 30, 9, tzinfo=clock.SHANGHAI)):
        due = due_of(journey.submitted())
    assert due.on == date(2027, 3, 1)
    assert "2 月 28 日" in words(due)
    assert "2027" in words(due)


def test_a_year_without_a_notice_is_said_to_be_open(journey: Journey) -> None:
    with clock.frozen(datetime(2026, 12, 30, 9, tzinfo=clock.SHANGHAI)):
        case = journey.submitted()
        assert "2027年的放假安排还没有公布" in words(due_of(case))
        CalendarDay.objects.create(day="2027-01-01", kind="HOLIDAY", name="元旦")
        assert "还没有公布" not in words(due_of(case))


def test_a_date_changed_by_hand_says_from_what_to_what_and_why(
    cast: SimpleNamespace, journey: Journey, holding: Callable[[Any], Client]
) -> None:
    case = journey.handling()
    old, new = due_of(case).on, workdays.add_workdays(clock.today(), 14)
    act("redate", case, cast.clerk, due=new, reason="施工要等设备到货")
    due = due_of(case)
    assert (due.on, due.why) == (new, None)
    assert [(move.old, move.new, move.why) for move in due.moved] == [(old, new, "施工要等设备到货")]
    html = text_of(holding(case).get(case.get_absolute_url()))
    assert "2026年10月16日改为2026年10月22日" in html
    assert html.count("施工要等设备到货") == 2


def test_more_time_for_the_unit_is_told_as_a_moved_date(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    row, old = case.assignments.get(), due_of(case).on
    act("sign", row, cast.officer)
    new = workdays.add_workdays(old, 5)
    act("ask_extension", row, cast.officer, due=new, reason="内部理由：人手不足")
    act("grant_extension", row, cast.clerk, due=new, note="内部批注")
    (move,) = due_of(case).moved
    assert (move.old, move.new) == (old, new)
    assert "内部" not in move.why


def test_a_date_counted_anew_says_that_days_off_were_announced(
    cast: SimpleNamespace, journey: Journey, holding: Callable[[Any], Client]
) -> None:
    case = journey.submitted()
    old, new = case.due_on, date(2026, 10, 12)
    act("recalculate", case, SYSTEM, kind="ACCEPT", due=new, reason="内部：2026年日历第3次修改")
    due = due_of(case)
    assert [(move.old, move.new) for move in due.moved] == [(old, new)]
    assert due.why
    html = text_of(holding(case).get(case.get_absolute_url()))
    assert "第3次修改" not in html
    assert "放假安排公布或者有调整" in html


def test_moves_of_another_clock_or_an_earlier_round_are_not_this_dates(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    act("recalculate", case, SYSTEM, kind="ACCEPT", due=date(2026, 10, 12), reason="放假")
    act("accept", case, cast.clerk, category=cast.category, level="L2")
    assert due_of(case).moved == ()
    journey.assigned(case)
    act("redate", case, cast.clerk, due=workdays.add_workdays(clock.today(), 14), reason="施工")
    with clock.frozen(BEFORE_THE_HOLIDAY + timedelta(days=1)):
        journey.release(case)
        act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")
        assert due_of(case).moved == ()


def test_two_moves_stand_newest_first(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    for days, reason in ((12, "第一次"), (14, "第二次")):
        act("redate", case, cast.clerk, due=workdays.add_workdays(clock.today(), days), reason=reason)
    assert [move.why for move in due_of(case).moved] == ["第二次", "第一次"]


def test_what_is_ours_and_over_is_called_late_and_the_residents_own_time_is_not(
    cast: SimpleNamespace, journey: Journey
) -> None:
    late, asked = journey.submitted(), journey.submitted()
    act("ask_more", asked, cast.liaison, question="哪一天？")
    with clock.frozen(BEFORE_THE_HOLIDAY + timedelta(days=60)):
        assert (due_of(late).level, due_of(late).late) == ("overdue", True)
        assert (due_of(asked).level, due_of(asked).late) == ("overdue", False)


def test_the_time_to_rate_is_told_in_days_and_ends(journey: Journey) -> None:
    case = journey.replied()
    row = Clock.objects.get(suggestion=case, kind="RATING", stopped_at=None)
    for before, words in ((3, "3 天"), (0, "最后一天")):
        moment = datetime.combine(row.due_on - timedelta(days=before), BEFORE_THE_HOLIDAY.timetz())
        with clock.frozen(moment):
            window = dates.window(Suggestion.objects.get(pk=case.pk))
        assert window is not None
        assert (window.days, window.until) == (before, row.due_on)
        assert words in window.words
    with clock.frozen(BEFORE_THE_HOLIDAY + timedelta(days=60)):
        assert dates.window(Suggestion.objects.get(pk=case.pk)) is None


def test_a_joined_case_waits_until_the_date_of_its_lead(cast: SimpleNamespace, journey: Journey) -> None:
    lead = journey.handling()
    act("redate", lead, cast.clerk, due=workdays.add_workdays(clock.today(), 12), reason="设备没有到货")
    case = journey.submitted()
    act("merge", case, cast.clerk, lead=lead)
    assert due_of(case) == due_of(lead)
