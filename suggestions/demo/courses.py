"""The kinds of stories: what happens to a case from the first word to the last, as far as time has come."""

from collections.abc import Callable
from random import Random

from congress_portal.common.clock import local_date
from suggestions.inputs import Target

from . import feedback, grounds, joining, nightly, openings, promising
from .cast import Cast
from .giving import give
from .handling import handle
from .shapes import Draft
from .tale import SEED, Enough, Over, Story, Tale

# Where a story may stay lying, when the venue is slack.
STUCK_AFTER = ("submit", "accept", "assign", "assign", "sign", "sign", "sign", "draft")


def tell_story(cast: Cast, story: Story, *, attempt: int = 0) -> None:
    """Walk the cases of one story through the door; what comes back is in the database.

    Over: the stop of the story was not reached; another `attempt` has other chances.
    """
    rng = Random(f"{SEED}/{story.index}" + (f"/attempt {attempt}" if attempt else ""))
    served = cast.served.get(story.at)
    community = rng.choice(served or list(cast.communities))
    # Every station has a pace of its own, so that their figures differ.
    pace = Random(f"pace/{cast.stations[community].code}").uniform(0.6, 1.5)
    tale = Tale(cast, story, rng, story.start, community, pace)
    if "stuck" in story.force and not story.staged:
        tale.stuck = rng.choice(STUCK_AFTER)
    try:
        KINDS[story.kind](tale)
        if not tale.kin:
            promising.later(tale)
    except Enough:
        pass
    except Over:
        if story.stop or not tale.has_begun:
            # What was planned is not there: the loader begins earlier.
            raise
    else:
        if story.stop and not tale.kin:
            # The chances led past it.
            raise Over
    for one in (tale, *tale.kin):
        if one.has_begun:
            nightly.until_now(one, among_others=bool(tale.kin))


def ordinary(tale: Tale) -> None:
    openings.receive(tale)
    openings.take_in(tale)
    handle(tale)
    feedback.conclude(tale)


def several(tale: Tale) -> None:
    """Somebody asks for several things at once; each of them is answered."""
    tale.take(tale.cast.corpus.pick_several(tale.rng, tale.month, community=tale.community))
    openings.receive(tale, draft=tale.draft)
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
    tale.do("ask_more", tale.intake, question=words.question)
    tale.night_after_due()
    tale.do("lapse_supplement", tale.system)


def _bare_draft(tale: Tale) -> Draft:
    category = tale.case.category
    assert category is not None, "what was answered has a category"
    return grounds.outside(tale, tale.case.title, tale.case.text, category.code)


KINDS: dict[str, Callable[[Tale], None]] = {
    "ordinary": ordinary,
    "several": several,
    "answered": answered,
    "declined": grounds.declined,
    "reconsidered": grounds.reconsidered,
    "restored": grounds.restored,
    "transferred": grounds.transferred,
    "inquiry": grounds.inquiry,
    "emergency": grounds.emergency,
    "higher": grounds.higher,
    "withdrawn": withdrawn,
    "unsupplemented": unsupplemented,
    "repeated": joining.repeated,
    "cluster": joining.cluster,
}
