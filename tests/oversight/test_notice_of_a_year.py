"""A year's notice from the empty table to moved dates, as a clerk does it in a browser."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congress_portal.common import workdays
from congress_portal.common.models import CalendarDay
from suggestions import recalculation
from tests.admin.pages import open_page, text_of
from tests.conftest import Journey

from .days import on

pytestmark = pytest.mark.django_db
CALENDAR = "/admin/common/calendarday/"


def filled(client: Any, *rows: tuple[Any, ...]) -> SimpleUploadedFile:
    """The table there is to download, with rows under its headers."""
    book = openpyxl.load_workbook(BytesIO(client.get(f"{CALENDAR}import/template/").content))
    for row in rows:
        book.worksheets[0].append(row)
    written = BytesIO()
    book.save(written)
    return SimpleUploadedFile("2027.xlsx", written.getvalue())


def test_from_the_empty_table_to_dates_that_moved(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client = login(cast.clerk)
    with on(2026, 12, 29):
        case = journey.submitted()
        assert case.clocks.get().due_on == date(2027, 1, 1)

        notice = filled(
            client, (date(2027, 1, 1), "休", "元旦"), ("2027年1月2日", "放假", "元旦"),
            ("2027/1/3", "休", "元旦"), ("20270109", "班", "元旦"),
        )  # fmt: skip
        preview = client.post(f"{CALENDAR}import/", {"import_file": notice, "format": "0"})
        assert preview.context["result"].news == 4
        assert CalendarDay.objects.count() == 0
        done = client.post(f"{CALENDAR}process_import/", preview.context["confirm_form"].initial, follow=True)
        assert CalendarDay.objects.count() == 4
        assert workdays.is_workday(date(2027, 1, 9))
        assert workdays.missing_ahead() == []

        # The page the clerk comes back to leads on; the date itself has not moved yet.
        assert '/admin/suggestions/recalculation/"' in done.content.decode()
        assert "放假安排有变动，期限还没有重新计算" in text_of(open_page(client, "/admin/"))
        assert case.clocks.get().due_on == date(2027, 1, 1)
        client.post("/admin/suggestions/recalculation/count/")
        assert case.clocks.get().due_on == date(2027, 1, 4)


def test_every_bad_line_is_named_with_what_to_write_and_none_is_taken(
    cast: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.clerk)
    notice = filled(
        client, ("2027-01-01", "休", "元旦"), ("元旦", "休", ""), ("2027-02-30", "休", ""),
        ("2027-01-02", "半天", ""), ("", "休", "元旦"), ("2027-01-01", "班", ""), ("2027-01-03", "", ""),
    )  # fmt: skip
    page = text_of(client.post(f"{CALENDAR}import/", {"import_file": notice, "format": "0"}).content.decode())
    for line in (3, 4, 5, 6, 7, 8):
        assert f" {line} " in page
    assert "休、班" in page
    assert CalendarDay.objects.count() == 0
    assert not recalculation.is_needed()


def test_a_table_saved_as_text_is_refused_with_what_to_do(cast: SimpleNamespace, login: Callable) -> None:
    sheet = SimpleUploadedFile("2027.csv", "日期,类型,名称\n2027-01-01,休,元旦\n".encode())
    answer = login(cast.clerk).post(f"{CALENDAR}import/", {"import_file": sheet, "format": "0"})
    page = text_of(answer.content.decode())
    assert "这不是 xlsx 文件" in page
    assert CalendarDay.objects.count() == 0
