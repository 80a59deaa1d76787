"""Dated rows: in force from the first day on, until before the last."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

# First day and the first day no longer; None: without end.
Period = tuple[date, date | None]


def during(day: date) -> Q:
    """Rows in force on `day`: from the first day on, until before the last."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))


def meet(one: Period, other: Period) -> bool:
    """Whether a day belongs to both; a period that ends on its first day has none."""
    return _before(max(one[0], other[0]), _first_end(one[1], other[1]))


def gaps(wanted: Period, taken: Iterable[Period]) -> list[Period]:
    """What is left of `wanted` without the days of `taken`, in order; a period without days is not left."""
    left: list[Period] = []
    start, end = wanted
    for begins, ends in sorted(taken, key=lambda period: period[0]):
        if not _before(begins, ends):
            continue
        if _before(start, _first_end(begins, end)):
            left.append((start, _first_end(begins, end)))
        if ends is None:
            return left
        start = max(start, ends)
    return [*left, (start, end)] if _before(start, end) else left


def _before(day: date, end: date | None) -> bool:
    return end is None or day < end


def _first_end(*ends: date | None) -> date | None:
    known = [end for end in ends if end is not None]
    return min(known) if known else None
