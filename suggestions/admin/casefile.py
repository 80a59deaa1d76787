"""Everything the case page shows. What may be pressed says `available_moves`; here it is only sorted."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from suggestions import casefile as common
from suggestions import contacts, joined, levels, outcomes, rowfile, supervising, timeline, why, workflow
from suggestions.actors import Actor
from suggestions.enums import State
from suggestions.letters import frame
from suggestions.models import Assignment, Reply, Suggestion
from suggestions.papers import links
from suggestions.permissions import roles_for, standing_of
from suggestions.services import available_moves, outlook
from suggestions.timeline import LABELS
from suggestions.workflow import Move

from . import alike

# What usually comes next; the first that is possible gets the strong button.
FORWARD = (
    "accept", "assign", "conclude", "publish", "prepare_publication", "release", "settle_promise",
    "mark_missed", "approve_return", "grant_extension", "settle_escalation", "answer_contact",
    "answer_direct",
)  # fmt: skip
# What ends, refuses or takes away stands last and looks so.
GRAVE = frozenset(
    {"decline", "propose_decline", "transfer", "take_back", "recall", "send_back", "refuse_return",
     "refuse_extension", "unpublish"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Button:
    """A link to the form of an action."""

    action: str
    label: str | Promise
    url: str
    kind: str


def buttons(target: Suggestion | Assignment, moves: list[Move]) -> dict[str, list[Button]]:
    """`main`: what moves the case on; `more`: what leaves its state alone."""
    order = {action: place for place, action in enumerate(FORWARD)}
    moves = sorted(moves, key=lambda move: (move.action in GRAVE, order.get(move.action, len(order))))
    strong = next((move.action for move in moves if move.action in order), None)

    def button(move: Move) -> Button:
        kind = "danger" if move.action in GRAVE else "" if move.action == strong else "second"
        return Button(move.action, move.label, do_url(target, move.action), kind)

    moving = {move.action for move in moves if move.to is not None or move.action == strong}
    return {
        "main": [button(move) for move in moves if move.action in moving],
        "more": [button(move) for move in moves if move.action not in moving],
    }


def do_url(target: Suggestion | Assignment, action: str) -> str:
    """The one address of an action's form."""
    name = "assignment" if isinstance(target, Assignment) else "suggestion"
    return reverse(f"admin:suggestions_{name}_do", args=[target.pk, action])


def context(case: Suggestion, actor: Actor) -> dict[str, Any]:
    """The whole page."""
    moves = available_moves(actor, case)
    events = why.setters(case.events)
    running = list(case.clocks.filter(stopped_at=None))
    can_merge = any(move.action == "merge" for move in moves)
    show, rated = common.reader(case, actor), levels.of(case, actor.user)
    rows = rowfile.rows_of(case)
    standing = standing_of(actor, case)
    outlooks = {row.pk: outlook(actor, row, standing) for row in rows}
    return {
        **brief(case, actor),
        "buttons": buttons(case, moves),
        "facts": common.facts(case),
        "photos": common.photos(case),
        "clocks": [common.clock_of(row, events) for row in running],
        "asks": _asks(rows, outlooks, show),
        "points": list(case.points.all()),
        "rounds": _rounds(rows, outlooks, show, why.dates_of_rows(rows, events, running)),
        "papers": links.of_case(case, links.OFFICE),
        "sides": outcomes.of(case, actor.user),
        "contacts": rowfile.contacts(case, show),
        "promises": rowfile.promises(case, show),
        "replies": [_reply(reply, rows, show) for reply in _replies(case)],
        "joined": _joined(case, actor),
        "voices": _voices(case),
        **supervising.of_case(case),
        "similar": alike.others(case, actor.person, can_merge=can_merge),
        "contact": contacts.masked(case),
        "contact_url": (
            reverse("admin:suggestions_suggestion_contact", args=[case.pk])
            if contacts.reveal_role(actor, case)
            else ""
        ),
        "reveals": list(case.reveals.select_related("user")[:10]),
        "entries": timeline.entries(case, show=show, levels=rated),
    }


def brief(case: Suggestion, actor: Actor) -> dict[str, Any]:
    """The little that also stands beside a form."""
    return {
        "case": case,
        "title": case.title,
        "state_label": case.get_state_display(),
        "text": common.reader(case, actor)(case.text),
        "holders": common.holders(case),
        "publication": getattr(case, "publication", None),
        "due": common.due_of(case),
    }


Dates = dict[int, list[dict[str, Any]]]
Outlooks = dict[int, tuple[list[Move], dict[str, str | Promise]]]
ROW_LABELS = {action: label for (of_row, action), label in LABELS.items() if of_row}


def _asks(rows: list[Assignment], outlooks: Outlooks, show: rowfile.Show) -> list[dict[str, Any]]:
    """What handlers ask, with the buttons that answer it; colleagues read it without."""
    found = []
    for ask in rowfile.asks(rows, show):
        moves = [move for move in outlooks[ask.row.pk][0] if move.action in ask.answers]
        sorted_out = buttons(ask.row, moves)
        found.append({"ask": ask, "buttons": [*sorted_out["main"], *sorted_out["more"]]})
    return found


def _rounds(
    rows: list[Assignment], outlooks: Outlooks, show: rowfile.Show, dates: Dates
) -> list[dict[str, Any]]:
    """Round by round who has or had it, with the buttons and the papers of each row."""
    papers = links.of_rows(rows, links.OFFICE) if rows else {}
    return [
        {
            "round": each["round"],
            "rows": [
                _row(leaf, rows, outlooks, show, dates) | {"papers": papers[leaf["row"].pk]}
                for leaf in each["rows"]
            ],
        }
        for each in rowfile.tree(rows)
    ]


def _row(
    leaf: dict[str, Any], rows: list[Assignment], outlooks: Outlooks, show: rowfile.Show, dates: Dates
) -> dict[str, Any]:
    row = leaf["row"]
    moves, held = outlooks[row.pk]
    own = [move for move in moves if move.action not in rowfile.ANSWERING]
    return {
        **leaf,
        "live": row.state in workflow.LIVE,
        "dates": dates[row.pk],
        "requests": rowfile.answered(row, show),
        "opinion": show(row.opinion.text) if hasattr(row, "opinion") else "",
        "opinions_missing": "、".join(
            each["unit"] for each in rowfile.opinions(rows, row, show) if each["missing"]
        ),
        "buttons": buttons(row, own) if own else None,
        "held": rowfile.held_back(held, ROW_LABELS),
    }


def _joined(case: Suggestion, actor: Actor) -> list[dict[str, Any]]:
    """The cases of the others, each to be taken out again while it waits for the common reply."""
    clerk = workflow.CLERK in roles_for(actor, case)
    return [
        {
            "case": other,
            "unmerge_url": do_url(other, "unmerge") if clerk and other.state == State.MERGED else "",
        }
        for other in case.merged.order_by("pk")
    ]


def _voices(case: Suggestion) -> dict[str, Any] | None:
    """How many raised it; None for a case alone."""
    count, lead = joined.people(case), case.merged_into
    if count < 2 and lead is None:
        return None
    return {"count": count, "lead": lead, "of_lead": joined.people(lead) if lead else 0}


def _replies(case: Suggestion) -> list[Reply]:
    rows = case.replies.select_related(
        "assignment__unit", "assignment__venue", "drafted_by", "signed_by", "released_by"
    )
    return list(rows.order_by("-pk"))


def _reply(reply: Reply, rows: list[Assignment], show: rowfile.Show) -> dict[str, Any]:
    title = _("Reply, round %(round)d") if reply.released_at else _("Draft, round %(round)d")
    hands = (
        (_("Drafted by"), reply.drafted_by),
        (_("signed off by"), reply.signed_by),
        (_("released by"), reply.released_by),
    )
    row = next((row for row in rows if row.pk == reply.assignment_id), None)
    signer = str(reply.assignment.assignee) if reply.assignment else _("District people's congress")
    salutation, signed = frame(reply.text, signer)
    return {
        "opinions": rowfile.opinions(rows, row, show) if row else [],
        "title": title % {"round": reply.round},
        "salutation": salutation,
        "text": reply.text,
        "signer": "" if signed else signer,
        "date": None if signed else reply.released_at or reply.drafted_at,
        "papers": links.of_reply(reply, links.OFFICE),
        "foot": " · ".join(
            [
                *filter(
                    None,
                    [
                        reply.document_number,
                        outcomes.class_words(reply),
                        reply.get_publicity_display(),
                        reply.publicity_reason,
                    ],
                ),
                *(f"{word} {person}" for word, person in hands if person),
            ]
        ),
    }
