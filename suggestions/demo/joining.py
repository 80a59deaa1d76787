"""One fault, many households: cases that are joined, and go on each with its own reply and rating."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from suggestions.enums import CaseLevel
from suggestions.inputs import Target

from . import feedback, openings, promising
from .answering import answer
from .giving import give, lead_unit
from .handling import handle
from .tale import SEED, Enough, Over, Tale


def repeated(tale: Tale) -> None:
    """The same person sends the same thing again; it is joined and not counted."""
    openings.receive(tale)
    openings.take_in(tale)
    again = _sibling(tale, 1)
    again.live(0, 2)
    words = replace(tale.draft, text=f"{tale.draft.text}\n前几天提过，再提一次。")
    openings.receive(again, draft=words, person=tale.serial)
    again.work(0, 1)
    openings.find_place(again)
    again.do("merge", again.clerk, lead=tale.case, same_person=True, note=again.note("merge", about="同一人"))
    tale.moment = again.moment
    tale.refresh()
    handle(tale)
    _end_together(tale, [again])


def cluster(tale: Tale) -> None:
    """The first is the lead, the others are joined while it is in hand."""
    openings.receive(tale)
    openings.take_in(tale)
    tale.handled = "unit"
    give(tale, Target(unit=lead_unit(tale)))
    begun = tale.moment
    # One of them may turn out to be about something else.
    odd = tale.turn("unmerge", 0.15)
    children = [child for child in _joined(tale, odd=odd) if child is not None]
    # The unit answers after the last of them has been joined.
    tale.moment = max([begun, *(child.moment for child in children)])
    tale.refresh()
    tale.pause("joined")
    if odd and children:
        _take_out(children.pop(0), tale)
        tale.refresh()
    if children and tale.turn("leave", 0.1):
        # Who was the first wants no more of it; the neighbours do.
        tale.live(0, 2)
        tale.do("leave", tale.holder)
    answer(tale)
    _end_together(tale, children)


def _end_together(lead: Tale, children: list[Tale]) -> None:
    """Everybody rates; then what was promised to all of them comes, and what was promised to one alone."""
    try:
        feedback.conclude(lead)
    except (Over, Enough):
        pass
    for child in children:
        _follow(child, lead)
    for tale in (lead, *children):
        tale.refresh()
        tale.moment = max(other.moment for other in (lead, *children))
        try:
            promising.later(tale)
        except (Over, Enough):
            continue


def _joined(lead: Tale, *, odd: bool) -> Iterator[Tale | None]:
    moment = lead.moment
    for place in range(1, lead.story.size):
        child = _sibling(lead, place)
        child.moment = moment
        try:
            child.live(0, 0)
            moment = child.moment
            if odd and place == 1:
                child.find_draft(lead.draft.category)
            else:
                child.take(child.cast.corpus.neighbour(child.rng, lead.draft))
            openings.receive(child, draft=child.draft)
            child.work(0, 1)
            openings.find_place(child)
            child.do(
                "merge",
                child.clerk,
                lead=lead.case,
                same_person=False,
                note=child.note("merge", never="同一人"),
            )
        except Over:
            # Sent, and not joined yet.
            yield None
            return
        yield child


def _follow(child: Tale, lead: Tale) -> None:
    """The lead's reply reached the joined case; its own resident rates it."""
    child.refresh()
    child.handled = lead.handled
    if child.case.replied_at is None:
        return
    child.moment = child.case.replied_at
    try:
        feedback.conclude(child)
    except (Over, Enough):
        return


def _take_out(child: Tale, lead: Tale) -> None:
    """It turned out to be another matter: handled on its own from here."""
    child.moment = lead.moment
    child.refresh()
    child.work(0, 1)
    category, level = child.cast.categories[child.draft.category], CaseLevel.L2
    child.do("unmerge", child.cast.clerks[0], note=child.note("unmerge"), category=category, level=level)
    try:
        give(child, Target(unit=child.street_office))
        child.handled = "unit"
        answer(child)
        feedback.conclude(child)
    except (Over, Enough):
        return


def _sibling(tale: Tale, place: int) -> Tale:
    rng = Random(f"{SEED}/{tale.story.index}/{place}")
    sibling = Tale(tale.cast, tale.story, rng, tale.moment, tale.community, tale.pace, place)
    sibling.take(tale.draft)
    tale.kin.append(sibling)
    return sibling
