"""The front page of the desk: three lists."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from congress_portal.common import clock
from congress_portal.common.pages import capped_count, page_of
from congress_portal.common.templatetags.portal import due as due_words
from congress_portal.common.text import clean_line
from suggestions import desk, joined, outcomes
from suggestions.casefile import level_of
from suggestions.enums import ClockKind
from suggestions.models import Assignment, Suggestion
from suggestions.why import explain, running_first

from .doors import desk_only

# The resident's own time; the edge of a line warns only of ours.
OF_THE_RESIDENT = (ClockKind.SUPPLEMENT, ClockKind.RATING)


@desk_only
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for me, all of my places, what I have dealt with."""
    duties = desk.duties_of(request.user)  # type: ignore[arg-type]
    tab = request.GET.get("tab", desk.WAITING)
    tab = tab if tab in desk.TABS else desk.WAITING
    place = _place(duties, request.GET.get("place", ""))
    words = clean_line(request.GET.get("q", ""))[:60]
    lists = {name: make(duties) for name, make in desk.TABS.items()}
    if place:
        lists = {name: desk.at_place(cases, place) for name, cases in lists.items()}
    cases = desk.matching(lists[tab], words)
    page = page_of(desk.with_row_parts(cases, duties.user), request.GET.get("page", "1"))
    context = {
        "tabs": _tabs(duties, lists, tab, place),
        "rows": _lines(page.object_list, duties, tab),
        "page": page,
        "tab": tab,
        "empty": _empty(duties, tab, words),
        "places": duties.places if len(duties.places) > 1 else [],
        "place": place,
        "words": words,
        "lead": " · ".join(str(each) for each in duties.places[:3]) + ("…" if len(duties.places) > 3 else ""),
        "may_register": bool(duties.venues or duties.streets),
    }
    return render(request, "desk/index.html", context)


def _place(duties: desk.Duties, code: str) -> desk.Place | None:
    return next((place for place in duties.places if place.code == code), None) if code else None


def _tabs(
    duties: desk.Duties, lists: dict[str, Any], current: str, place: desk.Place | None
) -> list[dict[str, Any]]:
    labels = {
        desk.WAITING: pgettext("desk", "Waiting for me"),
        desk.ALL: _all_of(duties),
        desk.DONE: pgettext("desk", "Dealt with"),
    }
    return [
        {
            "label": label,
            "url": "?" + urlencode({"tab": name} | ({"place": place.code} if place else {})),
            "current": name == current,
            "count": capped_count(lists[name]),
        }
        for name, label in labels.items()
    ]


def _all_of(duties: desk.Duties) -> str:
    if duties.venues:
        return pgettext("desk", "All of the venue")
    return pgettext("desk", "All of the street") if duties.streets else pgettext("desk", "All of the unit")


def _lines(cases: list[Suggestion], duties: desk.Duties, tab: str) -> list[dict[str, Any]]:
    """What one has dealt with says besides what came of it."""
    sides = outcomes.for_cases(cases, duties.user) if tab == desk.DONE else {}
    return [_line(case, duties) | {"sides": sides.get(case.pk)} for case in cases]


def _line(case: Suggestion, duties: desk.Duties) -> dict[str, Any]:
    """One case as a line of the list."""
    row = case.own_rows[0] if case.own_rows else None  # type: ignore[attr-defined]
    due = getattr(case, "my_due", None) or (row.unit_due if row else case.due_on)
    residents = row is None and case.due_kind in OF_THE_RESIDENT
    why = getattr(case, "why", None)
    notes = [str(desk.WAITS[why].says)] if why is not None else []
    notes += [_("urgent")] if case.is_urgent else []
    people = joined.people(case)
    if people > 1:
        notes.append(ngettext("%(n)d person raised this", "%(n)d people raised this", people) % {"n": people})
    if len(duties.places) > 1:
        notes.append(str(row.assignee if row else case.venue or ""))
    return {
        "url": reverse("desk_case", args=[case.number]),
        "title": case.title,
        "number": case.number,
        "place": " ".join(filter(None, [str(case.community or case.street or ""), case.place])),
        "age": age(case),
        "note": " · ".join(filter(None, notes)),
        "state": (row or case).state,
        "state_label": (row or case).get_state_display(),
        "due_label": _("Waiting for the resident") if residents and due else due_words(due),
        "level": "none" if residents else level_of(due),
        "why": _why(case, row),
    }


def _why(case: Suggestion, row: Assignment | None) -> str:
    """Why the day of the line is that day; the page of the case says it in full."""
    if row:
        reply = next((each for each in case.clocks.all() if each.kind == ClockKind.REPLY), None)
        return explain(row, reply=reply).short
    first = running_first(case)
    return explain(first).short if first else ""


def age(case: Suggestion) -> str:
    """How long ago it came in, in calendar days."""
    days = (clock.today() - clock.local_date(case.received_at)).days
    if days <= 0:
        return _("Received today")
    return ngettext("Received %(count)d day ago", "Received %(count)d days ago", days) % {"count": days}


def _empty(duties: desk.Duties, tab: str, words: str) -> dict[str, str]:
    """What would stand here, and the way to make it so."""
    register = reverse("desk_register") if duties.venues else ""
    action = _("Register for somebody") if register else ""
    if words:
        return {
            "title": _("Nothing found"),
            "text": _("No case here has this number or these words in its title."),
        }
    if tab == desk.WAITING:
        return {
            "title": _("Nothing waits for you"),
            "text": _("New cases that you can move on appear here, the nearest date first."),
        }
    if tab == desk.DONE:
        return {
            "title": _("Nothing dealt with yet"),
            "text": _("Every case you have acted on is kept here."),
        }
    return {
        "title": _("No cases yet"),
        "text": _("Whatever is sent or given to your place appears here."),
        "url": register,
        "action": action,
    }
