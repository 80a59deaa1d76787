"""The columns of the lists of cases. Screen and sheet are made from these, so that they say the same."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from congress_portal.common import clock
from congress_portal.common.lists import Column, on_screen
from congress_portal.common.masking import mask_text
from congress_portal.common.templatetags.portal import due as due_words
from suggestions import desk, joined
from suggestions.enums import AssignmentState, ClockKind
from suggestions.models import Assignment, Suggestion

# What a case is marked with: column, words, colour of the tag.
FLAGS: tuple[tuple[str, str | Promise, str], ...] = (
    ("is_urgent", gettext_lazy("urgent"), "overdue"),
    ("is_supervised", gettext_lazy("supervised"), "waiting"),
    ("is_key", gettext_lazy("key case"), "waiting"),
)
# The resident's own time; the edge of a line warns only of ours.
OF_THE_RESIDENT = (ClockKind.SUPPLEMENT, ClockKind.RATING)


def of(way: Callable[[Any], Any], *columns: Column) -> tuple[Column, ...]:
    """The same facts for rows that lead to a case, by the `way` from row to case."""

    def value(column: Column, row: Any) -> Any:
        return column.value(way(row))

    return tuple(Column(column.key, column.label, partial(value, column)) for column in columns)


def cell(case: Suggestion) -> dict[str, Any]:
    """A case in one cell of a list of the office, for admin/suggestions/list_case.html."""
    return on_screen((NUMBER, TITLE, CATEGORY, AREA), case) | {"flags": flags(case)}


def flags(case: Suggestion) -> list[dict[str, Any]]:
    """The marks of a case as tags; how many raised it where it was not one alone."""
    found = [{"label": label, "tone": tone} for name, label, tone in FLAGS if getattr(case, name)]
    people = joined.people(case) if hasattr(case, "joined") else 1
    return found + ([{"label": raised_by(people), "tone": "moving"}] if people > 1 else [])


def raised_by(people: int) -> str:
    return ngettext("%(n)d person raised this", "%(n)d people raised this", people) % {"n": people}


def _received(case: Suggestion) -> date:
    return clock.local_date(case.received_at)


def _title(case: Suggestion) -> str:
    # Some write their telephone number into the first sentence.
    return mask_text(case.title)


NUMBER = Column("number", gettext_lazy("Number"), lambda case: case.number)
TITLE = Column("title", gettext_lazy("title"), _title)
MARKS = Column("marks", gettext_lazy("Marks"), lambda case: [flag["label"] for flag in flags(case)])
CATEGORY = Column("category", gettext_lazy("category"), lambda case: case.category)
AREA = Column("area", gettext_lazy("Place"), lambda case: case.community or case.street)
STATE = Column("state", gettext_lazy("state"), lambda case: case.get_state_display())
RECEIVED = Column("received", gettext_lazy("received"), _received)
DUE = Column("due", gettext_lazy("due"), lambda case: case.due_on, lambda case: due_words(case.due_on))
LEVEL = Column("level", gettext_lazy("level"), lambda case: case.level)
HANDLED = Column(
    "handled", gettext_lazy("The handler says"), lambda case: case.sides.handled_line if case.sides else None
)
RATED = Column(
    "rated", gettext_lazy("The resident says"), lambda case: case.sides.rated_line if case.sides else None
)
OWN_NOTE = Column("own_note", gettext_lazy("My note"), lambda case: case.own_note)


def of_desk(duties: desk.Duties, tab: str) -> list[Column]:
    """A line of the desk, as its reader sees it; the rows come from `desk.with_row_parts`.

    What one has dealt with says what came of it; the own list has what was written beside the own mark, too.
    """
    return [
        NUMBER,
        TITLE,
        Column("place", gettext_lazy("Place"), _place),
        Column("received", gettext_lazy("received"), _received, age),
        Column("note", pgettext_lazy("desk", "To be done"), _notes_for(duties)),
        Column("state", gettext_lazy("state"), _state),
        Column("due", gettext_lazy("due"), due_of, _due_shown),
        *({desk.DONE: [HANDLED, RATED], desk.MINE: [OWN_NOTE]}.get(tab, [])),
    ]


def own_row(case: Any) -> Assignment | None:
    """The live row given to one of the reader's places whose date comes first."""
    return case.own_rows[0] if case.own_rows else None


def due_of(case: Any) -> date | None:
    row = own_row(case)
    return getattr(case, "my_due", None) or (row.unit_due if row else case.due_on)


def waits_for_resident(case: Suggestion) -> bool:
    return own_row(case) is None and case.due_kind in OF_THE_RESIDENT


def age(case: Suggestion) -> str:
    """How long ago it came in, in calendar days."""
    days = (clock.today() - _received(case)).days
    if days <= 0:
        return _("Received today")
    return ngettext("Received %(count)d day ago", "Received %(count)d days ago", days) % {"count": days}


def _place(case: Suggestion) -> str:
    return " ".join(filter(None, [str(case.community or case.street or ""), mask_text(case.place)]))


def _state(case: Suggestion) -> str:
    return (own_row(case) or case).get_state_display()


def _due_shown(case: Suggestion) -> str:
    due = due_of(case)
    return _("Waiting for the resident") if due and waits_for_resident(case) else due_words(due)


def _notes_for(duties: desk.Duties) -> Callable[[Any], str]:
    def notes(case: Any) -> str:
        row, why = own_row(case), getattr(case, "why", None)
        found = [str(desk.WAITS[why].says)] if why is not None else []
        if row is not None and row.state == AssignmentState.ISSUED and row.sign_due:
            day = date_format(row.sign_due, "DATE_FORMAT")
            found.append(_("to be signed for by %(date)s") % {"date": day})
        found += [_("urgent")] if case.is_urgent else []
        people = joined.people(case)
        found += [raised_by(people)] if people > 1 else []
        if len(duties.places) > 1:
            found.append(str(row.assignee if row else case.venue or ""))
        return " · ".join(filter(None, found))

    return notes
