"""Long lists page by page, without counting all their rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


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
    count = rows.order_by()[: limit + 1].count()
    return f"{limit}+" if count > limit else str(count)
