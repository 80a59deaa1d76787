"""In touch while it is handled: visits, questions to the resident through staff, and more time asked for."""

from datetime import date

from congress_portal.accounts.models import User
from congress_portal.common import workdays
from congress_portal.common.clock import local_date
from suggestions import clocks
from suggestions.actors import Actor
from suggestions.enums import AssignmentKind, ContactMode, ContactPhase
from suggestions.models import Assignment, ClockRule, ContactLog, SubmitterContact

from . import words
from .giving import decider
from .openings import UNSIGNED
from .tale import Tale

# Phase → ways it happens at that time, in the order of procedure.toml.
MODES = {
    ContactPhase.BEFORE: (ContactMode.SITE, ContactMode.FACE, ContactMode.PHONE),
    ContactPhase.DURING: (ContactMode.SITE, ContactMode.LETTER, ContactMode.PHONE),
    ContactPhase.AFTER: (ContactMode.SITE, ContactMode.FACE, ContactMode.PHONE),
}
ASK_MOST = 10  # working days somebody asks for


def visit(tale: Tale, row: Assignment, phase: ContactPhase, chance: float) -> None:
    """The handler met or called the resident and writes it down on the spot."""
    if tale.case.channel in UNSIGNED or tale.case.has_left:
        return
    if not tale.turn(f"contact_{phase.lower()}", chance):
        return
    tale.work(0, 1)
    modes = MODES[phase]
    # Without the resident's consent a unit has no number to call.
    mode = tale.rng.choice(modes if row.venue_id or _shared(tale) else modes[:2])
    tale.do(
        "log_contact", tale.officer(row) if row.unit else tale.liaison, row, phase=phase,
        mode=mode, happened_on=local_date(tale.moment), persons=words.say(tale, "contact", "persons"),
        summary=words.say(tale, "contact", f"{phase}_{mode}".lower()),
    )  # fmt: skip


def _shared(tale: Tale) -> bool:
    return (
        SubmitterContact.objects.filter(suggestion=tale.case, may_share=True).exclude(phone_index="").exists()
    )


def ask(tale: Tale) -> None:
    """A unit that may not see the number has staff ask the resident."""
    row = tale.row
    if row.unit is None or tale.case.channel in UNSIGNED or not tale.turn("ask_contact", 0.06):
        return
    asked = tale.cast.corpus.supplement(tale.rng, tale.draft)
    tale.work(0, 2)
    tale.do("ask_contact", tale.officer(row), row, question=asked.question)
    tale.work(0, 2)
    who = tale.rng.choices((tale.liaison, tale.committee), (5, 1))[0]
    tale.do("answer_contact", who, tale.row, answer=asked.answer)


def more_time(tale: Tale) -> None:
    """Asked once, before the date; granted three of four times."""
    row = tale.row
    if row.unit is None or row.kind not in (AssignmentKind.LEAD, AssignmentKind.SEPARATE):
        return
    if not tale.turn("extension", 0.05):
        return
    tale.work(1, 4)
    today = local_date(tale.moment)
    last = min(
        clocks.limit(ClockRule.Key.EXTENSION, row.unit_due),
        clocks.latest_reply(tale.case, today),
        # Beyond its own date an office would have to ask itself.
        row.parent.unit_due if row.parent else date.max,
    )
    due = min(workdays.add_workdays(row.unit_due, tale.rng.randint(4, ASK_MOST)), last)
    if today > row.unit_due or due <= row.unit_due:
        return
    reason = words.say(tale, "extension", "asked")
    tale.do("ask_extension", tale.officer(row), row, due=due, reason=reason)
    tale.work(0, 2)
    who = decider(tale, row)
    if tale.turn("refuse_extension", 0.25):
        tale.do("refuse_extension", who, tale.row, reason=words.say(tale, "extension", "refused"))
    else:
        tale.do("grant_extension", who, tale.row, due=due, note=words.say(tale, "extension", "granted"))
        tale.work(2, 6)


def confirm(tale: Tale, *, content: bool) -> None:
    """The resident is asked of the last visit that was written down; a discontent one may deny it."""
    if not tale.turn("confirm_contact", 0.45):
        return
    log = ContactLog.objects.filter(assignment__suggestion=tale.case, confirmed=None).last()
    if log is None:
        return
    confirmed = content or tale.rng.random() < 0.5
    said = tale.rng.random() < 0.6
    note = words.say(tale, "contact", "confirmed" if confirmed else "denied") if said else ""
    who: Actor | User = tale.liaison if tale.on_behalf else tale.holder
    if tale.on_behalf:
        tale.work(0, 1)
    tale.do("confirm_contact", who, contact_log=log, confirmed=confirmed, note=note)
