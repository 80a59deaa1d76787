"""One case with everything a person on duty reads and may press."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from suggestions import (
    casefile,
    contacts,
    desk,
    joined,
    levels,
    outcomes,
    rowfile,
    supervising,
    timeline,
    why,
    workflow,
)
from suggestions.actors import Actor
from suggestions.enums import AssignmentState, State
from suggestions.guards.shared import MOST_RETURNS
from suggestions.letters import frame
from suggestions.models import Assignment, Reply, Suggestion
from suggestions.papers import links
from suggestions.permissions import GONE, roles_for, standing_of
from suggestions.selectors import my_units, my_venues
from suggestions.services import available_moves, outlook
from suggestions.timeline import LABELS
from suggestions.workflow import Move

from . import buttons
from .words import NEXT

# Who reads name and phone masked; a unit only where the resident agreed to share them.
VENUE_AND_DISTRICT = frozenset(
    {
        workflow.LIAISON,
        workflow.DEPUTY,
        workflow.COMMITTEE,
        workflow.CLERK,
        workflow.REVIEWER,
        workflow.HEAD,
    }
)
# Whoever decides on a draft has it before the eyes, in whatever role.
DECIDES = frozenset({"sign_off", "send_back"})


@dataclass(frozen=True, slots=True)
class Mine:
    """One row as its reader may act on it. `own`: given to a place of the reader's."""

    row: Assignment
    own: bool
    moves: list[Move]
    held: Mapping[str, str | LazyText]

    @property
    def names(self) -> set[str]:
        return {move.action for move in self.moves}


def context(case: Suggestion, actor: Actor) -> dict[str, Any]:
    """What the page of a case shows to this person."""
    show, rated = casefile.reader(case, actor), levels.of(case, actor.user)
    rows = rowfile.rows_of(case)
    mine = _mine(case, rows, actor)
    own = [each.row.pk for each in mine if each.own]
    events, running = why.setters(case.events), list(case.clocks.filter(stopped_at=None))
    dates = why.dates_of_rows(rows, events, running)
    mine_only = [row for row in rows if row.pk in own]
    papers = links.of_rows(mine_only, links.DESK) if mine_only else {}
    of_a_unit = bool(levels.through_units(actor.user, [case.pk]))
    return {
        "case": case,
        "text": show(case.text),
        "points": list(case.points.all()),
        "state_label": case.get_state_display(),
        "bar": buttons.bar(case, available_moves(actor, case)),
        "asks": _asks(rows, mine, show),
        "rows": [
            _row(each, rows, show, dates) | {"papers": papers.get(each.row.pk, [])}
            for each in mine
            if each.own or _has_bar(each)
        ],
        "papers": links.of_case(case, links.DESK),
        "redo_reason": show(levels.redo_reason(case)) if case.state in IN_WORK else "",
        "tree": rowfile.tree(rows, own),
        "in_hand": case.state == State.HANDLING,
        "replies": _released(case, rows, show),
        "sides": outcomes.of(case, actor.user),
        # A unit reads its own talks with the resident, not those of others.
        "contacts": rowfile.contacts(case, show, own if of_a_unit else None),
        "promises": rowfile.promises(case, show),
        "photos": casefile.photos(case),
        "holders": casefile.holders(case),
        "clocks": [casefile.clock_of(each, events) for each in running],
        "facts": casefile.facts(case),
        "contact": contact(case, actor),
        "followers": [
            str(claim.deputy) for claim in case.claims.filter(released_at=None).select_related("deputy")
        ],
        "voices": _voices(case, actor),
        "entries": timeline.entries(case, show=show, levels=rated),
    }


IN_WORK = (State.HANDLING, State.ACCEPTED)


def _mine(case: Suggestion, rows: list[Assignment], actor: Actor) -> list[Mine]:
    """The rows that are not gone with what the reader may do, own ones first, the live before the others."""
    user = actor.user
    assert user is not None, "the desk is for people who are signed in"
    units = set(my_units(user).values_list("unit", flat=True))
    venues = set(my_venues(user).values_list("pk", flat=True))
    standing, found = standing_of(actor, case), []
    for row in rows:
        if row.state not in GONE:
            moves, held = outlook(actor, row, standing)
            found.append(Mine(row, row.unit_id in units or row.venue_id in venues, moves, held))
    return sorted(found, key=_standing)


def _standing(each: Mine) -> tuple[bool, bool, int, int]:
    return not each.own, each.row.state not in workflow.LIVE, -each.row.round, each.row.pk


def _has_bar(each: Mine) -> bool:
    return bool(each.names - rowfile.ANSWERING)


def _asks(rows: list[Assignment], mine: list[Mine], show: Callable[[str], str]) -> list[dict[str, Any]]:
    """What others ask and the reader may answer; who asked reads it at the own row."""
    moves = {each.row.pk: each.moves for each in mine}
    found = []
    for ask in rowfile.asks(rows, show):
        possible = buttons.answering(ask.row, ask.answers, moves.get(ask.row.pk, ()))
        if possible:
            found.append({"ask": ask, "buttons": possible})
    return found


def _row(
    each: Mine, rows: list[Assignment], show: Callable[[str], str], dates: dict[int, list[dict[str, Any]]]
) -> dict[str, Any]:
    row, live = each.row, each.row.state in workflow.LIVE
    draft = next((reply for reply in row.replies.all() if reply.released_at is None), None)
    returned = rowfile.times_returned(rows)
    return {
        "row": row,
        "own": each.own,
        "place": str(row.assignee),
        "kind": row.get_kind_display(),
        "state_label": row.get_state_display(),
        "live": live,
        "dates": dates[row.pk],
        "instructions": show(row.instructions),
        "next": NEXT.get((row.kind, row.state)) or NEXT.get(("", row.state), "") if each.own else "",
        "return_reason": show(row.return_reason)
        if each.own and row.state == AssignmentState.RETURN_ASKED
        else "",
        "decided": live and each.own and bool(row.unit_id) and returned >= MOST_RETURNS,
        "letters": _letters(row, show),
        "requests": rowfile.answered(row, show) if each.own else [],
        "waits": any(request.answered_at is None for request in row.requests.all()),
        "opinions": rowfile.opinions(rows, row, show),
        "opinion": show(row.opinion.text) if hasattr(row, "opinion") else "",
        "draft": draft if live and (each.own or each.names & DECIDES) else None,
        "draft_papers": links.of_reply(draft, links.DESK) if draft and live and each.own else [],
        "on_its_way": row.state in (AssignmentState.DRAFTED, AssignmentState.SIGNED),
        "bar": buttons.bar(row, [move for move in each.moves if move.action not in rowfile.ANSWERING]),
        "held": rowfile.held_back(each.held, ROW_LABELS),
    }


ROW_LABELS = {action: label for (of_row, action), label in LABELS.items() if of_row}


def _voices(case: Suggestion, actor: Actor) -> dict[str, Any] | None:
    """How many raised it, and those of their cases that the reader may open; None for a case alone."""
    count = joined.people(case)
    if count < 2 and not case.merged_into_id:
        return None
    mine = desk.scope(actor.person)
    lead = case.merged_into
    return {
        "count": count,
        "others": list(mine.filter(merged_into=case).order_by("pk")),
        "lead": lead,
        "lead_open": bool(lead and mine.filter(pk=lead.pk).exists()),
        "of_lead": joined.people(lead) if lead else 0,
    }


def _letters(row: Assignment, show: Callable[[str], str]) -> list[dict[str, Any]]:
    """Letters of supervision this row was sent."""
    letters = list(row.letters.all())
    for letter in letters:
        letter.assignment = row
    return [each | {"text": show(each["letter"].text)} for each in supervising.shown(letters)]


def _released(case: Suggestion, rows: list[Assignment], show: Callable[[str], str]) -> list[dict[str, Any]]:
    """Replies the resident can read, the latest first; a corrected one only in its new wording."""
    released = case.replies.filter(released_at__isnull=False).select_related(
        "assignment__unit", "assignment__venue", "drafted_by"
    )
    corrected = {reply.corrects_id for reply in released}
    by_key = {row.pk: row for row in rows}
    return [
        {
            "title": _("Reply, round %(round)d") % {"round": reply.round},
            **_framed(reply, case),
            "foot": " · ".join(
                filter(None, [outcomes.class_words(reply), str(reply.get_publicity_display())])
            ),
            "papers": links.of_reply(reply, links.DESK),
            "opinions": rowfile.opinions(rows, by_key[reply.assignment_id], show)
            if reply.assignment_id in by_key
            else [],
        }
        for reply in reversed(released)
        if reply.pk not in corrected
    ]


def _framed(reply: Reply, case: Suggestion) -> dict[str, Any]:
    """The text with the salutation and the signature it does not have itself."""
    signer = _signer(reply, case)
    salutation, signed = frame(reply.text, signer)
    return {
        "salutation": salutation,
        "text": reply.text,
        "signer": "" if signed else signer,
        "date": None if signed else reply.released_at,
    }


def _signer(reply: Reply, case: Suggestion) -> str:
    if reply.assignment:
        return str(reply.assignment.assignee)
    return str(case.venue or _("District people's congress"))


def contact(case: Suggestion, actor: Actor) -> dict[str, Any]:
    """Name and phone as far as this reader may see them, and whether a look in clear is possible."""
    role = contacts.reveal_role(actor, case)
    hidden = role is None and roles_for(actor, case).isdisjoint(VENUE_AND_DISTRICT)
    masked = None if hidden else contacts.masked(case)
    return {
        "hidden": hidden,
        "name": masked.name if masked else "",
        "phone": masked.phone if masked else "",
        "url": reverse("desk_contact", args=[case.number]) if role else "",
    }


def brief(case: Suggestion, actor: Actor) -> dict[str, Any]:
    """The little of a case that stands beside a form."""
    return {
        "case": case,
        "text": casefile.reader(case, actor)(case.text),
        "points": list(case.points.all()),
        "state_label": case.get_state_display(),
        "holders": casefile.holders(case),
        "last": timeline.latest_by_people(
            case, show=casefile.reader(case, actor), levels=levels.of(case, actor.user)
        ),
    }
