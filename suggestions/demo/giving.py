"""Who is given a case: a unit or a venue, a lead with helpers, units apart, an office that dispatches it."""

from datetime import date

from congress_portal.accounts.models import User
from congress_portal.common.clock import local_date
from suggestions import clocks
from suggestions.enums import AssignmentKind
from suggestions.guards.shared import MOST_RETURNS
from suggestions.inputs import Target
from suggestions.models import Assignment, ClockRule, HandlingUnit
from suggestions.permissions import STREET_LEVELS

from . import timing, words
from .network.offices import COORDINATOR_UNIT
from .tale import Tale

COMPLEX_LEVELS = ("L3", "L4")
# Where old people are who suffers.
FRAIL = ("ELDER_CARE", "ELDER_MEALS", "ELEVATOR")
# A coordinator office keeps so many working days to look at what its units wrote.
KEPT_BACK = 3
STREET = "@street"


def give(tale: Tale, *targets: Target, instructions: str = "") -> None:
    """Whoever assigns such cases gives it out, at most up to the date told to the resident."""
    tale.work(0, 2)
    frail = tale.draft.category in FRAIL
    if not instructions and tale.rng.random() < 0.5:
        instructions = tale.note("assign", never="" if frail else "老年人")
    tale.helped = any(target.kind == AssignmentKind.ASSISTING for target in targets)
    tale.do("assign", assigner(tale), assignments=list(targets), due=_due(tale), instructions=instructions)


def _due(tale: Tale) -> date:
    today = local_date(tale.moment)
    told = clocks.reply_due(tale.case)
    if told and told >= today:
        return told
    complex_matter = tale.draft.level in COMPLEX_LEVELS and tale.rng.random() < 0.3
    return clocks.limit(ClockRule.Key.REPLY_COMPLEX if complex_matter else ClockRule.Key.REPLY, today)


def assigner(tale: Tale) -> User:
    """A street gives out what it can settle itself; the office all else, and what was returned twice."""
    if tale.returns >= MOST_RETURNS:
        return tale.clerk
    if tale.case.level in STREET_LEVELS and tale.turn("committee_assigns", 0.45):
        return tale.committee
    return tale.clerk


def decider(tale: Tale, row: Assignment) -> User:
    """Who answers what the handler of the row asks for."""
    return tale.cast.coordinator if row.parent else assigner(tale)


def lead_unit(tale: Tale) -> HandlingUnit:
    if tale.story.unit:
        return tale.unit(tale.story.unit)
    return next(tale.unit(code) for code in tale.draft.units if not tale.unit(code).coordination_only)


def helpers(tale: Tale, lead: HandlingUnit) -> list[HandlingUnit]:
    """One or two units that know something of the matter."""
    if tale.story.helper:
        return [tale.unit(tale.story.helper)]
    units = [unit for unit in _knowing(tale) if unit != lead]
    count = 2 if tale.turn("two_help", 0.2) else 1
    return tale.rng.sample(units, min(count, len(units)))


def _knowing(tale: Tale) -> list[HandlingUnit]:
    """Units that know something of such matters."""
    codes = tale.cast.corpus.procedure["helpers"][tale.draft.category]
    return [tale.street_office if code == STREET else tale.unit(code) for code in codes]


def another(tale: Tale, *taken: HandlingUnit | None) -> HandlingUnit:
    """A further unit for the matter: one its text names, the street's office, or one that could help."""
    named = [tale.unit(code) for code in tale.draft.units if not tale.unit(code).coordination_only]
    return next(unit for unit in (*named, tale.street_office, *_knowing(tale)) if unit not in taken)


def to_office(tale: Tale) -> None:
    """The coordinator office takes it for the government and dispatches it."""
    give(tale, Target(AssignmentKind.COORDINATOR, unit=tale.unit(COORDINATOR_UNIT)))
    tale.work(0, 1)
    (row,) = tale.rows(AssignmentKind.COORDINATOR)
    tale.do("sign", tale.cast.coordinator, row)
    dispatch(tale, lead_unit(tale))


def dispatch(tale: Tale, unit: HandlingUnit) -> None:
    """The office names a lead, and often whoever is to help."""
    tale.work(0, 1)
    (row,) = tale.rows(AssignmentKind.COORDINATOR)
    today = local_date(tale.moment)
    targets = [Target(unit=unit)]
    if tale.story.helper or tale.turn("office_helpers", 0.45):
        targets += [Target(AssignmentKind.ASSISTING, unit=other) for other in helpers(tale, unit)]
    tale.helped = len(targets) > 1
    due = max(today, timing.workdays_back(row.unit_due, KEPT_BACK))
    tale.do(
        "dispatch", tale.cast.coordinator, row, assignments=targets, due=min(due, row.unit_due),
        instructions=words.say(tale, "returned", "dispatched"),
    )  # fmt: skip
