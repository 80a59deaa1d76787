from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from congress_portal.common import clock, remembered, workdays
from congress_portal.common.models import CalendarDay
from congress_portal.common.workdays import WorkCalendar

PACKAGE = WorkCalendar({})
KNOWN_DAYS = st.dates(date(2018, 1, 1), date(2026, 8, 31))
ANY_DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.fixture(autouse=True)
def _fresh_calendar():
    workdays.forget()
    yield
    workdays.forget()


# The examples of the field notes, typed by hand.
@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        (date(2026, 9, 28), 3, date(2026, 10, 8)),
        (date(2026, 9, 28), 5, date(2026, 10, 10)),
        (date(2026, 9, 28), 15, date(2026, 10, 23)),
        (date(2026, 9, 28), 30, date(2026, 11, 13)),
        (date(2026, 2, 12), 3, date(2026, 2, 24)),
        (date(2026, 2, 12), 7, date(2026, 2, 28)),
        (date(2026, 2, 12), 15, date(2026, 3, 11)),
        (date(2026, 10, 1), 0, date(2026, 10, 8)),
        (date(2026, 10, 2), 1, date(2026, 10, 8)),
    ],
)
@pytest.mark.django_db
def test_working_days_run_over_golden_week_and_spring_festival(start, n, expected):
    assert workdays.add_workdays(start, n) == expected


def test_the_days_off_of_2026_and_their_make_up_days_are_right():
    off = [
        *_span(date(2026, 1, 1), 3),
        *_span(date(2026, 2, 15), 9),
        *_span(date(2026, 4, 4), 3),
        *_span(date(2026, 5, 1), 5),
        *_span(date(2026, 6, 19), 3),
        *_span(date(2026, 9, 25), 3),
        *_span(date(2026, 10, 1), 7),
    ]
    made_up = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    assert [day for day in off if PACKAGE.is_workday(day)] == []
    assert [pair for pair in made_up if not PACKAGE.is_workday(date(2026, *pair))] == []


def test_every_day_from_2018_to_2026_agrees_with_the_package():
    days = _span(date(2018, 1, 1), (date(2027, 1, 1) - date(2018, 1, 1)).days)
    assert [day for day in days if PACKAGE.is_workday(day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        # 28 February 2027 is a Sunday.
        (date(2026, 11, 30), 3, date(2027, 3, 1)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 7, 1), 3, date(2026, 10, 8)),
        (date(2024, 11, 29), 3, date(2025, 2, 28)),
        (date(2023, 11, 29), 3, date(2024, 2, 29)),
        (date(2026, 6, 15), 6, date(2026, 12, 15)),
    ],
)
@pytest.mark.django_db
def test_months_end_on_the_same_day_or_the_last_and_roll_off_days_off(start, months, expected):
    assert workdays.add_months(start, months) == expected


@pytest.mark.django_db
def test_calendar_days_roll_off_days_off():
    assert workdays.add_days(date(2026, 9, 17), 15) == date(2026, 10, 8)
    assert workdays.add_days(date(2026, 9, 1), 15) == date(2026, 9, 16)


@pytest.mark.django_db
def test_where_a_period_ends_is_known_before_a_day_off_moves_it():
    assert workdays.months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert workdays.days_after(date(2026, 9, 28), 5) == date(2026, 10, 3)
    assert workdays.add_days(date(2026, 9, 28), 5) == date(2026, 10, 8)


@pytest.mark.django_db
def test_days_left_are_signed_and_never_zero_but_on_the_due_day():
    due = date(2026, 10, 10)
    assert workdays.workdays_until(date(2026, 9, 28), due) == 5
    assert workdays.workdays_until(date(2026, 10, 10), due) == 0
    assert workdays.workdays_until(date(2026, 10, 11), due) == -1
    assert workdays.workdays_until(date(2026, 10, 14), due) == -3
    # A due date that a later notice made a day off is still ahead the day before.
    assert workdays.workdays_until(date(2026, 10, 1), date(2026, 10, 2)) == 1


@pytest.mark.django_db
def test_a_duration_counts_working_days_only():
    assert workdays.workdays_between(date(2026, 9, 30), date(2026, 10, 8)) == 1
    assert workdays.workdays_between(date(2024, 12, 31), date(2026, 1, 1)) == 248
    assert workdays.workdays_between(date(2026, 10, 8), date(2026, 10, 8)) == 0


@pytest.mark.django_db
def test_a_year_without_notice_counts_monday_to_friday_and_is_named():
    assert workdays.is_workday(date(2027, 10, 1))
    assert not workdays.is_workday(date(2027, 10, 2))
    assert workdays.unknown_years(date(2026, 12, 31), date(2027, 1, 1), date(2003, 5, 1)) == {2003, 2027}


@pytest.mark.django_db
def test_the_table_wins_over_the_package_and_over_the_weekday():
    CalendarDay.objects.create(day=date(2026, 10, 10), kind="HOLIDAY")
    CalendarDay.objects.create(day=date(2027, 10, 1), kind="HOLIDAY", name="国庆节")
    CalendarDay.objects.create(day=date(2027, 10, 9), kind="WORKDAY")
    assert not workdays.is_workday(date(2026, 10, 10))
    assert not workdays.is_workday(date(2027, 10, 1))
    assert workdays.is_workday(date(2027, 10, 9))
    assert workdays.unknown_years(date(2027, 1, 1)) == set()


@pytest.mark.django_db
def test_a_holiday_is_a_day_a_notice_names_and_no_ordinary_weekend():
    CalendarDay.objects.create(day=date(2026, 10, 5), kind="WORKDAY")
    CalendarDay.objects.create(day=date(2027, 10, 2), kind="HOLIDAY", name="国庆节")
    assert workdays.is_holiday(date(2026, 10, 3))
    assert workdays.is_holiday(date(2027, 10, 2))
    for ordinary in (date(2026, 10, 5), date(2026, 10, 17), date(2026, 10, 10), date(2027, 10, 9)):
        assert not workdays.is_holiday(ordinary)


@pytest.mark.django_db
def test_a_negative_period_is_refused():
    for add in (workdays.add_workdays, workdays.add_days, workdays.add_months):
        with pytest.raises(ValueError):
            add(date(2026, 1, 5), -1)


@pytest.mark.django_db
def test_a_moment_counts_as_its_day_in_china():
    late = datetime(2026, 10, 9, 23, 0, tzinfo=clock.SHANGHAI).astimezone(tz=None)
    assert workdays.add_workdays(late, 1) == date(2026, 10, 10)


@pytest.mark.django_db
def test_a_page_full_of_dates_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        for offset in range(300):
            workdays.workdays_until(date(2026, 6, 1), date(2026, 6, 1) + timedelta(days=offset))


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_at_once_and_a_rolled_back_one_never_elsewhere():
    day = date(2027, 5, 3)
    assert workdays.is_workday(day)
    with transaction.atomic():
        CalendarDay.objects.create(day=day, kind="HOLIDAY")
        assert not workdays.is_workday(day)
        transaction.set_rollback(True)
    assert workdays.is_workday(day)
    row = CalendarDay.objects.create(day=day, kind="HOLIDAY")
    assert not workdays.is_workday(day)
    row.delete()
    assert workdays.is_workday(day)


@pytest.mark.django_db
def test_another_process_is_noticed_after_a_short_while(monkeypatch):
    day = date(2027, 5, 3)
    assert workdays.is_workday(day)
    # bulk_create sends no signal: to this process it looks like somebody else's change.
    CalendarDay.objects.bulk_create([CalendarDay(day=day, kind="HOLIDAY")])
    assert workdays.is_workday(day)
    monkeypatch.setattr(remembered, "TTL_SECONDS", -1.0)
    assert not workdays.is_workday(day)


@given(KNOWN_DAYS, st.integers(1, 60))
def test_more_days_never_end_earlier_and_always_on_a_working_day(start, n):
    end = PACKAGE.add_workdays(start, n)
    assert PACKAGE.is_workday(end)
    assert PACKAGE.add_workdays(start, n + 1) > end
    assert PACKAGE.add_workdays(start + timedelta(days=1), n) >= end


@given(ANY_DAYS, st.integers(1, 40))
def test_adding_and_counting_are_inverse_also_in_years_nobody_entered(start, n):
    assert PACKAGE.count(start, PACKAGE.add_workdays(start, n)) == n


@given(ANY_DAYS)
def test_rolling_forward_skips_nothing_but_days_off(day):
    end = PACKAGE.roll_forward(day)
    assert PACKAGE.is_workday(end)
    assert not any(PACKAGE.is_workday(between) for between in _span(day, (end - day).days))


@given(ANY_DAYS, st.integers(1, 900))
def test_counting_by_years_agrees_with_counting_by_hand(start, length):
    by_hand = sum(PACKAGE.is_workday(day) for day in _span(start + timedelta(days=1), length))
    assert PACKAGE.count(start, start + timedelta(days=length)) == by_hand


def _span(first: date, length: int) -> list[date]:
    return [first + timedelta(days=offset) for offset in range(length)]
