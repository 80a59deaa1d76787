"""From a row in hand to a released reply: signed for, drafted, signed off, reviewed."""

from dataclasses import replace
from datetime import date

from congress_portal.accounts.models import User
from congress_portal.common import workdays
from congress_portal.common.clock import local_date
from suggestions.enums import AnswerClass, AssignmentKind, AssignmentState, ContactPhase, Publicity, State
from suggestions.guards import REPLIERS
from suggestions.models import Assignment

from . import assisting, meeting, overseeing, timing, words
from .shapes import Reply
from .slots import promised_in
from .tale import Tale

SECOND = 2
BEFORE, DURING, AFTER = ContactPhase.BEFORE, ContactPhase.DURING, ContactPhase.AFTER


def answer(tale: Tale, *, again: bool = False) -> None:
    """Every row that gives a reply gives it; `again`: the second handling."""
    rows = tale.rows(*REPLIERS)
    tale.helped = tale.helped and not again
    for row in rows:
        tale.at = row.pk
        _take(tale)
    if len(rows) > 1 and tale.turn("one_answers", 0.1):
        row = tale.fresh(rows.pop())
        tale.work(0, 1)
        tale.do("recall", tale.clerk, row, reason=words.say(tale, "returned", "one_answers"))
    tale.at = rows[0].pk
    _along(tale)
    assisting.add(tale)
    assisting.consult(tale)
    for row in rows:
        tale.at = row.pk
        _write(tale, again=again)
    tale.at = None
    assert tale.case.state == State.REPLIED, tale.case.state


def _take(tale: Tale) -> None:
    if tale.row.state == AssignmentState.ISSUED:
        tale.work(0, 2)
        tale.do("sign", _handler(tale), tale.row)


def _along(tale: Tale) -> None:
    """What others do while it is handled."""
    if tale.turn("handling_note", 0.05) and not tale.case.has_left:
        tale.live(1, 3)
        tale.do("add_note", tale.holder, text=words.resident_note(tale))
    if tale.turn("handling_comment", 0.06):
        tale.work(0, 2)
        tale.do("comment", tale.deputy, text=words.comment(tale))
    overseeing.begin(tale)


def _write(tale: Tale, *, again: bool) -> None:
    row = tale.row
    meeting.visit(tale, row, BEFORE, 0.42 if row.unit else 0.2)
    meeting.ask(tale)
    meeting.more_time(tale)
    meeting.visit(tale, row, DURING, 0.12)
    overseeing.urge(tale)
    tale.work(2, 6)
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
    if row.kind == AssignmentKind.LEAD:
        assisting.wait_for(tale)
    _release(tale, reviewer)
    meeting.visit(tale, row, AFTER, 0.15 if row.unit else 0.08)


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


def _draft(tale: Tale, *, again: bool) -> None:
    row, answers = tale.row, None
    if row.unit is None:
        letter = tale.cast.corpus.venue_reply(
            tale.rng, community=tale.community, date=local_date(tale.moment), venue=tale.venue.name,
            title=tale.draft.title, since=local_date(tale.case.received_at),
        )  # fmt: skip
        tale.do("draft", _drafter(tale), row, text=letter.text)
        return
    if tale.draft.points and tale.case.points.exists():
        letter, answers = _by_points(tale, row.unit.name, again=again)
    else:
        letter = _letter(tale, row, again=again)
    tale.do(
        "draft", _drafter(tale), row, text=letter.text, answers=answers, promises=_promises(tale, letter),
        answer_class=AnswerClass(letter.answer_class),
    )  # fmt: skip
    if again:
        tale.pause("draft_again")


def _letter(tale: Tale, row: Assignment, *, again: bool) -> Reply:
    assert row.unit is not None, "a venue writes another letter"
    corpus, draft = tale.cast.corpus, tale.draft
    by = _staged_day(tale)
    answer_class = "B" if by else corpus.answer_class(tale.rng, draft.category, draft.topic)
    letter = corpus.reply(
        tale.rng, draft.category, answer_class, community=tale.community, date=local_date(tale.moment),
        title=draft.title, topic=draft.topic, unit=row.unit.name, since=local_date(tale.case.received_at),
        again=again, by=by, besides=_besides(tale, row),
    )  # fmt: skip
    text = letter.text
    if row.round > SECOND:
        text = text.replace("首次答复不满意", "前次答复不满意").replace("第二次办理结果", "重新办理的结果")
    return replace(letter, text=text)


def _besides(tale: Tale, row: Assignment) -> str:
    """What the letter says of others who have a part in it."""
    if row.kind == AssignmentKind.SEPARATE:
        return assisting.separately(tale)
    return assisting.named(tale) if tale.helped else ""


def _staged_day(tale: Tale) -> date | None:
    """The day the story wants to be promised; never one before the letter."""
    days = tale.story.promise
    if days is None:
        return None
    present = local_date(tale.cast.until)
    day = workdays.add_workdays(present, days) if days > 0 else timing.workdays_back(present, -days)
    return max(day, local_date(tale.moment))


def _by_points(tale: Tale, unit: str, *, again: bool) -> tuple[Reply, list[str]]:
    """The opening of a reply to a case of several points, and the answer to each of them."""
    draft, corpus = tale.draft, tale.cast.corpus
    words_of, promises = corpus.dates(
        tale.rng, draft.category, local_date(tale.moment), local_date(tale.case.received_at),
        by=_staged_day(tale),
    )  # fmt: skip
    slots = {name: value for name, value in draft.slots.items() if name not in words.OWN} | words_of
    answers = [
        corpus.fill(tale.rng, line, community=tale.community, month=tale.month, **slots)
        for line in draft.answers
    ]
    if again:
        answers = [words.say(tale, "letter", "point_again") + line for line in answers]
    opening = words.say(
        tale, "letter", "several_again" if again else "several", unit=unit,
        section=corpus.section(draft.category, unit),
    )  # fmt: skip
    letter = Reply(draft.answer_class, f"您好：\n{opening}")
    if draft.answer_class == "B":
        promise = corpus.fill(
            tale.rng, promised_in("".join(draft.answers), promises), community=tale.community,
            month=tale.month, **slots,
        )  # fmt: skip
        letter = replace(letter, promised=promises["due"], promise=promise)
    return letter, answers


def _promises(tale: Tale, letter: Reply) -> list[tuple[str, date]]:
    """What the letter says will be done, as a dated promise; for C a look at it again after a while."""
    today, day = local_date(tale.moment), letter.promised
    if letter.answer_class == AnswerClass.B:
        words_of = letter.promise or tale.note("promise")
        return [(words_of, day if day and day >= today else workdays.add_days(today, 60))]
    if letter.answer_class == AnswerClass.C:
        return [(tale.note("promise_look_again"), workdays.add_days(today, 180))]
    return []


def _handler(tale: Tale) -> User:
    row = tale.row
    if row.unit:
        return tale.officer(row)
    return tale.liaison if tale.rng.random() < 0.6 else tale.deputy


def _drafter(tale: Tale) -> User:
    """The officer of the unit; at a venue the liaison officer, so that the writer can take a draft back."""
    row = tale.row
    return tale.officer(row) if row.unit else tale.liaison


def _leader(tale: Tale) -> User:
    """A second reply is signed by the principal; for a venue sign its convener or the street."""
    row = tale.row
    if row.unit is None:
        if tale.turn("committee_signs", 0.3):
            return tale.committee
        return tale.cast.conveners[tale.venue.pk]
    if row.round > 1:
        return tale.cast.principals[row.unit.code]
    return tale.rng.choice(tale.cast.leaders[row.unit.code])
