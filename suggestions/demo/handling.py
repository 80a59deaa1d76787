"""From accepted to replied: given to a unit or to the venue, or answered at once by people of the venue."""

from collections.abc import Callable
from datetime import date

from congress_portal.accounts.models import User
from congress_portal.common import workdays
from congress_portal.common.clock import local_date
from suggestions import clocks
from suggestions.enums import AnswerClass, AssignmentState, Publicity, State
from suggestions.inputs import Target
from suggestions.models import ClockRule, HandlingUnit

from . import words
from .tale import Tale

SECOND = 2
SPOT_LEVEL, COMPLEX_LEVELS = "L1", ("L3", "L4")
# Where old people are who suffers.
FRAIL = ("ELDER_CARE", "ELDER_MEALS", "ELEVATOR")
COURSES = ("unit", "venue", "direct")
# How a small matter of the neighbourhood is settled, and one of the street.
SPOT_WEIGHTS, STREET_WEIGHTS = (30, 44, 26), (86, 7, 7)


def handle(tale: Tale) -> None:
    """An accepted case gets its reply."""
    tale.handled = tale.story.course or _course(tale)
    HANDLE[tale.handled](tale)


def _course(tale: Tale) -> str:
    level = tale.draft.level
    if level in COMPLEX_LEVELS:
        return "unit"
    return tale.rng.choices(COURSES, SPOT_WEIGHTS if level == SPOT_LEVEL else STREET_WEIGHTS)[0]


def by_unit(tale: Tale) -> None:
    unit = next(tale.unit(code) for code in tale.draft.units if not tale.unit(code).coordination_only)
    give(tale, Target(unit=unit))
    _meanwhile(tale)
    answer(tale)


def by_venue(tale: Tale) -> None:
    give(tale, Target(venue=tale.venue))
    answer(tale)


def directly(tale: Tale) -> None:
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
    tale.do("answer_direct", who, reply=letter.text)


HANDLE: dict[str, Callable[[Tale], None]] = {"unit": by_unit, "venue": by_venue, "direct": directly}


def give(tale: Tale, target: Target) -> None:
    """The clerk assigns it, at most up to the date told to the resident."""
    tale.work(0, 2)
    frail = tale.draft.category in FRAIL
    instructions = tale.note("assign", never="" if frail else "老年人") if tale.rng.random() < 0.5 else ""
    tale.do("assign", tale.clerk, assignments=[target], due=_due(tale), instructions=instructions)


def _due(tale: Tale) -> date:
    today = local_date(tale.moment)
    told = clocks.reply_due(tale.case)
    if told and told >= today:
        return told
    complex_matter = tale.draft.level in COMPLEX_LEVELS and tale.rng.random() < 0.3
    return clocks.limit(ClockRule.Key.REPLY_COMPLEX if complex_matter else ClockRule.Key.REPLY, today)


def _meanwhile(tale: Tale) -> None:
    """What may happen to a case in hand before the unit begins."""
    if tale.turn("take_back", 0.012):
        tale.work(0, 1)
        tale.do("take_back", tale.clerk, reason=tale.note("take_back"))
        give(tale, Target(unit=_another(tale)))
    if tale.turn("return", 0.05):
        _ask_return(tale)
    if tale.turn("flag", 0.03):
        tale.work(0, 1)
        tale.do("flag", tale.clerk, flags=["is_key"], reason=tale.note("flag"))
    if tale.turn("redate", 0.02):
        tale.work(0, 2)
        due = workdays.add_workdays(max(clocks.reply_due(tale.case) or date.min, local_date(tale.moment)), 5)
        tale.do("redate", tale.clerk, due=due, reason=tale.note("redate"))


def _another(tale: Tale) -> HandlingUnit:
    """A second unit for the matter, the street's office if the text names none."""
    now = tale.case.assignments.select_related("unit").last()
    units = [*(tale.unit(code) for code in tale.draft.units), tale.street_office, tale.unit("GOV")]
    return next(unit for unit in units if not unit.coordination_only and not (now and unit == now.unit))


def _ask_return(tale: Tale) -> None:
    """The unit says that it is not its business; three of four times it is right."""
    row = tale.row
    assert row.unit is not None, "only units return"
    given = tale.cast.corpus.return_case(
        tale.rng, tale.draft.category, unit=row.unit.code, community=tale.community
    )
    if given is None or tale.unit(given.unit).coordination_only:
        return
    tale.work(0, 3)
    officer = tale.cast.officers[row.unit.code]
    tale.do("ask_return", officer, row, reason=given.reason, proposed_unit=tale.unit(given.unit))
    if tale.turn("cancel_return", 0.1):
        tale.work(0, 1)
        tale.do("cancel_return", officer, tale.row, reason=tale.note("cancel_return"))
        return
    tale.work(0, 2)
    if tale.turn("refuse_return", 0.2):
        tale.do("refuse_return", tale.clerk, tale.row, reason=tale.note("refuse_return"))
        return
    tale.do("approve_return", tale.clerk, tale.row, note=tale.note("approve_return"))
    give(tale, Target(unit=tale.unit(given.unit)))


def answer(tale: Tale, *, again: bool = False) -> None:
    """Signed for, drafted, signed off, released. `again`: the second handling."""
    if tale.row.state == AssignmentState.ISSUED:
        tale.work(0, 2)
        tale.do("sign", _handler(tale), tale.row)
    if tale.turn("handling_note", 0.05):
        tale.live(1, 3)
        tale.do("add_note", tale.holder, text=words.resident_note(tale))
    if tale.turn("handling_comment", 0.06):
        tale.work(0, 2)
        tale.do("comment", tale.deputy, text=words.comment(tale))
    tale.work(2, 9)
    _draft(tale, again=again)
    if tale.turn("undo_draft", 0.02):
        tale.soon()
        tale.do("undo_draft", _drafter(tale), tale.row)
        tale.work(0, 1)
        _draft(tale, again=again)
    tale.work(0, 2)
    if tale.turn("send_back", 0.06):
        tale.do("send_back", _leader(tale), tale.row, reason=tale.note("send_back"))
        _redraft(tale, again=again)
        tale.work(0, 1)
    tale.do("sign_off", _leader(tale), tale.row)
    tale.work(0, 2)
    reviewer = tale.rng.choice(tale.cast.reviewers)
    if tale.turn("review_back", 0.05):
        tale.do("send_back", reviewer, tale.row, reason=tale.note("send_back"))
        _redraft(tale, again=again)
        tale.work(0, 1)
        tale.do("sign_off", _leader(tale), tale.row)
        tale.work(0, 1)
    _release(tale, reviewer)


def _redraft(tale: Tale, *, again: bool) -> None:
    tale.work(0, 2)
    _draft(tale, again=again)


def _release(tale: Tale, reviewer: User) -> None:
    closed = tale.turn("on_request", 0.06)
    tale.do(
        "release", reviewer, tale.row,
        publicity=Publicity.ON_REQUEST if closed else Publicity.OPEN,
        publicity_reason="答复涉及个别住户的情况，依申请公开。" if closed else "",
    )  # fmt: skip
    assert tale.case.state == State.REPLIED, tale.case.state


def _draft(tale: Tale, *, again: bool) -> None:
    row, corpus, draft = tale.row, tale.cast.corpus, tale.draft
    today, since = local_date(tale.moment), local_date(tale.case.received_at)
    if row.unit is None:
        letter = corpus.venue_reply(
            tale.rng, community=tale.community, date=today, venue=tale.venue.name, title=draft.title,
            since=since,
        )  # fmt: skip
        tale.do("draft", _drafter(tale), row, text=letter.text)
        return
    answer_class = corpus.answer_class(tale.rng, draft.category, draft.topic)
    letter = corpus.reply(
        tale.rng, draft.category, answer_class, community=tale.community, date=today, title=draft.title,
        topic=draft.topic, unit=row.unit.name, since=since, again=again,
    )  # fmt: skip
    text = letter.text
    if row.round > SECOND:
        text = text.replace("首次答复不满意", "前次答复不满意").replace("第二次办理结果", "重新办理的结果")
    promises = _promises(tale, answer_class, letter.promised)
    tale.do(
        "draft", _drafter(tale), row, text=text, answer_class=AnswerClass(answer_class), promises=promises
    )


def _promises(tale: Tale, answer_class: str, day: date | None) -> list[tuple[str, date]]:
    """What the letter says will be done, as a dated promise; for C a look at it again after a while."""
    today = local_date(tale.moment)
    if answer_class == AnswerClass.B:
        return [(tale.note("promise"), day if day and day >= today else workdays.add_days(today, 60))]
    return [(tale.note("promise_look_again"), workdays.add_days(today, 180))] if answer_class == "C" else []


def _handler(tale: Tale) -> User:
    row = tale.row
    if row.unit:
        return tale.cast.officers[row.unit.code]
    return tale.liaison if tale.rng.random() < 0.6 else tale.deputy


def _drafter(tale: Tale) -> User:
    """The officer of the unit; at a venue the liaison officer, so that the writer can take a draft back."""
    row = tale.row
    return tale.cast.officers[row.unit.code] if row.unit else tale.liaison


def _leader(tale: Tale) -> User:
    row = tale.row
    return tale.cast.leaders[row.unit.code] if row.unit else tale.cast.conveners[tale.venue.pk]
