"""Everything the case page shows. What may be pressed says `available_moves`; here it is only sorted."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from suggestions import casefile as common
from suggestions import contacts, timeline, workflow
from suggestions.actors import Actor
from suggestions.enums import State
from suggestions.models import Assignment, Reply, Suggestion
from suggestions.papers import links
from suggestions.services import available_moves
from suggestions.workflow import Move

# What usually comes next; the first that is possible gets the strong button.
FORWARD = (
    "accept", "assign", "conclude", "publish", "prepare_publication", "release", "approve_return",
    "answer_direct",
)  # fmt: skip
# What ends, refuses or takes away stands last and looks so.
GRAVE = frozenset({"decline", "transfer", "take_back", "recall", "send_back", "refuse_return", "unpublish"})
SIMILAR_DAYS, SIMILAR_LOOKED_AT, SIMILAR_SHOWN, SIMILAR_SHARE = 180, 200, 5, 0.12


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
    can_merge = any(move.action == "merge" for move in moves)
    return {
        **brief(case, actor),
        "buttons": buttons(case, moves),
        "facts": common.facts(case),
        "photos": common.photos(case),
        "clocks": [common.clock_of(row) for row in case.clocks.filter(stopped_at=None)],
        "rows": _rows(case, actor),
        "papers": links.of_case(case, links.OFFICE),
        "replies": [_reply(reply) for reply in _replies(case)],
        "joined": list(case.merged.order_by("pk")),
        "similar": [
            {"case": other, "merge_url": _merge_url(case, other) if can_merge else ""}
            for other in similar(case)
        ],
        "contact": contacts.masked(case),
        "contact_url": (
            reverse("admin:suggestions_suggestion_contact", args=[case.pk])
            if contacts.reveal_role(actor, case)
            else ""
        ),
        "reveals": list(case.reveals.select_related("user")[:10]),
        "entries": timeline.entries(case, show=common.reader(case, actor)),
    }


def _merge_url(case: Suggestion, lead: Suggestion) -> str:
    """ "" where the other could not answer for both."""
    takes = lead.state in (State.ACCEPTED, State.HANDLING)
    return f"{do_url(case, 'merge')}?lead={lead.number}" if takes else ""


def brief(case: Suggestion, actor: Actor) -> dict[str, Any]:
    """The little that also stands beside a form."""
    return {
        "case": case,
        "title": case.title,
        "state_label": case.get_state_display(),
        "text": common.reader(case, actor)(case.text),
        "holders": common.holders(case),
        "publication": getattr(case, "publication", None),
    }


def draft_of(row: Assignment) -> dict[str, Any] | None:
    """The version of the reply now on its way, as the letter shows it."""
    version = row.replies.select_related("drafted_by", "signed_by").order_by("-pk").first()
    return _reply(version) if version and version.released_at is None else None


def similar(case: Suggestion) -> list[Suggestion]:
    """Cases of the last half year from the same street, else of the same category, in much the same words."""
    since = case.received_at - timedelta(days=SIMILAR_DAYS)
    near = Suggestion.objects.filter(received_at__gte=since).exclude(pk=case.pk).exclude(merged_into=case)
    if case.street_id:
        near = near.filter(street=case.street_id)
    elif case.category_id:
        near = near.filter(category=case.category_id)
    words = _bigrams(case)
    found = [
        (share, other)
        for other in near.select_related("venue", "community").order_by("-received_at")[:SIMILAR_LOOKED_AT]
        if (share := _likeness(words, _bigrams(other))) >= SIMILAR_SHARE
    ]
    found.sort(key=lambda pair: -pair[0])
    return [other for _share, other in found[:SIMILAR_SHOWN]]


def _bigrams(case: Suggestion) -> set[str]:
    signs = [sign for sign in f"{case.title}{case.text[:300]}" if sign.isalnum()]
    return {first + second for first, second in pairwise(signs)}


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _assignments(case: Suggestion) -> list[Assignment]:
    rows = case.assignments.select_related("unit", "venue", "proposed_unit", "signed_for_by").order_by("-pk")
    for row in rows:
        # The page's own object: the roles held towards it are worked out once less.
        row.suggestion = case
    return list(rows)


def _rows(case: Suggestion, actor: Actor) -> list[dict[str, Any]]:
    rows = _assignments(case)
    papers = links.of_rows(rows, links.OFFICE) if rows else {}
    return [_row(row, actor) | {"papers": papers[row.pk]} for row in rows]


def _row(row: Assignment, actor: Actor) -> dict[str, Any]:
    live = row.state in workflow.LIVE
    return {
        "row": row,
        "live": live,
        "kind": row.get_kind_display(),
        "state_label": row.get_state_display(),
        "level": common.level_of(row.unit_due),
        "buttons": buttons(row, available_moves(actor, row)) if live else None,
    }


def _replies(case: Suggestion) -> list[Reply]:
    rows = case.replies.select_related(
        "assignment__unit", "assignment__venue", "drafted_by", "signed_by", "released_by"
    )
    return list(rows.order_by("-pk"))


def _reply(reply: Reply) -> dict[str, Any]:
    title = _("Reply, round %(round)d") if reply.released_at else _("Draft, round %(round)d")
    hands = (
        (_("Drafted by"), reply.drafted_by),
        (_("signed off by"), reply.signed_by),
        (_("released by"), reply.released_by),
    )
    return {
        "title": title % {"round": reply.round},
        "text": reply.text,
        "signer": str(reply.assignment.assignee) if reply.assignment else _("District people's congress"),
        "date": reply.released_at or reply.drafted_at,
        "papers": links.of_reply(reply, links.OFFICE),
        "foot": " · ".join(
            [
                *filter(None, [reply.get_answer_class_display(), reply.get_publicity_display()]),
                *(f"{word} {person}" for word, person in hands if person),
            ]
        ),
    }
