"""From accepted to replied: which way a case goes, and what may happen to it before somebody begins."""

from collections.abc import Callable

from congress_portal.common import workdays
from congress_portal.common.clock import local_date
from suggestions import clocks
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target

from . import assisting, returning
from .answering import answer
from .giving import COMPLEX_LEVELS, another, assigner, give, lead_unit, to_office
from .tale import Tale

SPOT_LEVEL = "L1"
COURSES = ("unit", "assisted", "separate", "office", "venue", "direct")
# How a small matter of the neighbourhood is settled, one of the street, and one of the district.
SPOT_WEIGHTS, STREET_WEIGHTS = (30, 0, 0, 0, 44, 26), (82, 4, 0, 0, 7, 7)
COMPLEX_WEIGHTS = (55, 24, 4, 17, 0, 0)


def handle(tale: Tale) -> None:
    """An accepted case gets its reply."""
    course = tale.story.course or _course(tale)
    tale.handled = course if course in ("venue", "direct") else "unit"
    HANDLE[course](tale)


def _course(tale: Tale) -> str:
    level = tale.draft.level
    if level in COMPLEX_LEVELS:
        return tale.rng.choices(COURSES, COMPLEX_WEIGHTS)[0]
    return tale.rng.choices(COURSES, SPOT_WEIGHTS if level == SPOT_LEVEL else STREET_WEIGHTS)[0]


def by_unit(tale: Tale) -> None:
    give(tale, Target(unit=lead_unit(tale)))
    _begin(tale)
    answer(tale)


def with_helpers(tale: Tale) -> None:
    """A lead answers for all and explains what the others told it."""
    give(tale, *assisting.targets(tale, Target(unit=lead_unit(tale))))
    _begin(tale)
    answer(tale)


def separately(tale: Tale) -> None:
    """Two units each answer their own part."""
    lead = lead_unit(tale)
    kind = AssignmentKind.SEPARATE
    give(tale, Target(kind, unit=lead), Target(kind, unit=another(tale, lead)))
    answer(tale)


def through_office(tale: Tale) -> None:
    """The coordinator office of the government dispatches it."""
    to_office(tale)
    _begin(tale)
    answer(tale)


def by_venue(tale: Tale) -> None:
    give(tale, Target(venue=tale.venue))
    answer(tale)


def directly(tale: Tale, text: str = "") -> None:
    """A deputy or the liaison officer has looked into it and answers."""
    tale.work(1, 5)
    letter = tale.cast.corpus.venue_reply(
        tale.rng,
        community=tale.community,
        date=local_date(tale.moment),
        venue=tale.venue.name,
        title=tale.draft.title,
        since=local_date(tale.case.received_at),
    )
    who = tale.deputy if tale.rng.random() < 0.55 else tale.liaison
    tale.do("answer_direct", who, reply=text or letter.text)


HANDLE: dict[str, Callable[[Tale], None]] = {
    "unit": by_unit,
    "assisted": with_helpers,
    "separate": separately,
    "office": through_office,
    "venue": by_venue,
    "direct": directly,
}


def _begin(tale: Tale) -> None:
    returning.meanwhile(tale)
    if tale.turn("flag", 0.03):
        tale.work(0, 1)
        tale.do("flag", tale.clerk, flags=["is_key"], reason=tale.note("flag"))
    if tale.turn("redate", 0.02):
        tale.work(0, 2)
        today = local_date(tale.moment)
        due = workdays.add_workdays(max(clocks.reply_due(tale.case) or today, today), 5)
        due = min(due, clocks.latest_reply(tale.case, today))
        tale.do("redate", assigner(tale), due=due, reason=tale.note("redate"))
