"""What holds for every period, whatever the calendar: shown with calendars nobody ever announced."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_portal.common import workdays
from congress_portal.common.models import CalendarDay
from congress_portal.common.workdays import Stretch, WorkCalendar

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
LENGTHS = st.integers(0, 60)
# Any days may be off or made up for, near each other, so that whole weeks can be off.
CALENDARS = st.dictionaries(st.dates(date(2026, 9, 1), date(2026, 12, 31)), st.booleans(), max_size=40).map(
    WorkCalendar
)
AUTUMN = st.dates(date(2026, 8, 15), date(2026, 12, 15))


@given(CALENDARS, AUTUMN, LENGTHS)
def test_a_period_ends_on_a_working_day_and_not_before_it_began(
    days: WorkCalendar, start: date, length: int
) -> None:
    end = days.add_workdays(start, length)
    assert days.is_workday(end)
    assert end >= start
    assert days.count(start, end) >= length


@given(CALENDARS, AUTUMN, LENGTHS, st.integers(0, 20))
def test_longer_is_never_earlier(days: WorkCalendar, start: date, length: int, more: int) -> None:
    assert days.add_workdays(start, length + more) >= days.add_workdays(start, length)


@given(CALENDARS, AUTUMN, LENGTHS, st.integers(0, 30))
def test_begun_later_is_never_over_earlier(days: WorkCalendar, start: date, length: int, later: int) -> None:
    begun_later = start + timedelta(days=later)
    assert days.add_workdays(begun_later, length) >= days.add_workdays(start, length)


@given(CALENDARS, AUTUMN, st.integers(1, 60))
def test_counting_takes_back_what_adding_gave(days: WorkCalendar, start: date, length: int) -> None:
    assert days.count(start, days.add_workdays(start, length)) == length


@given(CALENDARS, AUTUMN)
def test_rolling_goes_on_to_the_first_working_day(days: WorkCalendar, day: date) -> None:
    end = days.roll_forward(day)
    assert days.is_workday(end)
    assert days.roll_forward(end) == end
    assert days.count(day, end) == (0 if end == day else 1)


@given(CALENDARS, AUTUMN, LENGTHS)
def test_one_more_day_off_never_brings_an_end_forward(days: WorkCalendar, start: date, length: int) -> None:
    end = days.add_workdays(start, length)
    more = WorkCalendar(days.overrides | {end: False})
    assert more.add_workdays(start, length) > end


@given(CALENDARS, AUTUMN, LENGTHS)
def test_the_named_days_account_for_every_day_against_its_weekday(
    days: WorkCalendar, start: date, length: int
) -> None:
    """Weekdays, less those off, and the weekend days made up for, are all the working days there are."""
    end = days.add_workdays(start, length)
    span = [start + timedelta(days=offset) for offset in range(1, (end - start).days + 1)]
    named = {day: each.is_off for each in days.stretches(start, end) for day in _days(each)}
    worked = [day for day in span if (named[day] is False if day in named else day.weekday() < 5)]
    assert len(worked) == days.count(start, end)


def _days(each: Stretch) -> list[date]:
    return [each.first + timedelta(days=offset) for offset in range((each.last - each.first).days + 1)]


@given(DAYS, st.integers(0, 36))
def test_months_end_on_the_same_number_or_the_months_last(start: date, months: int) -> None:
    end = workdays.months_after(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    last = calendar.monthrange(end.year, end.month)[1]
    assert end.day == (min(start.day, last))


@given(DAYS, st.integers(0, 24), st.integers(0, 12))
def test_more_months_never_end_earlier(start: date, months: int, more: int) -> None:
    assert workdays.months_after(start, months + more) >= workdays.months_after(start, months)


@pytest.mark.django_db
def test_days_left_and_days_added_are_the_same_days() -> None:
    for offset in range(0, 400, 7):
        start = date(2026, 1, 1) + timedelta(days=offset)
        for length in (1, 3, 5, 15, 30):
            end = workdays.add_workdays(start, length)
            assert workdays.workdays_until(start, end) == length


@pytest.mark.parametrize(
    ("start", "end", "named"),
    [
        # From 28 September 2026 five working days lead over golden week to the Saturday made up for.
        (
            date(2026, 9, 28),
            date(2026, 10, 10),
            [
                (date(2026, 10, 1), date(2026, 10, 7), True, "国庆节"),
                (date(2026, 10, 10), date(2026, 10, 10), False, "国庆节"),
            ],
        ),
        (
            date(2026, 2, 12),
            date(2026, 2, 28),
            [
                (date(2026, 2, 14), date(2026, 2, 14), False, "春节"),
                (date(2026, 2, 15), date(2026, 2, 23), True, "春节"),
                (date(2026, 2, 28), date(2026, 2, 28), False, "春节"),
            ],
        ),
        # Ordinary weekends are no news.
        (date(2026, 7, 1), date(2026, 8, 31), []),
    ],
)
def test_what_a_notice_names_on_the_way_is_named(
    start: date, end: date, named: list[tuple[date, date, bool, str]]
) -> None:
    found = WorkCalendar({}).stretches(start, end)
    assert [(each.first, each.last, each.is_off, str(each.name)) for each in found] == named


@pytest.mark.django_db
def test_the_calendar_is_another_one_after_any_change_and_the_same_after_it_is_taken_back() -> None:
    before = workdays.fingerprint()
    row = CalendarDay.objects.create(day=date(2027, 10, 1), kind="HOLIDAY", name="国庆节")
    changed = workdays.fingerprint()
    row.name = "国庆"
    row.save()
    assert workdays.fingerprint() == changed != before
    row.kind = "WORKDAY"
    row.save()
    assert workdays.fingerprint() not in (before, changed)
    row.delete()
    assert workdays.fingerprint() == before
