"""Two facts, never one figure: what who handled a case says was done, and what the resident says of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.templatetags.portal import zh_date

from . import levels
from .enums import PromiseStatus, State
from .models import Promise, Rating, Reply, Suggestion

OVERDUE = "OVERDUE"


@dataclass(frozen=True, slots=True)
class Word:
    """One line of a side: who or which time, and what was said."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Sides:
    """`handled`: the class of each who replied; `rated`: the last answer, then the first.

    `promises` are in words; `unrated` stands in place of a rating: why there is none to read.
    """

    handled: list[Word] = field(default_factory=list)
    promises: list[str] = field(default_factory=list)
    rated: list[Word] = field(default_factory=list)
    unrated: str = ""

    @property
    def handled_line(self) -> str:
        return " · ".join([*(word.text for word in self.handled), *self.promises])

    @property
    def rated_line(self) -> str:
        if not self.rated:
            return self.unrated
        last, *earlier = self.rated
        return last.text + "".join(_(" (first: %(text)s)") % {"text": word.text} for word in earlier)


def of(case: Suggestion, user: User | None) -> Sides | None:
    """Both sides of one case; None while nobody has replied."""
    return for_cases([case], user)[case.pk]


def for_cases(cases: Iterable[Suggestion], user: User | None) -> dict[int, Sides | None]:
    """Key of a case → both sides as `user` may read them: a handful of queries for any number of cases."""
    cases = list(cases)
    answered = [case for case in cases if case.replied_at]
    keys = [case.pk for case in answered]
    replies: dict[int, list[Reply]] = {key: [] for key in keys}
    promises: dict[int, list[Promise]] = {key: [] for key in keys}
    if keys:
        for reply in _released(keys):
            replies[reply.suggestion_id].append(reply)
        for promise in Promise.objects.filter(suggestion__in=keys):
            promises[promise.suggestion_id].append(promise)
    rated = levels.for_cases(answered, user)
    found: dict[int, Sides | None] = dict.fromkeys(case.pk for case in cases)
    for case in answered:
        rows, unrated = _rated(case, rated[case.pk])
        found[case.pk] = Sides(_handled(replies[case.pk]), _promised(promises[case.pk]), rows, unrated)
    return found


def attach(cases: Iterable[Any], user: User | None) -> None:
    """Each case knows both of its sides as `sides`, for the columns of a list."""
    cases = list(cases)
    found = for_cases(cases, user)
    for case in cases:
        case.sides = found[case.pk]


def _released(keys: list[int]) -> Iterable[Reply]:
    rows = Reply.objects.filter(suggestion__in=keys, released_at__isnull=False).order_by("pk")
    return rows.defer("text", "opening", "answers").select_related("assignment__unit", "assignment__venue")


def _handled(released: list[Reply]) -> list[Word]:
    """What each who replied in the last round says now; a later word without a class changes none."""
    last = max((reply.round for reply in released), default=0)
    said: dict[str, str] = {}
    for reply in released:
        if reply.round == last:
            who = str(reply.assignment.assignee) if reply.assignment else _("Answered directly")
            said[who] = class_words(reply) or said.get(who, "")
    return [Word(who, words or _("Replied, without a class")) for who, words in said.items()]


def class_words(reply: Reply) -> str:
    """The class in the words it was released with; "" for a reply without one."""
    if not reply.answer_class:
        return ""
    return (
        f"{reply.answer_class} {reply.class_label}" if reply.class_label else reply.get_answer_class_display()
    )


def _promised(promises: list[Promise]) -> list[str]:
    today = clock.today()
    counts: dict[str, int] = {}
    for promise in promises:
        key = OVERDUE if is_overdue(promise, today) else promise.status
        counts[key] = counts.get(key, 0) + 1
    words = (
        (PromiseStatus.OPEN, ngettext("%(n)d promise open", "%(n)d promises open", counts.get("OPEN", 0))),
        (OVERDUE, ngettext("%(n)d promise overdue", "%(n)d promises overdue", counts.get(OVERDUE, 0))),
        (PromiseStatus.KEPT, ngettext("%(n)d promise kept", "%(n)d promises kept", counts.get("KEPT", 0))),
        (
            PromiseStatus.BROKEN,
            ngettext("%(n)d promise broken", "%(n)d promises broken", counts.get("BROKEN", 0)),
        ),
    )
    return [text % {"n": counts[key]} for key, text in words if counts.get(key)]


def is_overdue(promise: Promise, today: date) -> bool:
    """Its day is over and nobody has settled it."""
    return promise.status == PromiseStatus.OPEN and promise.due_on < today


def _rated(case: Suggestion, found: levels.Levels) -> tuple[list[Word], str]:
    last = found.last
    if last is None:
        return [], _not_rated(case)
    kept = found.kept_until(last)
    rows = [Word(_("Final") if len(found.ratings) > 1 else "", _kept(kept) if kept else levels_of(last))]
    if len(found.ratings) > 1:
        kept = found.kept_until(found.ratings[0])
        rows.append(Word(_("First"), _kept(kept) if kept else levels_of(found.ratings[0])))
    return rows, ""


def _kept(until: date) -> str:
    return _("To be read after %(day)s") % {"day": zh_date(until)}


def levels_of(rating: Rating) -> str:
    """Result and process in words."""
    words = _("Result: %(level)s") % {"level": rating.get_level_display()}
    if not rating.process:
        return words
    return f"{words} · " + _("Process: %(level)s") % {"level": rating.get_process_display()}


def _not_rated(case: Suggestion) -> str:
    if case.state == State.REPLIED:
        return _("Not rated yet") if case.told_at else _("Not told yet")
    return _("No rating")
