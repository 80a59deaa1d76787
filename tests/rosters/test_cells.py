"""What people write in a cell, and what we understand."""

# ruff: noqa: DTZ001  a spreadsheet knows no time zones

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from congress_portal.common.sheets.cells import (
    KEEP,
    ChoiceCell,
    DateCell,
    DecimalCell,
    LinesCell,
    ListCell,
    TextCell,
    as_text,
)

DAY = date(2022, 1, 5)
YES_OR_NO = {True: ("是", "运行"), False: ("否", "0")}


@pytest.mark.parametrize(
    "written",
    [
        DAY, datetime(2022, 1, 5), datetime(2022, 1, 5, 12, 30), "2022-01-05", "2022/1/5", "2022.1.5",
        "2022年1月5日", " 2022年01月05日 ", "20220105", 20220105, "2022-01-05 00:00:00",
    ],
)  # fmt: skip
def test_a_date_may_be_written_in_many_ways(written):
    assert DateCell().clean(written) == DAY


@pytest.mark.parametrize(
    "written", ["2022-13-01", "2022年1月", "明年", 44566, "5/1/2022", "0222-01-05", True]
)
def test_what_is_no_date_is_refused_with_an_example(written):
    with pytest.raises(ValueError, match="2022-01-05"):
        DateCell().clean(written)


@pytest.mark.parametrize("written", [None, "", "  "])
def test_an_empty_cell_is_no_date_no_text_and_no_choice(written):
    assert DateCell().clean(written) is None
    assert TextCell().clean(written) == ""
    assert ChoiceCell(YES_OR_NO).clean(written) is KEEP
    assert ListCell().clean(written) == []


@pytest.mark.parametrize(
    ("written", "text"),
    [(12, "12"), (12.0, "12"), (1.5, "1.5"), ("0012", "0012"), (time(8, 30), "08:30"), (True, "是"),
     (datetime(2022, 1, 5), "2022-01-05"), ("两\n行", "两 行"), ("零\u200b宽", "零宽")],
)  # fmt: skip
def test_everything_else_is_read_as_text(written, text):
    assert as_text(written) == text


@pytest.mark.parametrize(
    "written", ["甲社区、乙社区", "甲社区,乙社区", "甲社区；乙社区", "甲社区 乙社区", "甲社区\n乙社区、"]
)
def test_several_names_may_be_parted_in_many_ways(written):
    assert ListCell().clean(written) == ["甲社区", "乙社区"]


@pytest.mark.parametrize(
    ("written", "value"), [("是", True), ("否", False), (True, True), (0, False), ("运行", True)]
)
def test_yes_and_no(written, value):
    assert ChoiceCell(YES_OR_NO).clean(written) is value


def test_lines_stay_lines():
    assert LinesCell().clean(" 一、热情接待\r\n二、如实登记\x0b\n") == "一、热情接待\n二、如实登记"
    assert LinesCell().clean(12.0) == "12"


@pytest.mark.parametrize("written", ["123.4512", 123.4512, 123.45119999999999, " 123.451200 "])
def test_a_number_has_so_many_decimals(written):
    assert DecimalCell(6).clean(written) == Decimal("123.451200")


def test_an_empty_cell_is_no_number():
    assert DecimalCell(6).clean(" ") is None


@pytest.mark.parametrize("written", ["东经123度", "nan", "1e99", "Infinity", True])
def test_what_is_no_number_is_refused_with_an_example(written):
    with pytest.raises(ValueError, match=r"123\.451200"):
        DecimalCell(6).clean(written)
