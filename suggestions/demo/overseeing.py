"""The office keeps an eye on what matters: key cases with a leader and a body, letters to whoever is late."""

from congress_portal.accounts.models import User
from congress_portal.common import workdays
from congress_portal.common.clock import local_date
from suggestions.enums import State
from suggestions.models import SupervisingBody

from . import names, slots, timing, words
from .tale import Tale

ANSWER_WITHIN = 5  # working days a letter gives


def begin(tale: Tale) -> None:
    """Some cases that concern many, or return again and again, are put on the key list."""
    if tale.case.is_supervised or not tale.turn("supervise", 0.3 if tale.kin else 0.02):
        return
    tale.work(0, 2)
    tale.do(
        "supervise", _who(tale),
        leader=words.say(tale, "supervision", "leaders") + names.staff_name(tale.rng),
        body=_body(tale), reason=words.say(tale, "supervision", "reasons"),
    )  # fmt: skip


def _body(tale: Tale) -> SupervisingBody:
    """The committee of that field, now and then the first of all bodies."""
    bodies = tale.cast.supervisors
    name = tale.cast.corpus.procedure["supervision"]["bodies"][tale.draft.category]
    found = [body for body in bodies if body.name == name and tale.rng.random() < 0.8]
    return found[0] if found else bodies[0]


def urge(tale: Tale) -> None:
    """Nothing was heard until after the date: a numbered letter asks for it. Key cases get one earlier."""
    row = tale.row
    early = tale.case.is_supervised and tale.turn("urge_early", 0.3)
    if not early and not tale.turn("urge", 0.025):
        return
    if early:
        tale.work(0, 2)
    else:
        tale.to(timing.office(tale.rng, max(tale.moment, timing.at(row.unit_due, 1020)), 1, 4))
    due = workdays.add_workdays(local_date(tale.moment), ANSWER_WITHIN)
    text = words.say(
        tale, "supervision", "urge_early" if early else "urge",
        due=slots.short_date(row.unit_due, local_date(tale.moment)),
    )  # fmt: skip
    tale.do("urge", _who(tale), tale.row, text=text, due=due)


def end(tale: Tale) -> None:
    """A key case that is done leaves the list."""
    if tale.case.is_supervised and tale.case.state == State.CLOSED and tale.turn("end_supervision", 0.9):
        tale.work(2, 10)
        tale.do("end_supervision", _who(tale), reason=words.say(tale, "supervision", "ended"))


def _who(tale: Tale) -> User:
    return tale.cast.head if tale.rng.random() < 0.4 else tale.clerk
