"""Days a test moves to, and the days off it announces."""

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

from congress_portal.common import clock
from congress_portal.common.models import CalendarDay
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Suggestion
from tests.conftest import Journey, act

ASSISTING = AssignmentKind.ASSISTING


def on(year: int, month: int, day: int, hour: int = 9) -> AbstractContextManager[datetime]:
    """That morning in China."""
    return clock.frozen(datetime(year, month, day, hour, tzinfo=clock.SHANGHAI))


def announce(*days: date, off: bool = True, name: str = "国庆节") -> None:
    """A notice makes these days off, or made up for."""
    kind = CalendarDay.Kind.HOLIDAY if off else CalendarDay.Kind.WORKDAY
    for day in days:
        CalendarDay.objects.update_or_create(day=day, defaults={"kind": kind, "name": name})


def assigned(journey: Journey, due: date, *targets: Target, **changes: Any) -> Suggestion:
    """Accepted and given to the unit, or to whom `targets` say, until `due`."""
    targets = targets or (Target(unit=journey.cast.unit),)
    case = journey.accepted(**changes)
    return act("assign", case, journey.cast.clerk, assignments=list(targets), due=due)
