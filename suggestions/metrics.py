"""Figures of the work: all SQL, every figure also a condition for a list.

The cohort are the cases accepted in a period of whole Chinese months. What was declined, transferred or
withdrawn is in no rate; a repeat by the same person is not counted twice; a case joined to another counts.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.conf import settings
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress_portal.common import clock
from congress_portal.common.percent import percentage

from .enums import RatingLevel, State
from .models import Suggestion

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
COUNTED = (State.ACCEPTED, State.HANDLING, State.MERGED, State.REPLIED, State.DISPUTED, State.CLOSED)
RATED = ~Q(rating="")

# Name → label and condition inside the cohort. The case list filters by the same rows.
FIGURES: dict[str, tuple[str | Promise, Q]] = {
    "accepted": (pgettext_lazy("figure", "Accepted"), Q()),
    "closed": (pgettext_lazy("figure", "Concluded"), Q(state=State.CLOSED)),
    "replied": (pgettext_lazy("figure", "Replied"), Q(replied_at__isnull=False)),
    "rated": (pgettext_lazy("figure", "Rated"), RATED),
    "content": (
        pgettext_lazy("figure", "Satisfied or basically satisfied"),
        Q(rating__in=(RatingLevel.SATISFIED, RatingLevel.BASIC)),
    ),
    "satisfied": (pgettext_lazy("figure", "Satisfied"), Q(rating=RatingLevel.SATISFIED)),
    "process_rated": (pgettext_lazy("figure", "Process rated"), ~Q(process_rating="")),
    "process_content": (
        pgettext_lazy("figure", "Satisfied with the process"),
        Q(process_rating__in=(RatingLevel.SATISFIED, RatingLevel.BASIC)),
    ),
}
# Name → label, numerator, denominator.
RATES: dict[str, tuple[str | Promise, str, str]] = {
    "closure": (_("Closure rate"), "closed", "accepted"),
    "satisfaction": (_("Satisfaction with the result"), "content", "rated"),
    "process": (_("Satisfaction with the process"), "process_content", "process_rated"),
    "strict": (_("Strict satisfaction"), "satisfied", "rated"),
    "returned": (_("Ratings returned"), "rated", "replied"),
}
# What the closure rate can be split by: key → label, column of the case, column of its name.
SPLITS: dict[str, tuple[str | Promise, str, str]] = {
    "street": (_("Street"), "street", "street__name"),
    "venue": (_("Venue"), "venue", "venue__name"),
    "category": (_("Category"), "category", "category__name"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months of acceptance, the first and the last included; dates are firsts of months."""

    first: date
    last: date

    def __str__(self) -> str:
        first, last = f"{self.first:%Y-%m}", f"{self.last:%Y-%m}"
        return first if first == last else f"{first}..{last}"

    @classmethod
    def parse(cls, text: str) -> "Period":
        """From "2026-03" or "2026-03..2026-11". ValueError for anything else."""
        first, _dots, last = text.partition("..")
        return cls(_month(first), _month(last or first))

    @classmethod
    def latest(cls, months: int) -> "Period":
        """The present month and those before it."""
        last = clock.today().replace(day=1)
        return cls(shifted(last, 1 - months), last)

    def months(self) -> list[date]:
        """Every month of the period, also those without cases."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return [shifted(self.first, offset) for offset in range(count)]

    def holds(self, column: str) -> Q:
        """Condition: the day in `column` lies in the period."""
        return Q(**{f"{column}__gte": self.first, f"{column}__lt": shifted(self.last, 1)})

    def condition(self) -> Q:
        end = shifted(self.last, 1)
        return Q(accepted_at__gte=_midnight(self.first), accepted_at__lt=_midnight(end))


@dataclass(frozen=True, slots=True)
class Line:
    """Accepted and concluded cases of one month, street, venue or category (`key` None: none named)."""

    key: int | date | None
    label: str
    accepted: int
    closed: int

    @property
    def rate(self) -> Decimal | None:
        return percentage(self.closed, self.accepted)


def counting() -> Q:
    """Condition: the case counts as an accepted one, whenever that was."""
    condition = Q(
        state__in=COUNTED, accepted_at__isnull=False, is_repeat=False, is_inquiry=False, has_left=False
    )
    # Demo rows are test data wherever the site isn't itself a demo.
    return condition if settings.DEMO else condition & Q(is_demo=False)


def cohort(period: Period) -> QuerySet[Suggestion]:
    """The cases that count as accepted in the period."""
    return Suggestion.objects.filter(period.condition(), counting())


def figures(period: Period) -> dict[str, int]:
    """Every row of FIGURES counted, in one query."""
    counts = {name: Count("pk", filter=condition) for name, (_label, condition) in FIGURES.items()}
    return cohort(period).aggregate(**counts)


def rate(counts: dict[str, int], name: str) -> Decimal | None:
    """A row of RATES in percent; None where there is nothing to divide by."""
    _label, part, whole = RATES[name]
    return percentage(counts[part], counts[whole])


def by_month(period: Period) -> list[Line]:
    """One line a month, oldest first, empty months too: one query."""
    months = period.months()
    # Bounds known beforehand: SQLite would cut each date with a Python function, many times slower.
    ends = [
        When(accepted_at__lt=_midnight(shifted(month, 1)), then=Value(index))
        for index, month in enumerate(months)
    ]
    rows = _counted(cohort(period).annotate(month=Case(*ends, output_field=IntegerField())).values("month"))
    found = {row["month"]: row for row in rows}
    empty = {"accepted": 0, "closed": 0}
    return [
        Line(month, f"{month:%Y-%m}", **{name: found.get(index, empty)[name] for name in empty})
        for index, month in enumerate(months)
    ]


def split(period: Period, by: str) -> list[Line]:
    """One line per street, venue or category that has cases, most cases first: one query."""
    _label, column, name = SPLITS[by]
    rows = _counted(cohort(period).values(key=F(column), label=F(name))).order_by("-accepted", "label")
    return [Line(row["key"], row["label"] or "", row["accepted"], row["closed"]) for row in rows]


def _counted(rows: QuerySet) -> QuerySet:
    closed = FIGURES["closed"][1]
    return rows.order_by().annotate(accepted=Count("pk"), closed=Count("pk", filter=closed))


def _month(text: str) -> date:
    if not MONTH.fullmatch(text):
        raise ValueError(text)
    return date(int(text[:4]), int(text[5:]), 1)


def shifted(month: date, count: int) -> date:
    """The first day of the month so many months later, or earlier with a negative count."""
    years, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, index + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.SHANGHAI)
