"""A roster of three thousand lines is read, compared and written in reasonable time and memory."""

import time
import tracemalloc
from io import BytesIO

import openpyxl
import pytest

from deputies.models import Deputy
from deputies.resources import DeputyRosterResource

from .conftest import PERSON, take, workbook

ROWS = 3000


@pytest.fixture(scope="module")
def roster():
    return workbook([PERSON | {"人员编号": f"D{n:05d}", "姓名": f"示例{n}"} for n in range(ROWS)])


def read_alone(data):
    book = openpyxl.load_workbook(BytesIO(data))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def seconds(action, *args, **kwargs):
    start = time.process_time()
    action(*args, **kwargs)
    return time.process_time() - start


def peak(action, *args, **kwargs):
    tracemalloc.start()
    try:
        action(*args, **kwargs)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_three_thousand_lines_cost_a_small_multiple_of_reading_them(roster, district):
    alone = min(seconds(read_alone, roster) for _ in range(2))
    preview = seconds(take, DeputyRosterResource, roster, dry_run=True)
    first = seconds(take, DeputyRosterResource, roster)
    again = seconds(take, DeputyRosterResource, roster)
    assert Deputy.objects.count() == ROWS
    print(f"alone {alone:.2f} s, preview {preview:.2f}, first {first:.2f}, again {again:.2f}")
    assert max(preview, first, again) < 15 * alone


@pytest.mark.slow
def test_three_thousand_lines_take_little_more_memory_than_the_file(roster, district):
    alone = peak(read_alone, roster)
    taken = peak(take, DeputyRosterResource, roster)
    print(f"alone {alone / 1e6:.1f} MB, import {taken / 1e6:.1f} MB")
    assert taken < 2 * alone
