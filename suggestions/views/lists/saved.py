"""Saved filters: keeping the list one looks at, the page of one's own, new names, and away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from congress_portal.accounts.models import User
from congress_portal.common.pages import capped_counts
from suggestions.forms.lists import NameForm
from suggestions.lists import saved
from suggestions.models import SavedFilter

from .sides import Side


def links(request: HttpRequest, side: Side) -> list[dict[str, Any]]:
    """One's own, each with its address and how many cases it finds now; two queries for all of them."""
    user: Any = request.user
    rows = saved.of(user, side.where)
    queries = [saved.read(row.query, side.known) for row in rows]
    found = [side.cases(query.given) for query in queries]
    counts = capped_counts(User.objects.filter(pk=user.pk), found)
    now = saved.read(request.GET.urlencode(), side.known).given
    return [
        {
            "row": row,
            "url": side.list_of(query.given),
            "count": count,
            "current": bool(now) and query.given == now,
            "unknown": query.unknown,
        }
        for row, query, count in zip(rows, queries, counts, strict=True)
    ]


def index(request: HttpRequest, side: Side) -> HttpResponse:
    """The page of one's own; what is sent to it is a list to be kept."""
    return _keep(request, side) if request.method == "POST" else _page(request, side)


def rename(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    row, form = _own(request, side, pk), NameForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            saved.rename(row, form.cleaned_data["name"])
        except ValidationError as error:
            form.add_error("name", error)
        else:
            messages.success(request, _("Saved under the new name."))
            return redirect(side.url("saved"))
    return _page(request, side, {pk: form})


def delete(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    row = _own(request, side, pk)
    saved.delete(row)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": row.name})
    return redirect(side.url("saved"))


def _keep(request: HttpRequest, side: Side) -> HttpResponse:
    user: Any = request.user
    query = saved.read(request.POST.get("query", ""), side.known)
    form, taken = NameForm(request.POST), None
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            saved.save(
                user, where=side.where, name=name, query=query, replace=request.POST.get("replace") == "1"
            )
        except saved.NameTaken as error:
            taken = error.row
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept as “%(name)s”.") % {"name": name})
            if query.unknown:
                messages.warning(
                    request, _("Some conditions of the address are not known here and were left out.")
                )
            return redirect(side.list_of(query.given))
    old = saved.read(taken.query, side.known) if taken else None
    context = {
        "form": form, "query": query.text, "taken": taken, "list_url": side.list_of(query.given),
        "old_url": side.list_of(old.given) if old else "", "title": _("Keep this list"),
    }  # fmt: skip
    return side.page(request, "save", context)


def _page(request: HttpRequest, side: Side, sent: dict[int, NameForm] | None = None) -> HttpResponse:
    lines = links(request, side)
    for line in lines:
        row: SavedFilter = line["row"]
        line["rename_url"] = side.url("saved_rename", row.pk)
        line["delete_url"] = side.url("saved_delete", row.pk)
        line["form"] = (sent or {}).get(row.pk) or NameForm(initial={"name": row.name}, prefix=str(row.pk))
    context = {
        "lines": lines, "most": saved.MOST, "title": _("My saved filters"), "list_url": side.list_url
    }  # fmt: skip
    return side.page(request, "saved", context)


def _own(request: HttpRequest, side: Side, pk: int) -> SavedFilter:
    row = saved.get(request.user, side.where, pk)  # type: ignore[arg-type]
    if row is None:
        raise Http404
    return row
