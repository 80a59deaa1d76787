"""Who has the case now, in words without a term of the office: places and units, never people."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from congress_portal.common.text import sentences

from . import workflow as w
from .enums import AssignmentKind, AssignmentState, State
from .guards import REPLIERS
from .models import Assignment, Suggestion
from .tracking import OFFICE, last_of

Kind, Row = AssignmentKind, AssignmentState

PARTS: dict[str, str | Promise] = {
    Kind.LEAD: pgettext_lazy("part in a case", "handles it and replies to you"),
    Kind.SEPARATE: pgettext_lazy("part in a case", "handles its part and replies to you itself"),
    Kind.ASSISTING: pgettext_lazy("part in a case", "helps"),
    Kind.COORDINATOR: pgettext_lazy("part in a case", "sees to it that the right unit handles it"),
}
# Where each of them stands. What was handed back or called back is nobody's any more.
STANDS: dict[str, str | Promise] = {
    Row.ISSUED: pgettext_lazy("stands", "sent there, not received yet"),
    Row.IN_HAND: pgettext_lazy("stands", "received, at work"),
    Row.RETURN_ASKED: pgettext_lazy("stands", "says it is not its task; we are checking"),
    Row.DISPATCHED: pgettext_lazy("stands", "passed on"),
    Row.DRAFTED: pgettext_lazy("stands", "received, at work"),
    Row.SIGNED: pgettext_lazy("stands", "the reply is written and is being checked"),
    Row.RELEASED: pgettext_lazy("stands", "has replied"),
    Row.GIVEN: pgettext_lazy("stands", "has said what it can do"),
    Row.MISSED: pgettext_lazy("stands", "has not answered in time"),
}

# One unit needs no list: where it stands is said in a sentence.
ALONE: dict[str, str | Promise] = {
    Row.ISSUED: gettext_lazy("It has not confirmed yet that it received it."),
    Row.IN_HAND: gettext_lazy("It has received it and is at work."),
    Row.DRAFTED: gettext_lazy("It has received it and is at work."),
    Row.RETURN_ASKED: gettext_lazy("It says that this is not its task; we are checking."),
}


@dataclass(frozen=True, slots=True)
class Hand:
    """One of those who have it: what it does, and where it stands."""

    who: str
    part: str | Promise
    stands: str | Promise


def now_with(case: Suggestion) -> str:
    """Who has it now, in one or two sentences; "" when nobody needs to do anything."""
    place = case.venue.name if case.venue else str(OFFICE)
    words = {
        State.SUBMITTED: _("%(place)s is checking whether it can be accepted.") % {"place": place},
        State.DECLINE_REVIEW: _("%(place)s is still checking whether it can be accepted.")
        % {"place": OFFICE},
        State.SUPPLEMENTING: _("It is waiting for your answer to our question."),
        State.ACCEPTED: _finding_out(),
        State.REPLIED: _("You have a reply. Please tell us whether you are satisfied."),
        State.DISPUTED: _("%(place)s is looking into it and decides how to go on.") % {"place": OFFICE},
    }
    if case.state == State.HANDLING:
        return _handled_by(case)
    if case.state == State.MERGED:
        lead = case.merged_into
        together = _("It is being handled together with the same matter from others.")
        by = _handled_by(lead) if lead and lead.state == State.HANDLING else ""
        return sentences(together, by)
    return words.get(State(case.state), "")


def hands(case: Suggestion) -> list[Hand]:
    """Each of those who have it, where there are several; [] where the sentence has said it all."""
    handled = _handled(case)
    rows = _rows(handled) if handled else []
    if len(rows) < 2:
        return []
    return [Hand(str(row.assignee), PARTS[row.kind], STANDS[row.state]) for row in rows]


def again(case: Suggestion) -> str:
    """Why it is handled once more, and by whom; "" in a first round."""
    if case.state not in (State.ACCEPTED, State.HANDLING):
        return ""
    began = last_of(case, {"rate_bad", "rate_bad_direct", "order_redo", "reopen"})
    twice = _("You were not satisfied, so it is handled a second time.")
    by_unit = any(row.unit_id and row.round == case.round for row in case.assignments.all())
    higher = _("A higher leader of the unit answers for the second reply.") if by_unit else ""
    words = {
        "rate_bad": sentences(twice, higher),
        "rate_bad_direct": twice,
        "order_redo": _(
            "You were not satisfied a second time, so a leader of the congress supervises it now."
        ),
        "reopen": _("It was concluded, and we have opened it again."),
    }
    return words[began.action] if began and began.round == case.round else ""


def others(case: Suggestion, *, joined: int) -> str:
    """How many more people raised the same matter; `joined`: cases that are joined to the lead."""
    # Towards a joined case the lead is one of the others, unless its author has left it.
    lead = case.merged_into
    count = joined - bool(lead.has_left) if lead else joined
    if count < 1:
        return ""
    return ngettext(
        "%(count)d more person raised the same matter.",
        "%(count)d more people raised the same matter.",
        count,
    ) % {"count": count}


def _handled(case: Suggestion) -> Suggestion | None:
    """The case whose units are at work: its own, or the one it is joined to."""
    case = case.merged_into or case if case.state == State.MERGED else case
    return case if case.state == State.HANDLING else None


def _rows(case: Suggestion) -> list[Assignment]:
    """Those of this round that count: who replies first, who helps after them, the office on top."""
    order = (Kind.COORDINATOR, Kind.LEAD, Kind.SEPARATE, Kind.ASSISTING)
    rows = [row for row in case.assignments.all() if row.round == case.round and row.state in STANDS]
    return sorted(rows, key=lambda row: (order.index(Kind(row.kind)), row.pk))


def _handled_by(case: Suggestion) -> str:
    rows = _rows(case)
    live = [row for row in rows if row.state in w.LIVE]
    repliers = [row for row in rows if row.kind in REPLIERS]
    helpers = _names(row for row in live if row.kind == Kind.ASSISTING)
    arranging = _names(row for row in live if row.kind == Kind.COORDINATOR and row.state != Row.DISPATCHED)
    sentence = []
    if not repliers:
        if not arranging:
            return _finding_out()
        return _("%(units)s is deciding which unit handles it.") % {"units": arranging}
    units = {"units": _names(repliers)}
    if any(row.kind == Kind.SEPARATE for row in repliers):
        sentence.append(_("Several units handle a part each: %(units)s. Each replies to you itself.") % units)
    else:
        sentence.append(_("Passed to %(units)s to handle.") % units)
    if helpers:
        sentence.append(_("%(units)s helps.") % {"units": helpers})
    if arranging:
        sentence.append(_("%(units)s is deciding which unit handles it.") % {"units": arranging})
    if all(row.state == Row.SIGNED for row in repliers):
        sentence.append(_("The reply is written and is being checked."))
    elif len(rows) == 1:
        sentence.append(str(ALONE.get(rows[0].state, "")))
    return sentences(*sentence)


def _finding_out() -> str:
    return _("%(place)s is finding out who can solve it.") % {"place": OFFICE}


def _names(rows: Iterable[Assignment]) -> str:
    return pgettext("between names", ", ").join(dict.fromkeys(str(row.assignee) for row in rows))
