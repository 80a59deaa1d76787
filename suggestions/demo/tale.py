"""One story while it is told: who acts when, and the door it goes through."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.clock import local_date
from congress_portal.common.keys import keyed_digest
from stations.models import Venue
from suggestions.actors import SYSTEM, Actor
from suggestions.enums import AssignmentKind, Channel
from suggestions.guards import REPLIERS
from suggestions.models import Assignment, HandlingUnit, Suggestion
from suggestions.permissions import STREET_LEVELS
from suggestions.services import perform
from suggestions.workflow import LIVE

from . import nightly, timing
from .cast import Cast
from .corpus import unit_of_street
from .shapes import Draft
from .told import notices_of

SEED = 20261119
FINDING = 40  # how often to draw for a text that fits before bending one


class Over(Exception):
    """The next step lies after the present: the case stands where it stands."""


class Enough(Exception):
    """The step at which this story is to stop has been taken."""


@dataclass(frozen=True, slots=True)
class Story:
    """A plan for one case, or for a lead case and those joined to it (`size`).

    `first` is the number of cases planned before it. `at` (venue code), `unit`, `helper` (assisting unit) and
    `course` (a key of `handling.HANDLE`) are left to chance when empty. `stop` ends the story after that
    action; a story that stops, or that has a `force`, makes no turns but those named in `force` (`staged`).
    What it promises is due `promise` working days after the present, before it if negative.
    """

    index: int
    kind: str
    start: datetime
    first: int = 0
    size: int = 1
    at: str = ""
    unit: str = ""
    helper: str = ""
    course: str = ""
    category: str = ""
    stop: str = ""
    promise: int | None = None
    force: frozenset[str] = frozenset()
    staged: bool = False
    resident: bool = False


@dataclass(slots=True)
class Tale:
    """`handled` says who gave the last reply: "unit", "venue" or "direct". `at` is the row now at work.

    `helped`: units assist in this round. `returns`: how often it was given back. `kin`: tales of the
    other cases of the story.
    """

    cast: Cast
    story: Story
    rng: Random
    moment: datetime
    community: str
    pace: float = 1.0
    place: int = 0
    handled: str = ""
    stuck: str = ""
    at: int | None = None
    helped: bool = False
    returns: int = 0
    kin: "list[Tale]" = field(default_factory=list)
    _draft: Draft | None = field(default=None)
    _case: Suggestion | None = field(default=None)
    _row: Assignment | None = field(default=None)

    @property
    def case(self) -> Suggestion:
        assert self._case is not None, "the story has not begun"
        return self._case

    @property
    def has_begun(self) -> bool:
        return self._case is not None

    @property
    def draft(self) -> Draft:
        assert self._draft is not None, "the story has no text yet"
        return self._draft

    # Time

    def to(self, moment: datetime) -> None:
        """Go on to that moment, night by night; Over if it has not come yet."""
        if moment > self.cast.until:
            raise Over
        for morning, tone in nightly.reminders(self, moment) if self.has_begun else ():
            self.moment = morning
            nightly.remind(self, tone)
        self.moment = moment

    def until(self, moment: datetime) -> None:
        """Go on to that moment, unless it is over already."""
        self.to(max(moment, self.moment))

    def work(self, low: int, high: int) -> None:
        """Some working days later, in office hours."""
        self.to(timing.office(self.rng, self.moment, *self._span(low, high)))

    def live(self, low: int, high: int) -> None:
        """Some days later, whenever people are awake."""
        self.to(timing.awake(self.rng, self.moment, *self._span(low, high)))

    def soon(self) -> None:
        """A few minutes later, in the same sitting."""
        self.to(self.moment + timedelta(minutes=self.rng.randint(4, 25)))

    @property
    def month(self) -> int:
        return local_date(self.moment).month

    def night_after_due(self) -> None:
        """The nightly run after the date of the case has passed."""
        due = self.case.due_on
        assert due is not None, "only a running clock can be over"
        self.to(timing.at(due, 24 * 60 + 130))

    def _span(self, low: int, high: int) -> tuple[int, int]:
        if self.story.staged:
            return low, min(high, low + 1)
        return low, max(low, round(high * self.pace))

    # Chance

    def turn(self, name: str, chance: float) -> bool:
        """Whether the story takes this turn: as planned where it is planned, else by chance."""
        if self.story.staged:
            return name in self.story.force
        return self.rng.random() < chance

    # The door

    def do(self, action: str, who: User | Actor, target: Assignment | None = None, /, **given: Any) -> Any:
        """One action at the present moment; Enough if the story stops with it."""
        actor = who if isinstance(who, Actor) else Actor(user=who)
        aim: Suggestion | Assignment = target or self.case
        with self.now():
            done = perform(action, target=aim, actor=actor, seen_version=aim.version, **given)
        self._keep(done, target)
        self.pause(action)
        return done

    def _keep(self, done: Suggestion | Assignment, target: Assignment | None) -> None:
        """Remember case and row as the action left them, so that nobody has to ask for them again."""
        self._row = None
        if not isinstance(done, Assignment):
            self._case = done
            return
        self._case = done.suggestion
        if target is not None and done.kind in REPLIERS:
            done.unit, done.venue, done.parent = target.unit, target.venue, target.parent
            self._row = done

    @contextmanager
    def now(self) -> Iterator[None]:
        """The present moment of the story: the clock stands, and what is long ago is told to nobody."""
        with clock.frozen(self.moment), notices_of(self.moment, self.cast.until):
            yield

    def pause(self, action: str) -> None:
        """End here if the story stops with this action, or is stuck after it."""
        if action in (self.story.stop, self.stuck):
            raise Enough

    def begun(self, case: Suggestion) -> None:
        self._case = case

    def refresh(self) -> None:
        """Another case of the story has moved this one along."""
        self._row = None
        self.case.refresh_from_db()

    def rows(self, *kinds: str) -> list[Assignment]:
        """Those of the kinds that are still at work, first given first."""
        rows = self.case.assignments.filter(state__in=LIVE, kind__in=kinds).order_by("pk")
        return list(rows.select_related("unit", "venue", "parent__unit"))

    @property
    def row(self) -> Assignment:
        """The row now at work that gives a reply."""
        known = self._row
        if known is not None and known.state in LIVE and self.at in (None, known.pk):
            return known
        rows = [row for row in self.rows(*REPLIERS) if self.at in (None, row.pk)]
        assert rows, f"nobody handles {self.case}"
        self._row = rows[-1]
        return self._row

    def fresh(self, row: Assignment) -> Assignment:
        """The row as it stands now."""
        return Assignment.objects.select_related("unit", "venue", "parent__unit").get(pk=row.pk)

    @property
    def token(self) -> str:
        return token(self.story.index, self.place)

    @property
    def serial(self) -> int:
        """The place of this case among all planned."""
        return self.story.first + self.place

    # People

    @property
    def system(self) -> Actor:
        return SYSTEM

    @property
    def holder(self) -> Actor:
        """The resident, signed in or with number and code."""
        return Actor(user=self.case.resident, holder_of=self.case.pk)

    @property
    def on_behalf(self) -> bool:
        return self.case.channel != Channel.ONLINE

    @property
    def venue(self) -> Venue:
        assert self.case.venue is not None, "a case without a place is moved to one first"
        return self.case.venue

    @property
    def liaison(self) -> User:
        return self.cast.liaisons[self.venue.pk]

    @property
    def deputy(self) -> User:
        return self.rng.choice(self.cast.deputies[self.venue.pk])

    @property
    def committee(self) -> User:
        """Of the street where the case lies."""
        street = self.case.street_id or self.venue.street_id
        return self.cast.committees[street]

    @property
    def clerk(self) -> User:
        """The first clerk does most of it."""
        return self.rng.choices(self.cast.clerks, (3, 1))[0]

    @property
    def intake(self) -> User:
        """Who decides on acceptance: mostly the venue's own officer, else the street or the office."""
        if self.case.venue is None:
            return self.clerk
        if self.story.staged:
            return self.committee if "committee" in self.story.force else self.liaison
        return self.rng.choices((self.liaison, self.committee, self.clerk), (62, 12, 26))[0]

    def officer(self, row: Assignment) -> User:
        """Who works on it at the unit."""
        assert row.unit is not None, "a venue has no officers"
        if row.kind == AssignmentKind.COORDINATOR:
            return self.cast.coordinator
        return self.cast.officers[row.unit.code]

    def unit(self, code: str) -> HandlingUnit:
        return self.cast.units[code]

    @property
    def street_office(self) -> HandlingUnit:
        return self.unit(unit_of_street(self.cast.communities[self.community].street.code))

    # Words

    def find_draft(self, category: str = "") -> None:
        """A text of the month; one that suits the unit or the course the story asks for."""
        corpus, story = self.cast.corpus, self.story
        for _attempt in range(FINDING):
            self._draft = corpus.pick(
                self.rng, self.month, community=self.community, category=category or story.category or None
            )
            if self._fits(self._draft):
                return
        self._draft = replace(
            self.draft,
            units=(story.unit,) if story.unit else self.draft.units,
            level="L1" if story.course in ("venue", "direct") else self._levels()[-1],
        )

    def _fits(self, draft: Draft) -> bool:
        if self.story.unit and draft.units[0] != self.story.unit:
            return False
        if self.story.course in ("venue", "direct"):
            return draft.level == "L1"
        if self.story.course in ("assisted", "separate", "office") and draft.level not in self._levels():
            return False
        # A unit that only coordinates can't be given a case.
        return any(not self.unit(code).coordination_only for code in draft.units)

    def _levels(self) -> tuple[str, ...]:
        """Where several units work together the district gives it out, unless the street does."""
        return STREET_LEVELS if "committee_assigns" in self.story.force else ("L3", "L4")

    def take(self, draft: Draft) -> None:
        """The text this case has, where the story brings its own."""
        self._draft = draft

    def note(self, kind: str, *, about: str = "", never: str = "") -> str:
        """A staff note; one that has the word `about` in it, and none that has the word `never`."""
        words = self.cast.corpus.common["notes"][kind]
        fitting = [word for word in words if about in word and not (never and never in word)]
        return self.rng.choice(fitting) if fitting else ""


def token(index: int, place: int = 0) -> str:
    """The form token of a planned case: the same at every start, and nobody can guess it from outside."""
    return keyed_digest("demo case", f"{index}/{place}")[:36]
