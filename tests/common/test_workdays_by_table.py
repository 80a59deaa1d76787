"""The table alone, filled with the notices of all years, counts exactly like the package that knows them."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from chinese_calendar import constants as package
from hypothesis import given
from hypothesis import strategies as st

from congress_portal.common import workdays
from congress_portal.common.models import CalendarDay
from congress_portal.common.workdays import WorkCalendar

FIRST, LAST = date(2018, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]


def notices() -> list[CalendarDay]:
    """What an office would have typed or imported, year by year."""
    off = [CalendarDay(day=day, kind="HOLIDAY", name=name) for day, name in package.holidays.items()]
    made_up = [CalendarDay(day=day, kind="WORKDAY", name=name) for day, name in package.workdays.items()]
    return [row for row in (*off, *made_up) if FIRST <= row.day <= LAST]


def by_table() -> WorkCalendar:
    """Those rows, and nothing that the package knows."""
    return WorkCalendar({row.day: row.kind == "WORKDAY" for row in notices()}, with_package=False)


TABLE, PACKAGE = by_table(), WorkCalendar({})


def test_the_table_alone_agrees_with_the_package_on_every_day_of_nine_years() -> None:
    assert len(DAYS) == 3287
    assert TABLE.known == frozenset()
    assert [day for day in DAYS if TABLE.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_the_table_alone_names_the_same_days_off() -> None:
    assert [day for day in DAYS if TABLE.is_holiday(day) != PACKAGE.is_holiday(day)] == []


def test_without_its_rows_the_table_knows_weekdays_only() -> None:
    empty = WorkCalendar({}, with_package=False)
    assert [day for day in DAYS if empty.is_workday(day) != (day.weekday() < 5)] == []
    assert empty.years == frozenset()


@given(st.sampled_from(DAYS[:-200]), st.integers(0, 90))
def test_the_table_alone_ends_every_period_on_the_same_day(start: date, length: int) -> None:
    assert TABLE.add_workdays(start, length) == PACKAGE.add_workdays(start, length)


@pytest.mark.django_db
def test_rows_that_repeat_the_package_change_no_date() -> None:
    starts = DAYS[::37]
    before = [workdays.add_workdays(day, 15) for day in starts if day.year < 2026]
    CalendarDay.objects.bulk_create(notices())
    workdays.forget()
    assert [workdays.add_workdays(day, 15) for day in starts if day.year < 2026] == before
    workdays.forget()
