"""Long lists page by page, without counting all their rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery


@dataclass(frozen=True, slots=True)
class LeanPage:
    """A page that knows its neighbours without counting all rows; the names are those of Django's Page."""

    object_list: list[Any]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1


def page_of(rows: QuerySet[Any], number: str, size: int = 20) -> LeanPage:
    """Page `number` (what a browser sent; nonsense is page 1) with one row read ahead."""
    page = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 7 else 1
    page = max(page, 1)
    found = list(rows[(page - 1) * size : page * size + 1])
    return LeanPage(found[:size], page, len(found) > size)


def capped_count(rows: QuerySet[Any], limit: int = 999) -> str:
    """How many, as text; "999+" beyond the limit: further on the exact figure helps nobody and costs time."""
    return _capped(rows.order_by()[: limit + 1].count(), limit)


class RowsIn(Subquery):
    """How many rows another query finds, as a figure of this one."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def capped_counts(beside: QuerySet[Any], lists: Sequence[QuerySet[Any]], limit: int = 999) -> list[str]:
    """`capped_count` of each of `lists`, all in one query, as figures `beside` some single row."""
    if not lists:
        return []
    found = [RowsIn(rows.order_by()[: limit + 1].values("pk")) for rows in lists]
    counts = beside.order_by().values_list(*found).first() or [0] * len(lists)
    return [_capped(count or 0, limit) for count in counts]


def _capped(count: int, limit: int) -> str:
    return f"{limit}+" if count > limit else str(count)
