"""When a unit reads how its work was rated: the reason of a second handling at once, levels after the window.

Whoever works for a unit that has the case, or dispatched it, waits; venue and office read everything. So no
handler can work on a resident who may still speak.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.clock import local_date

from . import clocks
from .enums import ClockKind, RatingLevel
from .history import RATES, REDOES
from .models import Assignment, Clock, ClockRule, Event, Rating, Suggestion
from .permissions import GONE
from .selectors import my_units, sees_all


@dataclass(frozen=True, slots=True)
class Levels:
    """The ratings of one case in their order, and until which day each is kept from the reader (its key)."""

    ratings: list[Rating] = field(default_factory=list)
    kept: dict[int, date] = field(default_factory=dict)

    @property
    def last(self) -> Rating | None:
        return self.ratings[-1] if self.ratings else None

    def kept_until(self, rating: Rating | None) -> date | None:
        """The last day of the window if the reader has to wait for it; None: the reader may know."""
        return self.kept.get(rating.pk) if rating else None

    def of_events(self, events: Iterable[Event]) -> dict[int, Rating]:
        """Key of a rating's event → the rating; the two are written together, one by one."""
        rated = sorted((event for event in events if event.action in RATES), key=lambda event: event.seq)
        return {event.pk: rating for event, rating in zip(rated, self.ratings, strict=False)}


def begins_redo(event: Event) -> bool:
    """Whether the reason that was given with a rating is what the next handling begins with."""
    if event.action == "rate_bad_again":
        return event.suggestion.round > event.round
    return event.action in REDOES


def redo_reason(case: Suggestion) -> str:
    """Why the resident wants the present round; "" if the round did not begin so."""
    return _discontent(case, case.round - 1)


def dispute_reason(case: Suggestion) -> str:
    """Why the resident was dissatisfied with the present round; "" for one who was not."""
    return _discontent(case, case.round)


def _discontent(case: Suggestion, number: int) -> str:
    rating = case.ratings.filter(round=number, level=RatingLevel.DISSATISFIED).last()
    return rating.reason if rating else ""


def of(case: Suggestion, user: User | None) -> Levels:
    """The ratings of one case for its reader."""
    return for_cases([case], user)[case.pk]


def for_cases(cases: Iterable[Suggestion], user: User | None) -> dict[int, Levels]:
    """Key of a case → its ratings for the reader: five queries however many cases there are."""
    keys = [case.pk for case in cases]
    ratings: dict[int, list[Rating]] = {key: [] for key in keys}
    for rating in Rating.objects.filter(suggestion__in=keys).order_by("pk"):
        ratings[rating.suggestion_id].append(rating)
    waiting = through_units(user, [key for key in keys if ratings[key]])
    rated = [row for key in waiting for row in ratings[key]]
    ends, today = _ends(rated), clock.today()
    kept = {row.pk: ends[row.pk] for row in rated if ends[row.pk] >= today}
    return {key: Levels(rows, kept) for key, rows in ratings.items()}


def through_units(user: User | None, keys: list[int]) -> set[int]:
    """Those of the cases that the user knows as somebody of a unit."""
    if user is None or not keys or sees_all(user):
        return set()
    units = my_units(user).values("unit")
    rows = Assignment.objects.filter(Q(unit__in=units) | Q(parent__unit__in=units), suggestion__in=keys)
    return set(rows.exclude(state__in=GONE).values_list("suggestion", flat=True))


def _ends(ratings: list[Rating]) -> dict[int, date]:
    """Key of a rating → the last day of its window.

    What was rated untold, or after a promise was kept, has the window that would have begun on that day.
    """
    if not ratings:
        return {}
    windows = Clock.objects.filter(
        suggestion__in={row.suggestion_id for row in ratings}, kind=ClockKind.RATING
    ).order_by("pk")
    told = {(row.suggestion_id, row.round): row.due_on for row in windows}
    rule = ClockRule.objects.get(key=ClockRule.Key.RATING)
    return {
        row.pk: (None if row.of_promise else told.get((row.suggestion_id, row.round)))
        or clocks.due_date(rule, local_date(row.rated_at))
        for row in ratings
    }
