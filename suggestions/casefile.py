"""What everybody on duty reads of one case, at the desk and in the office alike."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from congress_portal.common.masking import mask_text
from congress_portal.common.templatetags.portal import due as due_words
from congress_portal.common.templatetags.portal import zh_date

from . import contacts
from .actors import Actor
from .enums import State
from .lateness import level_of
from .models import Clock, Event, Suggestion
from .selectors import LIVE_ASSIGNMENT
from .why import explain

# Who is to act next where no row says it.
HOLDERS: dict[str, str | Promise] = {
    State.SUBMITTED: gettext_lazy("Intake"),
    State.SUPPLEMENTING: gettext_lazy("The resident, asked for more"),
    State.DECLINE_REVIEW: gettext_lazy("A second person, to confirm the refusal"),
    State.ACCEPTED: gettext_lazy("District office, to assign"),
    State.REPLIED: gettext_lazy("The resident, to rate"),
    State.DISPUTED: gettext_lazy("Head of the deputies' affairs commission"),
    State.MERGED: gettext_lazy("Handled together with the lead case"),
}


def reader(case: Suggestion, actor: Actor) -> Callable[[str], str]:
    """Phone and identity numbers inside texts are hidden from whom the contact is hidden from."""
    return str if contacts.reveal_role(actor, case) else mask_text


def photos(case: Suggestion) -> list[dict[str, str]]:
    """As the photo grid takes them."""
    return [{"url": reverse("photo", args=[photo.pk])} for photo in case.photos.all()]


def holders(case: Suggestion) -> list[str]:
    """Who has it now, in words."""
    rows = case.assignments.filter(LIVE_ASSIGNMENT).select_related("unit", "venue").order_by("pk")
    named = [f"{row.assignee} · {row.get_kind_display()} · {row.get_state_display()}" for row in rows]
    if named:
        return named
    words = HOLDERS.get(case.state)
    if words is None:
        return []
    if case.state == State.SUBMITTED and case.venue:
        return [f"{case.venue} · {words}"]
    return [str(words)]


def clock_of(each: Clock, events: Iterable[Event] = ()) -> dict[str, Any]:
    """A running clock: what it measures, until when, and why that day; `events` as `explain` takes them."""
    return {
        "row": each,
        "kind": each.get_kind_display(),
        "label": due_words(each.due_on),
        "level": level_of(each.due_on),
        "why": explain(each, events=events),
        "day": zh_date(each.due_on),
    }


def due_of(case: Suggestion) -> dict[str, Any] | None:
    """The running clock that ends first."""
    first = case.clocks.filter(stopped_at=None).order_by("due_on", "pk").first()
    return clock_of(first) if first else None


def facts(case: Suggestion) -> list[dict[str, Any]]:
    """The rows of the summary list."""
    flags = [name for name, on in (
        (_("urgent"), case.is_urgent), (_("key case"), case.is_key), (_("supervised"), case.is_supervised),
        (_("inquiry"), case.is_inquiry), (_("author left"), case.has_left),
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
        (_("Number elsewhere"), case.outside_number),
        (_("Registered by"), case.registered_by),
        (_("Joined to"), case.merged_into),
        (_("Round"), case.round if case.round > 1 else ""),
        (_("Publication"), agreed if case.may_publish else refused),
    ]
    return [{"label": label, "value": value} for label, value in found if value]
