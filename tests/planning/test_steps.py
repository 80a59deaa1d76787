"""What may happen to a day before it is held, and the line each step leaves."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from congress_portal.common import clock
from deputies.models import Mandate
from stations.models import (
    Booking,
    DutyStatus,
    Posting,
    ReceptionDuty,
    ReceptionSession,
    ReceptionSetting,
    SessionStatus,
    Venue,
    VenueStatus,
)
from stations.rota import with_turns
from stations.services import planning, reception
from stations.services.reception import SessionError
from tests.planning.conftest import ELEVEN, NINE, lines, make_plan, proposed

# In the tests it is Thursday, 8 January 2026.
TODAY = date(2026, 1, 8)


def fails_at(error) -> list[str]:
    return list(error.value.error_dict)


def gaps(session: Any) -> list[str]:
    fresh: Any = with_turns([ReceptionSession.objects.get(pk=session.pk)])[0]
    return [turn.duty.deputy.name for turn in fresh.gaps]


def booked(session, slot: time, code: str = "a", **fields) -> Booking:
    return Booking.objects.create(
        session=session, slot=slot, code_hash=code, phone_index=code, booked_at=clock.now(), **fields
    )


def test_a_notice_is_published_by_a_person_at_a_time(session, cast):
    day = reception.announce(session(), by=cast.liaison)
    assert (day.status, day.announced_at, day.late_reason) == ("ANNOUNCED", clock.now(), "")
    change = day.changes.get()
    assert (change.kind, change.text, change.made_by) == ("ANNOUNCED", "", cast.liaison)


@pytest.mark.parametrize(("days", "is_late"), [(3, False), (2, True), (0, True)])
def test_a_notice_later_than_three_days_before_needs_a_reason(session, cast, days, is_late):
    day = session(day=TODAY + timedelta(days=days))
    if is_late:
        with pytest.raises(ValidationError) as error:
            reception.announce(day, by=cast.liaison, late_reason="  ")
        assert fails_at(error) == ["late_reason"]
    done = reception.announce(day, by=cast.liaison, late_reason="临时调整")
    assert done.late_reason == ("临时调整" if is_late else "")


def test_how_many_days_of_notice_is_a_local_rule(session, cast):
    ReceptionSetting.objects.update_or_create(pk=1, defaults={"notice_days": 12})
    with pytest.raises(ValidationError):
        reception.announce(session(), by=cast.liaison)


def test_a_day_with_nobody_on_duty_is_not_announced(session, cast):
    with pytest.raises(SessionError):
        reception.announce(session(deputies=[]), by=cast.liaison)
    Mandate.objects.filter(deputy=cast.deputy_row).update(ends_on=TODAY)
    with pytest.raises(SessionError):
        reception.announce(session(day=TODAY + timedelta(days=5)), by=cast.liaison)


def test_a_suspended_venue_announces_nothing(session, cast):
    day = session()
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.SUSPENDED)
    with pytest.raises(SessionError):
        reception.announce(day, by=cast.liaison)


def test_a_day_is_announced_once(announced, cast):
    day = announced()
    with pytest.raises(SessionError):
        reception.announce(day, by=cast.liaison)
    assert len(lines(day)) == 1


def test_a_day_that_is_over_is_neither_announced_nor_moved_but_cancelled(session, cast):
    day = session(day=TODAY - timedelta(days=1))
    assert [move.name for move in reception.available(day)] == ["cancel"]
    with pytest.raises(SessionError):
        reception.announce(day, by=cast.liaison, late_reason="迟了")
    assert reception.cancel(day, reason="未举行", by=cast.liaison).status == "CANCELLED"


@pytest.mark.parametrize(
    ("status", "asks", "names"),
    [
        ("PROPOSED", False, ["announce", "move", "add", "cancel", "leave", "substitute", "back"]),
        ("PROPOSED", True, ["decide", "add", "cancel", "leave", "substitute", "back"]),
        ("ANNOUNCED", False, ["move", "add", "cancel", "leave", "substitute", "back"]),
        ("HELD", False, []),
        ("CANCELLED", False, []),
    ],
)
def test_the_table_says_what_is_possible_in_each_state(session, status, asks, names):
    day = session(status=status, asks=asks, announced_at=clock.now())
    assert [move.name for move in reception.available(day)] == names


def test_moving_an_announced_day_says_from_when_to_when_and_why(announced, cast):
    day = announced(day=date(2026, 1, 19))
    with override("en"):
        reception.move(
            day, day=date(2026, 1, 20), starts_at=time(14), ends_at=time(16), reason="会议室装修",
            by=cast.clerk,
        )  # fmt: skip
    day.refresh_from_db()
    assert (day.day, day.starts_at, day.ends_at) == (date(2026, 1, 20), time(14), time(16))
    assert (day.planned_on, day.change_reason, day.status) == (date(2026, 1, 19), "会议室装修", "ANNOUNCED")
    kind, text = lines(day)[-1]
    assert kind == "MOVED"
    # In the language of the site, whatever the clerk reads.
    assert text.startswith("2026年1月19日 09:00–11:00 → 2026年1月20日 14:00–16:00")
    assert "会议室装修" in text


def test_an_announced_day_moves_only_with_a_reason_and_a_proposed_one_without(announced, session, cast):
    to = {"day": date(2026, 1, 28), "starts_at": NINE, "ends_at": ELEVEN, "reason": "", "by": cast.clerk}
    with pytest.raises(ValidationError) as error:
        reception.move(announced(), **to)
    assert fails_at(error) == ["reason"]
    assert reception.move(session(day=date(2026, 1, 21)), **to).day == date(2026, 1, 28)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "day"),
        ({"day": date(2026, 1, 7)}, "day"),
        ({"day": date(2036, 1, 20)}, "day"),
        ({"day": date(2026, 1, 20), "ends_at": time(8)}, "ends_at"),
        ({"day": TODAY, "starts_at": time(7), "ends_at": time(8, 59)}, "day"),
    ],
)
def test_a_move_to_nowhere_is_refused_at_its_field(announced, cast, changes, field):
    day = announced()
    given = {"day": day.day, "starts_at": NINE, "ends_at": ELEVEN, "reason": "调整", "by": cast.clerk}
    with pytest.raises(ValidationError) as error:
        reception.move(day, **given | changes)
    assert fails_at(error) == [field]


def test_a_day_does_not_move_onto_another_of_the_venue(announced, session, cast):
    there = session(day=date(2026, 1, 26), starts_at=time(10, 30), ends_at=time(12))
    given = {"starts_at": NINE, "ends_at": ELEVEN, "reason": "调整", "by": cast.clerk}
    day = announced()
    with pytest.raises(ValidationError) as error:
        reception.move(day, day=there.day, **given)
    assert fails_at(error) == ["day"]
    reception.cancel(there, reason="取消", by=cast.clerk)
    session(day=there.day, venue=cast.other_station)
    assert reception.move(day, day=there.day, **given).day == there.day


def test_booked_visits_keep_their_place_in_the_row(announced, cast):
    day = announced()
    first, second = booked(day, NINE), booked(day, time(9, 40), "b")
    gone = booked(day, time(10, 40), "c", status="CANCELLED")
    reception.move(
        day, day=day.day, starts_at=time(14, 30), ends_at=time(15, 30), reason="调整", by=cast.clerk
    )
    assert [
        Booking.objects.get(pk=row.pk).slot for row in (first, second, gone)
    ] == [time(14, 30), time(15, 10), time(10, 40)]  # fmt: skip


def test_hours_too_short_for_the_visits_booked_are_refused(announced, cast):
    day = announced()
    booked(day, time(10, 40))
    with pytest.raises(ValidationError) as error:
        reception.move(day, day=day.day, starts_at=NINE, ends_at=time(10), reason="调整", by=cast.clerk)
    assert fails_at(error) == ["ends_at"]
    assert Booking.objects.get().slot == time(10, 40)


def test_a_cancelled_day_keeps_its_bookings_and_says_why(announced, cast):
    day = announced()
    row = booked(day, NINE)
    with pytest.raises(ValidationError) as error:
        reception.cancel(day, reason=" ", by=cast.clerk)
    assert fails_at(error) == ["reason"]
    done = reception.cancel(day, reason="停电", by=cast.clerk)
    assert (done.status, done.change_reason, lines(day)[-1]) == ("CANCELLED", "停电", ("CANCELLED", "停电"))
    row.refresh_from_db()
    assert row.status == "BOOKED"


@pytest.fixture
def asking(cast):
    plan = make_plan(cast.station, holiday_policy="ASK")
    plan.rota.create(deputy=cast.deputy_row, place=1)
    planning.propose(plan, date(2026, 2, 28))
    return proposed().get(asks=True)


def test_a_day_that_asks_is_decided_before_anything_else(asking, cast):
    with pytest.raises(SessionError):
        reception.announce(asking, by=cast.clerk)
    done = reception.decide(asking, day=date(2026, 2, 25), by=cast.clerk)
    assert (done.day, done.asks, done.planned_on) == (date(2026, 2, 25), False, date(2026, 2, 15))
    assert lines(done)[-1][0] == "MOVED"
    assert reception.announce(done, by=cast.clerk).status == "ANNOUNCED"


def test_a_day_that_asks_may_stay_and_then_is_left_alone(asking, cast):
    done = reception.decide(asking, day=asking.day, by=cast.clerk)
    assert (done.day, done.asks, lines(done)) == (date(2026, 2, 15), False, [("DECIDED", "")])
    planning.propose_all(date(2026, 2, 28))
    assert not ReceptionSession.objects.get(pk=done.pk).asks
    with pytest.raises(SessionError):
        reception.decide(done, day=None, by=cast.clerk)


def test_a_day_that_asks_may_be_left_out_and_does_not_come_back(asking, cast):
    done = reception.decide(asking, day=None, by=cast.clerk)
    assert (done.status, done.asks) == (SessionStatus.CANCELLED, False)
    assert done.change_reason
    assert planning.propose_all(date(2026, 2, 28)) == 0


def test_leave_tells_the_public_who_and_the_office_why(announced, cast):
    day = announced()
    duty = reception.take_leave(day.duties.get(), reason="住院", by=cast.deputy)
    assert (duty.status, duty.reason) == ("LEAVE", "住院")
    assert lines(day)[-1] == ("LEAVE", "林示例")
    assert gaps(day) == ["林示例"]
    with pytest.raises(SessionError):
        reception.take_leave(duty, reason="住院", by=cast.deputy)


def test_a_substitute_fills_the_turn(announced, rota, cast):
    day = announced()
    duty = reception.take_leave(day.duties.get(), reason="住院", by=cast.deputy)
    taken = reception.substitute(duty, deputy=rota[2], by=cast.liaison)
    assert (taken.deputy, taken.stands_in_for, gaps(day)) == (rota[2], duty, [])
    assert lines(day)[-1][0] == "SUBSTITUTE"
    assert all(name in lines(day)[-1][1] for name in ("林示例", "马示例"))
    with pytest.raises(SessionError):
        reception.substitute(duty, deputy=rota[1], by=cast.liaison)
    with pytest.raises(SessionError):
        reception.come_back(duty, by=cast.deputy)


def test_a_substitute_on_leave_is_replaced_for_the_same_turn(announced, rota, cast):
    day = announced()
    taken = reception.substitute(day.duties.get(), deputy=rota[2], by=cast.liaison)
    reception.take_leave(taken, reason="出差", by=cast.liaison)
    assert gaps(day) == ["林示例"]
    second = reception.substitute(taken, deputy=rota[1], by=cast.liaison)
    assert (second.stands_in_for, gaps(day)) == (day.duties.first(), [])


def test_leave_can_be_taken_back_while_nobody_stands_in(announced, cast):
    day = announced()
    duty = reception.take_leave(day.duties.get(), reason="住院", by=cast.deputy)
    back = reception.come_back(duty, by=cast.deputy)
    assert (back.status, back.reason, gaps(day), lines(day)[-1]) == (
        "PLANNED", "", [], ("BACK", "林示例")
    )  # fmt: skip


def test_a_deputy_who_resigned_leaves_a_gap_that_a_substitute_fills(announced, rota, cast):
    day = announced()
    Mandate.objects.filter(deputy=cast.deputy_row).update(ends_on=day.day)
    assert gaps(day) == ["林示例"]
    reception.substitute(day.duties.get(), deputy=rota[1], by=cast.liaison)
    assert gaps(day) == []
    assert ReceptionDuty.objects.get(deputy=cast.deputy_row).status == DutyStatus.LEAVE


def test_a_deputy_whose_last_day_is_after_the_reception_still_receives(announced, cast):
    day = announced()
    Mandate.objects.filter(deputy=cast.deputy_row).update(ends_on=day.day + timedelta(days=1))
    assert gaps(day) == []


def test_nobody_stands_in_who_is_elsewhere_out_of_office_or_on_duty_already(
    announced, session, rota, cast
):  # fmt: skip
    day = announced(deputies=rota[:2])
    Posting.objects.create(deputy=rota[2], venue=cast.home, starts_on=TODAY)
    elsewhere = session(venue=cast.home, deputies=[rota[2]])
    stranger = cast.other_deputy.deputy
    for one in (rota[1], rota[2], stranger, None):
        with pytest.raises(ValidationError) as error:
            reception.substitute(day.duties.first(), deputy=one, by=cast.liaison)
        assert fails_at(error) == ["deputy"]
    reception.cancel(elsewhere, reason="取消", by=cast.clerk)
    assert reception.substitute(day.duties.first(), deputy=rota[2], by=cast.liaison).deputy == rota[2]


def test_one_more_deputy_of_the_venue_joins(announced, rota, cast):
    day = announced()
    reception.add_deputy(day, deputy=rota[1], by=cast.liaison)
    assert lines(day)[-1] == ("JOINED", "何示例")
    shown: Any = with_turns([day])[0]
    assert [turn.duty.deputy for turn in shown.turns] == rota[:2]


@pytest.mark.parametrize("text", ["因" * 201, "a" * 5000])
def test_a_reason_has_its_limit(announced, cast, text):
    with pytest.raises(ValidationError) as error:
        reception.cancel(announced(), reason=text, by=cast.clerk)
    assert fails_at(error) == ["reason"]


def test_whether_turns_are_taken_costs_the_same_for_one_day_and_for_many(session, django_assert_num_queries):
    session()
    with django_assert_num_queries(4):
        with_turns(ReceptionSession.objects.filter(pk__in=ReceptionSession.objects.values("pk")[:1]))
    for offset in range(20, 40):
        session(day=TODAY + timedelta(days=offset))
    with django_assert_num_queries(4):
        with_turns(ReceptionSession.objects.all())
