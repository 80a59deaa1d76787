"""Matters that are not simply accepted: refused, transferred, asked about, urgent, for a higher level."""

from congress_portal.accounts.models import User
from suggestions.enums import CaseLevel, DeclineOutcome, Restriction
from suggestions.models import DeclineReason

from . import feedback, openings, words
from .handling import directly, handle
from .shapes import Decline, Draft
from .tale import Tale

REPEATED, ELSEWHERE, HIGHER, URGENT, ASKED = "N03", "N04", "N05", "N06", "N11"
RUDE, PRIVATE = "N09", "N10"
# What the office looks at twice is mostly rude, seldom private.
DOUBTED = {RUDE: "rude", PRIVATE: "private"}


def declined(tale: Tale) -> None:
    words_of = _receive(tale, *_codes(tale))
    code = tale.cast.reasons[words_of.code]
    given = {"code": code, "text": words_of.explanation, "where_to_go": words_of.where}
    if not code.two_person:
        tale.do("decline", tale.intake, **given)
        return
    tale.do("propose_decline", tale.intake, **given)
    tale.work(0, 1)
    tale.do("confirm_decline", second(tale, code), note=words.say(tale, "ground", "confirmed"))


def _codes(tale: Tale) -> list[str]:
    """The grounds the office knows; a planned one where the story names it."""
    plain = [code for code, reason in tale.cast.reasons.items() if reason.outcome == DeclineOutcome.DECLINE]
    named = [code for code in tale.story.force if code in plain]
    return named or plain


def second(tale: Tale, ground: DeclineReason) -> User:
    """Who confirms what the ground hides from all, or only from the public."""
    return tale.cast.secrecy if ground.hide_from == Restriction.ALL else tale.cast.head


def reconsidered(tale: Tale) -> None:
    """Proposed to be refused, seen in another way by the second person, then handled like any other."""
    openings.receive(tale)
    tale.work(0, 2)
    code = PRIVATE if PRIVATE in tale.story.force else RUDE
    name, ground = DOUBTED[code], tale.cast.reasons[code]
    tale.do(
        "propose_decline", tale.intake, code=ground, text=words.say(tale, "ground", f"proposed_{name}"),
        where_to_go=words.say(tale, "ground", "where"),
    )  # fmt: skip
    tale.work(0, 1)
    tale.do("refuse_decline", second(tale, ground), note=words.say(tale, "ground", f"refused_{name}"))
    _go_on(tale)


def restored(tale: Tale) -> None:
    """Declined as being in hand elsewhere, taken up again by a second person, then handled."""
    openings.receive(tale)
    tale.work(0, 2)
    reason = tale.cast.reasons[REPEATED]
    who = tale.cast.clerks[1] if tale.case.venue is None else tale.liaison
    tale.do("decline", who, code=reason, text=reason.text, where_to_go=reason.where_to_go)
    tale.work(2, 6)
    tale.do("restore", tale.cast.clerks[0], note=tale.note("restore"))
    _go_on(tale)


def _go_on(tale: Tale) -> None:
    openings.take_in(tale)
    handle(tale)
    feedback.conclude(tale)


def transferred(tale: Tale) -> None:
    """Mostly a place in another district, which has a ground of its own."""
    found = tale.cast.corpus.transfer(tale.rng, tale.month)
    openings.receive(tale, draft=outside(tale, found.title, found.text, found.category))
    tale.work(0, 2)
    body = tale.cast.bodies[found.body]
    code = tale.cast.reasons[ELSEWHERE] if found.body.endswith("区") else None
    tale.do("transfer", tale.intake, body=body, text=found.explanation, code=code)


def inquiry(tale: Tale) -> None:
    """Somebody only asks: answered with the first reading."""
    found = _receive(tale, ASKED)
    tale.handled = "direct"
    tale.do(
        "answer_inquiry", tale.intake, category=tale.cast.categories[found.category],
        code=tale.cast.reasons[ASKED], reply=f"您好：\n{found.explanation}\n{found.where}",
    )  # fmt: skip
    feedback.conclude(tale)


def emergency(tale: Tale) -> None:
    """The duty phone rings at once, at night too; next day it is written down what was done."""
    found = tale.cast.corpus.decline(tale.rng, tale.month, codes={URGENT})
    openings.receive(tale, draft=outside(tale, found.title, found.text, found.category))
    tale.until(tale.moment)
    ground = tale.cast.reasons[URGENT]
    tale.do("alarm", tale.system, note=words.say(tale, "ground", "alarm"), code=ground)
    tale.work(0, 0)
    openings.find_place(tale)
    openings.accept(tale)
    tale.handled = "direct"
    directly(tale, text=f"您好：\n{found.explanation}\n{words.say(tale, 'ground', 'seen_to')}")
    feedback.conclude(tale)


def higher(tale: Tale) -> None:
    """Only a higher level can decide it: accepted, and deputies who sit there take it up."""
    found = _receive(tale, HIGHER)
    openings.find_place(tale)
    tale.do(
        "accept", tale.intake, category=tale.cast.categories[found.category], level=CaseLevel.L4,
        note=words.say(tale, "ground", "higher"),
    )  # fmt: skip
    tale.handled = "direct"
    directly(tale, text=f"您好：\n{found.explanation}\n{found.where}")
    feedback.conclude(tale)


def _receive(tale: Tale, *codes: str) -> Decline:
    """Words of one of the grounds come in and are read."""
    found = tale.cast.corpus.decline(tale.rng, tale.month, codes=codes)
    openings.receive(tale, draft=outside(tale, found.title, found.text, found.category))
    tale.work(0, 2)
    return found


def outside(tale: Tale, title: str, text: str, category: str) -> Draft:
    """Words outside the remit in the shape of a draft; they name no house."""
    community = tale.cast.communities[tale.community]
    return Draft(
        category=category, topic="", title=title, text=text, place="", community=community.name,
        community_code=community.code, level="L1", units=(), slots={},
    )  # fmt: skip
