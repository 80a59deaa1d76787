"""Which lists left the house as files, who took them and when."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.models import OFFICE
from congress_portal.common.read_only import ReadOnly

from .models import ExportLog


@admin.register(ExportLog)
class ExportLogAdmin(ReadOnly):
    list_display = ["exported_at", "by", "what", "conditions", "rows"]
    list_display_links = None
    list_select_related = ["by"]
    list_filter = ["exported_at"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["by__name", "by__username", "what", "conditions"]
    search_help_text = _("Person, list or condition")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return user.is_active and (user.is_superuser or user.has_role(*OFFICE))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        context = {"title": self.opts.verbose_name_plural, **(extra_context or {})}
        return super().changelist_view(request, context)
