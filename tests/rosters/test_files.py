"""Files that are no roster, or too much of one, are refused in one sentence."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from django.utils import translation
from openpyxl.styles import Font

from congress_portal.common.sheets import reading
from congress_portal.common.sheets.reading import ROW, SheetError, read
from deputies.models import Deputy
from deputies.resources import DeputyRosterResource

from .conftest import PERSON, problems, saved, send, take, workbook

TABLE = "deputies_deputy"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_a_text_file_named_xlsx_is_refused():
    with pytest.raises(SheetError, match="not an xlsx file"):
        read("姓名,性别\n林示例,女\n".encode())


def test_an_old_or_locked_workbook_is_refused_with_the_way_out():
    with pytest.raises(SheetError, match=r"Save it as \.xlsx"):
        read(reading.OLD_OFFICE + bytes(600))


def test_any_other_zip_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("letter.txt", "林示例")
    with pytest.raises(SheetError, match="not an xlsx file"):
        read(out.getvalue())


def test_a_file_that_unpacks_to_gigabytes_is_refused_before_unpacking():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", bytes(reading.MAX_UNPACKED + 1))
    assert len(out.getvalue()) < reading.MAX_BYTES
    with pytest.raises(SheetError, match="far too large"):
        read(out.getvalue())


def test_a_large_upload_is_refused_by_the_form(clerk):
    page = send(clerk, TABLE, b"PK" + bytes(reading.MAX_BYTES))
    assert page.status_code == 200
    assert page.context["form"].errors["import_file"] == ["文件超过 5 MB。请分成几个文件导入。"]


def test_a_damaged_workbook_is_refused_in_the_form(clerk, district):
    data = workbook([PERSON])
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as broken:
        for name in whole.namelist():
            content = whole.read(name)
            broken.writestr(name, content[:120] if name.endswith("sheet1.xml") else content)
    page = send(clerk, TABLE, out.getvalue())
    assert page.context["form"].errors["import_file"] == ["文件已损坏。请用 Excel 或 WPS 打开后重新保存。"]


def test_a_hundred_thousand_empty_rows_are_ignored(district):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(PERSON))
    sheet.append(list(PERSON.values()))
    bold = Font(bold=True)
    for row in range(3, 100_003):
        sheet.cell(row, 1).font = bold
    sheet.cell(100_003, 2).value = "  "
    assert take(DeputyRosterResource, saved(book)).news == 1


def test_rows_keep_the_numbers_people_see(district):
    book = openpyxl.Workbook()
    for _number in range(3):
        book.active.append([])
    book.active.cell(4, 1)
    for column, header in enumerate(PERSON, start=1):
        book.active.cell(4, column, header)
        book.active.cell(9, column, (PERSON | {"选区": ""})[header] or None)
    assert list(problems(take(DeputyRosterResource, saved(book)))) == [(9, "选区")]


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 3)
    with pytest.raises(SheetError, match="more than 3 rows"):
        read(workbook([PERSON] * 4))


def test_a_file_without_rows_or_headers_is_refused():
    with pytest.raises(SheetError, match="no rows under the headers"):
        read(workbook([], headers=list(PERSON)))
    with pytest.raises(SheetError, match="first sheet is empty"):
        read(saved(openpyxl.Workbook()))


def test_a_cell_outside_the_headers_is_named():
    book = openpyxl.Workbook()
    book.active.append(["人员编号", "姓名"])
    book.active.append(["D0001", "林示例", None, "备注"])
    with pytest.raises(SheetError, match="Row 2 has something in column D"):
        read(saved(book))


def test_all_wrong_headers_are_named_in_one_sentence(district):
    line = {"人员编号": "D0001", "名字": "林示例", "备注": "", "届次": 19}
    result = take(DeputyRosterResource, workbook([line]))
    (error,) = result.base_errors
    assert str(error.error) == (
        "Missing columns: 姓名、层级、任职日期. Unknown columns: 名字、备注. Delete or rename them. "
        "The first row holds the headers; the empty table to download shows all of them."
    )
    assert Deputy.objects.count() == 0


def test_decorated_headers_are_understood(district):
    line = {f" {header}* ": value for header, value in PERSON.items()}
    assert take(DeputyRosterResource, workbook([line])).news == 1


def test_a_header_that_stands_there_twice_is_named(district):
    book = openpyxl.Workbook()
    book.active.append([*PERSON, "姓名"])
    book.active.append([*PERSON.values(), "高示例"])
    (error,) = take(DeputyRosterResource, saved(book)).base_errors
    assert "Columns that stand there twice: 姓名." in str(error.error)


@pytest.mark.parametrize("formula", ["=A2&B2", "=1+1", "#REF!"])
def test_a_formula_or_a_fault_is_refused_at_its_cell(district, formula):
    found = problems(take(DeputyRosterResource, workbook([PERSON | {"工作单位": formula}])))
    assert list(found) == [(2, "工作单位")]
    assert "value" in found[2, "工作单位"]


def test_a_lying_size_does_not_make_a_million_rows():
    data = workbook([PERSON])
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as lying:
        for name in whole.namelist():
            content = whole.read(name)
            lying.writestr(name, content.replace(b'ref="A1:O2"', b'ref="A1:XFD1048576"'))
    dataset = read(out.getvalue())
    assert len(dataset) == 1
    assert dataset.headers == [ROW, *PERSON]
