"""One case with everything a person on duty reads and may press."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from congress_portal.common.templatetags.portal import due as due_words
from suggestions import casefile, contacts, timeline, workflow
from suggestions.actors import Actor
from suggestions.enums import AssignmentState
from suggestions.models import Assignment, Reply, Suggestion
from suggestions.papers import links
from suggestions.permissions import roles_for
from suggestions.selectors import assignments_of
from suggestions.services import available_moves

from . import buttons

# Who reads name and phone masked; a unit only where the resident agreed to share them.
VENUE_AND_DISTRICT = frozenset(
    {workflow.LIAISON, workflow.DEPUTY, workflow.CLERK, workflow.REVIEWER, workflow.HEAD}
)


def context(case: Suggestion, actor: Actor) -> dict[str, Any]:
    """What the page of a case shows to this person."""
    show = casefile.reader(case, actor)
    rows = list(own_rows(case, actor))
    papers = links.of_rows(rows, links.DESK) if rows else {}
    return {
        "case": case,
        "text": show(case.text),
        "state_label": case.get_state_display(),
        "bar": buttons.bar(case, available_moves(actor, case)),
        "rows": [_row(row, actor, show) | {"papers": papers[row.pk]} for row in rows],
        "papers": links.of_case(case, links.DESK),
        "replies": _released(case),
        "photos": casefile.photos(case),
        "holders": casefile.holders(case),
        "clocks": [casefile.clock_of(each) for each in case.clocks.filter(stopped_at=None)],
        "facts": casefile.facts(case),
        "contact": contact(case, actor),
        "followers": [
            str(claim.deputy) for claim in case.claims.filter(released_at=None).select_related("deputy")
        ],
        "entries": timeline.entries(case, show=show),
    }


def own_rows(case: Suggestion, actor: Actor) -> Any:
    """Rows of this case given to the reader's places, the live ones first."""
    rows = assignments_of(actor.user).filter(suggestion=case).select_related("unit", "venue", "suggestion")  # type: ignore[arg-type]
    return sorted(rows, key=lambda row: (row.state not in workflow.LIVE, -row.pk))


def _row(row: Assignment, actor: Actor, show: Callable[[str], str]) -> dict[str, Any]:
    versions = list(row.replies.select_related("drafted_by", "signed_by").order_by("-pk"))
    draft = next((reply for reply in versions if reply.released_at is None), None)
    live = row.state in workflow.LIVE
    return {
        "row": row,
        "place": str(row.assignee),
        "kind": row.get_kind_display(),
        "state_label": row.get_state_display(),
        "live": live,
        "due_label": due_words(row.unit_due) if live else "",
        "level": casefile.level_of(row.unit_due),
        "instructions": show(row.instructions),
        "return_reason": show(row.return_reason) if row.state == AssignmentState.RETURN_ASKED else "",
        "draft": draft if live else None,
        "draft_papers": links.of_reply(draft, links.DESK) if draft and live else [],
        "on_its_way": row.state in (AssignmentState.DRAFTED, AssignmentState.SIGNED),
        "bar": buttons.bar(row, available_moves(actor, row)),
    }


def _released(case: Suggestion) -> list[dict[str, Any]]:
    """Replies the resident can read, the latest first; a corrected one only in its new wording."""
    released = case.replies.filter(released_at__isnull=False).select_related(
        "assignment__unit", "assignment__venue", "drafted_by"
    )
    corrected = {reply.corrects_id for reply in released}
    return [
        {
            "title": _("Reply, round %(round)d") % {"round": reply.round},
            "text": reply.text,
            "signer": _signer(reply, case),
            "date": reply.released_at,
            "foot": reply.get_answer_class_display(),
            "papers": links.of_reply(reply, links.DESK),
        }
        for reply in reversed(released)
        if reply.pk not in corrected
    ]


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
        "state_label": case.get_state_display(),
        "holders": casefile.holders(case),
        "last": timeline.latest_by_people(case, show=casefile.reader(case, actor)),
    }
