"""The front page of the desk: its lists."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from congress_portal.common.lists import Column, on_screen
from congress_portal.common.pages import capped_count, page_of
from congress_portal.exports import answers
from suggestions import desk, outcomes
from suggestions.casefile import level_of
from suggestions.enums import ClockKind
from suggestions.lists.columns import due_of, of_desk, own_row, waits_for_resident
from suggestions.lists.desk_list import DeskList
from suggestions.models import Suggestion
from suggestions.views.lists import due as due_page
from suggestions.views.lists import saved
from suggestions.why import explain, of_case

from .doors import desk_only
from .own import side_of, tab_label

NO_DAY, NO_DUE, NO_WORDS = "no day", "no due", "no words"
# Where a list is empty: what is so, and what would be here.
EMPTY: dict[str, tuple[str | Promise, str | Promise]] = {
    NO_DAY: (
        gettext_lazy("There is no such day"),
        gettext_lazy("A day is written like 2026-10-10. Choose it in the due calendar."),
    ),
    NO_DUE: (
        gettext_lazy("Nothing is due"),
        gettext_lazy("What was due has been done, or its date was moved."),
    ),
    NO_WORDS: (
        gettext_lazy("Nothing found"),
        gettext_lazy("No case here has this number or these words in its title."),
    ),
    desk.WAITING: (
        gettext_lazy("Nothing waits for you"),
        gettext_lazy("New cases that you can move on appear here, the nearest date first."),
    ),
    desk.DONE: (
        gettext_lazy("Nothing dealt with yet"),
        gettext_lazy("Every case you have acted on is kept here."),
    ),
    desk.MINE: (
        gettext_lazy("Your list is empty"),
        gettext_lazy("Put a case on it with the button beside it. Only you see what is on it."),
    ),
    desk.ALL: (
        gettext_lazy("No cases yet"),
        gettext_lazy("Whatever is sent or given to your place appears here."),
    ),
}


@desk_only
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for me, all of my places, what I have dealt with, what I marked."""
    duties = desk.duties_of(request.user)  # type: ignore[arg-type]
    shown, side = DeskList.read(duties, request.GET.dict()), side_of(duties)
    page = page_of(desk.with_row_parts(shown.cases, duties.user), request.GET.get("page", "1"))
    query = urlencode(shown.given)
    columns = of_desk(duties, shown.tab)
    if shown.tab == desk.DONE:
        outcomes.attach(page.object_list, duties.user)
    context = {
        "tabs": _tabs(shown),
        "rows": [_line(case, columns) for case in page.object_list],
        "page": page,
        "list": shown,
        "empty": _empty(shown),
        "places": duties.places if len(duties.places) > 1 else [],
        "lead": " · ".join(str(each) for each in duties.places[:3]) + ("…" if len(duties.places) > 3 else ""),
        "may_register": bool(duties.venues or duties.streets),
        "plans_reception": bool(duties.venues),
        "due_words": due_page.words(shown.day) if shown.day else "",
        "saved": saved.links(request, side),
        "saved_url": side.url("saved"),
        "due_url": side.url("due"),
        "undue_url": side.list_of({key: value for key, value in shown.given.items() if key != "due"}),
        "sheet_note": answers.note(request, Suggestion),
        "sheet_url": f"{side.url('sheet')}?{query}" if page.object_list else "",
        "query": query,
    }
    return render(request, "desk/index.html", context)


def _tabs(shown: DeskList) -> list[dict[str, Any]]:
    kept = {name: value for name, value in shown.given.items() if name in ("place", "due")}
    return [
        {
            "label": tab_label(shown, name),
            "url": "?" + urlencode({"tab": name} | kept),
            "current": name == shown.tab,
            "count": capped_count(shown.of_tab(name)),
        }
        for name in desk.TABS
    ]


def _line(case: Any, columns: Sequence[Column]) -> dict[str, Any]:
    """One case as a line of the list: the words of its columns, and how they are drawn."""
    residents = waits_for_resident(case)
    return {
        **on_screen(columns, case),
        "url": reverse("desk_case", args=[case.number]),
        "mark_url": reverse("desk_mark", args=[case.number]),
        "pk": case.pk,
        "is_marked": case.is_marked,
        "state_key": (own_row(case) or case).state,
        "level": "none" if residents else level_of(due_of(case)),
        "why": _why(case),
        "sides": getattr(case, "sides", None),
    }


def _why(case: Any) -> str:
    """Why the day of the line is that day; the page of the case says it in full."""
    row = own_row(case)
    if row:
        reply = next((each for each in case.clocks.all() if each.kind == ClockKind.REPLY), None)
        return explain(row, reply=reply).short
    return of_case(case)


def _empty(shown: DeskList) -> dict[str, Any]:
    """What would stand here, and the way to make it so."""
    what = NO_DAY if shown.asked else NO_DUE if shown.day else NO_WORDS if shown.words else shown.tab
    title, text = EMPTY[what]
    ways = {
        **dict.fromkeys((NO_DAY, NO_DUE), (reverse("desk_due"), _("Due calendar"))),
        **({desk.ALL: (reverse("desk_register"), _("Register for somebody"))} if shown.duties.venues else {}),
    }
    url, action = ways.get(what, ("", ""))
    return {"title": title, "text": text, "url": url, "action": action}
