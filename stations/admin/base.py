"""What the pages of postings and of the five roles share: each row is a deputy at a venue for a time."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congress_portal.common.sheets.pages import SheetAdmin
from deputies.admin import RosterAdmin, RosterInline, as_deputy_choice


class ServiceInline(RosterInline):
    fields = ["deputy", "venue", "role", "starts_on", "ends_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("deputy", "venue")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return as_deputy_choice(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)


class ServiceAdmin(RosterAdmin, SheetAdmin):
    list_filter = ["role", "venue__kind", "venue__street", ("ends_on", admin.EmptyFieldListFilter)]
    list_select_related = ["deputy", "venue"]
    search_fields = [
        "deputy__name", "deputy__key", "deputy__pinyin", "deputy__initials", "venue__name", "venue__code",
    ]  # fmt: skip
    autocomplete_fields = ["deputy", "venue"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return as_deputy_choice(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)

    @admin.display(description=_("key"), ordering="deputy__key")
    def key(self, row: Any) -> str:
        return row.deputy.key
