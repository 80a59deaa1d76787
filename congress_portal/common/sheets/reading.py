"""An xlsx file as a table, or one sentence that says why not."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import tablib
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter

MAX_BYTES = 5 * 1024 * 1024
# A small file can unpack to gigabytes; ten thousand formatted rows need some ten megabytes.
MAX_UNPACKED = 100 * 1024 * 1024
MAX_ROWS = 10_000
MAX_COLUMNS = 60
OLD_OFFICE = b"\xd0\xcf\x11\xe0"

# The first column of every dataset: the row as the spreadsheet program numbers it.
ROW = "__row__"


class SheetError(Exception):
    """The whole file cannot be taken; the text says why and what to do."""


class Unusable(str):
    """What a cell shows, where there is no plain value behind it."""

    reason: str | Promise

    @classmethod
    def because(cls, reason: str | Promise, shown: Any) -> "Unusable":
        cell = cls(shown)
        cell.reason = reason
        return cell


FORMULA = gettext_lazy("This is a formula. Copy the cell and paste it as a value.")
FAULT = gettext_lazy("The spreadsheet shows an error here. Write the value itself.")


def read(data: bytes) -> tablib.Dataset:
    """The first sheet of an xlsx file: headers and the rows that are not empty, each with its row number.

    SheetError for what is no xlsx, is too large, has no rows, or has cells outside its headers.
    """
    _check_package(data)
    # data_only would show the result a formula had when somebody last saved, which may be none or old.
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        if not book.worksheets:
            raise SheetError(_("The file has no sheet with rows."))
        sheet = book.worksheets[0]
        # The size a file claims may be wrong, up to a million rows that are not there.
        sheet.reset_dimensions()
        return _table(sheet.title, _filled_rows(sheet))
    finally:
        book.close()


def _check_package(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise SheetError(too_large())
    if data.startswith(OLD_OFFICE):
        raise SheetError(
            _("This is an old .xls file or has a password. Save it as .xlsx without a password.")
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except zipfile.BadZipFile:
        parts = []
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise SheetError(_("This is not an xlsx file. Open the table in Excel or WPS and save it as .xlsx."))
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise SheetError(_("Unpacked, this file is far too large. Copy the filled rows into a new file."))


def too_large() -> str:
    return _("The file is larger than %(limit)d MB. Divide it into several files.") % {
        "limit": MAX_BYTES // 1024 // 1024
    }


def _filled_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Row number and values up to the last filled cell, of rows that have one."""
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        values = [_value(cell) for cell in cells]
        while values and _is_empty(values[-1]):
            values.pop()
        if values:
            yield number, values


def _value(cell: Any) -> Any:
    value = cell.value
    if value is None or cell.data_type not in {"f", "e"}:
        return value
    return Unusable.because(FORMULA if cell.data_type == "f" else FAULT, value)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _table(title: str, rows: Iterator[tuple[int, list[Any]]]) -> tablib.Dataset:
    _number, first = next(rows, (0, []))
    headers = ["" if value is None else str(value) for value in first]
    if not headers:
        raise SheetError(_("The first sheet is empty. Put the table on the first sheet."))
    if len(headers) > MAX_COLUMNS:
        raise SheetError(_("There are more than %(limit)d columns.") % {"limit": MAX_COLUMNS})
    table: list[tuple[Any, ...]] = []
    for number, values in rows:
        if len(values) > len(headers):
            raise SheetError(
                _("Row %(row)d has something in column %(column)s, which has no header. Clear the cell.")
                % {"row": number, "column": get_column_letter(len(values))}
            )
        if len(table) >= MAX_ROWS:
            raise SheetError(
                _("There are more than %(limit)d rows. Divide the file into several.") % {"limit": MAX_ROWS}
            )
        table.append((number, *values, *[None] * (len(headers) - len(values))))
    if not table:
        raise SheetError(_("There are no rows under the headers."))
    return tablib.Dataset(*table, headers=[ROW, *headers], title=title)
