"""What all roster pages of the staff's site share: who may do what, and how a deputy is chosen."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from congress_portal.accounts.models import OFFICE, Role
from congress_portal.common.choosing import ChooseOne, SafeChoices
from deputies.models import Deputy


class RosterAccess(SafeChoices):
    """Clerks and superusers keep rosters, the office's other staff look; rows are ended, not deleted."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return user.is_active and (user.is_superuser or user.has_role(*OFFICE))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return user.is_active and (user.is_superuser or user.has_role(Role.CLERK))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PlaceAdmin(RosterAccess, admin.ModelAdmin):
    """Streets, communities, congresses: what the rosters refer to."""

    actions = None


class RosterAdmin(RosterAccess, SimpleHistoryAdmin):
    actions: Any = None
    list_per_page = 50

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        # What was once true is looked at; a correction is a change of its own.
        return True


class OneRowAdmin(RosterAdmin):
    """One row, so its list leads straight to it."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request) and not self.model.objects.exists()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        row = self.model.objects.first()
        if row is None or not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)


def told_apart(deputy: Any) -> str:
    """A name with what tells namesakes apart."""
    return " · ".join(part for part in (deputy.key, deputy.name, deputy.organisation) if part)


class ChooseDeputy(AutocompleteJsonView):
    """The list under a box where somebody types a deputy's name."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": told_apart(obj)}


class DeputySelect(ChooseOne):
    def get_url(self) -> str:
        return reverse("admin:deputies_deputy_choose")


def as_deputy_choice(field: Any, db_field: Any) -> Any:
    """The form field; if it chooses a deputy, one that shows key and unit beside the name."""
    if db_field.related_model is Deputy and isinstance(field.widget, ChooseOne):
        field.widget = DeputySelect(db_field, field.widget.admin_site)
        field.label_from_instance = told_apart
    return field


class RosterInline(RosterAccess, admin.TabularInline):
    # One empty line, so that a row can be added without JavaScript.
    extra = 1
