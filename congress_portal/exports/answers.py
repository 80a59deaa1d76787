"""A list that goes out as a file; any page has it with `answers.answer(request, rows=…, columns=…)`."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress_portal.accounts.models import Role
from congress_portal.common import clock
from congress_portal.common.lists import Column

from . import files, hiding

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(
    request: HttpRequest,
    *,
    rows: QuerySet[Any] | Sequence[Any],
    prepare: Callable[[list[Any]], None] | None = None,
    columns: Sequence[Column],
    what: str,
    back: str,
    conditions: str = "",
    query: str = "",
) -> HttpResponseBase:
    """The file; or, with too many rows, `back` to the page of the list with a word about it."""
    user: Any = request.user
    try:
        file = files.export(
            user, rows=rows, prepare=prepare, columns=columns, what=what, conditions=conditions, query=query
        )
    except files.TooMany:
        text = ngettext(
            "This list has more than %(count)d row. Narrow it with a filter, then export it.",
            "This list has more than %(count)d rows. Narrow it with a filter, then export it.",
            files.MOST_ROWS,
        )
        messages.error(request, text % {"count": files.MOST_ROWS})
        return redirect(back)
    name = f"{what}-{clock.today():%Y-%m-%d}.xlsx"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response


def note(request: HttpRequest, model: type[Model]) -> str:
    """A word for whoever sees more than leaves the house."""
    user: Any = request.user
    if not (hiding.hides(model) and user.has_role(Role.SECRECY)):
        return ""
    return _("What only the secrecy officer sees is not exported.")
