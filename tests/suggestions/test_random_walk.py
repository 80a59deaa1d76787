"""Thousands of steps nobody planned: whatever people try, in whatever order, the promises hold.

Hypothesis chooses the seeds, the same ones at every run; a failure names its seed and tells its story.
"""

import random
from collections import Counter
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from congress_portal.common import clock, workdays
from deputies.models import Mandate, MandateEvent
from stations.models import LiaisonOfficer, Posting
from suggestions import workflow as w
from suggestions.actors import Actor
from suggestions.enums import AssignmentKind
from suggestions.errors import DoorError
from suggestions.history import problems
from suggestions.inputs import Target
from suggestions.models import (
    Assignment,
    AssistingOpinion,
    Claim,
    Clock,
    ContactLog,
    Event,
    HandlingRequest,
    Point,
    Promise,
    Publication,
    Rating,
    Reply,
    Suggestion,
    Supervision,
    SupervisionLetter,
    UnitMember,
)
from suggestions.permissions import is_orphaned, roles_for
from suggestions.services import perform, run_due
from suggestions.submissions import register_answered, submit
from tests.conftest import as_actor, submission
from tests.suggestions.scenes import EVERYBODY, Scene, actor_named
from tests.suggestions.stage import Stage

SHARDS, EXAMPLES, STEPS, CASES = 4, 13, 100, 3
START = datetime(2026, 3, 2, 9, tzinfo=clock.SHANGHAI)
# A case in one of these waits for the district office, which always has somebody.
STAFF_QUEUES = ("SUBMITTED", "DECLINE_REVIEW", "ACCEPTED", "DISPUTED")
ACTIONS = w.actions(tuple(move for move in (*w.SUGGESTION_MOVES, *w.ASSIGNMENT_MOVES) if move.source))
# These lead back or out, so they are tried less often than what leads on.
ENDS = (
    "withdraw", "decline", "propose_decline", "answer_inquiry", "answer_direct", "transfer", "take_back",
    "merge", "unmerge", "recall", "ask_return", "undo_draft",
)  # fmt: skip
ON, BACK, KEEPS = 40, 4, 3
HOLDERS = {
    w.RESIDENT: ("resident", "holder", "signed-in holder"), w.LIAISON: ("liaison", "other_liaison"),
    w.DEPUTY: ("deputy", "convener", "other_deputy"), w.CLERK: ("clerk", "clerk", "clerk2"),
    w.REVIEWER: ("reviewer",), w.HEAD: ("head",),
    w.HANDLER: ("officer", "other_officer", "deputy", "liaison", "other_deputy"),
    w.OFFICER: ("officer", "other_officer", "coordinator"),
    w.LEADER: ("unitlead", "other_unitlead", "convener"),
    w.COMMITTEE: ("committee", "other_committee"), w.STREET_ASSIGNER: ("committee",),
    w.COORDINATOR: ("coordinator",), w.SECRECY: ("secrecy", "secrecy2"),
    w.SYSTEM: ("system",), w.FOLLOWS: (),
}  # fmt: skip
LEAD, ASSISTING, SEPARATE = AssignmentKind.LEAD, AssignmentKind.ASSISTING, AssignmentKind.SEPARATE
COORDINATOR = AssignmentKind.COORDINATOR


class Walk(Stage):
    """One walk: a clock that only goes forward, a few cases, and the promises checked after each step."""

    def __init__(self, cast: SimpleNamespace, seed: str) -> None:
        super().__init__(cast)
        self.random = random.Random(seed)
        self.now = START
        self.touched = 0
        self.staff = in_service(START)
        self.refused: Counter[str] = Counter()
        self.known = rows()

    def choose(self, options: Any) -> Any:
        return self.random.choice(list(options))

    def step(self) -> None:
        self.now += timedelta(minutes=self.random.randint(1, 600))
        kinds = ("press",) * 14 + ("attempt",) * 4 + ("begin", "wait", "people")
        kind = self.choose(kinds) if Suggestion.objects.exists() else "begin"
        with clock.frozen(self.now):
            changed = getattr(self, kind)()
            found = rows()
            if changed:
                self.known = found
                self.promises()
            else:
                assert found == self.known, "a refused step changed something"

    # Kinds of steps; each tells whether something changed -----------------------------------------

    def begin(self) -> bool:
        if Suggestion.objects.filter(state__in=w.OPEN).count() >= CASES:
            return False
        kind = self.choose(("online", "online", "without account", "no place", "walk-in", "answered"))
        try:
            self.submit(kind)
        except DoorError as error:
            self.refused[type(error).__name__] += 1
            return False
        return True

    def submit(self, kind: str) -> None:
        c = self.cast
        desk = {"channel": "VISIT", "venue": c.station, "phone": ""}
        if kind == "answered":
            form = submission(c, category=c.category, **desk)
            register_answered(form, reply="当场约定本周清理。", actor=as_actor(c.liaison))
        elif kind == "walk-in":
            submit(submission(c, **desk), actor=as_actor(c.deputy))
        else:
            place = {"community": None, "place_unknown": True} if kind == "no place" else {}
            actor = Actor() if kind == "without account" else as_actor(c.resident)
            submit(submission(c, may_publish=True, **place), actor=actor)

    def wait(self) -> bool:
        self.now += timedelta(days=self.random.randint(1, 25))
        with clock.frozen(self.now):
            moved = run_due()
        return moved > 0

    def people(self) -> bool:
        """Somebody leaves or comes back: rows of the roster, none of the journey."""
        today = clock.today()
        rows = self.choose(
            (
                LiaisonOfficer.objects.filter(user=self.cast.liaison),
                Posting.objects.filter(venue=self.cast.station),
                UnitMember.objects.filter(unit=self.cast.unit),
            )
        )
        leaves = self.choose((True, False, False))
        rows.update(ends_on=today if leaves else None)
        MandateEvent.objects.filter(until=None).update(until=today)
        if self.choose((True, False, False, False)):
            MandateEvent.objects.bulk_create(
                MandateEvent(mandate=mandate, kind="SUSPENDED", effective_on=today, recorded_at=self.now)
                for mandate in Mandate.objects.all()
            )
        note(f"{rows.model.__name__} {'leaves' if leaves else 'is back'}")
        self.staff = in_service(self.now)
        return True

    def press(self) -> bool:
        """A row of the table, by somebody who holds its role."""
        scene = self.scene()
        moves = [move for move in scene.table if scene.target.state in move.source]
        if not moves:
            return False
        weights = [KEEPS if move.to is None else BACK if move.action in ENDS else ON for move in moves]
        move = self.random.choices(moves, weights)[0]
        row = scene.target if scene.table is w.ASSIGNMENT_MOVES else None
        names = [name for role in move.who for name in HOLDERS[role]]
        for name in self.random.sample(names, len(names)):
            actor = actor_named(name, self.cast, scene.case)
            if roles_for(actor, scene.case, row) & set(move.who):
                return self.perform(scene, move.action, name, actor)
        return False

    def attempt(self) -> bool:
        """Anything by anybody, from any page."""
        scene = self.scene()
        name, action = self.choose(EVERYBODY), self.choose(ACTIONS)
        actor = actor_named(name, self.cast, scene.case)
        return self.perform(scene, action, name, actor, stale=self.choose((0, 0, -1)))

    # Pieces ---------------------------------------------------------------------------------------

    def scene(self) -> Scene:
        going = Suggestion.objects.filter(state__in=w.OPEN).order_by("pk")
        anything = self.random.random() < 0.15 or not going.exists()
        case = self.choose(Suggestion.objects.order_by("pk") if anything else going)
        live = list(case.assignments.filter(state__in=w.LIVE))
        promised = list(case.assignments.filter(Q(promises__status="OPEN") | Q(state="MISSED")).distinct())
        return Scene(self.choose((case, *live, *live, *live, *promised)), {})

    def perform(self, scene: Scene, action: str, name: str, actor: Any, stale: int = 0) -> bool:
        self.lead = self.choose(Suggestion.objects.order_by("pk"))
        given = self.given(scene).get(action, {}) | self.chances(scene, action)
        try:
            perform(
                action, target=scene.target, actor=actor, seen_version=scene.target.version + stale, **given
            )
        except (DoorError, ValidationError) as error:
            self.refused[type(error).__name__] += 1
            return False
        note(f"{self.now:%m-%d} {scene.case.number} {scene.target.state}: {action} by {name}")
        return True

    # Named where there is none: another case's would have to be made first.
    promise_elsewhere = log_elsewhere = None  # type: ignore[assignment]

    def chances(self, scene: Scene, action: str) -> dict[str, Any]:
        """What is not the same at every step."""
        row = scene.target if scene.table is w.ASSIGNMENT_MOVES else None
        if action == "assign":
            return {"assignments": self.choose(self.targets()), "due": self.day()}
        if action in ("redate", "order_redo", "dispatch", "grant_extension", "recalculate"):
            return {"due": self.day()}
        if action == "propose_decline":
            return {"code": self.choose((self.cast.insult, self.cast.accusation))}
        if action == "draft" and row is not None and row.unit_id and self.choose((True, False)):
            return {"answer_class": "B", "promises": [("划好全部车位", self.day())]}
        if action == "settle_promise":
            return self.choose(
                ({"verdict": "KEPT"}, {"verdict": "BROKEN"}, {"verdict": "MOVED", "due": self.day()})
            )
        if action in ("accept", "reclassify"):
            return {"level": self.choose(("L2", "L3")), "points": self.choose(([], ["车位", "消防通道"]))}
        return {}

    def day(self) -> Any:
        return workdays.add_workdays(clock.today(), self.random.randint(0, 35))

    def targets(self) -> list[list[Target]]:
        c = self.cast
        return [
            [Target(unit=c.unit)],
            [Target(venue=c.station)],
            [Target(LEAD, unit=c.unit), Target(ASSISTING, unit=c.other_unit)],
            [Target(SEPARATE, unit=c.unit), Target(SEPARATE, unit=c.other_unit)],
            [Target(SEPARATE, unit=c.other_unit), Target(SEPARATE, venue=c.other_station)],
            [Target(COORDINATOR, unit=c.office)],
        ]

    # Promises -------------------------------------------------------------------------------------

    def promises(self) -> None:
        family = Q(pk=self.touched) | Q(merged_into=self.touched) | Q(merged=self.touched)
        assert list(problems(Suggestion.objects.filter(family).distinct())) == []
        for case in Suggestion.objects.filter(state__in=w.OPEN).select_related("merged_into"):
            assert self.held(case), f"{case.number} is {case.state} and in nobody's hands"

    def held(self, case: Suggestion) -> bool:
        """Somebody has it: the district office, the resident for a time, or whoever is in service there."""
        venues, units = self.staff
        if case.state == "HANDLING":
            rows = case.assignments.filter(state__in=w.LIVE).exclude(kind=ASSISTING)
            found = any(row.venue_id in venues or row.unit_id in units for row in rows)
        else:
            found = (
                case.state in STAFF_QUEUES
                or (case.state == "SUPPLEMENTING" and case.due_kind == "SUPPLEMENT")
                or (case.state == "REPLIED" and case.due_kind == "RATING")
                or (case.state == "REPLIED" and case.due_kind == "FEEDBACK")
                or (case.state == "MERGED" and case.merged_into.state in w.OPEN)
            )
        return found or Suggestion.objects.filter(is_orphaned(), pk=case.pk).exists()


def in_service(moment: datetime) -> tuple[set[int], set[int]]:
    """Venues and units where somebody is in service."""
    day = clock.local_date(moment)
    now = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))
    venues = {
        *LiaisonOfficer.objects.filter(now).values_list("venue", flat=True),
        *Posting.objects.live(day).values_list("venue", flat=True),
    }
    return venues, set(UnitMember.objects.filter(now).values_list("unit", flat=True))


def rows() -> dict[str, list[Any]]:
    """Enough of every row a step may write to see that none was written."""
    columns = {
        Suggestion: (), Assignment: (), Clock: ("pk", "due_on", "stopped_at"), Event: ("pk",),
        Reply: ("pk", "released_at"), Rating: ("pk",), Claim: ("pk", "released_at"),
        Publication: ("pk", "published_at"), Promise: ("pk", "status", "reported_at"),
        HandlingRequest: ("pk", "answered_at"), ContactLog: ("pk", "confirmed"), AssistingOpinion: ("pk",),
        SupervisionLetter: ("pk",), Supervision: ("pk", "ended_at"), Point: (),
    }  # fmt: skip
    return {
        model.__name__: list(model.objects.order_by("pk").values_list(*names))
        for model, names in columns.items()
    }


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_walk_breaks_a_promise(cast: SimpleNamespace, shard: int) -> None:
    steps, done, refused = 0, Counter[str](), Counter[str]()

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
    )  # fmt: skip
    @given(st.integers(min_value=0, max_value=2**32))
    def walk(seed: int) -> None:
        nonlocal steps
        with transaction.atomic():
            story = Walk(cast, f"{shard} {seed}")
            for _ in range(STEPS):
                story.step()
            steps += STEPS
            done.update(Event.objects.values_list("action", flat=True))
            refused.update(story.refused)
            transaction.set_rollback(True)

    walk()

    assert steps * SHARDS >= 5_000
    # A walk that gets nowhere proves nothing: most actions of the tables were really done.
    assert len(set(ACTIONS) - set(done)) <= 34, sorted(set(ACTIONS) - set(done))
    assert set(refused) == {"Forbidden", "WrongState", "Refused", "Stale", "ValidationError"}
