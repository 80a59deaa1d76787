"""The due calendar: what is due on which day of a month, each figure a link to exactly these cases."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congress_portal.common import workdays
from suggestions.lists import calendar
from suggestions.lists.due import KINDS, Agenda, Due

from .sides import Side

A_MONDAY = date(2024, 1, 1)


def index(request: HttpRequest, side: Side, agenda: Agenda) -> HttpResponse:
    """A month as a table; months nobody has are answered with the present one and a word about it."""
    asked = request.GET.get("month", "")
    month, found = calendar.month_of(asked)
    user: Any = request.user
    sheet = calendar.sheet(agenda, user, month, lambda due: side.list_of({"due": str(due)}))
    context = {
        "title": _("Due calendar"),
        "sheet": sheet,
        "month_label": calendar.month_name(month),
        "weekdays": [date_format(A_MONDAY + timedelta(days=n), "D") for n in range(7)],
        "before": _link(sheet.before),
        "after": _link(sheet.after),
        "strange": "" if found else asked[:20],
        "missing": sorted(workdays.unknown_years(sheet.weeks[0][0].day, sheet.weeks[-1][-1].day)),
    }
    return side.page(request, "due", context)


def words(due: Due) -> str:
    """What a list narrowed to this shows."""
    label = _("Due on %(date)s") % {"date": date_format(due.day, "DATE_FORMAT")} if due.day else _("Overdue")
    return f"{label} · {KINDS[due.kind]}" if due.kind else label


def _link(month: date | None) -> dict[str, Any] | None:
    """The address and the name of another month; the year stands in the heading between them."""
    if month is None:
        return None
    label = date_format(month, pgettext("date format: month", "F"))
    return {"url": "?" + urlencode({"month": f"{month:%Y-%m}"}), "label": label}
