"""Units that help: they give the lead their opinion in time, or are marked as late and give it afterwards."""

from suggestions.enums import AssignmentKind, AssignmentState
from suggestions.inputs import Target
from suggestions.models import Assignment

from . import timing, words
from .giving import decider, helpers
from .tale import Tale


def add(tale: Tale) -> None:
    """The lead turns out to need somebody beside it."""
    lead = tale.row
    if lead.unit is None or lead.kind != AssignmentKind.LEAD or not tale.turn("add_assisting", 0.04):
        return
    tale.work(0, 1)
    others = [unit for unit in helpers(tale, lead.unit) if not _at_work(tale, unit.pk)]
    for unit in others[:1]:
        tale.helped = True
        tale.do("add_assisting", decider(tale, lead), unit=unit)


def _at_work(tale: Tale, unit: int) -> bool:
    return any(row.unit_id == unit for row in tale.rows(*AssignmentKind.values))


def consult(tale: Tale) -> None:
    """Every helper signs for it and writes what it knows; who does not is left for `wait_for`."""
    rows = tale.rows(AssignmentKind.ASSISTING) if tale.helped else []
    if len(rows) > 1 and tale.turn("recall", 0.12):
        tale.work(0, 2)
        row = rows.pop()
        tale.do("recall", decider(tale, row), row, reason=words.say(tale, "returned", "helper_not_needed"))
    for row in rows:
        if row.state == AssignmentState.ISSUED:
            tale.work(0, 1)
            tale.do("sign", tale.officer(row), row)
            tale.pause("helper_signed")
    for row in rows:
        if not tale.turn("missed", 0.12):
            tale.work(0, 3)
            _give(tale, row)


def _give(tale: Tale, row: Assignment) -> None:
    row = tale.fresh(row)
    tale.do("give_opinion", tale.officer(row), row, text=_opinion(tale, row))


def _opinion(tale: Tale, row: Assignment) -> str:
    assert row.unit is not None, "units assist"
    opinions = tale.cast.corpus.procedure["opinion"]
    key = row.unit.code if row.unit.code in opinions else "@street"
    return words.say(tale, "opinion", key)


def wait_for(tale: Tale) -> None:
    """Before the reply goes out: what is still missing is overdue by then, and may come after all."""
    for row in tale.rows(AssignmentKind.ASSISTING) if tale.helped else ():
        tale.to(timing.office(tale.rng, max(tale.moment, timing.at(row.unit_due, 1020)), 1, 2))
        tale.do("mark_missed", decider(tale, row), tale.fresh(row))
        if tale.turn("late_opinion", 0.6):
            tale.work(0, 2)
            _give(tale, row)


def named(tale: Tale) -> str:
    """The sentence of the lead's letter on who helped; "" if nobody did."""
    rows = tale.case.assignments.filter(kind=AssignmentKind.ASSISTING, round=tale.case.round)
    heard = [row for row in rows.select_related("unit") if row.state == AssignmentState.GIVEN]
    missed = [row for row in rows if row.state == AssignmentState.MISSED]
    for found, key in ((heard, "with_opinions"), (missed, "with_missed")):
        if found:
            return words.say(tale, "letter", key, units="、".join(str(row.unit) for row in found))
    return ""


def separately(tale: Tale) -> str:
    """The sentence of a letter on what another unit answers; "" if none does."""
    row = tale.row
    others = tale.case.assignments.filter(kind=AssignmentKind.SEPARATE, round=row.round).exclude(
        state__in=(AssignmentState.RECALLED, AssignmentState.RETURNED)
    )
    names = [str(other.unit) for other in others.exclude(pk=row.pk).select_related("unit")]
    return words.say(tale, "letter", "separate", units="、".join(names)) if names else ""


def targets(tale: Tale, lead: Target) -> list[Target]:
    assert lead.unit is not None, "units are helped by units"
    return [lead, *(Target(AssignmentKind.ASSISTING, unit=unit) for unit in helpers(tale, lead.unit))]
