from datetime import date, time, timedelta

import pytest

from congress_portal.common import clock
from congress_portal.common.models import CalendarDay
from deputies.models import Mandate
from stations.models import Posting, ReceptionPlan, ReceptionSession, SessionStatus, Venue, VenueStatus
from stations.services import planning, reception
from tests.planning.conftest import NINE, give_turns, make_plan, names, proposed

APRIL = date(2026, 4, 30)


def the_days() -> list[tuple[date, date]]:
    return list(proposed().values_list("planned_on", "day"))


def test_a_plan_proposes_its_days_and_moves_the_one_in_spring_festival(plan):
    planning.propose(plan, APRIL)
    assert the_days() == [
        (date(2026, 1, 15), date(2026, 1, 15)),
        (date(2026, 2, 15), date(2026, 2, 24)),
        (date(2026, 3, 15), date(2026, 3, 16)),
        (date(2026, 4, 15), date(2026, 4, 15)),
    ]


def test_without_a_last_day_it_looks_as_far_ahead_as_the_rule_says(plan):
    planning.propose(plan)
    # 90 days from 8 January.
    assert [planned for planned, _day in the_days()] == [
        date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15)
    ]  # fmt: skip


def test_a_second_run_changes_nothing(plan):
    planning.propose(plan, APRIL)
    before = list(ReceptionSession.objects.values())
    assert planning.propose(plan, APRIL).total == 0
    assert planning.propose_all(APRIL) == 0
    assert list(ReceptionSession.objects.values()) == before


def test_looking_further_ahead_only_adds(plan):
    planning.propose(plan, date(2026, 2, 20))
    before = the_days()
    planning.propose(plan, APRIL)
    assert the_days()[: len(before)] == before
    assert len(the_days()) == 4


def test_turns_are_dealt_in_order_and_go_on_where_the_last_day_ended(plan):
    planning.propose(plan, date(2026, 2, 28))
    planning.propose(plan, APRIL)
    assert [names(session) for session in proposed()] == [
        ["林示例", "何示例"], ["马示例", "林示例"], ["何示例", "马示例"], ["林示例", "何示例"],
    ]  # fmt: skip


def test_whoever_is_out_of_office_that_day_is_passed_over(plan, rota):
    Mandate.objects.filter(deputy=rota[1]).update(ends_on=date(2026, 2, 1))
    planning.propose(plan, APRIL)
    assert [names(session) for session in proposed()] == [
        ["林示例", "何示例"], ["马示例", "林示例"], ["马示例", "林示例"], ["马示例", "林示例"],
    ]  # fmt: skip


def test_whoever_left_the_venue_is_passed_over(plan, rota):
    Posting.objects.filter(deputy=rota[0]).update(ends_on=date(2026, 1, 10))
    planning.propose(plan, date(2026, 1, 31))
    assert names(proposed().get()) == ["何示例", "马示例"]


def test_nobody_receives_at_two_venues_at_once(plan, rota, cast):
    Posting.objects.create(deputy=rota[0], venue=cast.home, starts_on=date(2020, 1, 1))
    other = make_plan(cast.home, deputies_per_day=1)
    give_turns(other, rota[0])
    planning.propose(other, date(2026, 1, 31))
    planning.propose(plan, date(2026, 1, 31))
    assert names(plan.sessions.get()) == ["何示例", "马示例"]


def test_a_rota_shorter_than_a_day_deals_everybody_once(cast, rota):
    plan = make_plan(cast.station, deputies_per_day=5)
    give_turns(plan, *rota)
    planning.propose(plan, date(2026, 1, 31))
    assert names(proposed().get()) == ["林示例", "何示例", "马示例"]


def test_a_plan_without_a_rota_proposes_days_with_nobody(cast):
    planning.propose(make_plan(cast.station), date(2026, 1, 31))
    assert names(proposed().get()) == []


def test_the_shape_of_the_plan_is_copied(cast):
    plan = make_plan(
        cast.station, mode="JOINT", theme="停车", room="一楼接待室", partners="区住建局", slot_minutes=30,
        seats=2, online_url="https://example.com/",
    )  # fmt: skip
    planning.propose(plan, date(2026, 1, 31))
    day = proposed().get()
    assert [getattr(day, name) for name in planning.SHAPE] == [getattr(plan, name) for name in planning.SHAPE]


def test_days_left_out_are_not_made_and_days_that_ask_wait(cast):
    make_plan(cast.station, holiday_policy="CANCEL")
    asking = make_plan(cast.home, holiday_policy="ASK")
    planning.propose_all(date(2026, 2, 28))
    assert list(proposed().filter(venue=cast.station).values_list("planned_on", flat=True)) == [
        date(2026, 1, 15)
    ]
    assert list(asking.sessions.order_by("day").values_list("day", "asks")) == [
        (date(2026, 1, 15), False), (date(2026, 2, 15), True),
    ]  # fmt: skip


def test_two_plans_of_a_venue_never_meet_at_the_same_hours(cast):
    make_plan(cast.station)
    # The first working day after the festival is also the last Tuesday of the month.
    make_plan(cast.station, recurrence="NTH_WEEKDAY", weekday=1, nth=5, day_of_month=None)
    make_plan(cast.station, recurrence="MONTHLY", day_of_month=24, starts_at=time(14), ends_at=time(16))
    make_plan(cast.other_station, recurrence="MONTHLY", day_of_month=24)
    planning.propose_all(date(2026, 2, 28))
    on_the_24th = ReceptionSession.objects.filter(day=date(2026, 2, 24))
    assert list(on_the_24th.order_by("venue__code", "starts_at").values_list("venue__code", "starts_at")) == [
        ("TS1", NINE), ("TS1", time(14)), ("TS2", NINE)
    ]  # fmt: skip


def test_a_holiday_announced_later_moves_what_nobody_touched(plan):
    planning.propose(plan, APRIL)
    touched = reception.add_deputy(proposed().first(), deputy=plan.rota.last().deputy, by=None).session
    for day in (touched.day, date(2026, 4, 15)):
        CalendarDay.objects.create(day=day, kind="HOLIDAY", name="测试节")
    planning.propose(plan, APRIL)
    assert [day for _planned, day in the_days()] == [
        date(2026, 1, 15), date(2026, 2, 24), date(2026, 3, 16), date(2026, 4, 16)
    ]  # fmt: skip


def test_a_proposal_the_plan_no_longer_names_goes_and_decided_ones_stay(plan, cast):
    planning.propose(plan, APRIL)
    first, second, third, _fourth = proposed()
    reception.announce(first, by=cast.clerk)
    reception.cancel(second, reason="装修", by=cast.clerk)
    reception.take_leave(third.duties.first(), reason="出差", by=cast.clerk)
    plan.day_of_month = 20
    plan.save()
    planning.propose(plan, APRIL)
    rows = ReceptionSession.objects.order_by("planned_on").values_list("planned_on", "status")
    assert list(rows) == [
        (date(2026, 1, 15), SessionStatus.ANNOUNCED), (date(2026, 1, 20), SessionStatus.PROPOSED),
        (date(2026, 2, 15), SessionStatus.CANCELLED), (date(2026, 2, 20), SessionStatus.PROPOSED),
        (date(2026, 3, 15), SessionStatus.PROPOSED), (date(2026, 3, 20), SessionStatus.PROPOSED),
        (date(2026, 4, 20), SessionStatus.PROPOSED),
    ]  # fmt: skip


def test_afresh_the_turns_are_dealt_again(plan, rota):
    planning.propose(plan, date(2026, 2, 28))
    plan.rota.filter(deputy=rota[0]).delete()
    plan.deputies_per_day = 1
    plan.save()
    planning.propose(plan, date(2026, 2, 28), afresh=True)
    assert [names(session) for session in proposed()] == [["何示例"], ["马示例"]]


def test_nothing_is_proposed_where_nobody_is_received_or_the_plan_is_over(plan, cast):
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.SUSPENDED)
    planning.propose(ReceptionPlan.objects.get(), APRIL)
    assert not proposed().exists()
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.RUNNING)
    ReceptionPlan.objects.update(ends_on=date(2026, 2, 15))
    planning.propose_all(APRIL)
    assert [planned for planned, _day in the_days()] == [date(2026, 1, 15)]


def test_a_day_of_the_past_that_was_postponed_into_the_future_is_still_proposed(cast):
    with clock.frozen(clock.now() + timedelta(days=42)):
        plan = make_plan(cast.station)
        planning.propose(plan, date(2026, 3, 1))
    assert the_days() == [(date(2026, 2, 15), date(2026, 2, 24))]


def test_the_next_days_of_an_unsaved_plan_say_what_becomes_of_each(cast):
    plan = ReceptionPlan(
        venue=cast.station, recurrence="MONTHLY", day_of_month=15, starts_at=NINE, ends_at=time(11),
        starts_on=date(2026, 1, 20), ends_on=date(2026, 5, 1),
    )  # fmt: skip
    assert [(row.planned_on.month, str(row.outcome)) for row in planning.next_days(plan, 6)] == [
        (2, "MOVED"), (3, "MOVED"), (4, "KEPT"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_yearly_rhythm_is_shown_for_the_rarest_rule(cast):
    plan = make_plan(cast.station, recurrence="ODD_MONTHS")
    assert len(planning.next_days(plan, 6)) == 6
