"""Local rules as rows: each can be changed by whoever keeps the settings, and every change is remembered."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from suggestions.models import Category, ClockRule, DeclineReason, TransferBody


@admin.register(Category)
class CategoryAdmin(SimpleHistoryAdmin):
    list_display = ["name", "code", "icon", "order", "is_active"]
    list_editable = ["order", "is_active"]
    search_fields = ["name", "code"]


@admin.register(DeclineReason)
class DeclineReasonAdmin(SimpleHistoryAdmin):
    list_display = ["code", "label", "is_active"]
    search_fields = ["code", "label"]


@admin.register(TransferBody)
class TransferBodyAdmin(SimpleHistoryAdmin):
    list_display = ["name", "how_to_reach", "is_active"]
    search_fields = ["name"]


@admin.register(ClockRule)
class ClockRuleAdmin(SimpleHistoryAdmin):
    """The clocks themselves are fixed by the journey; their lengths and basis are local."""

    list_display = ["key", "length", "unit", "basis"]
    readonly_fields = ["key"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
