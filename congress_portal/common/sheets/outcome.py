"""What came of reading a table: changes and problems, by the row and column people see."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from import_export.results import InvalidRow, Result, RowResult

from .reading import ROW

# A page of three thousand rows helps nobody; the figures above the list count all of them.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Change:
    header: str
    old: str
    new: str


class Problems(dict[str, list[str]]):
    """What is wrong with one line, by column name; truthy as soon as there is something."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__()
        self.headers = headers

    def add(self, name: str, *messages: str) -> None:
        self.setdefault(name, []).extend(messages)

    def add_first(self, name: str, messages: list[str]) -> None:
        """Only if nothing is said about the column yet: one reason a cell is enough."""
        if name not in self:
            self.add(name, *messages)

    @property
    def by_header(self) -> dict[str, list[str]]:
        return {self.headers.get(name, NON_FIELD_ERRORS): messages for name, messages in self.items()}


class SheetRow(RowResult):
    """A line that fits: its number in the file, whom or what it is about, what changes."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.label = ""
        self.changes: list[Change] = []


class BadRow(InvalidRow):
    """A line that does not fit."""

    @property
    def cells(self) -> list[tuple[str, Any, list[str]]]:
        """(header, what stands there, what to do) for each cell that needs a correction."""
        return [
            ("" if header == NON_FIELD_ERRORS else header, self.values.get(header), messages)
            for header, messages in self.error_dict.items()
        ]


class SheetResult(Result):
    fingerprint = ""

    def append_invalid_row(self, number: int, row: Any, validation_error: ValidationError) -> None:
        values = {header: cell for header, cell in row.items() if header != ROW}
        self.invalid_rows.append(BadRow(row.get(ROW) or number + 1, validation_error, values))

    def append_row_result(self, row_result: SheetRow) -> None:
        if len(self.rows) >= SHOWN:
            row_result.changes = []
        super().append_row_result(row_result)

    @property
    def news(self) -> int:
        return self.totals[RowResult.IMPORT_TYPE_NEW]

    @property
    def changed(self) -> int:
        return self.totals[RowResult.IMPORT_TYPE_UPDATE]

    @property
    def unchanged(self) -> int:
        return self.totals[RowResult.IMPORT_TYPE_SKIP]

    @property
    def has_changes(self) -> bool:
        return bool(self.news or self.changed)

    @property
    def shown_rows(self) -> list[SheetRow]:
        return self.valid_rows()[:SHOWN]

    @property
    def unshown_rows(self) -> int:
        return max(0, self.news + self.changed - SHOWN)

    @property
    def shown_problems(self) -> list[BadRow]:
        return sorted(self.invalid_rows, key=lambda row: row.number)[:SHOWN]

    @property
    def unshown_problems(self) -> int:
        return max(0, len(self.invalid_rows) - SHOWN)
