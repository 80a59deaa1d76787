"""Replies as the resident reads them: letters that hold, what became of their promises, earlier ones."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from congress_portal.common import clock
from congress_portal.common.clock import local_date
from congress_portal.common.numerals import chinese_numeral
from congress_portal.common.templatetags.portal import zh_date

from . import workflow as w
from .enums import AnswerClass, AssignmentKind, AssignmentState, PromiseStatus
from .models import Assignment, Event, Promise, Reply, ReplyClass, Suggestion
from .timeline import venue_at
from .tracking import OFFICE

AT_ONCE = ("answer_direct", "register_answered", "answer_inquiry")

# Where the office has no row for a class any more.
ANSWER_CLASSES = {
    AnswerClass.A: pgettext_lazy("answer class, plain words", "Solved, or mostly solved"),
    AnswerClass.B: pgettext_lazy("answer class, plain words", "Being solved, or planned"),
    AnswerClass.C: pgettext_lazy("answer class, plain words", "Cannot be solved for now"),
    AnswerClass.D: pgettext_lazy("answer class, plain words", "Kept for reference"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One point of the case and what the reply says to it."""

    heading: str
    text: str


@dataclass(slots=True)
class Promised:
    """What a reply promised by a day, what became of it, and what was written about that.

    `state` is a colour group of the tags; `open`: its day is still ahead.
    """

    text: str
    due: date
    state: str
    words: str
    open: bool = False
    news: list["Letter"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a unit that helped has told the one that replies; "" where it did not in time."""

    who: str
    text: str


@dataclass(slots=True)
class Letter:
    """One reply as it is set on the page. What its writer wrote already is not set a second time.

    `text` is the whole letter, or its opening words where `points` answer the case one by one.
    """

    text: str
    salutation: str
    signer: str
    date: date | None
    result: str | LazyText
    corrected: bool
    round: int
    number: str = ""
    points: list[Answer] = field(default_factory=list)
    promises: list[Promised] = field(default_factory=list)
    opinions: list[Opinion] = field(default_factory=list)
    # What was written later and belongs to no promise that is still known.
    news: list["Letter"] = field(default_factory=list)
    pk: int = 0

    @property
    def sign(self) -> str:
        """Who signs below the text, unless the text ends with it."""
        return self.signer if self.date else ""

    @property
    def later(self) -> list["Letter"]:
        """Everything that was written after it about what it promised."""
        return [*(letter for promise in self.promises for letter in promise.news), *self.news]

    @property
    def latest_result(self) -> str | LazyText:
        """The class in the words of the day, as the unit gave it last."""
        return next((letter.result for letter in reversed(self.later) if letter.result), self.result)


def letters(case: Suggestion) -> tuple[list[Letter], list[Letter]]:
    """Replies that hold now, one for each who replied; and all earlier ones, newest first."""
    released = list(case.replies.all())
    if not released:
        return [], []
    known = {reply.pk: reply for reply in released}
    replaced = {reply.corrects_id for reply in released if reply.corrects_id}
    main = [reply for reply in released if not _follows_up(_first(reply, known))]
    last_round = max((reply.round for reply in main), default=0)
    current = [reply for reply in main if reply.round == last_round and reply.pk not in replaced]
    earlier = [reply for reply in reversed(main) if reply not in current]
    plain = dict(ReplyClass.objects.values_list("code", "plain"))
    made = {reply.pk: _letter(case, reply, plain) for reply in released}
    # What was replaced stays readable, but what it promised stands below the letter that holds.
    holding = [reply for reply in main if reply.pk not in replaced]
    _add_promises(made, holding, _news(released, known, replaced), _promises_of(holding))
    _add_opinions(made, holding)
    return [made[reply.pk] for reply in current], [made[reply.pk] for reply in earlier]


# Setting a letter --------------------------------------------------------------------------------


def signer_of(case: Suggestion, reply: Reply) -> str:
    """Who answers: the unit or venue it was given to, else the venue or the office that answered at once."""
    if reply.assignment:
        return str(reply.assignment.assignee)
    direct = _answered_at_once(case, reply)
    by_venue = direct is not None and direct.role in (w.LIAISON, w.DEPUTY)
    return (venue_at(case, direct) if direct and by_venue else "") or str(OFFICE)


def _answered_at_once(case: Suggestion, reply: Reply) -> Event | None:
    """The step the reply came with; a case may be answered at once in more than one round."""
    before = (event for event in case.events.all() if event.action in AT_ONCE)
    given = [event for event in before if reply.released_at is None or event.happened_at <= reply.released_at]
    return max(given, key=lambda event: event.seq, default=None)


def lines_of(text: str) -> list[str]:
    """Those with something on them; [""] for a text of nothing."""
    return [line.strip() for line in text.splitlines() if line.strip()] or [""]


def names_its_reader(line: str) -> bool:
    """Whether the first line of a letter is a salutation of its own."""
    return len(line) <= 20 and line.endswith(("：", ":", "您好"))


def _letter(case: Suggestion, reply: Reply, plain: dict[str, str]) -> Letter:
    assert reply.released_at is not None, "only released replies are loaded"
    signer = signer_of(case, reply)
    code = reply.answer_class
    text, points = answered(reply)
    salutation, signed = frame(reply.text, signer)
    return Letter(
        text=text,
        salutation=salutation,
        signer=signer,
        date=None if signed else local_date(reply.released_at),
        result=(plain.get(code) or ANSWER_CLASSES[AnswerClass(code)]) if code else "",
        corrected=reply.corrects_id is not None,
        round=reply.round,
        number=reply.document_number,
        points=points,
        pk=reply.pk,
    )


def frame(text: str, signer: str) -> tuple[str, bool]:
    """The salutation a text still needs, "" if it has one, and whether it is signed at its end already."""
    lines = lines_of(text)
    greeted = lines[0].startswith("您好") or names_its_reader(lines[0])
    return "" if greeted else _("Dear resident:"), signer in lines[-2:]


def answered(reply: Reply) -> tuple[str, list[Answer]]:
    """Opening words and answers of a letter by points; (the text, []) of one written in one piece.

    The points are read from the letter itself: those of the case may have been put differently since, and a
    joined case has the letter of its lead.
    """
    rest, points = reply.text.removeprefix(reply.opening), []
    for number, answer in enumerate(reply.answers, 1):
        mark = f"\n\n{chinese_numeral(number)}、"
        point, _newline, after = rest.removeprefix(mark).partition("\n")
        if not (rest.startswith(mark) and after.startswith(answer)):
            return reply.text, []
        points.append(Answer(f"{chinese_numeral(number)}、{point}", answer))
        rest = after.removeprefix(answer)
    return (reply.opening, points) if points and not rest.strip() else (reply.text, [])


# What became of it -------------------------------------------------------------------------------


def _first(reply: Reply, known: dict[int, Reply]) -> Reply:
    """The reply this one corrects, however often it was corrected."""
    while reply.corrects_id in known:
        reply = known[reply.corrects_id]
    return reply


def _follows_up(reply: Reply) -> bool:
    """Whether it tells what became of a promise: nobody signs that off, a unit's reply always."""
    return reply.assignment_id is not None and reply.signed_by_id is None and reply.corrects_id is None


def _news(
    released: Iterable[Reply], known: dict[int, Reply], replaced: set[int]
) -> dict[int, list[tuple[Reply, Reply]]]:
    """Assignment → (first version, version that holds) of what was written later, oldest first."""
    found: dict[int, list[tuple[Reply, Reply]]] = defaultdict(list)
    for reply in released:
        first = _first(reply, known)
        if reply.pk not in replaced and _follows_up(first) and first.assignment_id:
            found[first.assignment_id].append((first, reply))
    return found


def _promises_of(replies: Iterable[Reply]) -> dict[int, list[Promise]]:
    """Assignment → its promises; those of the lead where the case was joined to it."""
    rows = [reply.assignment_id for reply in replies if reply.assignment_id]
    found: dict[int, list[Promise]] = defaultdict(list)
    if rows:
        for promise in Promise.objects.filter(assignment__in=rows).select_related("moved_to"):
            found[promise.assignment_id].append(promise)
    return found


def _add_promises(
    made: dict[int, Letter],
    holding: Iterable[Reply],
    news: dict[int, list[tuple[Reply, Reply]]],
    promises: dict[int, list[Promise]],
) -> None:
    for reply in holding:
        if reply.assignment_id is None:
            continue
        letter, later = made[reply.pk], news.get(reply.assignment_id, [])
        for promise in promises.get(reply.assignment_id, []):
            line = _promised(promise)
            told = next((pair for pair in later if _tells_of(pair[0], promise)), None)
            if told:
                later.remove(told)
                line.news.append(made[told[1].pk])
            letter.promises.append(line)
        letter.news += [made[version.pk] for _reply, version in later]


def _tells_of(reply: Reply, promise: Promise) -> bool:
    """Its own follow-up, or the copy a joined case got in the same moment."""
    own = promise.follow_up_id is not None and reply.suggestion_id == promise.suggestion_id
    return promise.follow_up_id == reply.pk if own else promise.settled_at == reply.released_at


def _promised(promise: Promise) -> Promised:
    state, words = "waiting", _("The day is over; we are checking what was done")
    if promise.status == PromiseStatus.KEPT:
        state, words = "done", _("Done")
    elif promise.status == PromiseStatus.BROKEN:
        state, words = "overdue", _("Not done")
    elif promise.status == PromiseStatus.MOVED and promise.moved_to:
        state, words = "stopped", _("Moved to %(day)s") % {"day": zh_date(promise.moved_to.due_on)}
    elif promise.status == PromiseStatus.MOVED:
        state, words = "stopped", _("Taken up in a newer reply")
    elif promise.due_on >= clock.today():
        state, words = "moving", _("Still to come")
    return Promised(promise.text, promise.due_on, state, words, open=state == "moving")


def _add_opinions(made: dict[int, Letter], holding: Iterable[Reply]) -> None:
    """Below the reply of a lead: who helped, and what they said."""
    leads = {
        reply.assignment.pk: made[reply.pk]
        for reply in holding
        if reply.assignment and reply.assignment.kind == AssignmentKind.LEAD
    }
    if not leads:
        return
    rows = Assignment.objects.filter(pk__in=leads).values_list("pk", "suggestion", "round", "parent")
    beside = {(case, number, parent): leads[pk] for pk, case, number, parent in rows}
    helped = Assignment.objects.filter(
        suggestion__in={key[0] for key in beside}, kind=AssignmentKind.ASSISTING,
        state__in=(AssignmentState.GIVEN, AssignmentState.MISSED),
    ).select_related("unit", "venue", "opinion")  # fmt: skip
    for row in helped:
        letter = beside.get((row.suggestion_id, row.round, row.parent_id))
        if letter is not None:
            given = getattr(row, "opinion", None)
            letter.opinions.append(Opinion(str(row.assignee), given.text if given else ""))
