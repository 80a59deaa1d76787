"""Networks nobody planned, merged and closed in any order: no case, booking or deputy is lost or doubled."""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Q
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from congress_portal.common import clock
from deputies.models import Deputy, Mandate
from stations import selectors
from stations.models import (
    GONE,
    Booking,
    LiaisonOfficer,
    Posting,
    ReceptionPlan,
    ReceptionSession,
    RoleDuty,
    Venue,
    VenueChange,
    VenueKind,
)
from stations.models.periods import meet
from suggestions import succession
from suggestions import workflow as w
from suggestions.history import problems
from suggestions.inputs import Target
from suggestions.models import Assignment, Suggestion
from tests.conftest import LONG_AGO, Journey, act, make_user

from .conftest import CLOSED, MERGED, book, reception_day, reception_plan

pytestmark = pytest.mark.django_db
VENUES, DEPUTIES, CASES, MOVES = 5, 6, 5, 4
# What a merger never changes about a case.
TOLD = ("number", "state", "version", "round", "redo_count", "due_on", "due_kind", "received_at", "rating")


class Network:
    """A few venues with everything on them, and what must be the same afterwards."""

    def __init__(self, cast: SimpleNamespace, seed: int) -> None:
        self.cast, self.random, self.journey = cast, random.Random(seed), Journey(cast)
        self.venues = [self.venue(number) for number in range(VENUES)]
        self.people = [self.deputy(number) for number in range(DEPUTIES)]
        for number in range(3):
            officer = make_user(f"officer-{number}")
            for venue in self.some(self.venues):
                LiaisonOfficer.objects.create(user=officer, venue=venue, starts_on=self.near(-20))
        for _number in range(CASES):
            self.case()
        for venue in self.some(self.venues):
            plan = reception_plan(venue, *self.some(self.people))
            for number in range(self.random.randint(0, 3)):
                day = reception_day(venue, ahead=self.random.randint(-5, 30) * 3 + number, plan=plan)
                for one in range(self.random.randint(0, 3)):
                    book(day, one)

    def some(self, rows: list[Any]) -> list[Any]:
        return self.random.sample(rows, self.random.randint(1, len(rows)))

    def near(self, days: int) -> date:
        return clock.today() + timedelta(days=days)

    def venue(self, number: int) -> Venue:
        above = Venue.objects.filter(code__startswith="V").order_by("-pk").first()
        kind = self.random.choice(VenueKind.values)
        venue = Venue.objects.create(
            code=f"V{number}", kind=kind, name=f"第{number}处", street=self.cast.street,
            parent=above if self.random.random() < 0.5 else None,
        )  # fmt: skip
        if self.random.random() < 0.5:
            venue.communities.add(self.cast.community)
        return venue

    def deputy(self, number: int) -> Deputy:
        person = Deputy.objects.create(key=f"V{number}", name=f"示例{number}")
        Mandate.objects.create(deputy=person, congress=self.cast.congress, starts_on=LONG_AGO)
        for venue in self.some(self.venues):
            first = self.random.choice([-30, -1, 0, 5])
            last = self.random.choice([None, None, 0, 3, 40])
            role = self.random.choice(["RESIDENT", "HEAD", "CONVENER"])
            if last is None or last >= first:
                ends_on = None if last is None else self.near(last)
                Posting.objects.create(
                    deputy=person, venue=venue, role=role, starts_on=self.near(first), ends_on=ends_on
                )
            if self.random.random() < 0.4:
                RoleDuty.objects.create(deputy=person, venue=venue, role="MEDIATOR", starts_on=self.near(-9))
        return person

    def case(self) -> None:
        """At a venue, open or concluded, perhaps in the hands of venues."""
        make = self.random.choice(
            [self.journey.submitted, self.journey.accepted, self.journey.closed, self.given, self.given,
             self.joined]
        )  # fmt: skip
        make(venue=self.random.choice(self.venues))

    def given(self, **place: Any) -> Suggestion:
        case = self.journey.accepted(**place)
        one, other = self.random.sample(self.venues, 2)
        kinds = self.random.choice([("LEAD", "ASSISTING"), ("SEPARATE", "SEPARATE"), ("LEAD",)])
        targets = [Target(kind, venue=venue) for kind, venue in zip(kinds, (one, other), strict=False)]
        return self.journey.assigned(case, *targets)

    def joined(self, **place: Any) -> Suggestion:
        lead, child = self.journey.accepted(), self.journey.submitted(**place)
        return act("merge", child, self.cast.clerk, lead=lead)

    # One step and what must hold after it ----------------------------------------------------------

    def step(self) -> bool:
        running = list(Venue.objects.open().filter(code__startswith="V"))
        if len(running) < 2:
            return False
        old, heir = self.random.sample(running, 2)
        kind = self.random.choice([MERGED, CLOSED])
        note(f"{old.code} {kind} → {heir.code}")
        before = self.told()
        leaving = succession.moving(old)
        change = succession.retire(old, heir=heir, kind=kind, reason="调整布局", by=self.cast.clerk)
        assert change.moved == leaving.counts()
        assert self.told() == before
        self.promises()
        return True

    def told(self) -> dict[str, Any]:
        """All that is the same before and after, however it moved."""
        today = clock.today()
        lasting = Q(ends_on=None) | Q(ends_on__gt=today)
        serving = Posting.objects.filter(lasting, deputy__in=self.people).filter(self.not_empty())
        duties = LiaisonOfficer.objects.filter(lasting)
        return {
            "cases": list(Suggestion.objects.order_by("pk").values_list(*TOLD)),
            "clocks": list(
                Suggestion.objects.order_by("pk").values_list("clocks__due_on", "clocks__stopped_at")
            ),
            "bookings": list(Booking.objects.order_by("pk").values_list("pk", "session", "slot", "status")),
            "days": list(ReceptionSession.objects.order_by("pk").values_list("pk", "plan", "day", "status")),
            "plans": list(ReceptionPlan.objects.order_by("pk").values_list("pk", "rota__deputy")),
            "people": sorted(set(serving.values_list("deputy", flat=True))),
            "officers": sorted(set(duties.values_list("user", flat=True))),
            "roles": sorted(set(RoleDuty.objects.filter(lasting).values_list("deputy", "role"))),
            "closed": sorted(
                Suggestion.objects.filter(state__in=w.FINAL).values_list("pk", "venue"),
            ),
        }

    @staticmethod
    def not_empty() -> Q:
        """Not begun and ended on one day: a period that moved before it began."""
        return ~Q(ends_on=F("starts_on"))

    def promises(self) -> None:
        today = clock.today()
        gone = Venue.objects.filter(status__in=GONE)
        assert not Suggestion.objects.filter(state__in=w.OPEN, venue__in=gone).exists()
        assert not Assignment.objects.filter(state__in=w.LIVE, venue__in=gone).exists()
        assert not ReceptionSession.objects.filter(
            venue__in=gone, status="ANNOUNCED", day__gte=today
        ).exists()
        assert not ReceptionPlan.objects.filter(venue__in=gone, ends_on=None).exists()
        for model in (Posting, RoleDuty, LiaisonOfficer):
            lasting = Q(ends_on=None) | Q(ends_on__gt=today)
            assert not model.objects.filter(lasting, self.not_empty(), venue__in=gone).exists()
        assert not Venue.objects.exclude(status__in=GONE).filter(parent__in=gone).exists()
        self.once(Posting, "deputy_id")
        self.once(LiaisonOfficer, "user_id")
        twice = Counter(
            Assignment.objects.filter(state__in=w.LIVE).values_list("suggestion", "round", "venue", "unit")
        )
        assert max(twice.values(), default=1) == 1
        assert list(problems(Suggestion.objects.all())) == []
        for venue in gone:
            # Every chain of old codes ends at a venue that runs.
            end = selectors.present(venue)
            assert end is not None
            assert end.is_open
        for venue in Venue.objects.all():
            assert no_circle(venue)

    def once(self, model: Any, key: str) -> None:
        """Nobody twice at one place at one time."""
        rows: dict[tuple[int, int], list[Any]] = {}
        for row in model.objects.all():
            rows.setdefault((getattr(row, key), row.venue_id), []).append((row.starts_on, row.ends_on))
        for periods in rows.values():
            assert not any(meet(one, other) for one, other in combinations(periods, 2))


def no_circle(venue: Venue) -> bool:
    passed = set()
    above: Venue | None = venue
    while above is not None:
        if above.pk in passed:
            return False
        passed.add(above.pk)
        above = above.parent
    return True


def test_no_chain_of_mergers_loses_or_doubles_anything(cast: SimpleNamespace) -> None:
    steps = 0

    @settings(
        max_examples=12, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
    )  # fmt: skip
    @given(st.integers(min_value=0, max_value=2**32))
    def chain(seed: int) -> None:
        nonlocal steps
        with transaction.atomic():
            network = Network(cast, seed)
            for _ in range(MOVES):
                steps += network.step()
            assert VenueChange.objects.exists()
            transaction.set_rollback(True)

    chain()
    assert steps >= 40
