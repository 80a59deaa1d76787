"""The plan of all demo cases: set-up ones first, then history, so that any prefix is a fair sample."""

from datetime import date, datetime, timedelta
from random import Random

from congress_portal.common.clock import local_date

from . import timing
from .staged import ESSENTIAL, FURTHER, Row
from .tale import SEED, Story

TOTAL = 2000
DAYS = 730  # how far back history goes
KINDS = {
    "ordinary": 765, "several": 32, "answered": 72, "declined": 34, "reconsidered": 4, "transferred": 20,
    "inquiry": 24, "emergency": 4, "higher": 8, "withdrawn": 20, "unsupplemented": 9, "repeated": 8,
    "cluster": 9, "restored": 3,
}  # fmt: skip
SIZES = {"repeated": (2,), "cluster": (3, 3, 4, 4, 5, 6)}
GREAT_CLUSTER = 23
# A plan of so many cases, or a multiple of it, ends with whole stories; TOTAL is one.
EVEN = 100
# People write more in the heating season; over the two years the portal becomes better known.
WINTER, BUSY, GROWTH = (11, 12, 1, 2), 1.35, 0.5
# The set-up cases fill the last weeks already, so history leaves some of these days out.
LATELY, LEFT_OUT = 28, 0.5
# Of the last months some cases stay lying somewhere.
STUCK_WITHIN, STUCK_CHANCE = timedelta(days=60), 0.05


def plan(now: datetime, total: int) -> list[Story]:
    """The first stories of the plan with at most `total` cases together; the same for the same moment."""
    rng = Random(SEED)
    stories: list[Story] = []
    planned = 0
    for story in _all(now, rng):
        if planned + story.size > total:
            break
        stories.append(story)
        planned += story.size
    return stories


def _all(now: datetime, rng: Random) -> list[Story]:
    stories: list[Story] = []
    first = 0

    def add(**given: object) -> None:
        nonlocal first
        story = Story(index=len(stories), first=first, **given)  # type: ignore[arg-type]
        stories.append(story)
        first += story.size

    for row in ESSENTIAL:
        add(**_staged(row, now, rng))
    add(kind="cluster", start=_cold_day(now, rng), size=GREAT_CLUSTER, course="unit", category="HEATING")
    for row in FURTHER:
        add(**_staged(row, now, rng))
    while first < TOTAL:
        kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
        size = rng.choice(SIZES.get(kind, (1,)))
        if first % EVEN + size > EVEN:
            kind, size = "ordinary", 1
        start = _some_day(now, rng)
        stuck = now - start < STUCK_WITHIN and rng.random() < STUCK_CHANCE
        add(kind=kind, start=start, size=size, force=frozenset({"stuck"} if stuck else ()))
    return stories


def _staged(row: Row, now: datetime, rng: Random) -> dict[str, object]:
    return {
        "kind": row.kind, "start": back(now, row.age, rng), "size": row.size, "at": row.at, "unit": row.unit,
        "helper": row.helper, "course": row.course, "category": row.category, "stop": row.stop,
        "promise": row.promise, "force": frozenset(row.force), "staged": True, "resident": row.resident,
    }  # fmt: skip


def back(now: datetime, age: int, rng: Random) -> datetime:
    """A moment `age` working days ago in the morning; for 0 within the last hours."""
    if age == 0:
        return now - timedelta(minutes=rng.randint(20, 90))
    return timing.at(timing.workdays_back(local_date(now), age), rng.randint(425, 700))


def _some_day(now: datetime, rng: Random) -> datetime:
    """A waking moment of the last two years, more of them later and in winter."""
    today = local_date(now)
    while True:
        ago = rng.randint(0, DAYS - 1)
        if ago < LATELY and rng.random() < LEFT_OUT:
            continue
        day = today - timedelta(days=ago)
        weight = (1 + GROWTH * (1 - ago / DAYS)) * (BUSY if day.month in WINTER else 1)
        moment = timing.at(day, rng.randint(400, 1360))
        if rng.random() * (1 + GROWTH) * BUSY < weight and moment < now:
            return moment


def _cold_day(now: datetime, rng: Random) -> datetime:
    """The last 12 January whose case has had time to end."""
    today = local_date(now)
    year = today.year if today >= date(today.year, 3, 1) else today.year - 1
    return timing.at(date(year, 1, 12), rng.randint(400, 480))
