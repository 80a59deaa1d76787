"""What somebody at the desk keeps of its lists: saved filters, marks, the due calendar, a file."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress_portal.exports import answers
from suggestions import desk, outcomes
from suggestions.lists import due
from suggestions.lists.columns import of_desk
from suggestions.lists.desk_list import KNOWN, DeskList
from suggestions.models import SavedFilter
from suggestions.views.lists import due as due_page
from suggestions.views.lists import marks, saved
from suggestions.views.lists.sides import Side

from .doors import desk_only


def side_of(duties: desk.Duties) -> Side:
    return Side(
        where=SavedFilter.Where.DESK, home="desk", prefix="desk_", folder="desk/lists", known=KNOWN,
        cases=lambda given: DeskList.read(duties, given).cases, frame={},
    )  # fmt: skip


@desk_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def saved_filters(request: HttpRequest) -> HttpResponse:
    return saved.index(request, _side(request))


@desk_only
@require_POST
def rename_filter(request: HttpRequest, pk: int) -> HttpResponse:
    return saved.rename(request, _side(request), pk)


@desk_only
@require_POST
def delete_filter(request: HttpRequest, pk: int) -> HttpResponse:
    return saved.delete(request, _side(request), pk)


@desk_only
@require_POST
def mark(request: HttpRequest, number: str) -> HttpResponse:
    case = desk.get_case(request.user, number)  # type: ignore[arg-type]
    return marks.mark(request, _side(request), case, case_url=reverse("desk_case", args=[number]))


@desk_only
@require_safe
@never_cache
def due_calendar(request: HttpRequest) -> HttpResponse:
    duties = desk.duties_of(request.user)  # type: ignore[arg-type]
    return due_page.index(request, side_of(duties), due.at_desk(duties))


@desk_only
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The list under the conditions of the address, all its pages."""
    duties = desk.duties_of(request.user)  # type: ignore[arg-type]
    shown = DeskList.read(duties, request.GET.dict())
    return answers.answer(
        request,
        rows=desk.with_row_parts(shown.cases, duties.user),
        prepare=partial(outcomes.attach, user=duties.user),
        columns=of_desk(duties, shown.tab),
        what=_("Cases of the desk"),
        conditions=conditions(shown),
        query=urlencode(shown.given),
        back=side_of(duties).list_of(shown.given),
    )


def tab_label(shown: DeskList, tab: str) -> str:
    """What a tab of the desk is called."""
    if tab == desk.ALL:
        if shown.duties.venues:
            return pgettext("desk", "All of the venue")
        of_street = pgettext("desk", "All of the street")
        return of_street if shown.duties.streets else pgettext("desk", "All of the unit")
    return {
        desk.WAITING: pgettext("desk", "Waiting for me"),
        desk.DONE: pgettext("desk", "Dealt with"),
        desk.MINE: _("My list"),
    }[tab]


def conditions(shown: DeskList) -> str:
    """What the list is narrowed to, in words."""
    found = [
        tab_label(shown, shown.tab),
        str(shown.place or ""),
        due_page.words(shown.day) if shown.day else "",
        shown.words,
    ]
    return " · ".join(filter(None, found))


def _side(request: HttpRequest) -> Side:
    return side_of(desk.duties_of(request.user))  # type: ignore[arg-type]
