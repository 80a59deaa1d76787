"""When days come round, typed by hand for 2026 and then for every rule, also in a year nobody announced."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_portal.common.workdays import WorkCalendar
from stations.models import HolidayPolicy, Recurrence
from stations.recurrence import Outcome, arrange, days_off, planned_days, settle

CALENDAR = WorkCalendar({})
ONE_DAY = timedelta(days=1)
MONDAY, TUESDAY, THURSDAY, SATURDAY = 0, 1, 3, 5


@dataclass
class Rule:
    recurrence: str
    day_of_month: int | None = None
    weekday: int | None = None
    nth: int | None = None


FIFTEENTH = Rule("MONTHLY", day_of_month=15)


def days(*pairs: tuple[int, int], year: int = 2026) -> list[date]:
    return [date(year, *pair) for pair in pairs]


def arranged(rule, policy, first, last, **more):
    return arrange(
        rule, policy, first, last, is_workday=CALENDAR.is_workday, is_holiday=CALENDAR.is_holiday, **more
    )


def story(rule, policy, first, last, **more):
    """What became of each day, as (month, day, where it went)."""
    return [
        ((row.planned_on.month, row.planned_on.day), row.day and (row.day.month, row.day.day), row.outcome)
        for row in arranged(rule, policy, first, last, **more)
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (FIFTEENTH, days((1, 15), (2, 15), (3, 15), (4, 15))),
        (Rule("MONTHLY", day_of_month=31), days((1, 31), (2, 28), (3, 31), (4, 30))),
        (Rule("ODD_MONTHS", day_of_month=30), days((1, 30), (3, 30))),
        (Rule("NTH_WEEKDAY", weekday=TUESDAY, nth=1), days((1, 6), (2, 3), (3, 3), (4, 7))),
        (Rule("NTH_WEEKDAY", weekday=SATURDAY, nth=5), days((1, 31), (2, 28), (3, 28), (4, 25))),
    ],
)
def test_a_rule_names_its_days(rule, expected):
    assert planned_days(rule, date(2026, 1, 1), date(2026, 4, 30)) == expected


def test_a_weekly_rule_names_every_such_weekday_with_both_ends():
    rule = Rule("WEEKLY", weekday=TUESDAY)
    assert planned_days(rule, date(2026, 2, 3), date(2026, 2, 24)) == days((2, 3), (2, 10), (2, 17), (2, 24))
    assert planned_days(rule, date(2026, 2, 4), date(2026, 2, 9)) == []


def test_the_31st_is_the_29th_of_february_in_a_leap_year():
    rule = Rule("MONTHLY", day_of_month=31)
    assert planned_days(rule, date(2028, 2, 1), date(2028, 2, 29)) == [date(2028, 2, 29)]


@pytest.mark.parametrize(
    ("policy", "goes_to"),
    [
        # 14 February 2026 is a Saturday people work on before 春节.
        ("POSTPONE", date(2026, 2, 24)),
        ("BRING_FORWARD", date(2026, 2, 14)),
        ("CANCEL", None),
        ("ASK", date(2026, 2, 15)),
    ],
)
def test_the_15th_within_spring_festival_goes_where_the_policy_says(policy, goes_to):
    assert settle(date(2026, 2, 15), policy, CALENDAR.is_workday) == goes_to


def test_a_rule_by_date_postpones_every_day_off_and_keeps_make_up_saturdays():
    assert story(FIFTEENTH, "POSTPONE", date(2026, 2, 1), date(2026, 3, 31)) == [
        ((2, 15), (2, 24), Outcome.MOVED),
        ((3, 15), (3, 16), Outcome.MOVED),
    ]
    tenth = Rule("MONTHLY", day_of_month=10)
    assert story(tenth, "POSTPONE", date(2026, 10, 1), date(2026, 10, 31)) == [
        ((10, 10), (10, 10), Outcome.KEPT)
    ]


def test_a_saturday_plan_meets_on_saturdays_and_moves_only_for_a_public_holiday():
    rule = Rule("WEEKLY", weekday=SATURDAY)
    assert story(rule, "POSTPONE", date(2026, 9, 26), date(2026, 10, 17)) == [
        # Mid-autumn: Saturday to Monday's working day.
        ((9, 26), (9, 28), Outcome.MOVED),
        ((10, 3), (10, 8), Outcome.MOVED),
        ((10, 10), (10, 10), Outcome.KEPT),
        ((10, 17), (10, 17), Outcome.KEPT),
    ]


def test_a_day_that_would_meet_the_next_of_its_plan_falls_together_with_it():
    rule = Rule("WEEKLY", weekday=TUESDAY)
    assert story(rule, "POSTPONE", date(2026, 2, 10), date(2026, 2, 24)) == [
        ((2, 10), (2, 10), Outcome.KEPT),
        ((2, 17), None, Outcome.TOGETHER),
        ((2, 24), (2, 24), Outcome.KEPT),
    ]


def test_two_days_off_never_become_one():
    rule = Rule("WEEKLY", weekday=MONDAY)
    assert story(rule, "POSTPONE", date(2026, 2, 16), date(2026, 2, 23)) == [
        ((2, 16), (2, 24), Outcome.MOVED),
        ((2, 23), (2, 25), Outcome.MOVED),
    ]
    assert story(rule, "BRING_FORWARD", date(2026, 2, 16), date(2026, 2, 23)) == [
        ((2, 16), (2, 13), Outcome.MOVED),
        ((2, 23), (2, 14), Outcome.MOVED),
    ]


def test_nothing_is_put_on_a_day_on_which_the_venue_is_busy():
    first, last = date(2026, 2, 1), date(2026, 2, 28)
    assert story(Rule("MONTHLY", day_of_month=10), "POSTPONE", first, last, taken=days((2, 10))) == [
        ((2, 10), None, Outcome.TOGETHER)
    ]
    assert story(FIFTEENTH, "POSTPONE", first, last, taken=days((2, 24), (2, 25))) == [
        ((2, 15), (2, 26), Outcome.MOVED)
    ]


def test_a_rule_that_asks_leaves_the_day_where_it_is():
    first, last = date(2026, 2, 1), date(2026, 2, 28)
    assert story(FIFTEENTH, "ASK", first, last) == [((2, 15), (2, 15), Outcome.ASKS)]
    assert story(FIFTEENTH, "CANCEL", first, last) == [((2, 15), None, Outcome.LEFT_OUT)]


def test_a_plan_has_no_days_before_its_first_or_from_its_last_on():
    more = {"starts_on": date(2026, 3, 15), "ends_on": date(2026, 5, 15)}
    found = arranged(FIFTEENTH, "POSTPONE", date(2026, 1, 1), date(2026, 12, 31), **more)
    assert [row.planned_on for row in found] == days((3, 15), (4, 15))


# Announced with make-up weekends; not announced, so Monday to Friday.
YEARS = st.sampled_from([2026, 2028])
RULES = st.one_of(
    st.builds(Rule, st.sampled_from(["MONTHLY", "ODD_MONTHS"]), day_of_month=st.integers(1, 31)),
    st.builds(Rule, st.just("WEEKLY"), weekday=st.integers(0, 6)),
    st.builds(Rule, st.just("NTH_WEEKDAY"), weekday=st.integers(0, 6), nth=st.integers(1, 5)),
)
POLICIES = st.sampled_from(HolidayPolicy.values)
TAKEN = st.lists(st.integers(0, 365), max_size=20)


@st.composite
def periods(draw):
    year = draw(YEARS)
    first, last = sorted(date(year, 1, 1) + timedelta(days=draw(st.integers(0, 364))) for _ in range(2))
    return first, last


def test_every_recurrence_and_policy_is_tried():
    assert set(Recurrence.values) == {"MONTHLY", "ODD_MONTHS", "NTH_WEEKDAY", "WEEKLY"}
    assert set(HolidayPolicy.values) == {"POSTPONE", "BRING_FORWARD", "CANCEL", "ASK"}


@given(RULES, POLICIES, periods(), TAKEN)
def test_every_named_day_appears_once_and_says_what_became_of_it(rule, policy, period, offsets):
    first, last = period
    taken = {date(first.year, 1, 1) + timedelta(days=offset) for offset in offsets}
    found = arranged(rule, policy, first, last, taken=taken)
    assert [row.planned_on for row in found] == planned_days(rule, first, last)
    is_off = days_off(rule, is_workday=CALENDAR.is_workday, is_holiday=CALENDAR.is_holiday)
    allowed = {
        "POSTPONE": {Outcome.MOVED, Outcome.TOGETHER}, "BRING_FORWARD": {Outcome.MOVED, Outcome.TOGETHER},
        "CANCEL": {Outcome.LEFT_OUT}, "ASK": {Outcome.ASKS},
    }  # fmt: skip
    for row in found:
        kept = Outcome.TOGETHER if row.planned_on in taken else Outcome.KEPT
        assert row.outcome in (allowed[policy] if is_off(row.planned_on) else {kept})
        if row.outcome in (Outcome.KEPT, Outcome.ASKS):
            assert row.day == row.planned_on
        if row.outcome == Outcome.MOVED:
            assert CALENDAR.is_workday(row.day)
            assert row.day not in taken
            assert (row.day > row.planned_on) == (policy == "POSTPONE")


@given(RULES, POLICIES, periods(), TAKEN)
def test_the_days_of_a_plan_keep_their_order_and_never_meet(rule, policy, period, offsets):
    taken = {date(period[0].year, 1, 1) + timedelta(days=offset) for offset in offsets}
    held = [row.day for row in arranged(rule, policy, *period, taken=taken) if row.day]
    assert held == sorted(set(held))


@given(RULES, POLICIES, periods())
def test_nothing_leaves_the_period_by_more_than_the_days_off_it_passes(rule, policy, period):
    first, last = period
    for row in arranged(rule, policy, first, last, starts_on=first, ends_on=last + ONE_DAY):
        assert first <= row.planned_on <= last
        if row.outcome == Outcome.MOVED:
            early, late = sorted((row.day, row.planned_on))
            passed = [early + timedelta(days=n) for n in range(1, (late - early).days)]
            others = {other.day for other in arranged(rule, policy, first, last)}
            assert [day for day in passed if CALENDAR.is_workday(day) and day not in others] == []


@given(RULES, POLICIES, periods(), st.integers(0, 364))
def test_what_becomes_of_a_day_does_not_depend_on_how_far_one_looks(rule, policy, period, offset):
    first, last = period
    middle = min(first + timedelta(days=offset), last)
    parts = [*arranged(rule, policy, first, middle), *arranged(rule, policy, middle + ONE_DAY, last)]
    assert arranged(rule, policy, first, last) == parts
