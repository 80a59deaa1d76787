"""Kinds of cells: what people write there, and what we write back."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from import_export.widgets import Widget

from congress_portal.common.text import clean_line, clean_text

from .reading import Unusable

# An empty cell in such a column leaves what is stored, or the model's default for a new row.
KEEP = object()

DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))(?: 00:00(?::00)?)?")
EARLIEST, LATEST = 1949, 2100
BETWEEN = re.compile(r"[、,，;；\s]+")


def as_text(value: Any) -> str:
    """What the cell shows: numbers without a needless .0, one line, no unseen characters."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    return "" if value is None else clean_line(str(value))


class TextCell(Widget):
    """Text as it stands; numbers as text. `tidy` brings it into the form we keep."""

    def __init__(self, tidy: Callable[[str], str] | None = None) -> None:
        super().__init__()
        self.tidy = tidy

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The value to keep; ValueError says what to write instead."""
        if isinstance(value, Unusable):
            raise ValueError(value.reason)  # noqa: TRY004  the value is wrong, not the program
        text = as_text(value)
        return self.tidy(text) if self.tidy and text else text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else str(value)


class DateCell(TextCell):
    """A date cell, or text as 2022-01-05, 2022/1/5, 2022.1.5, 2022年1月5日, 20220105."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        if isinstance(value, datetime):
            day: date | None = value.date()
        elif isinstance(value, date):
            day = value
        else:
            text = super().clean(value, row)
            if not text:
                return None
            day = _parse(text)
        if day is None or not EARLIEST <= day.year <= LATEST:
            raise ValueError(_("Write the date as 2022-01-05."))
        return day

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


def _parse(text: str) -> date | None:
    found = DATE.fullmatch(text)
    if not found:
        return None
    year, month, day, short_month, short_day = found.groups()
    try:
        return date(int(year), int(month or short_month), int(day or short_day))
    except ValueError:
        return None


class ChoiceCell(TextCell):
    """One of few words. `words`: value -> the word we write, then others that people use for it."""

    def __init__(self, words: Mapping[Any, tuple[str, ...]]) -> None:
        super().__init__()
        self.words = {value: names[0] for value, names in words.items()}
        self.values = {name.upper(): value for value, names in words.items() for name in names}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = super().clean(value, row)
        if not text:
            return KEEP
        if text.upper() not in self.values:
            raise ValueError(_("Write one of: %(words)s.") % {"words": "、".join(self.words.values())})
        return self.values[text.upper()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.words.get(value, "")


class LinesCell(TextCell):
    """Text of several lines; Alt+Enter makes a new one in the spreadsheet."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        if isinstance(value, str) and not isinstance(value, Unusable):
            return clean_text(value)
        return super().clean(value, row)


class DecimalCell(TextCell):
    """A number with at most `places` decimals; an empty cell is none."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.step = Decimal(1).scaleb(-places)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        text = super().clean(value, row)
        if not text:
            return None
        try:
            # A spreadsheet keeps numbers as binary fractions, so the last digits are noise.
            number = Decimal(text).quantize(self.step)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ValueError(_("Write a number, for example 123.451200."))
        return number


class ListCell(TextCell):
    """Several names in one cell, written with 、 between them."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        text = super().clean(value, row)
        return list(dict.fromkeys(part for part in BETWEEN.split(text) if part))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        rows = value.all() if hasattr(value, "all") else value or []
        return "、".join(str(row) for row in rows)
