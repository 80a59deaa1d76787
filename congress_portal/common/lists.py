"""Columns of a list, declared once: the screen and the sheet that goes out are made from the same ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext

from congress_portal.common import clock
from congress_portal.common.masking import mask_text

# What separates several words in one cell, in Chinese lists.
BETWEEN = "、"
Cell = str | int | float | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of a row. `value` is what a sheet keeps: words, a day, a figure, a list of words, or None.

    `shown` says it in words on the screen; without it the screen shows the value as it is.
    """

    key: str
    label: str | Promise
    value: Callable[[Any], Any]
    shown: Callable[[Any], str] | None = None


def on_screen(columns: Iterable[Column], row: Any) -> dict[str, str]:
    """Key → words, for a template."""
    return {column.key: column.shown(row) if column.shown else words(column.value(row)) for column in columns}


def in_sheet(columns: Iterable[Column], row: Any) -> list[Cell]:
    """The cells of a row. Whoever opens the file has no telephone number from it, whatever was typed."""
    return [cell(column.value(row)) for column in columns]


def words(value: Any) -> str:
    """A value as plain text; a day as 2026-10-10."""
    found = cell(value)
    if isinstance(found, datetime):
        return f"{found:%Y-%m-%d %H:%M}"
    return found.isoformat() if isinstance(found, date) else "" if found is None else str(found)


def cell(value: Any) -> Cell:
    """A value as a sheet keeps it: days and figures as such, moments in China's time, all else as text."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return pgettext("cell", "yes") if value else pgettext("cell", "no")
    if isinstance(value, datetime):
        return value.astimezone(clock.SHANGHAI).replace(tzinfo=None, microsecond=0)
    if isinstance(value, int | float | Decimal | date):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return mask_text(BETWEEN.join(str(part) for part in value)) or None
    return mask_text(str(value))
