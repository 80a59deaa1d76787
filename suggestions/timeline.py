"""The history of a case in words, for those on duty."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress_portal.common.templatetags.portal import labelled, zh_date
from suggestions import workflow
from suggestions.enums import (
    AnswerClass,
    AssignmentKind,
    CaseLevel,
    Channel,
    ClockKind,
    ContactMode,
    ContactPhase,
    Outcome,
    PromiseStatus,
    RatingLevel,
    ToldBy,
)
from suggestions.levels import Levels, begins_redo
from suggestions.models import Event, Rating, ReminderRule, Suggestion

ROLE_LABELS: dict[str, str | Promise] = {
    workflow.RESIDENT: pgettext_lazy("role", "Resident"),
    workflow.LIAISON: pgettext_lazy("role", "Liaison officer"),
    workflow.COMMITTEE: pgettext_lazy("role", "Sub-district working committee"),
    workflow.STREET_ASSIGNER: pgettext_lazy("role", "Sub-district working committee"),
    workflow.DEPUTY: pgettext_lazy("role", "Deputy"),
    workflow.CLERK: pgettext_lazy("role", "Clerk"),
    workflow.REVIEWER: pgettext_lazy("role", "Reviewer"),
    workflow.HEAD: pgettext_lazy("role", "Head of the deputies' affairs commission"),
    workflow.SECRECY: pgettext_lazy("role", "Secrecy officer"),
    workflow.COORDINATOR: pgettext_lazy("role", "Coordinator office"),
    workflow.HANDLER: pgettext_lazy("role", "Handler"),
    workflow.OFFICER: pgettext_lazy("role", "Handler"),
    workflow.LEADER: pgettext_lazy("role", "Signs off"),
    workflow.SYSTEM: pgettext_lazy("role", "System"),
}
LABELS = {
    (of_row, move.action): move.label
    for of_row, moves in ((False, workflow.SUGGESTION_MOVES), (True, workflow.ASSIGNMENT_MOVES))
    for move in moves
}


def _label(choices: Any) -> Callable[[Any], str]:
    return lambda value: str(dict(choices.choices).get(value, value))


def _place_or_day(value: str) -> str:
    """`redate` remembers the day it moved from, `move_venue` the place."""
    try:
        return zh_date(date.fromisoformat(value))
    except ValueError:
        return value


# Reminders to the resident have a tone of their own.
TONES = dict(ReminderRule.Tone.choices) | {"RATE": _("Please rate the reply")}
# Dates of an assignment, and of a promise.
DATES: dict[str, str | Promise] = {
    "unit_due": pgettext_lazy("date", "Due"),
    "sign_due": pgettext_lazy("date", "Sign for until"),
    "return_until": pgettext_lazy("date", "May be returned until"),
}


def _moved(dates: dict[str, list[str]]) -> str:
    """What `recount` moved, each from its old to its new day."""
    return "\n".join(
        f"{DATES.get(name, name)} {_place_or_day(before)} → {_place_or_day(after)}"
        for name, (before, after) in dates.items()
    )


# What an event remembers besides its note, in words; names of people who told us are not among it.
DETAILS: tuple[tuple[str, str | Promise, Callable[[Any], str]], ...] = (
    ("to", _("Given to"), str),
    ("from", _("Moved from"), _place_or_day),
    ("kind", _("Kind"), _label(AssignmentKind)),
    ("due", _("Due"), _place_or_day),
    ("proposed_unit", _("Proposed unit"), str),
    ("body", _("Goes to"), str),
    ("where_to_go", _("Where to go instead"), str),
    ("lead", _("Lead case"), str),
    ("leader", _("Leader who supervises"), str),
    ("supervising_body", _("Supervising body"), str),
    ("how", _("How"), _label(ToldBy)),
    ("channel", _("Channel"), _label(Channel)),
    ("outcome", _("Conclusion"), _label(Outcome)),
    ("photos", _("Photos"), str),
    ("code", _("Ground"), str),
    ("remark", _("Remark"), str),
    ("points", _("Points to be answered"), str),
    ("number", _("Number"), str),
    ("class", _("Class of the reply"), _label(AnswerClass)),
    ("clock", _("Clock"), _label(ClockKind)),
    ("what", _("Date"), lambda value: str(DATES.get(value, value))),
    ("promise", _("Promise"), str),
    ("verdict", _("What became of it"), _label(PromiseStatus)),
    ("day", _("Day"), _place_or_day),
    ("phase", _("Phase"), _label(ContactPhase)),
    ("mode", _("How"), _label(ContactMode)),
    ("tone", _("Tone"), lambda value: str(TONES.get(value, value))),
    ("dates", _("Dates"), _moved),
    ("whom", _("To"), str),
    ("process", _("Attitude and process"), _label(RatingLevel)),
    ("when", _("Said on"), _place_or_day),
)
SCALES = {"rate_ok": RatingLevel, "rate_bad": RatingLevel, "rate_bad_direct": RatingLevel,
          "rate_bad_again": RatingLevel, "rate_kept_promise": RatingLevel}  # fmt: skip


# What a unit reads of a rating while its levels are kept from it.
RATED = {
    "rate_bad": _("Handled a second time"),
    "rate_bad_direct": _("Handled a second time"),
    "": _("The resident answered"),
}


def entries(case: Suggestion, *, show: Callable[[str], str], levels: Levels) -> list[dict[str, Any]]:
    """Every event, newest first, for the timeline; `show` and `levels` hide what the reader may not see."""
    told = list(_told(case))
    ratings = levels.of_events(event for event, _assignee in told)
    return [_entry(event, show, assignee, levels, ratings.get(event.pk)) for event, assignee in told]


def latest_by_people(
    case: Suggestion, *, show: Callable[[str], str], levels: Levels
) -> dict[str, Any] | None:
    """The last thing a person did, not what merely followed from it."""
    told = list(_told(case))
    ratings = levels.of_events(event for event, _assignee in told)
    for event, assignee in told:
        if event.role not in (workflow.SYSTEM, workflow.FOLLOWS):
            return _entry(event, show, assignee, levels, ratings.get(event.pk))
    return None


def venue_at(case: Suggestion, event: Event) -> str:
    """The name of the venue that had the case when the event happened; "" for none."""
    later = (row for row in case.events.all() if row.seq > event.seq and row.action == "move_venue")
    moved = min(later, key=lambda row: row.seq, default=None)
    if moved is not None:
        return str(moved.data.get("from", ""))
    return case.venue.name if case.venue else ""


def _told(case: Suggestion) -> Iterator[tuple[Event, str]]:
    """Every event, newest first, with the name of whoever had the assignment then ("" without one)."""
    rows = case.events.select_related("actor", "assignment__unit", "assignment__venue").order_by("-seq")
    before: dict[int, str] = {}
    for event in rows:
        row = event.assignment
        yield event, before.get(row.pk, str(row.assignee)) if row else ""
        if row and event.action == "hand_over":
            before[row.pk] = str(event.data.get("from", ""))


def _entry(
    event: Event, show: Callable[[str], str], assignee: str, levels: Levels, rating: Rating | None
) -> dict[str, Any]:
    kept = levels.kept_until(rating)
    label = str(LABELS.get((event.assignment_id is not None, event.action), event.action))
    if kept:
        label = str(RATED.get(event.action, RATED[""]))
    return {
        "what": f"{label} · {assignee}" if assignee else label,
        "when": event.happened_at,
        "who": _who(event),
        "text": _kept_text(event, show, kept) if kept else _text(event, show),
    }


def _kept_text(event: Event, show: Callable[[str], str], kept: date) -> str:
    """The reason of a second handling is read at once; all else of a rating once its window is over."""
    lines = [show(event.note)] if event.note and begins_redo(event) else []
    lines.append(_("The rating can be read after %(day)s.") % {"day": zh_date(kept)})
    return "\n".join(lines)


def _who(event: Event) -> str:
    """Name and duty; a resident is never named here."""
    label = str(ROLE_LABELS.get(event.role, ""))
    if event.role == workflow.RESIDENT or event.actor is None:
        return label
    return f"{event.actor} · {label}" if label else ""


def _text(event: Event, show: Callable[[str], str]) -> str:
    lines = [show(event.note)] if event.note else []
    level = event.data.get("level")
    if level:
        lines.insert(0, _label(SCALES.get(event.action, CaseLevel))(level))
    # Rows that were issued name their assignee in the heading already.
    hidden = {"to"} if event.assignment_id else set()
    for key, label, words in DETAILS:
        value = event.data.get(key)
        if value and key not in hidden:
            lines.append(labelled(label, words(value)))
    return "\n".join(lines)
