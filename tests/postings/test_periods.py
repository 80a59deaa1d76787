"""Periods, whatever they are: no day is counted twice or lost, and the database agrees with counting."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deputies.models import Deputy, Mandate
from stations import posted
from stations.models import Posting, Venue
from stations.models.periods import Period, gaps, meet

FIRST = date(2026, 1, 1)
DAYS = 12
END = FIRST + timedelta(days=DAYS)
USUAL = settings(
    max_examples=120, derandomize=True, database=None, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
day = st.integers(0, DAYS - 1).map(lambda number: FIRST + timedelta(days=number))
period = st.tuples(day, st.none() | day).map(
    lambda pair: pair if pair[1] is None or pair[0] <= pair[1] else (pair[1], pair[0])
)


def days(of: Period) -> set[date]:
    """The days of a period up to the end of the world."""
    start, end = of
    count = ((end or END) - start).days
    return {start + timedelta(days=number) for number in range(count)}


@USUAL
@given(period, period)
def test_two_periods_meet_when_they_share_a_day(one: Period, other: Period) -> None:
    assert meet(one, other) == bool(days(one) & days(other))


@USUAL
@given(period, st.lists(period, max_size=5))
def test_what_is_left_is_every_day_that_nobody_took(wanted: Period, taken: list[Period]) -> None:
    left = gaps(wanted, taken)
    assert [one for found in left for one in sorted(days(found))] == sorted(
        days(wanted) - {one for other in taken for one in days(other)}
    )
    # What goes on for ever goes on for ever, unless somebody took that.
    endless = wanted[1] is None and all(end is not None for _start, end in taken)
    assert any(end is None for _start, end in left) == endless


people = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), period), max_size=14)


@pytest.mark.django_db
def test_who_serves_on_a_day_is_who_has_a_period_with_that_day(cast: SimpleNamespace) -> None:
    deputies = [Deputy.objects.create(key=f"P{number}", name=f"示例{number}") for number in range(3)]
    for person in deputies[:2]:
        # The third holds no mandate and serves nowhere, whatever the roster says.
        Mandate.objects.create(deputy=person, congress=cast.congress, starts_on=FIRST)
    venues = [cast.home, cast.station, cast.other_station]
    Posting.objects.all().delete()
    Mandate.objects.exclude(deputy__in=deputies).delete()

    @settings(USUAL, max_examples=40)
    @given(people, st.sets(day, min_size=1, max_size=4))
    def check(rows: list[tuple[int, int, Period]], asked: set[date]) -> None:
        with transaction.atomic():
            kept = stored(rows, deputies, venues)
            for today in asked:
                naive = {(who, where) for who, where, when in kept if today in days(when)}
                serving = {(who, where) for who, where in naive if who < 2}
                found = Posting.objects.live(today).values_list("deputy", "venue")
                assert sorted(found) == sorted((deputies[who].pk, venues[where].pk) for who, where in serving)
                share = posted.shares(today).people
                assert (share.posted, share.all) == (len({who for who, _where in serving}), 2)
                assert posted.unposted(day=today).count() == share.all - share.posted
            transaction.set_rollback(True)

    check()


def stored(
    rows: list[tuple[int, int, Period]], deputies: list[Deputy], venues: list[Venue]
) -> list[tuple[int, int, Period]]:
    """Each posting as far as its days are free: what is stored never overlaps."""
    kept: list[tuple[int, int, Period]] = []
    for who, where, wanted in rows:
        taken = [when for one, place, when in kept if (one, place) == (who, where)]
        for start, end in gaps(wanted, taken):
            row: dict[str, Any] = {"starts_on": start, "ends_on": end}
            Posting.objects.create(deputy=deputies[who], venue=venues[where], **row)
            kept.append((who, where, (start, end)))
    return kept
