"""The calendar changes: what ends later moves and is told, what would end earlier stays as it was told."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command

from congress_portal.common import clock, workdays
from congress_portal.common.models import CalendarDay
from congress_portal.notices.models import Notice
from suggestions import clocks, history, recalculation
from suggestions.enums import RequestKind
from suggestions.inputs import Target
from suggestions.models import Assignment, Clock, ClockRule, Recalculation, Suggestion
from tests.conftest import Journey, act

from .days import ASSISTING, announce, assigned, on

pytestmark = pytest.mark.django_db


def dues(case: Suggestion) -> dict[str, date]:
    return {row.kind: row.due_on for row in case.clocks.filter(stopped_at=None)}


def test_a_new_day_off_moves_the_date_and_the_resident_reads_it(journey: Journey) -> None:
    with on(2026, 6, 1):
        case = journey.submitted()
        assert dues(case) == {"ACCEPT": date(2026, 6, 4)}
    with on(2026, 6, 2):
        announce(date(2026, 6, 3), name="临时放假")
        run = recalculation.run()
        case.refresh_from_db()
        assert dues(case) == {"ACCEPT": date(2026, 6, 5)}
        assert case.due_on == date(2026, 6, 5)
        event = case.events.get(action="recalculate")
        assert event.data == {"from": "2026-06-04", "due": "2026-06-05", "clock": "ACCEPT"}
        assert run.moved == 1
        assert run.lines == [
            {"number": case.number, "what": "ACCEPT", "of": "", "from": "2026-06-04", "to": "2026-06-05",
             "done": "moved"}
        ]  # fmt: skip
        assert Notice.objects.filter(to=case.resident, key__contains=f"event {event.seq} ").exists()
    assert list(history.problems(Suggestion.objects.all())) == []


def test_a_day_off_taken_back_never_brings_a_told_date_forward(journey: Journey) -> None:
    announce(date(2026, 6, 3))
    with on(2026, 6, 1):
        case = journey.submitted()
    CalendarDay.objects.all().delete()
    with on(2026, 6, 2):
        run = recalculation.run()
        assert dues(case) == {"ACCEPT": date(2026, 6, 5)}
        assert not case.events.filter(action="recalculate").exists()
        assert (run.moved, run.kept) == (0, 1)
        assert run.lines[0] | {"from": "2026-06-05", "to": "2026-06-04", "done": "kept"} == run.lines[0]


def test_a_reply_of_the_usual_length_moves_with_its_unit(journey: Journey) -> None:
    with on(2026, 9, 14):
        usual = clocks.limit(ClockRule.Key.REPLY, clock.today())
        case = assigned(journey, usual)
        assert case.clocks.get(kind="REPLY").length == 15
        announce(date(2026, 9, 18))
        later = clocks.limit(ClockRule.Key.REPLY, clock.today())
        run = recalculation.run()
    assert later > usual
    assert dues(case) == {"REPLY": later}
    row = case.assignments.get()
    assert row.unit_due == later
    assert list(history.problems(Suggestion.objects.all())) == []
    assert {line["what"] for line in run.lines} == {"REPLY", "return_until"}


def test_a_day_somebody_chose_stays_unless_it_became_a_day_off(journey: Journey) -> None:
    with on(2027, 9, 20):
        first = assigned(journey, date(2027, 9, 30))
        second = assigned(journey, date(2027, 10, 1))
        assert first.clocks.get(kind="REPLY").length is None
    with on(2027, 9, 21):
        announce(*[date(2027, 10, day) for day in range(1, 8)])
        recalculation.run()
    assert dues(first) == {"REPLY": date(2027, 9, 30)}
    assert dues(second) == {"REPLY": date(2027, 10, 8)}
    assert second.assignments.get().unit_due == date(2027, 10, 8)


def test_no_reply_moves_past_the_last_day_it_may_ever_be_due(journey: Journey) -> None:
    rule = ClockRule.objects.get(key="REPLY_MAX")
    rule.length, rule.unit = 22, "DAYS"
    rule.save()
    with on(2026, 6, 1):
        # 19 June is a day off already, so fifteen working days end on the last day allowed.
        case = assigned(journey, date(2026, 6, 23))
        assert case.clocks.get(kind="REPLY").length == 15
    with on(2026, 6, 2):
        announce(date(2026, 6, 4), date(2026, 6, 5))
        recalculation.run()
    assert dues(case)["REPLY"] <= clocks.latest_reply(case, date(2026, 6, 1))
    assert dues(case) == {"REPLY": date(2026, 6, 23)}


def test_dates_of_a_row_that_lie_ahead_move_in_one_event(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 6, 1):
        targets = Target(unit=cast.unit), Target(unit=cast.other_unit, kind=ASSISTING)
        case = assigned(journey, date(2026, 7, 13), *targets)
        lead, helper = case.assignments.order_by("pk")
        assert (lead.sign_due, lead.return_until) == (date(2026, 6, 3), date(2026, 6, 8))
        assert helper.unit_due == date(2026, 6, 15)
        announce(date(2026, 6, 2))
        recalculation.run()
    lead.refresh_from_db()
    helper.refresh_from_db()
    assert (lead.sign_due, lead.return_until) == (date(2026, 6, 4), date(2026, 6, 9))
    assert helper.unit_due == date(2026, 6, 16)
    assert helper.events.get(action="recount").data["dates"] == {
        "unit_due": ["2026-06-15", "2026-06-16"], "sign_due": ["2026-06-03", "2026-06-04"],
        "return_until": ["2026-06-08", "2026-06-09"],
    }  # fmt: skip
    assert list(history.problems(Suggestion.objects.all())) == []


def test_dates_of_a_row_that_are_over_stay_over(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 6, 1):
        case = assigned(journey, date(2026, 7, 13))
        act("sign", case.assignments.get(), cast.officer)
    with on(2026, 6, 10):
        announce(date(2026, 6, 2))
        recalculation.run()
    row = case.assignments.get()
    assert (row.sign_due, row.return_until) == (date(2026, 6, 3), date(2026, 6, 8))


def test_a_longer_rule_moves_nothing_that_was_given_out_before(journey: Journey) -> None:
    with on(2026, 6, 1):
        case = assigned(journey, date(2026, 6, 23))
    ClockRule.objects.filter(key__in=("SIGN", "RETURN", "REPLY")).update(length=40)
    with on(2026, 6, 2):
        run = recalculation.run()
    assert (run.moved, run.kept) == (0, 0)
    assert case.assignments.get().sign_due == date(2026, 6, 3)


def test_a_second_run_finds_nothing_to_do(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 9, 14):
        cases = [
            journey.submitted(), journey.accepted(), assigned(journey, date(2026, 10, 12)), journey.replied(),
            journey.disputed(),
        ]  # fmt: skip
        announce(date(2026, 9, 15), date(2026, 9, 16), date(2026, 10, 9))
        announce(date(2026, 10, 10), date(2026, 10, 11), off=False)
        first = recalculation.run()
        told, events = [dues(case) for case in cases], sum(case.events.count() for case in cases)
        second = recalculation.run()
    assert first.moved >= 5
    assert second.moved == 0
    assert second.looked_at == first.looked_at
    assert [dues(case) for case in cases] == told
    assert sum(case.events.count() for case in cases) == events


def test_the_preview_says_what_the_run_does_and_changes_nothing(journey: Journey) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 10, 12))
        announce(date(2026, 9, 15))
        before = list(Clock.objects.values()), list(Assignment.objects.values())
        found = recalculation.plan()
        assert (list(Clock.objects.values()), list(Assignment.objects.values())) == before
        assert Recalculation.objects.count() == 0
        run = recalculation.run()
    assert run.lines == [line.written() for line in found.lines]
    assert case.events.filter(action__in=("recalculate", "recount")).count() == len(
        {line.target for line in found.lines if line.done == "moved"}
    )


def test_the_daily_job_counts_anew_only_after_the_calendar_has_changed(journey: Journey) -> None:
    with on(2026, 6, 1):
        case = journey.submitted()
        assert recalculation.run_if_needed() is None
        announce(date(2026, 6, 3))
        assert recalculation.is_needed()
        assert recalculation.run_if_needed().moved == 1
        assert not recalculation.is_needed()
        assert recalculation.run_if_needed() is None
        announce(date(2026, 6, 3), off=False)
        CalendarDay.objects.all().delete()
        assert recalculation.run_if_needed().kept == 1
    assert case.events.filter(action="recalculate").count() == 1


def test_a_run_for_one_year_leaves_the_others_to_the_daily_job(journey: Journey) -> None:
    with on(2026, 12, 1):
        this_year = journey.submitted()
    with on(2026, 12, 30):
        next_year = journey.submitted()
        assert dues(next_year) == {"ACCEPT": date(2027, 1, 4)}
        announce(date(2026, 12, 2), date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3), name="元旦")
        run = recalculation.run(year=2027)
        assert run.years == "2027"
        assert dues(this_year) == {"ACCEPT": date(2026, 12, 4)}
        assert dues(next_year) == {"ACCEPT": date(2027, 1, 5)}
        assert recalculation.is_needed()
        recalculation.run_if_needed()
        assert dues(this_year) == {"ACCEPT": date(2026, 12, 7)}


def test_a_year_loaded_late_moves_what_was_counted_without_it(
    cast: SimpleNamespace, journey: Journey
) -> None:
    """Nobody had announced 2027 when these began."""
    with on(2026, 12, 28):
        case = assigned(journey, clocks.limit(ClockRule.Key.REPLY_COMPLEX, clock.today()))
        without = dues(case)["REPLY"]
        assert workdays.unknown_years(without) == {2027}
    with on(2026, 12, 30):
        announce(date(2027, 1, 1), name="元旦")
        announce(*[date(2027, 2, 5) + timedelta(days=day) for day in range(9)], name="春节")
        announce(date(2027, 1, 31), date(2027, 2, 20), off=False, name="春节")
        run = recalculation.run_if_needed()
        after = dues(case)["REPLY"]
    assert run.moved >= 1
    assert after > without
    assert after == workdays.add_workdays(date(2026, 12, 28), 30)
    assert workdays.unknown_years(after) == set()


def test_who_was_granted_more_time_keeps_the_limits_of_before(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 6, 1):
        case = assigned(journey, date(2026, 6, 5))
        row = act("sign", case.assignments.get(), cast.officer)
        assert row.return_until == date(2026, 6, 5)
        act("ask_extension", row, cast.officer, due=date(2026, 6, 24), reason="施工期长")
        act("grant_extension", row, cast.clerk, due=date(2026, 6, 24))
        assert row.requests.get(kind=RequestKind.EXTENSION).granted
        run = recalculation.run()
    assert run.moved == 0
    assert case.assignments.get().return_until == date(2026, 6, 5)


def test_the_command_says_what_moved(journey: Journey, capsys: Any) -> None:
    with on(2026, 6, 1):
        case = journey.submitted()
        announce(date(2026, 6, 3))
        call_command("recalculate", "--dry-run")
        assert Recalculation.objects.count() == 0
        call_command("recalculate", "--year", "2026")
    said = capsys.readouterr().out
    assert said.count(f"{case.number} ACCEPT: 2026-06-04 -> 2026-06-05, moved") == 2
    assert said.count("1 dates looked at, 1 moved, 0 kept as told") == 2


def test_somebody_who_acts_meanwhile_is_not_overrun(
    cast: SimpleNamespace, journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on(2026, 6, 1):
        case, other = journey.submitted(), journey.submitted()
        announce(date(2026, 6, 3))
        plan: Callable = recalculation.plan

        def and_then(year: int | None = None) -> recalculation.Plan:
            found = plan(year)
            act("accept", case, cast.clerk, category=cast.category, level="L2")
            return found

        monkeypatch.setattr(recalculation, "plan", and_then)
        run = recalculation.run()
    assert [line["number"] for line in run.lines] == [other.number]
    assert not case.events.filter(action="recalculate").exists()
