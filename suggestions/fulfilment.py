"""兑现率: what units promised in their replies, and what became of it; every figure is also a condition.

Of what was due, only what was reported done by its day counts as kept. What was broken, put off, or whose day
is over counts against the unit; what is still ahead counts nowhere.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.functional import Promise as LazyText
from django.utils.translation import pgettext_lazy

from congress_portal.common import clock
from congress_portal.common.percent import percentage

from .enums import PromiseStatus, Restriction
from .metrics import Period
from .models import Promise

STANDINGS: dict[str, str | LazyText] = {
    "due": pgettext_lazy("fulfilment", "Due"),
    "kept": pgettext_lazy("fulfilment", "Kept in time"),
    "late": pgettext_lazy("fulfilment", "Kept late"),
    "broken": pgettext_lazy("fulfilment", "Broken"),
    "moved": pgettext_lazy("fulfilment", "Put off"),
    "overdue": pgettext_lazy("fulfilment", "Overdue"),
    "ahead": pgettext_lazy("fulfilment", "Still ahead"),
}

# The first of them is the sum of the others.
COUNTED = tuple(name for name in STANDINGS if name != "ahead")


@dataclass(frozen=True, slots=True)
class Line:
    """The promises of one unit (`key` its id), counted by COUNTED."""

    key: int
    label: str
    counts: dict[str, int]

    @property
    def rate(self) -> Decimal | None:
        """Kept in time of all that were due, in percent; None where nothing was due."""
        return percentage(self.counts["kept"], self.counts["due"])


def promises() -> QuerySet[Promise]:
    """What units promised, with `reported_on`, the day in China it was reported; demo rows only in a demo."""
    rows = Promise.objects.filter(assignment__unit__isnull=False)
    rows = rows.exclude(suggestion__restricted=Restriction.ALL)
    if not settings.DEMO:
        rows = rows.filter(suggestion__is_demo=False)
    return rows.annotate(reported_on=TruncDate("reported_at", tzinfo=clock.SHANGHAI))


def conditions(day: date) -> dict[str, Q]:
    """Every standing as a condition on `promises()`, as things stand on `day`."""
    kept = Q(status=PromiseStatus.KEPT)
    in_time = Q(reported_on__lte=F("due_on"))
    ahead = Q(status=PromiseStatus.OPEN, due_on__gte=day)
    return {
        "due": ~ahead,
        "kept": kept & in_time,
        "late": kept & ~in_time,
        "broken": Q(status=PromiseStatus.BROKEN),
        "moved": Q(status=PromiseStatus.MOVED),
        "overdue": Q(status=PromiseStatus.OPEN, due_on__lt=day),
        "ahead": ahead,
    }


def by_unit(period: Period) -> list[Line]:
    """One line for each unit with a promise for a day of the period, in the order of units: one query."""
    counts = {name: Count("pk", filter=condition) for name, condition in conditions(clock.today()).items()}
    rows = promises().filter(period.holds("due_on")).order_by()
    grouped = rows.values(key=F("assignment__unit"), label=F("assignment__unit__name"))
    found: Any = list(grouped.annotate(**counts).order_by("assignment__unit__code"))
    return [Line(row["key"], row["label"], {name: row[name] for name in COUNTED}) for row in found]


def total(lines: list[Line]) -> Line:
    """All units together."""
    return Line(0, "", {name: sum(line.counts[name] for line in lines) for name in COUNTED})
