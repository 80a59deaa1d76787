"""Import and export of a roster in the admin: choose a file, look at what it would change, confirm."""

import logging
from typing import Any

import tablib
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import XLSX
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.tmp_storages import CacheStorage

from congress_portal.common import clock

from .outcome import SheetResult
from .reading import MAX_BYTES, SheetError, read, too_large
from .resource import SheetResource
from .writing import write

logger = logging.getLogger(__name__)


class SheetFormat(XLSX):
    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        return read(in_stream)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return write(dataset.headers, (dataset[index] for index in range(len(dataset))))


class Shelf(CacheStorage):
    """Between preview and confirmation a file is kept no longer than somebody looks at it."""

    CACHE_LIFETIME = 60 * 60


class SheetUploadForm(ImportForm):
    media = forms.Media()
    format = forms.ChoiceField(widget=forms.HiddenInput)
    import_file = forms.FileField(
        label=gettext_lazy("xlsx file"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        # One format: nothing to choose, so nothing to forget either.
        self.fields["format"].required = False

    def clean_format(self) -> str:
        return self.cleaned_data["format"] or "0"

    def clean_import_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["import_file"]
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(too_large())
        return upload


class SheetConfirmForm(ConfirmImportForm):
    import_file_name = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    fingerprint = forms.CharField(widget=forms.HiddenInput)


class SheetAdmin(ImportExportMixin, admin.ModelAdmin):
    """A ModelAdmin whose table comes in and goes out as xlsx, for whoever may change it.

    Give `resource_classes` one SheetResource; `file_stem` names the file that goes out.
    """

    import_formats = export_formats = [SheetFormat]
    import_form_class = SheetUploadForm
    confirm_form_class = SheetConfirmForm
    export_form_class = ExportForm
    tmp_storage_class = Shelf
    # There is one format and no choice of columns: the list's button is the download.
    skip_export_form = True
    # History rows say who changed what; a second log would only repeat them.
    skip_admin_log = True
    file_stem = ""

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def get_urls(self) -> list[Any]:
        name = "{}_{}_import_template".format(*self.get_model_info())
        view = self.admin_site.admin_view(self.import_template)
        return [path("import/template/", view, name=name), *super().get_urls()]

    def import_template(self, request: HttpRequest) -> HttpResponse:
        """The table with its headers and no rows, to be filled in."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        dataset = tablib.Dataset(headers=self.resource_classes[0]().get_export_headers())
        return download(SheetFormat().export_data(dataset), f"{self.file_stem}-template.xlsx")

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        return f"{self.file_stem}-{clock.today().isoformat()}.xlsx"

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "columns": list(self.resource_classes[0].columns().values()),
            "template_url": reverse("admin:{}_{}_import_template".format(*self.get_model_info())),
            "import_url": reverse("admin:{}_{}_import".format(*self.get_model_info())),
            "changelist_url": reverse("admin:{}_{}_changelist".format(*self.get_model_info())),
        }

    def import_action(self, request: HttpRequest, **kwargs: Any) -> TemplateResponse:
        response: TemplateResponse = super().import_action(request, **kwargs)
        context = response.context_data or {}
        result: SheetResult | None = context.get("result")
        if confirm := context.get("confirm_form"):
            confirm.initial["fingerprint"] = result.fingerprint if result else ""
        # `{% translate %}` in the title of the package's page knows no table.
        context["title"] = self._import_title()
        return response

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take over the file that was looked at: all of it, or nothing."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_confirm_form(request)
        shelf = Shelf(name=form.cleaned_data["import_file_name"]) if form.is_valid() else None
        data = shelf.read() if shelf else None
        if shelf is None or data is None:
            messages.error(request, _("The checked file is no longer here. Please choose it again."))
            return HttpResponseRedirect(self.get_import_context_data()["import_url"])
        result = self.process_dataset(
            read(data),
            form,
            request,
            rollback_on_validation_errors=True,
            expected=form.cleaned_data["fingerprint"],
        )
        shelf.remove()
        if result.has_errors() or result.has_validation_errors():
            return self._refusal(request, result)
        return self.process_result(result, request)

    def add_success_message(self, result: SheetResult, request: HttpRequest) -> None:
        counts = {"new": result.news, "changed": result.changed, "same": result.unchanged}
        text = _("The file is taken over. New: %(new)d, changed: %(changed)d, unchanged: %(same)d.")
        messages.success(request, text % counts)

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        if isinstance(e, SheetError):
            form.add_error("import_file", str(e))
            return
        logger.warning("An uploaded table could not be read.", exc_info=e)
        form.add_error("import_file", _("The file is damaged. Open it in Excel or WPS and save it again."))

    def _refusal(self, request: HttpRequest, result: SheetResult) -> TemplateResponse:
        form = SheetUploadForm(self.get_import_formats(), self.get_import_resource_classes(request))
        context = {
            **self.admin_site.each_context(request),
            **self.get_import_context_data(),
            "title": self._import_title(),
            "opts": self.opts,
            "form": form,
            "result": result,
        }
        return TemplateResponse(request, [self.import_template_name], context)

    def _import_title(self) -> str:
        return _("Import: %(table)s") % {"table": self.opts.verbose_name_plural}


def download(data: bytes, name: str) -> HttpResponse:
    """A finished xlsx file, to be kept under this name (ASCII)."""
    response = HttpResponse(data, content_type=SheetFormat.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


__all__ = ["SheetAdmin", "SheetResource", "download"]
