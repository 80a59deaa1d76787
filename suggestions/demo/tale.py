"""One story while it is told: who acts when, and the door it goes through."""

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
from suggestions.enums import Channel
from suggestions.models import Assignment, HandlingUnit, Suggestion
from suggestions.services import perform
from suggestions.workflow import LIVE

from . import timing
from .cast import Cast
from .corpus import unit_of_street
from .shapes import Draft

FINDING = 40  # how often to draw for a text that fits before bending one


class Over(Exception):
    """The next step lies after the present: the case stands where it stands."""


class Enough(Exception):
    """The step at which this story is to stop has been taken."""


@dataclass(frozen=True, slots=True)
class Story:
    """A plan for one case, or for a lead case and those joined to it (`size`).

    `first` is the number of cases planned before it. `at` (venue code), `unit` and `course` ("unit", "venue",
    "direct") are left to chance when empty. `stop` ends the story after that action; a story that stops, or
    that has a `force`, makes no turns but those named in `force` (`staged`).
    """

    index: int
    kind: str
    start: datetime
    first: int = 0
    size: int = 1
    at: str = ""
    unit: str = ""
    course: str = ""
    category: str = ""
    stop: str = ""
    force: frozenset[str] = frozenset()
    staged: bool = False
    resident: bool = False


@dataclass(slots=True)
class Tale:
    """`handled` says who gave the last reply: "unit", "venue" or "direct"."""

    cast: Cast
    story: Story
    rng: Random
    moment: datetime
    community: str
    pace: float = 1.0
    place: int = 0
    handled: str = ""
    stuck: str = ""
    _draft: Draft | None = field(default=None)
    _case: Suggestion | None = field(default=None)

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
        """Go on to that moment; Over if it has not come yet."""
        if moment > self.cast.until:
            raise Over
        self.moment = moment

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
        with clock.frozen(self.moment):
            done = perform(action, target=aim, actor=actor, seen_version=aim.version, **given)
        self._case = done.suggestion if isinstance(done, Assignment) else done
        self.pause(action)
        return done

    def pause(self, action: str) -> None:
        """End here if the story stops with this action, or is stuck after it."""
        if action in (self.story.stop, self.stuck):
            raise Enough

    def begun(self, case: Suggestion) -> None:
        self._case = case

    def refresh(self) -> None:
        """Another case of the story has moved this one along."""
        self.case.refresh_from_db()

    @property
    def row(self) -> Assignment:
        """The assignment now at work."""
        row = self.case.assignments.filter(state__in=LIVE).select_related("unit", "venue").last()
        assert row is not None, f"nobody handles {self.case}"
        return row

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
    def clerk(self) -> User:
        """The first clerk does most of it."""
        return self.rng.choices(self.cast.clerks, (3, 1))[0]

    @property
    def intake(self) -> User:
        """Who decides on acceptance: mostly the venue's own officer."""
        return self.liaison if self.story.staged or self.rng.random() < 0.65 else self.clerk

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
            level="L1" if story.course in ("venue", "direct") else "L3",
        )

    def _fits(self, draft: Draft) -> bool:
        if self.story.unit and draft.units[0] != self.story.unit:
            return False
        if self.story.course in ("venue", "direct"):
            return draft.level == "L1"
        # A unit that only coordinates can't be given a case.
        return any(not self.unit(code).coordination_only for code in draft.units)

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
