"""Columns on the screen and in a sheet; rows that stream into a file; many lists counted at once."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from congress_portal.accounts.models import User
from congress_portal.common.lists import Column, cell, in_sheet, on_screen, words
from congress_portal.common.pages import capped_count, capped_counts
from congress_portal.common.sheets.writing import MEASURED, stream

# As a sheet keeps a moment: without a zone, as the clock on the wall showed it.
LOCAL = datetime(2026, 10, 10, 7, 30, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "kept", "shown"),
    [
        (None, None, ""), ("", None, ""), ([], None, ""), ("路灯", "路灯", "路灯"), (0, 0, "0"),
        (Decimal("96.39"), Decimal("96.39"), "96.39"), (True, "是", "是"), (False, "否", "否"),
        (date(2026, 10, 10), date(2026, 10, 10), "2026-10-10"), (["甲", "乙"], "甲、乙", "甲、乙"),
        (datetime(2026, 10, 9, 23, 30, 5, 9, tzinfo=UTC), LOCAL, "2026-10-10 07:30"),
        ("回电13912345678", "回电139****5678", "回电139****5678"),
        (["13912345678"], "139****5678", "139****5678"),
        (2026000123, 2026000123, "2026000123"), ("2026000123", "2026000123", "2026000123"),
    ],
)  # fmt: skip
def test_a_value_is_kept_in_its_kind_and_shown_as_words(value: Any, kept: Any, shown: str) -> None:
    assert (cell(value), type(cell(value))) == (kept, type(kept))
    assert words(value) == shown


def test_a_column_is_declared_once_for_screen_and_sheet() -> None:
    columns = [
        Column("name", "名称", lambda row: row.name),
        Column("due", "期限", lambda row: row.due, lambda row: f"{row.due:%d} 日前"),
    ]
    row = SimpleNamespace(name="甲", due=date(2026, 10, 10))

    assert on_screen(columns, row) == {"name": "甲", "due": "10 日前"}
    assert in_sheet(columns, row) == ["甲", date(2026, 10, 10)]


def test_rows_stream_and_are_never_held_all_at_once() -> None:
    alive: list[int] = []

    class Row(list):  # type: ignore[type-arg]
        def __init__(self, number: int) -> None:
            super().__init__([f"第{number}行", number])
            alive.append(1)

        def __del__(self) -> None:
            alive.pop()

    most = 0

    def rows():  # type: ignore[no-untyped-def]
        nonlocal most
        for number in range(5 * MEASURED):
            most = max(most, len(alive))
            yield Row(number)

    out = io.BytesIO()
    assert stream(out, ["名称", "数"], rows(), foot="仅供工作使用") == 5 * MEASURED
    assert most <= MEASURED + 2
    lines = list(load_workbook(out).active.iter_rows(values_only=True))
    assert lines[0] == ("名称", "数")
    assert lines[-3:] == [("第999行", 999), (None, None), ("仅供工作使用", None)]


def test_no_cell_that_streams_is_a_formula() -> None:
    out = io.BytesIO()
    stream(out, ["=头"], [["=1+1"], ["+1"], ["-1"], ["@x"], ["#N/A"], [-5]], foot="=脚")
    cells = [line[0] for line in load_workbook(out).active.iter_rows() if line and line[0].value is not None]
    assert [each.data_type for each in cells] == ["s", "s", "s", "s", "s", "s", "n", "s"]
    assert [each.quotePrefix for each in cells] == [True, True, True, True, True, False, False, True]


@pytest.mark.django_db
def test_many_lists_are_counted_in_one_query_and_only_so_far() -> None:
    User.objects.bulk_create(User(username=f"u{number}") for number in range(12))
    lists = [
        User.objects.order_by("username"), User.objects.filter(username="u3"), User.objects.none(),
        User.objects.filter(pk__in=[]), User.objects.exclude(username="u3").distinct(),
    ]  # fmt: skip
    beside = User.objects.filter(username="u0")

    with CaptureQueriesContext(connection) as caught:
        found = capped_counts(beside, lists, limit=10)

    assert found == ["10+", "1", "0", "0", "10+"]
    assert found == [capped_count(rows, 10) for rows in lists]
    assert len(caught) == 1
    assert capped_counts(beside, []) == []
    assert capped_counts(User.objects.none(), lists[:1]) == ["0"]
