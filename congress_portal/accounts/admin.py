"""Accounts and district-wide duties: kept by the superuser alone."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.models import RoleGrant, User

# Duties are dated rows and role grants; Django's groups would be a second way to give rights.
admin.site.unregister(Group)
# Nobody signs in or is written to by e-mail here.
admin.site.unregister(EmailAddress)


class RoleGrantInline(admin.TabularInline):
    model = RoleGrant
    extra = 0


@admin.register(User)
class AccountAdmin(UserAdmin):
    """An account is switched off, not deleted: the history names who acted."""

    list_display = ["username", "name", "roles", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser", "role_grants__role"]
    search_fields = ["username", "name"]
    ordering = ["username"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    inlines = [RoleGrantInline]
    actions = None
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email"]}),
        (_("What the account may do"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["username", "name", "password1", "password2"]})]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("role_grants")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    has_add_permission = has_module_permission

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return "、".join(str(grant) for grant in user.role_grants.all())
