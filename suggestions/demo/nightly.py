"""What the nightly run does by itself while a story goes on: reminders, and promises that come back."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from congress_portal.common import workdays
from congress_portal.common.clock import local_date
from suggestions.enums import PromiseStatus, State
from suggestions.guards import IN_CHARGE
from suggestions.models import Promise
from suggestions.workflow import LIVE

from . import timing

if TYPE_CHECKING:
    from .tale import Tale

MORNING = 7 * 60 + 40  # minutes after midnight


def reminders(tale: "Tale", until: datetime) -> Iterator[tuple[datetime, str]]:
    """(moment, tone) of what falls between the present moment of the story and `until`, first one first."""
    case = tale.case
    if case.state != State.HANDLING or case.due_on is None:
        return
    for before, tone in tale.cast.reminders:
        if before > 0:
            day = timing.workdays_back(case.due_on, before)
        else:
            day = workdays.add_workdays(case.due_on, -before)
        moment = timing.at(day, MORNING)
        if tale.moment < moment <= until:
            yield moment, tone


def remind(tale: "Tale", tone: str) -> None:
    """Whoever is to answer is named, as the timeline shows it."""
    rows = tale.case.assignments.filter(state__in=LIVE, kind__in=IN_CHARGE).order_by("pk")
    whom = "、".join(str(row.assignee) for row in rows.select_related("unit", "venue"))
    tale.do("remind", tale.system, tone=tone, whom=whom)


def come_back(tale: "Tale", promise: Promise) -> None:
    """On its day a promise lies before the unit again; Over if that day has not come."""
    tale.until(timing.at(promise.due_on, 0))
    tale.do("promise_due", tale.system, promise.assignment, promise=promise)


def until_now(tale: "Tale", *, among_others: bool) -> None:
    """Everything the nights up to the present bring to a case that nobody touches any more.

    `among_others`: cases of the same story have moved it along.
    """
    if among_others:
        tale.refresh()
        last = tale.case.events.order_by("-seq").values_list("happened_at", flat=True).first()
        tale.moment = max(tale.moment, last or tale.moment)
    if tale.case.replied_at:
        back = Promise.objects.filter(suggestion=tale.case, status=PromiseStatus.OPEN, came_back_at=None)
        back = back.filter(due_on__lte=local_date(tale.cast.until)).order_by("due_on", "pk")
        for promise in back.select_related("assignment"):
            come_back(tale, promise)
    tale.to(tale.cast.until)
