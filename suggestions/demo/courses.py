"""The kinds of stories: what happens to a case from the first word to the last, as far as time has come."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from congress_portal.common.clock import local_date
from suggestions.enums import CaseLevel, DeclineOutcome, Restriction
from suggestions.inputs import Target

from . import feedback, openings
from .cast import Cast
from .handling import answer, give, handle
from .shapes import Draft
from .tale import Enough, Over, Story, Tale

SEED = 20261119
# Words of these grounds would have to be hidden or say something else than the case; see `declined`.
REPEATED = "N03"
# Where a story may stay lying, when the venue is slack.
STUCK_AFTER = ("submit", "accept", "assign", "assign", "sign", "sign", "sign", "draft")


def tell_story(cast: Cast, story: Story) -> None:
    """Walk the cases of one story through the door; what comes back is in the database."""
    rng = Random(f"{SEED}/{story.index}")
    served = cast.served.get(story.at)
    community = rng.choice(served or list(cast.communities))
    # Every station has a pace of its own, so that their figures differ.
    pace = Random(f"pace/{cast.stations[community].code}").uniform(0.6, 1.5)
    tale = Tale(cast, story, rng, story.start, community, pace)
    if "stuck" in story.force and not story.staged:
        tale.stuck = rng.choice(STUCK_AFTER)
    try:
        KINDS[story.kind](tale)
    except Enough:
        return
    except Over:
        if story.stop or not tale.has_begun:
            # What was planned is not there: the loader begins earlier.
            raise


def ordinary(tale: Tale) -> None:
    openings.receive(tale)
    openings.take_in(tale)
    handle(tale)
    feedback.conclude(tale)


def answered(tale: Tale) -> None:
    openings.answered_at_desk(tale)
    tale.take(_bare_draft(tale))
    if tale.turn("rated_at_desk", 0.3) and tale.case.registered_by != tale.liaison:
        tale.soon()
        told = {"how": "DESK", "who": "反映人本人", "when": local_date(tale.moment)}
        tale.do("rate_ok", tale.liaison, level="SATISFIED", process="SATISFIED", **told)
        return
    feedback.conclude(tale)


def declined(tale: Tale) -> None:
    words = tale.cast.corpus.decline(tale.rng, tale.month, codes=_codes(tale))
    openings.receive(tale, draft=_outside(tale, words.title, words.text, words.category))
    tale.work(0, 2)
    who = tale.clerk if tale.case.venue is None else tale.intake
    code = tale.cast.reasons[words.code]
    given = {"code": code, "text": words.explanation, "where_to_go": words.where}
    if not code.two_person:
        tale.do("decline", who, **given)
        return
    tale.do("propose_decline", who, **given)
    tale.work(0, 1)
    second = tale.cast.secrecy if code.hide_from == Restriction.ALL else tale.cast.head
    tale.do("confirm_decline", second)


def _codes(tale: Tale) -> list[str]:
    """The grounds the office knows; a planned one where the story names it."""
    plain = [code for code, reason in tale.cast.reasons.items() if reason.outcome == DeclineOutcome.DECLINE]
    named = [code for code in tale.story.force if code in plain]
    return named or plain


def restored(tale: Tale) -> None:
    """Declined as being in hand elsewhere, taken up again by a second person, then handled."""
    openings.receive(tale)
    tale.work(0, 2)
    reason = tale.cast.reasons[REPEATED]
    who = tale.cast.clerks[1] if tale.case.venue is None else tale.liaison
    tale.do("decline", who, code=reason, text=reason.text, where_to_go=reason.where_to_go)
    tale.work(2, 6)
    tale.do("restore", tale.cast.clerks[0], note=tale.note("restore"))
    openings.take_in(tale)
    handle(tale)
    feedback.conclude(tale)


def transferred(tale: Tale) -> None:
    words = tale.cast.corpus.transfer(tale.rng, tale.month)
    openings.receive(tale, draft=_outside(tale, words.title, words.text, words.category))
    tale.work(0, 2)
    who = tale.clerk if tale.case.venue is None else tale.intake
    tale.do("transfer", who, body=tale.cast.bodies[words.body], text=words.explanation)


def withdrawn(tale: Tale) -> None:
    openings.receive(tale)
    if tale.turn("withdrawn_late", 0.5):
        openings.take_in(tale)
    if tale.turn("withdrawn_in_hand", 0.3) and tale.case.state == "ACCEPTED":
        give(tale, Target(unit=tale.street_office))
    tale.live(0, 3)
    tale.do("withdraw", tale.holder, reason=tale.cast.corpus.withdraw_reason(tale.rng))


def unsupplemented(tale: Tale) -> None:
    """More was asked and nothing came."""
    openings.receive(tale)
    tale.work(0, 2)
    words = tale.cast.corpus.supplement(tale.rng, tale.draft)
    who = tale.clerk if tale.case.venue is None else tale.intake
    tale.do("ask_more", who, question=words.question)
    tale.night_after_due()
    tale.do("lapse_supplement", tale.system)


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
    feedback.conclude(tale)
    _follow(again, tale)


def cluster(tale: Tale) -> None:
    """One fault, many households: the first is the lead, the others are joined while it is in hand."""
    openings.receive(tale)
    openings.take_in(tale)
    unit = next(tale.unit(code) for code in tale.draft.units if not tale.unit(code).coordination_only)
    tale.handled = "unit"
    give(tale, Target(unit=unit))
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
    answer(tale)
    try:
        feedback.conclude(tale)
    except (Over, Enough):
        pass
    for child in children:
        _follow(child, tale)


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
    return sibling


def _outside(tale: Tale, title: str, text: str, category: str) -> Draft:
    """Words outside the remit in the shape of a draft; they name no house."""
    community = tale.cast.communities[tale.community]
    return Draft(
        category=category, topic="", title=title, text=text, place="", community=community.name,
        community_code=community.code, level="L1", units=(), slots={},
    )  # fmt: skip


def _bare_draft(tale: Tale) -> Draft:
    category = tale.case.category
    assert category is not None, "what was answered has a category"
    return _outside(tale, tale.case.title, tale.case.text, category.code)


KINDS: dict[str, Callable[[Tale], None]] = {
    "ordinary": ordinary,
    "answered": answered,
    "declined": declined,
    "restored": restored,
    "transferred": transferred,
    "withdrawn": withdrawn,
    "unsupplemented": unsupplemented,
    "repeated": repeated,
    "cluster": cluster,
}
