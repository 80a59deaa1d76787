"""Replies as the resident reads them: letters that hold now, and earlier ones."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from congress_portal.common.clock import local_date

from . import workflow as w
from .enums import AnswerClass
from .models import Reply, Suggestion
from .timeline import venue_at
from .tracking import OFFICE, last_of

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


def _letter(case: Suggestion, reply: Reply) -> Letter:
    if reply.assignment:
        signer = str(reply.assignment.assignee)
    else:
        direct = last_of(case, {"answer_direct", "register_answered"})
        by_venue = direct is not None and direct.role in (w.LIAISON, w.DEPUTY)
        signer = (venue_at(case, direct) if direct and by_venue else "") or str(OFFICE)
    assert reply.released_at is not None, "only released replies are loaded"
    result = ANSWER_CLASSES.get(AnswerClass(reply.answer_class), "") if reply.answer_class else ""
    salutation, signed = frame(reply.text, signer)
    return Letter(
        text=reply.text,
        salutation=salutation,
        signer=signer,
        date=None if signed else local_date(reply.released_at),
        result=result,
        corrected=reply.corrects_id is not None,
        round=reply.round,
    )


def frame(text: str, signer: str) -> tuple[str, bool]:
    """The salutation a text still needs, "" if it has one, and whether it is signed at its end already."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    greeted = lines[0].startswith("您好") or (len(lines[0]) <= 20 and lines[0].endswith(("：", ":", "您好")))
    return "" if greeted else _("Dear resident:"), signer in lines[-2:]
