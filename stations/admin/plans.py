"""Reception plans and the local rules for reception days."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from congress_portal.common import clock
from deputies.admin import OneRowAdmin, RosterAdmin, RosterInline, as_deputy_choice
from stations.models import GONE, Posting, ReceptionPlan, ReceptionSetting, RotaPlace, Venue
from stations.plan_words import in_words, outlook, rhythm
from stations.services import planning
from stations.services.reception import FURTHEST
from stations.services.venues import hold

SHOWN_DAYS = 6
# Earlier is a slip of the pen.
EARLIEST = date(2000, 1, 1)


class PlanForm(forms.ModelForm):
    """Sent by the preview button it is never valid: the page comes again with what would be planned."""

    @property
    def is_preview(self) -> bool:
        return "_preview" in self.data

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_preview

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day < EARLIEST:
            raise ValidationError(_("Please check the year."))
        if day > clock.today() + FURTHEST:
            raise ValidationError(_("This is too far ahead."))
        return day

    def clean_venue(self) -> Venue:
        (venue,) = hold(self.cleaned_data["venue"])
        if venue.status in GONE and "venue" in self.changed_data:
            raise ValidationError(_("This venue was merged or closed. Choose the one that took over."))
        return venue


class TurnForm(forms.ModelForm):
    place = forms.IntegerField(
        label=_("turn"), required=False, min_value=1, max_value=9999, help_text=_("Empty: the last")
    )


class RotaInline(RosterInline):
    model = RotaPlace
    form = TurnForm
    fields = ["place", "deputy"]
    autocomplete_fields = ["deputy"]
    verbose_name_plural = _("rota: deputies take turns in this order")
    extra = 3

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A place in the rota is no record: whoever leaves it keeps the days dealt already.
        return self.has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RotaPlace]:
        return super().get_queryset(request).select_related("deputy", "plan__venue")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return as_deputy_choice(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)


@admin.register(ReceptionPlan)
class ReceptionPlanAdmin(RosterAdmin):
    form = PlanForm
    change_form_template = "admin/stations/plan_form.html"
    fieldsets = [
        (None, {"fields": ["venue", ("starts_on", "ends_on")]}),
        (_("When days come round"), {
            "fields": [
                "recurrence", ("day_of_month", "weekday", "nth"), "holiday_policy", ("starts_at", "ends_at"),
            ],
            "description": _(
                "On a date: fill in the day of the month. Every week: the weekday. On the n-th weekday: both "
                "weekday and n. A rule by date means working days, so weekends count as days off; a rule by "
                "weekday is moved only for public holidays."
            ),
        }),
        (_("What a day is like"), {
            "fields": [
                "deputies_per_day", "mode", "theme", "room", "online_url", "partners",
                ("slot_minutes", "seats"),
            ],
        }),
    ]  # fmt: skip
    list_display = [
        "venue",
        "rhythm",
        "holiday_policy",
        "deputies_per_day",
        "in_rota",
        "starts_on",
        "ends_on",
    ]
    list_filter = ["recurrence", "venue__kind", "venue__street", ("ends_on", admin.EmptyFieldListFilter)]
    list_select_related = ["venue"]
    search_fields = ["venue__name", "venue__code"]
    autocomplete_fields = ["venue"]
    inlines = [RotaInline]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReceptionPlan]:
        return super().get_queryset(request).annotate(turns=Count("rota"))

    @admin.display(description=_("comes round"), ordering="recurrence")
    def rhythm(self, plan: ReceptionPlan) -> str:
        return rhythm(plan)

    @admin.display(description=_("in the rota"), ordering="turns")
    def in_rota(self, plan: Any) -> int:
        return plan.turns

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        plan = form.instance
        bound = isinstance(form, PlanForm) and form.is_bound
        if plan.venue_id and (not bound or not form.errors):
            context |= {"in_words": in_words(plan), "outlook": outlook(planning.next_days(plan, SHOWN_DAYS))}
            context["absent"] = _absent(plan) if plan.pk else []
        context["is_preview"] = bound and form.is_preview and not form.errors
        return super().render_change_form(request, context, *args, **kwargs)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        last = form.instance.rota.aggregate(last=Max("place"))["last"] or 0
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            row.delete()
        for row in rows:
            if row.place is None:
                last += 1
                row.place = last
            last = max(last, row.place)
            row.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        done = planning.propose(form.instance, afresh=True)
        text = ngettext("%(count)d day is proposed.", "%(count)d days are proposed.", done.made)
        messages.info(request, text % {"count": done.made})
        absent = _absent(form.instance)
        if absent:
            text = _now("Passed over, because not posted to this venue or not in office today: %(names)s")
            messages.warning(request, text % {"names": "、".join(absent)})


def _absent(plan: ReceptionPlan) -> list[str]:
    """Names in the rota of people who would be passed over today."""
    there = Posting.objects.live(clock.today()).filter(venue=plan.venue_id).values("deputy")
    rows = plan.rota.exclude(deputy__in=there).select_related("deputy")
    return [row.deputy.name for row in rows]


admin.site.register(ReceptionSetting, OneRowAdmin)
