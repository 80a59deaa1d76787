"""Any list of the admin as a file, with the columns on the screen.

The admin site mixes `ExportsList` into whatever is registered (`PortalAdminSite.register`). A column says
by `shows` which facts it puts on the screen; without it the sheet has its words. Who may look at the list
may export it. A table that comes in as a sheet (`SheetAdmin`) keeps the one sheet that can come in again,
for those who may change it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Field
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from congress_portal.common.lists import BETWEEN, Column
from congress_portal.common.sheets.pages import SheetAdmin
from congress_portal.common.templatetags.portal import labelled
from congress_portal.common.text import clean_line

from . import answers, files

Method = TypeVar("Method", bound=Callable[..., Any])


def shows(*columns: Column) -> Callable[[Method], Method]:
    """The facts a column of a list is made of; none: it is no fact and stays on the screen."""

    def declare(method: Method) -> Method:
        method.columns = columns  # type: ignore[attr-defined]
        return method

    return declare


class ExportsList(admin.ModelAdmin):
    """A list with a button that sends it as a file, under the filters, the search and the order it has."""

    def get_urls(self) -> list[URLPattern]:
        routes = super().get_urls()
        listed = any(route.name == f"{self._stem()}_changelist" for route in routes)
        # Some admins have only the addresses of buttons; one whose "list" is a page of steps says so.
        return [self.sheet_path(), *routes] if listed and getattr(self, "goes_out", True) else routes

    def sheet_path(self) -> URLPattern:
        return path("sheet/", self.admin_site.admin_view(self.sheet_view), name=self._sheet_name())

    def sheet_view(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        home = reverse(f"admin:{self._stem()}_changelist")
        try:
            found = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(f"{home}?e=1")
        query = request.GET.urlencode()
        # What a list needs to know of many rows at once: an admin that has it says so by this method.
        prepare = getattr(self, "prepare_rows", None)
        return answers.answer(
            request,
            rows=found.queryset,
            prepare=partial(prepare, request) if prepare else None,
            columns=columns_of(self, found),
            what=str(self.opts.verbose_name_plural),
            conditions=conditions(found),
            query=query,
            back=f"{home}?{query}" if query else home,
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        known = {} if self.gives_round_trip(request) else self._button(request)
        return super().changelist_view(request, {**known, **(extra_context or {})})

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        found = super().get_changelist_instance(request)
        # Django says "Select … to change", which is no name of a list.
        found.title = capfirst(str(self.opts.verbose_name_plural))
        return found

    def gives_round_trip(self, request: HttpRequest) -> bool:
        """Whether this reader has the sheet that can come in again; a second button would only puzzle."""
        return isinstance(self, SheetAdmin) and self.has_export_permission(request)

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any) -> Any:
        """Of a table that comes in as a sheet: that sheet leaves the house too."""
        data = super().get_export_data(file_format, request, queryset, **kwargs)  # type: ignore[misc]
        user: Any = request.user
        files.write_down(
            user, what=str(self.opts.verbose_name_plural), rows=queryset.count(),
            conditions=conditions(self.get_changelist_instance(request)), query=request.GET.urlencode(),
        )  # fmt: skip
        return data

    def _button(self, request: HttpRequest) -> dict[str, str]:
        query = request.GET.urlencode()
        url = reverse(f"admin:{self._sheet_name()}")
        return {
            "sheet_url": f"{url}?{query}" if query else url,
            "sheet_note": answers.note(request, self.model),
        }

    def _sheet_name(self) -> str:
        return f"{self._stem()}_sheet"

    def _stem(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"


def with_file(admin_class: type[admin.ModelAdmin]) -> type[admin.ModelAdmin]:
    """The same pages, and a list that goes out as a file."""
    if issubclass(admin_class, ExportsList):
        return admin_class
    return type(admin_class.__name__, (ExportsList, admin_class), {"__module__": admin_class.__module__})


def columns_of(model_admin: admin.ModelAdmin, found: ChangeList) -> list[Column]:
    """The columns on the screen, in their order."""
    columns: list[Column] = []
    for name in found.list_display:
        declared = getattr(_method(model_admin, name), "columns", None)
        if declared is not None:
            columns += declared
        elif name != "action_checkbox":
            columns.append(_plain(model_admin, str(name)))
    return columns


def conditions(found: ChangeList) -> str:
    """What the list is narrowed to, in the words of its filters."""
    words: list[tuple[Any, str]] = []
    for spec in found.filter_specs:
        chosen = [choice["display"] for choice in spec.choices(found) if choice.get("selected")]
        if chosen and any(name in found.params for name in spec.expected_parameters()):
            words.append((spec.title, BETWEEN.join(map(str, chosen))))
    if found.query:
        words.append((_("Search"), found.query))
    return " · ".join(labelled(what, value) for what, value in words)


def _method(model_admin: admin.ModelAdmin, name: Any) -> Any:
    return name if callable(name) else getattr(model_admin, name, None)


def _plain(model_admin: admin.ModelAdmin, name: str) -> Column:
    """A column that declares nothing: a field as it is, anything else as the words it shows."""

    def value(row: Any) -> Any:
        try:
            field, _attribute, found = lookup_field(name, row, model_admin)
        except ObjectDoesNotExist:
            return None
        if isinstance(field, Field) and field.flatchoices:
            return dict(field.flatchoices).get(found, found)
        return clean_line(strip_tags(str(found))) if isinstance(found, SafeString | Promise) else found

    label = str(label_for_field(name, model_admin.model, model_admin))
    return Column(name, label[:1].upper() + label[1:], value)
