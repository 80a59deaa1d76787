"""What a reply promised: it comes back on its day, is reported on, and ends as kept, moved or broken."""

from datetime import date

from congress_portal.accounts.models import User
from congress_portal.common import workdays
from congress_portal.common.clock import local_date
from suggestions.enums import AnswerClass, PromiseStatus
from suggestions.models import Promise

from . import feedback, nightly, slots, timing, words
from .tale import Tale

KEPT, MOVED, BROKEN, LEFT = "promise_kept", "promise_moved", "promise_broken", "promise_left"
FATES, WEIGHTS = (KEPT, MOVED, BROKEN, LEFT), (80, 10, 5, 5)
# A unit that says nothing for so many days after the date has broken its word.
PATIENCE = 30
LATER = (20, 45)  # working days by which a day is moved


def later(tale: Tale) -> None:
    """Everything that was promised, as far as its day has come; Over when the present is reached."""
    while promise := _next(tale):
        if not _settled(tale, promise):
            return


def _next(tale: Tale) -> Promise | None:
    rows = Promise.objects.filter(suggestion=tale.case, status=PromiseStatus.OPEN)
    return rows.select_related("assignment__unit", "reply").order_by("due_on", "pk").first()


def _settled(tale: Tale, promise: Promise) -> bool:
    """Whether the promise has come to an end."""
    if tale.turn("promise_early", 0.3):
        early = timing.workdays_back(promise.due_on, tale.rng.randint(2, 8))
        if early > local_date(tale.moment):
            tale.to(timing.office(tale.rng, timing.at(early, 0), 0, 0))
    elif promise.came_back_at is None:
        nightly.come_back(tale, promise)
    fate = _fate(tale, promise)
    if fate == LEFT:
        if (tale.cast.until - timing.at(promise.due_on, 0)).days < PATIENCE:
            return False
        fate = BROKEN
    END[fate](tale, promise)
    return True


def _fate(tale: Tale, promise: Promise) -> str:
    if tale.story.staged:
        fate = next((name for name in FATES if name in tale.story.force), KEPT)
    else:
        fate = tale.rng.choices(FATES, WEIGHTS)[0]
    # A day is moved once.
    return KEPT if fate == MOVED and hasattr(promise, "moved_from") else fate


def _keep(tale: Tale, promise: Promise) -> None:
    looked = promise.reply.answer_class == AnswerClass.C
    report = _report(tale, promise, "looked_again" if looked else "kept")
    tale.work(1, 3)
    given = {} if looked else {"answer_class": AnswerClass.A}
    tale.do(
        "settle_promise", _reviewer(tale), promise.assignment, promise=promise,
        verdict=PromiseStatus.KEPT, note=words.say(tale, "promise", "agreed"),
        reply=_letter(tale, promise, "letter_kept", report=report), **given,
    )  # fmt: skip
    feedback.rate_promise(tale)


def _move(tale: Tale, promise: Promise) -> None:
    day = workdays.add_workdays(max(promise.due_on, local_date(tale.moment)), tale.rng.randint(*LATER))
    report = _report(tale, promise, "moved", wanted=day)
    tale.work(1, 2)
    due = slots.short_date(day, local_date(tale.moment))
    tale.do(
        "settle_promise", _reviewer(tale), promise.assignment, promise=promise,
        verdict=PromiseStatus.MOVED, due=day, note=words.say(tale, "promise", "agreed"),
        reply=_letter(tale, promise, "letter_moved", report=report, due=due),
    )  # fmt: skip


def _break(tale: Tale, promise: Promise) -> None:
    tale.work(6, 14)
    tale.do(
        "settle_promise", _reviewer(tale), promise.assignment, promise=promise,
        verdict=PromiseStatus.BROKEN, note=words.say(tale, "promise", "broken_note"),
        reply=_letter(tale, promise, "letter_broken"),
    )  # fmt: skip


END = {KEPT: _keep, MOVED: _move, BROKEN: _break}


def _report(tale: Tale, promise: Promise, kind: str, *, wanted: date | None = None) -> str:
    tale.work(0, 3)
    today = local_date(tale.moment)
    day = slots.short_date(timing.workdays_back(today, 1), today)
    report = words.say(tale, "promise", kind, day=day)
    officer = tale.officer(promise.assignment)
    tale.do("report_promise", officer, promise.assignment, promise=promise, report=report, due=wanted)
    return report


def _letter(tale: Tale, promise: Promise, kind: str, **known: str) -> str:
    return words.say(
        tale, "promise", kind, unit=str(promise.assignment.assignee),
        date=slots.long_date(local_date(tale.moment)), **known,
    )  # fmt: skip


def _reviewer(tale: Tale) -> User:
    return tale.rng.choice(tale.cast.reviewers)
