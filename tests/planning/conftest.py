"""A plan with a rota of three at the station of the cast, and days of it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from congress_portal.common import clock
from stations.models import (
    Posting,
    ReceptionDuty,
    ReceptionPlan,
    ReceptionSession,
    RotaPlace,
    SessionStatus,
)
from stations.services import reception
from tests.conftest import make_deputy

# A Thursday before 春节; the 15th of February is the first day off.
NOW = datetime(2026, 1, 8, 9, 0, tzinfo=clock.SHANGHAI)
NINE, ELEVEN = time(9), time(11)


@pytest.fixture(autouse=True)
def _frozen() -> Any:
    with clock.frozen(NOW):
        yield


def make_plan(venue: Any, **fields: Any) -> ReceptionPlan:
    """On the 15th of every month from nine to eleven, two deputies a day."""
    given = {
        "recurrence": "MONTHLY", "day_of_month": 15, "starts_at": NINE, "ends_at": ELEVEN,
        "starts_on": date(2026, 1, 1),
    }  # fmt: skip
    return ReceptionPlan.objects.create(venue=venue, **given | fields)


def give_turns(plan: ReceptionPlan, *deputies: Any) -> None:
    for place, deputy in enumerate(deputies, start=1):
        RotaPlace.objects.create(plan=plan, deputy=deputy, place=place)


@pytest.fixture
def rota(cast: SimpleNamespace) -> list[Any]:
    """Three deputies of the station: the deputy, the convener and one more."""
    third = make_deputy(None, "T0004", "马示例", cast.congress, cast.station)
    return [cast.deputy_row, Posting.objects.get(deputy__key="T0003").deputy, third]


@pytest.fixture
def plan(cast: SimpleNamespace, rota: list[Any]) -> ReceptionPlan:
    plan = make_plan(cast.station)
    give_turns(plan, *rota)
    return plan


@pytest.fixture
def session(cast: SimpleNamespace, rota: list[Any]) -> Callable[..., ReceptionSession]:
    """A proposed day of the station in ten days, with the deputy on duty."""

    def make(**fields: Any) -> ReceptionSession:
        deputies = fields.pop("deputies", [cast.deputy_row])
        day = fields.pop("day", clock.today() + timedelta(days=11))
        given = {
            "venue": cast.station, "planned_on": day, "day": day, "starts_at": NINE, "ends_at": ELEVEN,
        }  # fmt: skip
        row = ReceptionSession.objects.create(**given | fields)
        ReceptionDuty.objects.bulk_create(ReceptionDuty(session=row, deputy=one) for one in deputies)
        return row

    return make


@pytest.fixture
def announced(
    cast: SimpleNamespace, session: Callable[..., ReceptionSession]
) -> Callable[..., ReceptionSession]:
    def make(**fields: Any) -> ReceptionSession:
        return reception.announce(session(**fields), by=cast.liaison)

    return make


def names(session: ReceptionSession) -> list[str]:
    """Whose turns were dealt, in order."""
    return [duty.deputy.name for duty in session.duties.filter(stands_in_for=None).order_by("pk")]


def lines(session: ReceptionSession) -> list[tuple[str, str]]:
    return list(session.changes.values_list("kind", "text"))


def proposed() -> Any:
    return ReceptionSession.objects.filter(status=SessionStatus.PROPOSED).order_by("planned_on")
