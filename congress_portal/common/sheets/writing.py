"""A table as an xlsx file in which no cell is ever run as a formula."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

# What a spreadsheet program, or the CSV somebody makes of the file, would take for the start of a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 48


def write(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """An xlsx file: bold headers that stay in sight, dates as dates, everything else as text."""
    rows = list(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.freeze_panes = "A2"
    for index, header in enumerate(headers, start=1):
        longest = max([_width(header), *(_width(row[index - 1]) for row in rows)])
        sheet.column_dimensions[get_column_letter(index)].width = min(longest + 2, WIDEST)
    bold = Font(bold=True)
    sheet.append([_cell(sheet, header, font=bold) for header in headers])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any, font: Font | None = None) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell = WriteOnlyCell(sheet, text)
    # Else openpyxl reads "=1+1" as a formula and "#N/A" as an error.
    cell.data_type = "s"
    if text.startswith(RISKY):
        # Stays text even when somebody opens the cell and presses Enter.
        cell.quotePrefix = True
    if font:
        cell.font = font
    return cell


def _width(value: Any) -> int:
    """Chinese characters are two columns wide."""
    if isinstance(value, date):
        return len("2022-01-05")
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(value or ""))
