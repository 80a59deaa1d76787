"""Who looked at which resident's contact, when and why."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.models import Role
from congress_portal.common.read_only import ReadOnly
from suggestions.models import ContactReveal
from suggestions.timeline import ROLE_LABELS


@admin.register(ContactReveal)
class ContactRevealAdmin(ReadOnly):
    list_display = ["revealed_at", "by", "role_label", "number", "reason"]
    list_display_links = None
    list_select_related = ["user", "suggestion"]
    list_filter = ["revealed_at"]
    search_fields = ["suggestion__number", "user__name", "user__username", "reason"]
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return user.is_active and (user.is_superuser or user.has_role(Role.HEAD))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=_("looked at by"), ordering="user__name")
    def by(self, look: ContactReveal) -> str:
        return str(look.user)

    @admin.display(description=_("role"), ordering="role")
    def role_label(self, look: ContactReveal) -> str:
        return str(ROLE_LABELS.get(look.role, look.role))

    @admin.display(description=_("number"), ordering="suggestion__number")
    def number(self, look: ContactReveal) -> str:
        return look.suggestion.number
