"""Proposed reception days: what the plans name, settled around days off, with turns dealt by the rota.

A proposal nobody touched follows its plan and the calendar: it moves when a holiday is announced, and goes
when the plan no longer names it. Once somebody decided, moved it or changed a turn, it is left alone.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F, Q, QuerySet

from congress_portal.common import clock, workdays
from congress_portal.common.db import lock
from stations.models import (
    Posting,
    ReceptionDuty,
    ReceptionPlan,
    ReceptionSession,
    SessionStatus,
    VenueStatus,
)
from stations.recurrence import REACH, Outcome, Settled, arrange
from stations.rota import on_duty_elsewhere, rules

from .venues import hold

# What a day takes over from its plan.
SHAPE = (
    "starts_at", "ends_at", "mode", "theme", "room", "online_url", "partners", "slot_minutes", "seats",
)  # fmt: skip
# So far back the last turn is looked for.
REMEMBERED = 50


@dataclass(slots=True)
class Proposed:
    """What one run changed."""

    made: int = 0
    moved: int = 0
    dropped: int = 0

    @property
    def total(self) -> int:
        return self.made + self.moved + self.dropped


def propose_all(until: date | None = None) -> int:
    """Bring the proposals of every plan in force in line; how many were made, moved or dropped."""
    return sum(propose(plan, until).total for plan in ReceptionPlan.objects.order_by("pk"))


def propose(plan: ReceptionPlan, until: date | None = None, *, afresh: bool = False) -> Proposed:
    """Propose the days of the plan from today to `until` (as many days ahead as the rule says).

    Twice in a row it changes nothing. With `afresh`, for a plan somebody changed, proposals nobody touched
    are dealt and filled in again.
    """
    today, done = clock.today(), Proposed()
    last = until or today + timedelta(days=rules().ahead_days)
    with transaction.atomic():
        # Another plan, or a day that is being moved, may reach for the same hours of the venue.
        hold(plan.venue)
        plan = lock(ReceptionPlan.objects.filter(pk=plan.pk)).get()
        if plan.venue.status != VenueStatus.RUNNING:
            return done
        if afresh:
            untouched(plan, today).delete()
        ahead = preview(plan, last)
        wanted = {row.planned_on: row for row in ahead if row.day and row.day >= today}
        _follow(plan, wanted, today, last, done)
        known = set(plan.sessions.filter(planned_on__in=wanted).values_list("planned_on", flat=True))
        _make(plan, [row for day, row in wanted.items() if day not in known], done)
    return done


def preview(plan: ReceptionPlan, last: date) -> list[Settled]:
    """What becomes of the days of the plan, which need not be saved, from a little ago until `last`."""
    today = clock.today()
    return arrange(
        plan, plan.holiday_policy, max(today - REACH, plan.starts_on), last,
        is_workday=workdays.is_workday, is_holiday=workdays.is_holiday,
        starts_on=plan.starts_on, ends_on=plan.ends_on, taken=_taken(plan, today - REACH * 2, last + REACH),
    )  # fmt: skip


def next_days(plan: ReceptionPlan, count: int) -> list[Settled]:
    """The next planned days from today on and what becomes of each; fewer if the plan ends."""
    today = clock.today()
    # The rarest rule names six days a year.
    ahead = preview(plan, max(today, plan.starts_on) + timedelta(days=62 * count))
    return list(islice((row for row in ahead if (row.day or row.planned_on) >= today), count))


def untouched(plan: ReceptionPlan, today: date) -> QuerySet[ReceptionSession]:
    """Proposals of the plan from today on that nobody has decided on, moved, or changed a turn of."""
    return plan.sessions.filter(status=SessionStatus.PROPOSED, day__gte=today, changes=None)


def _taken(plan: ReceptionPlan, first: date, last: date) -> set[date]:
    """Days on which the venue has another day at these hours; the plan's own only if somebody moved them."""
    rows = ReceptionSession.objects.exclude(status=SessionStatus.CANCELLED).filter(
        venue=plan.venue_id, day__range=(first, last), starts_at__lt=plan.ends_at, ends_at__gt=plan.starts_at
    )
    if plan.pk:
        own = Q(plan=plan.pk) & (Q(day=F("planned_on")) | Q(status=SessionStatus.PROPOSED, changes=None))
        rows = rows.exclude(pk__in=ReceptionSession.objects.filter(own).values("pk"))
    return set(rows.order_by().values_list("day", flat=True))


def _follow(
    plan: ReceptionPlan, wanted: dict[date, Settled], today: date, last: date, done: Proposed
) -> None:  # fmt: skip
    """Proposals nobody touched go where the plan and the calendar now put them."""
    for session in untouched(plan, today).filter(planned_on__lte=last):
        row = wanted.get(session.planned_on)
        if row is None:
            session.delete()
            done.dropped += 1
        elif (row.day, row.outcome == Outcome.ASKS) != (session.day, session.asks):
            assert row.day is not None
            session.day, session.asks = row.day, row.outcome == Outcome.ASKS
            session.save(update_fields=["day", "asks"])
            done.moved += 1


def _make(plan: ReceptionPlan, rows: list[Settled], done: Proposed) -> None:
    turns = Turns(plan)
    shape = {name: getattr(plan, name) for name in SHAPE}
    for row in rows:
        assert row.day is not None
        session = ReceptionSession.objects.create(
            plan=plan, venue_id=plan.venue_id, planned_on=row.planned_on, day=row.day,
            asks=row.outcome == Outcome.ASKS, is_demo=plan.is_demo, **shape,
        )  # fmt: skip
        ReceptionDuty.objects.bulk_create(
            ReceptionDuty(session=session, deputy_id=deputy) for deputy in turns.deal(row.day)
        )
        done.made += 1


class Turns:
    """The rota of a plan, dealt in turn from where the last day ended."""

    def __init__(self, plan: ReceptionPlan) -> None:
        self.plan = plan
        self.rota = list(plan.rota.order_by("place", "pk").values_list("deputy", flat=True))
        dealt = ReceptionDuty.objects.filter(session__plan=plan, stands_in_for=None)
        lately = dealt.order_by("-session__planned_on", "-pk").values_list("deputy", flat=True)[:REMEMBERED]
        last = next((deputy for deputy in lately if deputy in self.rota), None)
        self.next = 0 if last is None else self.rota.index(last) + 1

    def deal(self, day: date) -> list[int]:
        """Ids of whose turn it is. Who is out of service that day, or receives elsewhere, is passed over."""
        there = Posting.objects.live(day).filter(venue=self.plan.venue_id, deputy__in=self.rota)
        able = set(there.values_list("deputy", flat=True))
        able -= on_duty_elsewhere(day, self.plan.starts_at, self.plan.ends_at)
        dealt: list[int] = []
        for _ in self.rota:
            if len(dealt) == self.plan.deputies_per_day:
                break
            deputy = self.rota[self.next % len(self.rota)]
            self.next += 1
            if deputy in able:
                dealt.append(deputy)
        return dealt
