"""The five roles: on the pages of venues and of deputies, and as a roster of their own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congress_portal.common.sheets.pages import SheetAdmin
from deputies.admin import RosterAdmin, RosterInline, as_deputy_choice
from stations.five_roles import day_to_check, is_posted
from stations.models import Posting, RoleDuty
from stations.resources_roles import RoleDutyResource


class RoleDutyForm(forms.ModelForm):
    """Only who is posted at a venue can hold a role there; what outlived its posting may stay as it is."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        deputy, venue = (
            given.get(name) or getattr(self.instance, name, None) for name in ("deputy", "venue")
        )
        starts_on = given.get("starts_on")
        # To end a role is always possible.
        if not (deputy and venue and starts_on) or not set(self.changed_data) - {"ends_on"}:
            return given
        day = day_to_check(starts_on, given.get("ends_on"))
        # Somebody or something new on the same page is posted nowhere yet.
        saved = deputy.pk and venue.pk
        if not saved or not is_posted(Posting.objects.filter(deputy=deputy, venue=venue), day):
            text = _("%(deputy)s is not posted at this venue on %(day)s. Save the posting first.")
            shown = "deputy" if self.fields.get("venue", forms.Field()).widget.is_hidden else "venue"
            self.add_error(shown, ValidationError(text, params={"deputy": deputy, "day": day.isoformat()}))
        return given


class RoleDutyInline(RosterInline):
    model = RoleDuty
    form = RoleDutyForm
    fields = ["deputy", "venue", "role", "starts_on", "ends_on"]
    verbose_name_plural = _("five roles")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleDuty]:
        return super().get_queryset(request).select_related("deputy", "venue")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return as_deputy_choice(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)


class DeputyRoleInline(RoleDutyInline):
    autocomplete_fields = ["venue"]


class VenueRoleInline(RoleDutyInline):
    autocomplete_fields = ["deputy"]


@admin.register(RoleDuty)
class RoleDutyAdmin(RosterAdmin, SheetAdmin):
    resource_classes = [RoleDutyResource]
    file_stem = "five-roles"
    form = RoleDutyForm
    list_display = ["deputy", "key", "role", "venue", "starts_on", "ends_on"]
    list_filter = ["role", "venue__kind", "venue__street", ("ends_on", admin.EmptyFieldListFilter)]
    list_select_related = ["deputy", "venue"]
    search_fields = [
        "deputy__name", "deputy__key", "deputy__pinyin", "deputy__initials", "venue__name", "venue__code",
    ]  # fmt: skip
    autocomplete_fields = ["deputy", "venue"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return as_deputy_choice(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)

    @admin.display(description=_("key"), ordering="deputy__key")
    def key(self, duty: RoleDuty) -> str:
        return duty.deputy.key
