from datetime import date

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from congress_portal.common.admin import CalendarDayResource
from congress_portal.common.models import CalendarDay
from congress_portal.common.workdays import is_workday, unknown_years

pytestmark = pytest.mark.django_db

NOTICE = [("2027-01-01", "休", "元旦"), ("2027/2/6", "休", "春节"), ("2027年2月14日", "班", "春节")]


def _load(rows, headers=("日期", "类型", "名称")):
    dataset = tablib.Dataset(*rows, headers=headers)
    return CalendarDayResource().import_data(dataset, raise_errors=False, rollback_on_validation_errors=True)


def test_a_year_comes_in_with_chinese_headers_and_counts_at_once():
    assert unknown_years(date(2027, 3, 1)) == {2027}
    result = _load(NOTICE)
    assert not result.has_errors()
    assert CalendarDay.objects.count() == 3
    assert not is_workday(date(2027, 1, 1))
    assert is_workday(date(2027, 2, 14))
    assert unknown_years(date(2027, 3, 1)) == set()
    assert CalendarDay.history.count() == 3


def test_the_same_notice_again_changes_nothing_and_a_correction_changes_one_day():
    _load(NOTICE)
    again = _load(NOTICE)
    assert again.totals["skip"] == 3
    _load([("2027-02-14", "休", "春节")])
    assert CalendarDay.objects.get(day=date(2027, 2, 14)).kind == "HOLIDAY"
    assert CalendarDay.objects.count() == 3


def test_a_bad_row_is_named_and_nothing_is_taken():
    with translation.override("en"):
        result = _load([*NOTICE, ("soon", "休", ""), ("2027-05-01", "half", "")])
    assert result.has_validation_errors() or result.has_errors()
    messages = {row.number: row.error_dict for row in result.invalid_rows}
    assert messages == {
        5: {"日期": ["Write the date as 2022-01-05."]},
        6: {"类型": ["Write one of: 休、班."]},
    }
    assert CalendarDay.objects.count() == 0


def test_a_table_from_a_spreadsheet_brings_real_dates():
    dataset = tablib.Dataset((date(2027, 1, 1), "休", None), headers=("日期", "类型", "名称"))
    book = tablib.Dataset().load(dataset.export("xlsx"), "xlsx")
    assert not CalendarDayResource().import_data(book).has_errors()
    assert CalendarDay.objects.get().day == date(2027, 1, 1)


def test_staff_load_the_notice_in_the_admin_after_a_preview(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("keeper"))
    page = reverse("admin:common_calendarday_import")
    notice = tablib.Dataset(*NOTICE, headers=("日期", "类型", "名称")).export("xlsx")
    preview = client.post(
        page, {"import_file": SimpleUploadedFile("2027.xlsx", notice), "format": _xlsx(client)}
    )
    assert CalendarDay.objects.count() == 0
    confirm = preview.context["confirm_form"]
    done = client.post(reverse("admin:common_calendarday_process_import"), confirm.initial)
    assert done.status_code == 302
    assert CalendarDay.objects.count() == 3
    assert CalendarDay.history.first().history_user.username == "keeper"


def _xlsx(client) -> str:
    form = client.get(reverse("admin:common_calendarday_import")).context["form"]
    return next(value for value, label in form.fields["format"].choices if label == "xlsx")
