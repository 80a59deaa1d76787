"""The file of those elected: choose it, look at what it holds, take it over."""

import logging
from typing import Any

import tablib
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from congress_portal.common.sheets.pages import Shelf, download
from congress_portal.common.sheets.reading import SheetError, read
from congress_portal.common.sheets.writing import write
from deputies.models import TermChange, TermMatch
from suggestions.errors import DoorError
from suggestions.forms.term_change import TakeOverForm, TermFileForm
from suggestions.resources import TermSheet

logger = logging.getLogger(__name__)
SHOWN = 200


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also to nothing at all, if that was sent."""
    return request.POST if request.method == "POST" else None


def choose(request: HttpRequest, own: Any, change: TermChange) -> HttpResponse:
    own.check_clerk(request)
    if not own.is_draft(request, change):
        return redirect(own.address(change))
    # No files bind a form as much as some do.
    form = TermFileForm(sent(request), request.FILES if request.method == "POST" else None)
    context: dict[str, Any] = {}
    table = _table(form) if request.method == "POST" and form.is_valid() else None
    if table is not None:
        upload = form.cleaned_data["import_file"]
        sheet = TermSheet(change)
        try:
            result = sheet.import_data(table, dry_run=True, user=request.user)
        except DoorError as error:
            messages.error(request, str(error))
            return redirect(own.address(change))
        upload.seek(0)
        context = {"result": result, **_preview(sheet, result, upload.read(), upload.name, change)}
    return _page(request, own, change, {"form": form, **context})


def _table(form: TermFileForm) -> tablib.Dataset | None:
    """The file's rows; None with the reason at the field."""
    try:
        return read(form.cleaned_data["import_file"].read())
    except SheetError as error:
        form.add_error("import_file", str(error))
    except Exception as error:
        # Whatever a damaged file does to the library that reads it.
        logger.warning("An uploaded table could not be read.", exc_info=error)
        form.add_error("import_file", _("The file is damaged. Open it in Excel or WPS and save it again."))
    return None


def _preview(
    sheet: TermSheet, result: Any, data: bytes, file_name: str, change: TermChange
) -> dict[str, Any]:
    if result.has_errors() or result.has_validation_errors():
        return {}
    shelf = Shelf()
    shelf.save(data)
    kinds = {kind: sum(row.match == kind for row in sheet.rows) for kind in TermMatch}
    take = TakeOverForm(
        initial={"shelf": shelf.name, "fingerprint": result.fingerprint, "file_name": file_name[:120]}
    )
    return {
        "take": take,
        "rows": sheet.rows[:SHOWN],
        "unshown": max(0, len(sheet.rows) - SHOWN),
        "kept": sum(row.is_confirmed for row in sheet.rows),
        "counts": {
            "all": len(sheet.rows), "same": kinds[TermMatch.SAME], "new": kinds[TermMatch.NEW],
            "open": kinds[TermMatch.OPEN], "before": change.rows.count(),
        },
    }  # fmt: skip


def take(request: HttpRequest, own: Any, change: TermChange) -> HttpResponse:
    """All of the file that was looked at, or nothing."""
    own.check_clerk(request)
    if not own.is_draft(request, change):
        return redirect(own.address(change))
    form = TakeOverForm(sent(request))
    shelf = Shelf(name=form.cleaned_data["shelf"]) if form.is_valid() else None
    data = shelf.read() if shelf else None
    if shelf is None or data is None:
        if request.method == "POST":
            messages.error(request, _("The checked file is no longer here. Please choose it again."))
        return redirect(own.address(change, "file"))
    sheet = TermSheet(change)
    try:
        result = sheet.import_data(
            read(data), rollback_on_validation_errors=True, use_transactions=True, user=request.user,
            file_name=form.cleaned_data["file_name"], expected=form.cleaned_data["fingerprint"],
        )  # fmt: skip
    except DoorError as error:
        messages.error(request, str(error))
        return redirect(own.address(change))
    shelf.remove()
    if result.has_errors() or result.has_validation_errors():
        return _page(request, own, change, {"form": TermFileForm(), "result": result})
    messages.success(request, _("The file is taken over: %(count)d mandates.") % {"count": len(sheet.rows)})
    return redirect(own.address(change, "rows"))


def template(request: HttpRequest, own: Any, change: TermChange) -> HttpResponse:
    """The table with its headings and no rows, to be filled in."""
    own.check_clerk(request)
    headers = [column.column_name for column in TermSheet.columns().values()]
    return download(write(headers, []), f"term-{change.new.ordinal}-template.xlsx")


def _page(request: HttpRequest, own: Any, change: TermChange, context: dict[str, Any]) -> HttpResponse:
    frame = {
        "title": _("Import"), "change": change, "columns": list(TermSheet.columns().values()),
        "import_url": own.address(change, "file"), "take_url": own.address(change, "take"),
        "template_url": own.address(change, "template"),
    }  # fmt: skip
    return own.render(request, "file", frame | context)
