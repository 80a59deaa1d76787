"""One case with everything a person on duty reads and may press."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from congress_portal.common import clock, workdays
from congress_portal.common.masking import mask_text
from congress_portal.common.templatetags.portal import due as due_words
from congress_portal.common.templatetags.portal import zh_date
from suggestions import contacts, desk, workflow
from suggestions.actors import Actor
from suggestions.enums import AssignmentState, ClockUnit, State
from suggestions.models import Assignment, Clock, Reply, Suggestion
from suggestions.permissions import roles_for
from suggestions.selectors import LIVE_ASSIGNMENT, assignments_of
from suggestions.services import available_moves

from . import buttons, history

# Who is to act next where no row says it.
HOLDERS: dict[str, str | Promise] = {
    State.SUBMITTED: gettext_lazy("Intake"),
    State.SUPPLEMENTING: gettext_lazy("The resident, asked for more"),
    State.ACCEPTED: gettext_lazy("District office, to assign"),
    State.REPLIED: gettext_lazy("The resident, to rate"),
    State.DISPUTED: gettext_lazy("Head of the deputies' affairs commission"),
    State.MERGED: gettext_lazy("Handled together with the lead case"),
}
# Who reads name and phone masked; a unit only where the resident agreed to share them.
VENUE_AND_DISTRICT = frozenset(
    {workflow.LIAISON, workflow.DEPUTY, workflow.CLERK, workflow.REVIEWER, workflow.HEAD}
)


def context(case: Suggestion, actor: Actor) -> dict[str, Any]:
    """What the page of a case shows to this person."""
    show = reader(case, actor)
    rows = list(own_rows(case, actor))
    return {
        "case": case,
        "text": show(case.text),
        "state_label": case.get_state_display(),
        "bar": buttons.bar(case, available_moves(actor, case)),
        "rows": [_row(row, actor, show) for row in rows],
        "replies": _released(case),
        "photos": photos(case),
        "holders": holders(case),
        "clocks": [_clock(each) for each in case.clocks.filter(stopped_at=None)],
        "facts": facts(case),
        "contact": contact(case, actor),
        "followers": [
            str(claim.deputy) for claim in case.claims.filter(released_at=None).select_related("deputy")
        ],
        "entries": history.entries(case, show=show),
    }


def reader(case: Suggestion, actor: Actor) -> Callable[[str], str]:
    """Phone and identity numbers inside texts are hidden from whom the contact is hidden from."""
    return str if contacts.reveal_role(actor, case) else mask_text


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
        "level": desk.urgency(row.unit_due, workdays.workdays_until(clock.today(), row.unit_due)),
        "instructions": show(row.instructions),
        "return_reason": show(row.return_reason) if row.state == AssignmentState.RETURN_ASKED else "",
        "draft": draft if live else None,
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
        }
        for reply in reversed(released)
        if reply.pk not in corrected
    ]


def _signer(reply: Reply, case: Suggestion) -> str:
    if reply.assignment:
        return str(reply.assignment.assignee)
    return str(case.venue or _("District people's congress"))


def photos(case: Suggestion) -> list[dict[str, str]]:
    """As the photo grid takes them."""
    return [{"url": reverse("photo", args=[photo.pk])} for photo in case.photos.all()]


def holders(case: Suggestion) -> list[str]:
    """Who has it now, in words."""
    rows = case.assignments.filter(LIVE_ASSIGNMENT).select_related("unit", "venue").order_by("pk")
    named = [f"{row.assignee} ({row.get_kind_display()} · {row.get_state_display()})" for row in rows]
    if named:
        return named
    words = HOLDERS.get(case.state)
    if words is None:
        return []
    if case.state == State.SUBMITTED and case.venue:
        return [f"{case.venue} · {words}"]
    return [str(words)]


def _clock(each: Clock) -> dict[str, str]:
    """A running clock: what it measures, until when, and why that day."""
    left = workdays.workdays_until(clock.today(), each.due_on)
    start = date_format(clock.local_date(each.started_at), "DATE_FORMAT")
    if each.length is None:
        reason = _("Set by hand on %(start)s") % {"start": start}
    elif each.unit == ClockUnit.WORKDAYS:
        reason = ngettext(
            "%(count)d working day from %(start)s", "%(count)d working days from %(start)s", each.length
        ) % {"count": each.length, "start": start}
    else:
        reason = ngettext(
            "%(count)d calendar day from %(start)s", "%(count)d calendar days from %(start)s", each.length
        ) % {"count": each.length, "start": start}
    return {
        "kind": each.get_kind_display(),
        "label": due_words(each.due_on),
        "level": desk.urgency(each.due_on, left),
        "reason": reason,
        "basis": each.basis,
        "day": zh_date(each.due_on),
    }


def due_of(case: Suggestion) -> dict[str, str] | None:
    """The running clock that ends first."""
    first = case.clocks.filter(stopped_at=None).order_by("due_on", "pk").first()
    return _clock(first) if first else None


def facts(case: Suggestion) -> list[dict[str, Any]]:
    """The rows of the summary list."""
    flags = [name for name, on in (
        (_("urgent"), case.is_urgent), (_("key case"), case.is_key), (_("supervised"), case.is_supervised)
    ) if on]  # fmt: skip
    agreed, refused = pgettext("consent", "agreed"), pgettext("consent", "not agreed")
    found = [
        (_("Number"), case.number),
        (_("Place"), " ".join(filter(None, [str(case.street or ""), str(case.community or ""), case.place]))),
        (_("Venue"), f"{case.venue or '—'}\n{case.get_routing_display()}"),
        (_("Category"), case.category),
        (_("Level"), case.get_level_display()),
        (_("Marks"), " · ".join(flags)),
        (_("Deputy asked"), case.deputy_asked),
        (_("Received on"), f"{zh_date(case.received_at)} · {case.get_channel_display()}"),
        (_("Registered by"), case.registered_by),
        (_("Joined to"), case.merged_into),
        (_("Round"), case.round if case.round > 1 else ""),
        (_("Rating"), case.get_rating_display()),
        (_("Publication"), agreed if case.may_publish else refused),
    ]
    return [{"label": label, "value": value} for label, value in found if value]


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
        "text": reader(case, actor)(case.text),
        "state_label": case.get_state_display(),
        "holders": holders(case),
        "last": history.latest_by_people(case, show=reader(case, actor)),
    }
