"""Load the demo in small transactions: a killed run can be continued, and the site stays quick meanwhile."""

import logging
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from tqdm import tqdm

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.clock import local_date
from congress_portal.common.sequences import next_value
from suggestions.errors import DoorError
from suggestions.models import Suggestion

from . import network, people, places
from .cast import Cast, gather
from .courses import tell_story
from .plan import TOTAL, plan
from .tale import Over, Story, token
from .timing import workdays_back

logger = logging.getLogger(__name__)

# How long a transaction takes up further stories; on SQLite nobody else can write meanwhile.
BATCH_SECONDS = 0.6
# After each, others get their turn: SQLite wakes a waiting writer only every tenth of a second.
PAUSE_SECONDS = 0.12
# How many working days earlier a set-up story begins when its stop was not reached in time.
EARLIER = (0, 4, 9, 16, 30)
LANGUAGE = "zh-hans"
LOCK = "demo"


def load(total: int = TOTAL, *, gently: bool = False) -> int:
    """Rosters and the first `total` cases of the plan; returns how many cases were new.

    `gently` pauses between transactions because the site is in use. TakenLogin as `people.load_people`.
    """
    with translation.override(LANGUAGE), unlogged_queries():
        admin = people.loaded() or _load_rosters()
        network.load()
        stories = plan(admin.date_joined.astimezone(clock.SHANGHAI), total)
        waiting = sorted(_missing(stories), key=lambda story: (story.start, story.index))
        if not waiting:
            return 0
        cast = gather(admin.date_joined)
        return _load_all(cast, waiting, gently=gently)


@contextmanager
def unlogged_queries() -> Iterator[None]:
    """Under DEBUG Django keeps the text of every query; on SQLite that costs another query each."""
    debug = settings.DEBUG
    settings.DEBUG = False
    try:
        yield
    finally:
        settings.DEBUG = debug


def _load_rosters() -> User:
    with transaction.atomic():
        next_value(LOCK)
        if people.loaded() is None:
            places.load_district()
            places.load_venues()
            people.load_people()
    admin = people.loaded()
    assert admin is not None, "the rosters have just been loaded"
    return admin


def _missing(planned: Iterable[Story]) -> list[Story]:
    """Those whose first case is not there; a story is loaded as a whole or not at all."""
    stories = {token(story.index): story for story in planned}
    # Few at once are looked up, all at once compared: a database takes only so many values in one question.
    cases = Suggestion.objects.filter(is_demo=True)
    cases = cases.filter(form_token__in=stories) if len(stories) < 100 else cases
    known = set(cases.values_list("form_token", flat=True))
    return [story for key, story in stories.items() if key not in known]


def _load_all(cast: Cast, stories: list[Story], *, gently: bool) -> int:
    new = 0
    waiting = deque(stories)
    with Progress(sum(story.size for story in stories)) as bar:
        while waiting:
            done, added = _load_some(cast, waiting)
            new += added
            bar.update(done)
            if gently:
                time.sleep(PAUSE_SECONDS)
    return new


def _load_some(cast: Cast, waiting: deque[Story]) -> tuple[int, int]:
    """One transaction: cases dealt with, and how many of them were new."""
    done = new = 0
    with transaction.atomic():
        # Locks the row of this number: a second loader waits here and then finds the work done.
        next_value(LOCK)
        end = time.monotonic() + BATCH_SECONDS
        while waiting and time.monotonic() < end:
            story = waiting.popleft()
            done += story.size
            if _missing([story]):
                _load_story(cast, story)
                new += story.size
    return done, new


def _load_story(cast: Cast, story: Story) -> None:
    """A story that does not reach its planned stop in time is told again, begun earlier.

    So is one that the door refuses: what chance put together in it does not go together.
    """
    for attempt, earlier in enumerate(EARLIER):
        days = (local_date(story.start) - workdays_back(local_date(story.start), earlier)).days
        try:
            with transaction.atomic():
                tell_story(cast, replace(story, start=story.start - timedelta(days=days)), attempt=attempt)
            return
        except Over:
            continue
        except (DoorError, ValidationError) as error:
            logger.warning("Story %d was refused and is told in another way: %s", story.index, error)
    raise RuntimeError(f"Story {story.index} never reaches {story.stop or 'its first case'}.")


class Progress(tqdm):
    """A bar on a terminal; elsewhere a line for every tenth, because a log keeps what is overwritten here."""

    def __init__(self, total: int) -> None:
        self.in_log = not sys.stderr.isatty()
        super().__init__(total=total, desc="Demo cases", unit=" cases", disable=self.in_log)
        self.written, self.total = 0, total

    def update(self, n: float | None = 1) -> bool | None:
        before, self.written = self.written, self.written + int(n or 0)
        if self.in_log and before * 10 // self.total != self.written * 10 // self.total:
            print(f"Demo cases: {self.written} of {self.total}", file=sys.stderr, flush=True)  # noqa: T201
        return super().update(n)
