"""Replies as the resident reads them: letters that hold now, and earlier ones."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from congress_portal.common.clock import local_date

from . import workflow as w
from .enums import AnswerClass
from .models import Event, Reply, Suggestion
from .timeline import venue_at
from .tracking import OFFICE

AT_ONCE = ("answer_direct", "register_answered", "answer_inquiry")

ANSWER_CLASSES = {
    AnswerClass.A: pgettext_lazy("answer class, plain words", "Solved, or mostly solved"),
    AnswerClass.B: pgettext_lazy("answer class, plain words", "Being solved, or planned"),
    AnswerClass.C: pgettext_lazy("answer class, plain words", "Cannot be solved for now"),
    AnswerClass.D: pgettext_lazy("answer class, plain words", "Kept for reference"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """One reply as it is set on the page. What its writer wrote already is not set a second time."""

    text: str
    salutation: str
    signer: str
    date: date | None
    result: str | Promise
    corrected: bool
    round: int
    pk: int

    @property
    def sign(self) -> str:
        """Who signs below the text, unless the text ends with it."""
        return self.signer if self.date else ""


def letters(case: Suggestion) -> tuple[list[Letter], list[Letter]]:
    """Replies that hold now, one for each who replied; and all earlier ones, newest first."""
    released = list(case.replies.all())
    replaced = {reply.corrects_id for reply in released if reply.corrects_id}
    last_round = max((reply.round for reply in released), default=0)
    current = [reply for reply in released if reply.round == last_round and reply.pk not in replaced]
    earlier = [reply for reply in reversed(released) if reply not in current]
    return [_letter(case, reply) for reply in current], [_letter(case, reply) for reply in earlier]


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


def _letter(case: Suggestion, reply: Reply) -> Letter:
    signer = signer_of(case, reply)
    assert reply.released_at is not None, "only released replies are loaded"
    result = ANSWER_CLASSES.get(AnswerClass(reply.answer_class), "") if reply.answer_class else ""
    lines = lines_of(reply.text)
    greeted = lines[0].startswith("您好") or names_its_reader(lines[0])
    signed = signer in lines[-2:]
    return Letter(
        text=reply.text,
        salutation="" if greeted else _("Dear resident:"),
        signer=signer,
        date=None if signed else local_date(reply.released_at),
        result=result,
        corrected=reply.corrects_id is not None,
        round=reply.round,
        pk=reply.pk,
    )
