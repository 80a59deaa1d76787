"""The five roles: on the pages of venues and of deputies, and as a roster of their own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stations.five_roles import day_to_check, is_posted
from stations.models import Posting, RoleDuty
from stations.resources_roles import RoleDutyResource

from .base import ServiceAdmin, ServiceInline
from .dated import DatedForm, DatedFormSet, DatedLineForm


class RoleDutyLineForm(DatedLineForm):
    """Only who is posted at a venue can hold a role there; what outlived its posting may stay as it is."""

    same = ("deputy", "venue", "role")
    already = _("This deputy holds the role here from %(from)s to %(until)s already.")
    twice = _("Two lines give the same deputy the same role at the same time.")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        deputy, venue = (
            given.get(name) or getattr(self.instance, name, None) for name in ("deputy", "venue")
        )
        starts_on = given.get("starts_on")
        # To end a role is always possible.
        if self.errors or not (deputy and venue and starts_on) or not set(self.changed_data) - {"ends_on"}:
            return given
        day = day_to_check(starts_on, given.get("ends_on"))
        # Somebody or something new on the same page is posted nowhere yet.
        saved = deputy.pk and venue.pk
        if not saved or not is_posted(Posting.objects.filter(deputy=deputy, venue=venue), day):
            text = _("%(deputy)s is not posted at this venue on %(day)s. Save the posting first.")
            shown = "deputy" if self.fields.get("venue", forms.Field()).widget.is_hidden else "venue"
            self.add_error(shown, ValidationError(text, params={"deputy": deputy, "day": day.isoformat()}))
        return given


class RoleDutyForm(RoleDutyLineForm, DatedForm):
    """The same on a page of its own."""


class RoleDutyInline(ServiceInline):
    model = RoleDuty
    form = RoleDutyLineForm
    formset = DatedFormSet
    verbose_name_plural = _("five roles")


class DeputyRoleInline(RoleDutyInline):
    autocomplete_fields = ["venue"]


class VenueRoleInline(RoleDutyInline):
    autocomplete_fields = ["deputy"]


@admin.register(RoleDuty)
class RoleDutyAdmin(ServiceAdmin):
    resource_classes = [RoleDutyResource]
    file_stem = "five-roles"
    form = RoleDutyForm
    list_display = ["deputy", "key", "role", "venue", "starts_on", "ends_on"]
