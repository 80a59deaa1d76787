"""A unit says that it is not its business: in time, a second time, or when it is too late for a return."""

from congress_portal.common.clock import local_date
from suggestions.enums import AssignmentState
from suggestions.inputs import Target
from suggestions.models import Assignment, HandlingUnit

from . import timing, words
from .giving import another, decider, dispatch, give
from .tale import Tale


def meanwhile(tale: Tale) -> None:
    """What may happen to a case in hand before the unit begins."""
    if not tale.row.parent and tale.turn("take_back", 0.012):
        taken = tale.row.unit
        tale.work(0, 1)
        tale.do("take_back", tale.clerk, reason=tale.note("take_back"))
        give(tale, Target(unit=another(tale, taken)))
    if tale.turn("return", 0.05):
        ask_return(tale)
    elif tale.turn("escalate", 0.018):
        escalate(tale)


def ask_return(tale: Tale) -> None:
    """Three of four times the unit is right; the unit it proposes may see it in another way."""
    row = tale.row
    assert row.unit is not None, "only units return"
    given = tale.cast.corpus.return_case(
        tale.rng, tale.draft.category, unit=row.unit.code, community=tale.community
    )
    if given is None or tale.unit(given.unit).coordination_only:
        return
    tale.work(0, 3)
    proposed = tale.unit(given.unit)
    tale.do("ask_return", tale.officer(row), row, reason=given.reason, proposed_unit=proposed)
    if tale.turn("cancel_return", 0.1):
        tale.work(0, 1)
        tale.do("cancel_return", tale.officer(row), tale.row, reason=tale.note("cancel_return"))
        return
    tale.work(0, 2)
    who = decider(tale, row)
    if tale.turn("refuse_return", 0.2):
        tale.do("refuse_return", who, tale.row, reason=tale.note("refuse_return"))
        return
    tale.do("approve_return", who, tale.row, note=tale.note("approve_return"))
    tale.returns += 1
    _give_again(tale, row, proposed)
    if tale.turn("return_again", 0.15):
        _ask_again(tale, row.unit)


def _ask_again(tale: Tale, first: HandlingUnit) -> None:
    """The second unit returns it too; then the congress decides, and that stands."""
    row = tale.row
    assert row.unit is not None, "only units return"
    third = another(tale, first, row.unit)
    tale.work(0, 3)
    reason = words.say(tale, "returned", "again", unit=third.name)
    tale.do("ask_return", tale.officer(row), row, reason=reason, proposed_unit=third)
    tale.work(0, 2)
    tale.do("approve_return", decider(tale, row), tale.row, note=tale.note("approve_return"))
    tale.returns += 1
    decided = words.say(tale, "returned", "decided")
    if row.parent:
        tale.work(0, 1)
        tale.do("take_back", tale.clerk, reason=decided)
    give(tale, Target(unit=third), instructions=decided)


def _give_again(tale: Tale, row: Assignment, unit: HandlingUnit) -> None:
    if row.parent:
        dispatch(tale, unit)
    else:
        give(tale, Target(unit=unit))


def escalate(tale: Tale) -> None:
    """Found out too late for a return: the congress says who handles it."""
    row = tale.row
    assert row.unit is not None, "a venue has nobody to ask"
    officer, proposed = tale.officer(row), another(tale, row.unit)
    if row.state == AssignmentState.ISSUED:
        tale.work(0, 2)
        row = tale.do("sign", officer, row)
    last = row.return_until or local_date(tale.moment)
    tale.to(timing.office(tale.rng, max(tale.moment, timing.at(last, 1020)), 1, 2))
    tale.do(
        "escalate", officer, tale.row, reason=words.say(tale, "escalation", "asked"), proposed_unit=proposed
    )
    tale.work(0, 3)
    # Only the office settles it; what stays with the street's units is decided there as well.
    moves = not row.parent and tale.turn("escalation_moves", 0.35)
    note = words.say(tale, "escalation", "moves" if moves else "stays")
    tale.do("settle_escalation", tale.clerk, tale.row, note=note)
    if moves:
        tale.soon()
        tale.do("take_back", tale.clerk, reason=note)
        give(tale, Target(unit=proposed))
