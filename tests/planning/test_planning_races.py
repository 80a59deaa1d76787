"""Several people at the same day at the same moment, on PostgreSQL: SQLite proves nothing about it."""

from datetime import timedelta
from typing import Any

import pytest

from congress_portal.common import clock
from stations.models import Posting, ReceptionDuty, ReceptionSession
from stations.services import planning, reception
from suggestions import defaults
from tests.conftest import build_cast, make_deputy
from tests.planning.conftest import ELEVEN, NINE, NOW, give_turns, make_plan
from tests.races import RACES, outcomes, together

pytestmark = RACES


@pytest.fixture
def stage() -> Any:
    defaults.install()
    cast = build_cast()
    cast.third = make_deputy(None, "T0004", "马示例", cast.congress, cast.station)
    return cast


def then(job: Any) -> Any:
    """The job in its own thread, where the clock has to be stopped again."""

    def run() -> Any:
        with clock.frozen(NOW):
            return job()

    return run


def a_day(cast: Any, ahead: int = 11) -> ReceptionSession:
    day = clock.today() + timedelta(days=ahead)
    session = ReceptionSession.objects.create(
        venue=cast.station, planned_on=day, day=day, starts_at=NINE, ends_at=ELEVEN
    )
    ReceptionDuty.objects.create(session=session, deputy=cast.deputy_row)
    return session


def test_of_ten_who_announce_one_does(stage: Any) -> None:
    day = a_day(stage)
    results = together(*(then(lambda: reception.announce(day, by=stage.clerk)) for _ in range(10)))
    assert outcomes(results) == {"done": 1, "SessionError": 9}
    assert day.changes.count() == 1


def test_two_substitutes_at_once_are_one(stage: Any) -> None:
    duty = a_day(stage).duties.get()
    convener = Posting.objects.get(role="CONVENER").deputy
    results = together(
        *(
            then(lambda one=one: reception.substitute(duty, deputy=one, by=stage.clerk))
            for one in (stage.third, convener)
        )
    )
    assert outcomes(results) == {"done": 1, "SessionError": 1}
    assert duty.substitutes.count() == 1


def test_cancelling_and_announcing_at_once_leaves_no_announced_day_without_its_line(stage: Any) -> None:
    day = a_day(stage)
    together(
        then(lambda: reception.cancel(day, reason="停电", by=stage.clerk)),
        then(lambda: reception.announce(day, by=stage.liaison)),
    )
    day.refresh_from_db()
    kinds = list(day.changes.values_list("kind", flat=True))
    assert day.status == "CANCELLED"
    assert kinds in (["CANCELLED"], ["ANNOUNCED", "CANCELLED"])


def test_two_days_that_reach_for_the_same_hours_get_them_once(stage: Any) -> None:
    days = [a_day(stage, 11), a_day(stage, 12)]
    to: dict[str, Any] = {"day": clock.today() + timedelta(days=20), "starts_at": NINE, "ends_at": ELEVEN}
    results = together(
        *(then(lambda day=day: reception.move(day, **to, reason="调整", by=stage.clerk)) for day in days)
    )
    assert outcomes(results) == {"done": 1, "ValidationError": 1}
    assert ReceptionSession.objects.filter(day=to["day"]).count() == 1


def test_six_planners_at_once_propose_every_day_once(stage: Any) -> None:
    plan = make_plan(stage.station)
    give_turns(plan, stage.deputy_row, stage.third)
    results = together(*(then(lambda: planning.propose(plan).total) for _ in range(6)))
    assert sorted(results) == [0, 0, 0, 0, 0, 3]
    assert plan.sessions.count() == 3
    assert ReceptionDuty.objects.count() == 6
