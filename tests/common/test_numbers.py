"""Numerals, percentages and running numbers."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, transaction

from congress_portal.common.numerals import chinese_numeral
from congress_portal.common.percent import largest_remainder, percentage
from congress_portal.common.sequences import next_value


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (5, "五"),
        (10, "十"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (330, "三百三十"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (2026, "二千零二十六"),
        (9999, "九千九百九十九"),
    ],
)
def test_numbers_are_written_as_in_official_names(number, written):
    assert chinese_numeral(number) == written


@pytest.mark.parametrize("number", [-1, 10000])
def test_numbers_outside_are_refused(number):
    with pytest.raises(ValueError):
        chinese_numeral(number)


# Figures of a printed report on 166 items.
@pytest.mark.parametrize(
    ("part", "shown"),
    [(160, "96.39"), (149, "89.76"), (17, "10.24"), (114, "68.67"), (43, "25.90"), (9, "5.42")],
)
def test_percentages_are_those_of_the_printed_report(part, shown):
    assert percentage(part, 166) == Decimal(shown)


def test_halves_go_up_and_nothing_of_nothing_is_nothing():
    assert percentage(1, 800) == Decimal("0.13")
    assert percentage(0, 0) is None
    assert percentage(5, 0) is None
    assert percentage(0, 5) == Decimal("0.00")


def test_columns_of_a_table_can_be_made_to_add_up():
    shares = largest_remainder([114, 43, 9])
    assert shares == [Decimal("68.68"), Decimal("25.90"), Decimal("5.42")]
    assert largest_remainder([1, 1, 1]) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert largest_remainder([0, 0]) == [None, None]
    assert largest_remainder([]) == []


@pytest.mark.django_db
def test_a_sequence_counts_from_one_and_each_name_for_itself():
    assert [next_value("2026"), next_value("2026"), next_value("2027")] == [1, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_a_number_nobody_saw_is_given_to_the_next():
    next_value("a")
    with transaction.atomic():
        assert next_value("a") == 2
        transaction.set_rollback(True)
    assert next_value("a") == 2


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_get_ten_numbers():
    if connection.vendor == "sqlite":
        # The test database of SQLite lives in memory with one shared connection: there, one after another.
        numbers = [next_value("busy") for _ in range(10)]
    else:
        with ThreadPoolExecutor(10) as pool:
            numbers = list(pool.map(_take, range(10)))
    assert sorted(numbers) == list(range(1, 11))


def _take(_: int) -> int:
    try:
        with transaction.atomic():
            return next_value("busy")
    finally:
        connection.close()
