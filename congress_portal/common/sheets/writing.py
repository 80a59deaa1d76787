"""A table as an xlsx file in which no cell is ever run as a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

# What a spreadsheet program, or the CSV somebody makes of the file, would take for the start of a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 48
# So many rows say how wide the columns are, so that no more than these are ever held at once.
MEASURED = 200


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


def stream(out: IO[bytes], headers: Sequence[str], rows: Iterable[Sequence[Any]], *, foot: str = "") -> int:
    """Write rows one by one into `out`, whatever their number; how many there were.

    Days, moments and figures keep their kind, all else is text; `foot` stands two lines below the last row.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.freeze_panes = "A2"
    rows = iter(rows)
    first = list(islice(rows, MEASURED))
    for index, header in enumerate(headers, start=1):
        longest = max([_width(header), *(_width(row[index - 1]) for row in first)])
        sheet.column_dimensions[get_column_letter(index)].width = min(longest + 2, WIDEST)
    bold = Font(bold=True)
    sheet.append([_cell(sheet, header, font=bold) for header in headers])
    count = 0
    for row in chain(first, rows):
        sheet.append([_typed(sheet, value) for value in row])
        count += 1
    if foot:
        sheet.append([])
        sheet.append([_cell(sheet, foot)])
    book.save(out)
    return count


def _typed(sheet: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    if isinstance(value, int | float | Decimal):
        return value
    return _cell(sheet, value)


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
    if isinstance(value, datetime):
        return len("2022-01-05 09:30")
    if isinstance(value, date):
        return len("2022-01-05")
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(value or ""))
