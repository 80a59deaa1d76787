"""A venue goes while somebody sends or gives it something, on PostgreSQL: nothing stays at a closed door."""

from collections.abc import Callable, Iterator
from datetime import time
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.utils import OperationalError

from stations.models import GONE, Posting, ReceptionPlan, ReceptionSession, Venue
from stations.services import booking, planning, reception
from stations.services.reception import SessionError
from suggestions import defaults, succession
from suggestions import workflow as w
from suggestions.errors import DoorError
from suggestions.history import problems
from suggestions.inputs import Target
from suggestions.models import Assignment, Suggestion
from suggestions.submissions import submit
from tests.conftest import LONG_AGO, Journey, as_actor, build_cast, submission
from tests.races import RACES, click, outcomes, together

from .conftest import CLOSED, MERGED, WHY, reception_day, reception_plan, station

pytestmark = RACES
TIMES = 12


@pytest.fixture
def stage() -> Iterator[SimpleNamespace]:
    defaults.install()
    cast = build_cast()
    yield SimpleNamespace(cast=cast, journey=Journey(cast))
    assert list(problems(Suggestion.objects.all())) == []
    gone = Venue.objects.filter(status__in=GONE)
    assert not Suggestion.objects.filter(state__in=w.OPEN, venue__in=gone).exists()
    assert not Assignment.objects.filter(state__in=w.LIVE, venue__in=gone).exists()
    assert not ReceptionSession.objects.filter(venue__in=gone, status="ANNOUNCED").exists()


def retire(stage: SimpleNamespace, old: Venue, heir: Venue, kind: str = MERGED) -> Callable[[], Any]:
    return lambda: succession.retire(old, heir=heir, kind=kind, reason=WHY, by=stage.cast.clerk)


def fresh(stage: SimpleNamespace, number: int) -> Venue:
    return station(f"R{number}", f"第{number}联络站", stage.cast.street)


def known(results: list[Any]) -> bool:
    """Nothing but what a person can be told; least of all a deadlock."""
    return not any(
        isinstance(result, Exception) and not isinstance(result, DoorError | ValidationError)
        for result in results
    ) and not any(isinstance(result, OperationalError) for result in results)


def test_what_is_sent_while_it_goes_comes_to_the_heir(stage: SimpleNamespace) -> None:
    for number in range(TIMES):
        old = fresh(stage, number)
        forms = [submission(stage.cast, venue=old) for _ in range(4)]
        jobs = [lambda form=form: submit(form, actor=as_actor(stage.cast.resident)) for form in forms]

        results = together(*jobs[:2], retire(stage, old, stage.cast.other_station), *jobs[2:])

        assert outcomes(results) == {"done": 5}, results
        venues = Suggestion.objects.filter(form_token__in=[form.token for form in forms]).values_list("venue")
        assert set(venues) == {(stage.cast.other_station.pk,)}


def test_what_is_moved_or_given_there_while_it_goes_goes_too_or_is_refused(stage: SimpleNamespace) -> None:
    c, journey = stage.cast, stage.journey
    for number in range(TIMES):
        old = fresh(stage, number)
        moved, given, own = journey.accepted(), journey.accepted(), journey.accepted(venue=old)
        due = journey.due()

        results = together(
            click("move_venue", moved, as_actor(c.clerk), venue=old, reason="属于该社区"),
            click("assign", given, as_actor(c.clerk), assignments=[Target(venue=old)], due=due),
            retire(stage, old, c.other_station, CLOSED),
            click("assign", own, as_actor(c.clerk2), assignments=[Target(venue=old)], due=due),
        )

        assert known(results), results
        own.refresh_from_db()
        assert own.venue == c.other_station


def test_two_ends_of_one_venue_are_one(stage: SimpleNamespace) -> None:
    for number in range(TIMES):
        old = fresh(stage, number)
        results = together(
            retire(stage, old, stage.cast.other_station), retire(stage, old, stage.cast.home, CLOSED)
        )
        assert outcomes(results) == {"done": 1, "ValidationError": 1}


def test_two_venues_merged_into_each_other_do_not_both_go(stage: SimpleNamespace) -> None:
    for number in range(TIMES):
        one, other = fresh(stage, number), fresh(stage, 100 + number)
        cases = [stage.journey.accepted(venue=venue) for venue in (one, other)]

        results = together(retire(stage, one, other), retire(stage, other, one))

        assert outcomes(results) == {"done": 1, "ValidationError": 1}, results
        left = Venue.objects.open().get(pk__in=(one.pk, other.pk))
        for case in cases:
            case.refresh_from_db()
            assert case.venue == left


def test_a_chain_at_once_ends_where_it_should(stage: SimpleNamespace) -> None:
    """A into B while B goes into C."""
    for number in range(TIMES):
        one, other = fresh(stage, number), fresh(stage, 100 + number)
        case = stage.journey.submitted(venue=one)

        results = together(retire(stage, one, other), retire(stage, other, stage.cast.home))

        assert known(results), results
        case.refresh_from_db()
        assert case.venue in ({stage.cast.home} if outcomes(results)["done"] == 2 else {stage.cast.home, one})


def test_a_part_that_goes_while_the_whole_goes_stays_gone(stage: SimpleNamespace) -> None:
    for number in range(TIMES):
        whole, part = fresh(stage, number), fresh(stage, 100 + number)
        Venue.objects.filter(pk=part.pk).update(parent=whole)

        results = together(
            retire(stage, whole, stage.cast.home), retire(stage, part, stage.cast.other_station)
        )

        assert outcomes(results) == {"done": 2}, results
        assert set(Venue.objects.filter(pk__in=(whole.pk, part.pk)).values_list("status")) == {("MERGED",)}


def test_handling_goes_on_while_it_goes(stage: SimpleNamespace) -> None:
    c, journey = stage.cast, stage.journey
    for number in range(TIMES):
        old = fresh(stage, number)
        case = journey.assigned(journey.accepted(), Target(venue=old))
        row = case.assignments.get()

        results = together(
            click("recall", row, as_actor(c.clerk2), reason="改派"),
            retire(stage, old, c.other_station),
            click("comment", case, as_actor(c.reviewer), text="已看过现场。"),
        )

        assert known(results), results
        row.refresh_from_db()
        assert row.state == "RECALLED" or row.venue == c.other_station


def test_days_proposed_booked_or_moved_while_it_goes_go_too(stage: SimpleNamespace) -> None:
    c = stage.cast
    for number in range(TIMES):
        old = fresh(stage, number)
        Posting.objects.create(deputy=c.deputy_row, venue=old, starts_on=LONG_AGO)
        plan = reception_plan(old, c.deputy_row)
        day = reception_day(old, ahead=40 + number)

        results = together(
            partial(planning.propose, plan),
            retire(stage, old, c.other_station),
            partial(booking.book, day, slot=day.starts_at, name="李测试", phone="13900000001",
                    token=f"race-{day.pk}"),
            partial(reception.move, day, day=day.day, starts_at=time(14), ends_at=time(16),
                    reason="会议室占用", by=c.clerk),
        )  # fmt: skip

        refusals = (DoorError, ValidationError, SessionError)
        wrong = [one for one in results if isinstance(one, Exception) and not isinstance(one, refusals)]
        assert wrong == []
        assert not ReceptionSession.objects.filter(venue=old).exists()
        assert not ReceptionPlan.objects.filter(venue=old).exists()
        day.refresh_from_db()
        assert day.venue == c.other_station
