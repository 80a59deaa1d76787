"""The small button that puts a case on one's own list, or takes it off, wherever the case is shown."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from suggestions.forms.lists import NoteForm
from suggestions.lists import bookmarks
from suggestions.models import Suggestion

from .sides import Side


def panel(request: HttpRequest, case: Suggestion, url: str) -> dict[str, Any]:
    """The part of a case's page: whether it is marked, and the note beside the mark."""
    row = bookmarks.find(request.user, case)  # type: ignore[arg-type]
    form = NoteForm(initial={"note": row.note if row else ""})
    return {"marked": row, "mark_form": form, "mark_url": url}


def mark(request: HttpRequest, side: Side, case: Suggestion, *, case_url: str) -> HttpResponse:
    """`on=0` takes the mark away; else it is set, with the note if one was sent."""
    user: Any = request.user
    back = side.back(request, case_url)
    if request.POST.get("on") == "0":
        bookmarks.unmark(user, case)
        messages.success(request, _("Taken off your list: %(number)s.") % {"number": case.number})
        return redirect(back)
    form = NoteForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "case": case, "back": back, "title": _("My note"), "case_url": case_url}
        return side.page(request, "mark", context)
    bookmarks.mark(user, case, note=form.cleaned_data["note"] if "note" in request.POST else None)
    messages.success(request, _("On your list: %(number)s.") % {"number": case.number})
    return redirect(back)
