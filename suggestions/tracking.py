"""What a resident reads about the own case: the five steps, how it ended, what happened, who looked.

Who has it now stands in `hands`, the next date in `dates`, replies in `letters`, ratings in `verdicts`.

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
from congress_portal.common.text import sentences
from deputies.models import Deputy
from stations.models import Posting, Venue

from . import dates
from . import workflow as w
from .enums import ClockKind, ContactMode, ContactPhase, Outcome, RatingLevel, State
from .models import Assignment, ContactLog, Event, Reply, Suggestion
from .timeline import venue_at
from .workflow import SUGGESTION_MOVES, Move

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
class Ending:
    """What happened to a case that did not go the usual way, and where to go."""

    title: str
    text: str = ""
    where: str = ""
    # Why it may be sent again; "" where there is no need to.
    again: str = ""


@dataclass(frozen=True, slots=True)
class ContactSaid:
    """A contact somebody says there was, in a sentence."""

    pk: int
    on: date
    sentence: str


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
    given = Assignment.objects.select_related("unit", "venue")
    rows = Suggestion.objects.select_related(
        "category", "street", "community", "venue", "decline_reason", "contact", "publication", "merged_into"
    ).prefetch_related(
        "events", "clocks", "photos", "ratings", "reveals",
        Prefetch("assignments", given),
        # Whoever joined waits for the units of the lead, by its date.
        "merged_into__events", "merged_into__clocks", Prefetch("merged_into__assignments", given),
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
        again = _("If something was missing, or if things change, you are welcome to send it again.")
        return Ending(_("We cannot take this on"), note, str(data.get("where_to_go", "")), again)
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
                again=_("You are welcome to send it again, with what was asked."),
            )
        return Ending(
            _("You have withdrawn this"),
            again=_("Nothing more happens with it. You can make a new suggestion at any time."),
        )
    if case.state == State.MERGED:
        return Ending(
            _("Handled together with what you have raised before")
            if case.is_repeat
            else _("Handled together with others who raised the same matter"),
            _("You do not need to do anything. You will get a reply of your own and can rate it."),
        )
    return None


OUTCOMES = {
    Outcome.EXPLAINED: gettext_lazy("We have explained to you why more is not possible at present."),
    Outcome.NOTED: gettext_lazy("It is noted, so that a deputy can make a suggestion to the congress of it."),
}


def finished(case: Suggestion) -> str:
    """How a concluded case ended, in one or two sentences; "" for all others."""
    if case.state != State.CLOSED:
        return ""
    ended = last_of(case, {"rate_ok", "lapse", "conclude"})
    if ended is not None and ended.action == "lapse":
        return _("It is concluded. No rating was given in time.")
    if ended is not None and ended.action == "conclude":
        decided = str(OUTCOMES.get(ended.data.get("outcome", ""), ""))
        return sentences(_("It is concluded after a visit. The reply can no longer be rated."), decided)
    return _("It is concluded. Thank you for your rating.")


def was_disputed(case: Suggestion) -> bool:
    """Whether the congress decided how it ends: there is no further round, only other ways to be heard."""
    ended = last_of(case, {"rate_ok", "lapse", "conclude"})
    return case.state == State.CLOSED and ended is not None and ended.action == "conclude"


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
    parts = [
        _levels(data) if event.action in ("rate_ok", "rate_kept_promise") else "",
        event.note if event.is_public else "",
        str(data.get("where_to_go", "")) if event.action in ("decline", "confirm_decline") else "",
        " ".join(str(data.get(key, "")) for key in ("body", "how_to_reach")).strip()
        if event.action == "transfer" else "",
        str(data.get("to", "")) if event.action in ("move_venue", "add_assisting") else "",
        str(data.get("promise", "")) if event.action == "follow_up" else "",
        str(OUTCOMES.get(data.get("outcome", ""), "")) if event.action == "conclude" else "",
        _date(event),
    ]  # fmt: skip
    return "\n".join(str(part) for part in parts if part)


def _date(event: Event) -> str:
    """The day that was told with it, and the one it took the place of."""
    old, new = (parse_date(str(event.data.get(key, ""))) for key in ("from", "due"))
    if new and event.action in ("assign", "order_redo"):
        return _("Reply by %(day)s") % {"day": zh_date(new)}
    if new and old and event.action in ("redate", "recalculate"):
        kind = event.data.get("clock", ClockKind.REPLY)
        given = {"what": dates.DUE_FOR.get(kind, ""), "old": zh_date(old), "new": zh_date(new)}
        return _("%(what)s: by %(new)s, before that by %(old)s.") % given
    return ""


def _levels(data: dict[str, Any]) -> str:
    """The rating in both dimensions; older ones have the result alone."""
    labels = dict(RatingLevel.choices)
    result, process = (labels.get(str(data.get(key, "")), "") for key in ("level", "process"))
    if not process:
        return str(result)
    words = _("Result: %(result)s. Attitude and process: %(process)s.")
    return words % {"result": result, "process": process}


def last_of(case: Suggestion, actions: set[str]) -> Event | None:
    return next((event for event in reversed(list(case.events.all())) if event.action in actions), None)


# Looks, actions ---------------------------------------------------------------------------------


def question(case: Suggestion) -> str:
    """What the resident was asked last."""
    asked = last_of(case, {"ask_more"})
    return asked.note if asked else ""


PHASES = {
    ContactPhase.BEFORE: pgettext_lazy("when a unit was in touch", "before it began,"),
    ContactPhase.DURING: pgettext_lazy("when a unit was in touch", "while it was at work,"),
    ContactPhase.AFTER: pgettext_lazy("when a unit was in touch", "when it was done,"),
}
MODES = {
    ContactMode.FACE: pgettext_lazy("how a unit was in touch", "it met you"),
    ContactMode.PHONE: pgettext_lazy("how a unit was in touch", "it called you"),
    ContactMode.LETTER: pgettext_lazy("how a unit was in touch", "it wrote to you"),
    ContactMode.SITE: pgettext_lazy("how a unit was in touch", "it met you at the place"),
}


def contacts_to_confirm(case: Suggestion) -> list[ContactSaid]:
    """What units say they had, and nobody has said yes or no to; not what they say was spoken."""
    logs = ContactLog.objects.filter(assignment__suggestion=case, confirmed=None)
    return [
        ContactSaid(
            log.pk,
            log.happened_on,
            _("%(unit)s says: %(phase)s %(mode)s.")
            % {
                "unit": log.assignment.assignee,
                "phase": PHASES[ContactPhase(log.phase)],
                "mode": MODES[ContactMode(log.mode)],
            },
        )
        for log in logs.select_related("assignment__unit", "assignment__venue").order_by("happened_on", "pk")
    ]


def why_not_withdrawn(case: Suggestion) -> str:
    """What a resident who wants to withdraw it is told where that is not possible."""
    if case.replied_at:
        return _("It has been replied to already, so it can no longer be withdrawn.")
    if case.state == State.DECLINE_REVIEW:
        return _("It is being checked just now whether it can be accepted. Please wait for the answer.")
    if case.state in (State.ACCEPTED, State.HANDLING):
        return _("Other people raised the same matter and theirs is joined to yours, so it goes on.")
    return _("It has ended already; nothing more happens with it.")


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
