"""What a resident reads about the own case: the five steps, who has it, what comes next, what happened.

Only words meant for the resident come out of here: notes of the tables' SHOWN_NOTES, labels from `tells`,
offices and venues instead of the names of staff.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import zh_date
from deputies.models import Deputy
from stations.models import Posting, Venue

from . import workflow as w
from .enums import AssignmentKind, AssignmentState, RatingLevel, State
from .guards import IN_CHARGE, REPLIERS
from .lateness import level_of
from .models import Assignment, Event, Reply, Suggestion
from .timeline import venue_at
from .why import Why, explain, running_first
from .workflow import SUGGESTION_MOVES, Move

# The units it was dispatched to are named instead.
DISPATCHED = AssignmentState.DISPATCHED
OFFICE = gettext_lazy("Deputies' affairs commission of the district congress")
TELLS = {move.action: move.tells for move in SUGGESTION_MOVES if move.tells}

LOOKERS = {
    w.LIAISON: pgettext_lazy("who looked", "Liaison officer of the home or station"),
    w.COMMITTEE: pgettext_lazy("who looked", "Sub-district working committee"),
    w.CLERK: OFFICE,
    w.REVIEWER: OFFICE,
    w.HEAD: OFFICE,
    w.OFFICER: pgettext_lazy("who looked", "The handling unit"),
    w.LEADER: pgettext_lazy("who looked", "The handling unit"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """The next date, what must have happened by then, and where the date comes from."""

    on: date
    what: str
    why: Why
    level: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What happened to a case that did not go the usual way, and where to go."""

    title: str
    text: str = ""
    where: str = ""


@dataclass(slots=True)
class Entry:
    """One line of the timeline."""

    what: str | Promise
    when: datetime
    who: str | Promise
    text: str = ""
    by_resident: bool = False
    handlers: list[str] = field(default_factory=list)


def load(pk: int) -> Suggestion:
    """The case with all its page shows, in a fixed number of queries."""
    rows = Suggestion.objects.select_related(
        "category", "street", "community", "venue", "decline_reason", "contact", "publication"
    ).prefetch_related(
        "events", "clocks", "photos", "ratings", "reveals",
        Prefetch("assignments", Assignment.objects.select_related("unit", "venue")),
        Prefetch("replies", Reply.objects.filter(released_at__isnull=False).select_related(
            "assignment__unit", "assignment__venue"
        )),
    )  # fmt: skip
    return rows.get(pk=pk)


def deputies_at(venue: Venue | None) -> list[Deputy]:
    """Deputies in service at the venue today, each once."""
    if venue is None:
        return []
    postings = Posting.objects.live(clock.today()).filter(venue=venue).select_related("deputy")
    postings = postings.order_by("deputy__sort_key", "deputy__key")
    return list({row.deputy_id: row.deputy for row in postings}.values())


# Where it stands ---------------------------------------------------------------------------------


def steps(case: Suggestion) -> list[tuple[str | Promise, str]]:
    """The five steps with "done", "current" or "todo"; [] for the other ends."""
    names = [label for label, _states in w.STEPS]
    now = next((index for index, (_label, states) in enumerate(w.STEPS) if case.state in states), None)
    if now is None:
        return []
    if case.state == State.CLOSED:
        return [(name, "done") for name in names]
    return [
        (name, "done" if index < now else "current" if index == now else "todo")
        for index, name in enumerate(names)
    ]


def ending(case: Suggestion) -> Ending | None:
    """For a declined, transferred, withdrawn or joined case: what that means."""
    last = last_of(case, {"decline", "confirm_decline", "transfer", "withdraw", "lapse_supplement", "merge"})
    note = last.note if last and last.is_public else ""
    data: dict[str, Any] = last.data if last else {}
    if case.state == State.DECLINED:
        return Ending(_("We cannot take this on"), note, str(data.get("where_to_go", "")))
    if case.state == State.TRANSFERRED:
        body = str(data.get("body", ""))
        title = (
            _("This belongs to %(body)s") % {"body": body} if body else _("This belongs to another office")
        )
        return Ending(title, note, str(data.get("how_to_reach", "")))
    if case.state == State.WITHDRAWN:
        if last and last.action == "lapse_supplement":
            return Ending(
                _("Ended because no answer came to our question"),
                _("You are welcome to send it again, with what was asked."),
            )
        return Ending(
            _("You have withdrawn this"),
            _("Nothing more happens with it. You can make a new suggestion at any time."),
        )
    if case.state == State.MERGED:
        return Ending(
            _("Handled together with others who raised the same matter"),
            _("You do not need to do anything. You will get a reply of your own and can rate it."),
        )
    return None


def now_with(case: Suggestion) -> str:
    """Who has it now, in one plain sentence; "" when nobody needs to do anything."""
    place = case.venue.name if case.venue else str(OFFICE)
    sentences = {
        State.SUBMITTED: _("%(place)s is checking whether it can be accepted.") % {"place": place},
        State.DECLINE_REVIEW: _("%(place)s is checking whether it can be accepted.") % {"place": OFFICE},
        State.SUPPLEMENTING: _("It is waiting for your answer to our question."),
        State.ACCEPTED: _("%(place)s is finding out who can solve it.") % {"place": OFFICE},
        State.MERGED: _("It is being handled together with the same matter from others."),
        State.REPLIED: _("You have a reply. Please tell us whether you are satisfied."),
        State.DISPUTED: _("%(place)s is looking into it and decides how to go on.") % {"place": OFFICE},
    }
    if case.state == State.HANDLING:
        return _handled_by(case)
    return sentences.get(State(case.state), "")


def finished(case: Suggestion) -> str:
    """How a concluded case ended, in one sentence; "" for all others."""
    if case.state != State.CLOSED:
        return ""
    ended = last_of(case, {"rate_ok", "lapse", "conclude"})
    if ended is not None and ended.action == "lapse":
        return _("It is concluded. No rating was given in time.")
    if ended is not None and ended.action == "conclude":
        return _("It is concluded after a visit. The reply can no longer be rated.")
    return _("It is concluded. Thank you for your rating.")


def facts(case: Suggestion) -> list[tuple[str, str]]:
    """What was filled in besides the words, as label and value."""
    place = " ".join(str(part) for part in (case.street, case.community, case.place) if part)
    rows = [
        (_("Sent on"), zh_date(case.received_at)),
        (_("Place"), place or _("Not sure")),
        (_("Category"), str(case.category or _("I don't know"))),
    ]
    if case.venue:
        rows.append((_("Home or station"), case.venue.name))
    return rows


def public_facts(case: Suggestion) -> list[tuple[str, str]]:
    """What everybody may know of a published case: no place finer than the street."""
    rows = [
        (_("Number"), case.number),
        (_("Category"), str(case.category or "")),
        (_("Street"), str(case.street or "")),
        (_("Home or station"), str(case.venue or "")),
        (_("Received"), zh_date(case.received_at)),
        (_("Concluded on"), zh_date(case.closed_at)),
    ]
    return [(label, value) for label, value in rows if value]


def _handled_by(case: Suggestion) -> str:
    rows = [row for row in case.assignments.all() if row.round == case.round and row.state in w.LIVE]
    leads = [str(row.assignee) for row in rows if row.kind in IN_CHARGE and row.state != DISPATCHED]
    helpers = [str(row.assignee) for row in rows if row.kind == AssignmentKind.ASSISTING]
    if not leads:
        return _("%(place)s is finding out who can solve it.") % {"place": OFFICE}
    comma = pgettext("between names", ", ")
    sentence = _("Passed to %(units)s to handle.") % {"units": comma.join(leads)}
    if helpers:
        sentence += " " + _("%(units)s helps.") % {"units": comma.join(helpers)}
    repliers = [row for row in rows if row.kind in REPLIERS]
    if repliers and all(row.state == AssignmentState.SIGNED for row in repliers):
        sentence += " " + _("The reply is written and is being checked.")
    return sentence.strip()


DUE_FOR = {
    "ACCEPT": gettext_lazy("We tell you whether it is accepted"),
    "REVIEW": gettext_lazy("We tell you whether it is accepted"),
    "SUPPLEMENT": gettext_lazy("Please answer our question"),
    "ASSIGN": gettext_lazy("It is passed to whoever can solve it"),
    "REPLY": gettext_lazy("You get a reply"),
    "FEEDBACK": gettext_lazy("You are told of the reply"),
    "RATING": gettext_lazy("You can rate the reply"),
    "CONCLUDE": gettext_lazy("We tell you how it goes on"),
}


def due(case: Suggestion) -> Due | None:
    """The next date, explained; None while no clock runs."""
    row = running_first(case)
    if row is None:
        return None
    level = level_of(row.due_on)
    return Due(row.due_on, str(DUE_FOR[row.kind]), explain(row, events=case.events.all()), level)


# Lines that tell a new date.
DATED = ("assign", "redate", "recalculate", "order_redo")

# What happened -----------------------------------------------------------------------------------


def timeline(case: Suggestion) -> list[Entry]:
    """What the resident reads, newest first."""
    entries: list[Entry] = []
    for event in case.events.all():
        if event.action == "issue" and entries:
            # Who was given it belongs to the line that says it was given.
            entries[-1].handlers.append(str(event.data.get("to", "")))
            continue
        if event.assignment_id or event.action not in TELLS:
            continue
        by_resident = event.role == w.RESIDENT
        who = _who(event, case)
        entries.append(Entry(TELLS[event.action], event.happened_at, who, _said(event), by_resident))
    for entry in entries:
        if entry.handlers:
            given = _("Passed to %(units)s to handle.") % {
                "units": pgettext("between names", ", ").join(entry.handlers)
            }
            # A resident's own words come before what followed from them.
            parts = (entry.text, given) if entry.by_resident else (given, entry.text)
            entry.text = "\n".join(part for part in parts if part)
    return entries[::-1]


def _who(event: Event, case: Suggestion) -> str | Promise:
    if event.role == w.RESIDENT:
        return _("You")
    if event.role in (w.LIAISON, w.DEPUTY):
        return venue_at(case, event)
    if event.role in (w.COMMITTEE, w.STREET_ASSIGNER):
        return LOOKERS[w.COMMITTEE]
    return OFFICE if event.role in (w.CLERK, w.REVIEWER, w.HEAD, w.SECRECY) else ""


def _said(event: Event) -> str:
    """The note meant for the resident, and what else the line needs to be understood."""
    data = event.data
    day = parse_date(str(data.get("due", ""))) if event.action in DATED else None
    parts = [
        _level(data.get("level")) if event.action in ("rate_ok", "rate_kept_promise") else "",
        event.note if event.is_public else "",
        str(data.get("where_to_go", "")) if event.action in ("decline", "confirm_decline") else "",
        " ".join(str(data.get(key, "")) for key in ("body", "how_to_reach")).strip()
        if event.action == "transfer" else "",
        str(data.get("to", "")) if event.action in ("move_venue", "add_assisting") else "",
        str(data.get("promise", "")) if event.action == "follow_up" else "",
        _new_date(event, day) if day else "",
    ]  # fmt: skip
    return "\n".join(str(part) for part in parts if part)


def _new_date(event: Event, day: date) -> str:
    what = DUE_FOR.get(str(event.data.get("clock", "")))
    if what is None:
        return _("Reply by %(day)s") % {"day": zh_date(day)}
    return _("%(what)s by %(day)s") % {"what": what, "day": zh_date(day)}


def _level(value: Any) -> str:
    return str(RatingLevel(value).label) if value in RatingLevel.values else ""


def last_of(case: Suggestion, actions: set[str]) -> Event | None:
    return next((event for event in reversed(list(case.events.all())) if event.action in actions), None)


# Looks, actions ---------------------------------------------------------------------------------


def question(case: Suggestion) -> str:
    """What the resident was asked last."""
    asked = last_of(case, {"ask_more"})
    return asked.note if asked else ""


def looks(case: Suggestion) -> list[dict[str, Any]]:
    """Who looked at the contact: the office, the time and the reason, never the person."""
    return [
        {"who": LOOKERS.get(row.role, OFFICE), "when": row.revealed_at, "reason": row.reason}
        for row in case.reveals.all()
    ]


def rating_moves(moves: Iterable[Move]) -> dict[str, Move]:
    """Rating level → the row of the table it means now; {} when there is nothing to rate."""
    by_level: dict[str, Move] = {}
    for move in moves:
        if move.action == "rate_ok":
            by_level |= {RatingLevel.SATISFIED: move, RatingLevel.BASIC: move}
        elif move.action in w.RATINGS:
            by_level[RatingLevel.DISSATISFIED] = move
    return {level: by_level[level] for level in RatingLevel.values if level in by_level}
