"""Local rules as rows: each can be changed by whoever keeps the settings, and every change is remembered."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from deputies.admin import OneRowAdmin
from suggestions.models import (
    Category,
    ClockRule,
    DeclineReason,
    EmergencyWord,
    OfficeSetting,
    ReminderRule,
    ReplyClass,
    ReplyTemplate,
    SupervisingBody,
    TransferBody,
)

admin.site.register(OfficeSetting, OneRowAdmin)


@admin.register(Category)
class CategoryAdmin(SimpleHistoryAdmin):
    list_display = ["name", "code", "usual_unit", "usual_level", "order", "is_active"]
    list_select_related = ["usual_unit"]
    list_editable = ["order", "is_active"]
    search_fields = ["name", "code"]


@admin.register(DeclineReason)
class DeclineReasonAdmin(SimpleHistoryAdmin):
    list_display = ["code", "label", "outcome", "two_person", "hide_from", "is_active"]
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


@admin.register(ReplyClass)
class ReplyClassAdmin(SimpleHistoryAdmin):
    """The letters are fixed; which of them this congress uses, and in which words, is local."""

    list_display = ["code", "label", "plain", "needs_promise", "is_active"]
    readonly_fields = ["code"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(SimpleHistoryAdmin):
    list_display = ["name", "use", "category", "order", "is_active"]
    list_filter = ["use", "is_active"]
    list_select_related = ["category"]
    search_fields = ["name", "text"]


@admin.register(EmergencyWord)
class EmergencyWordAdmin(SimpleHistoryAdmin):
    list_display = ["word", "call", "is_active"]
    list_filter = ["call"]
    search_fields = ["word"]


@admin.register(ReminderRule)
class ReminderRuleAdmin(SimpleHistoryAdmin):
    list_display = ["days_before", "tone", "tell_leader", "is_active"]


@admin.register(SupervisingBody)
class SupervisingBodyAdmin(SimpleHistoryAdmin):
    list_display = ["name", "order", "is_active"]
    search_fields = ["name"]
