"""What units promised, as a list, and how much of it each of them kept."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from congress_portal.common import clock
from suggestions import fulfilment, metrics
from suggestions.models import HandlingUnit, Promise
from suggestions.rowfile import PROMISE_TONES

from .base import Register
from .board import PERIODS, USUAL_PERIOD
from .filters import Choices


class PromiseFilter(admin.SimpleListFilter):
    """One parameter of the address; what nobody offers finds nothing."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Promise]) -> QuerySet[Promise]:
        value = self.value()
        return self.narrow(queryset, value) if value else queryset

    def narrow(self, rows: QuerySet[Promise], value: str) -> QuerySet[Promise]:
        raise NotImplementedError


class UnitFilter(PromiseFilter):
    title, parameter_name = gettext_lazy("handling unit"), "unit"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return [(str(unit.pk), unit.name) for unit in HandlingUnit.objects.all()]

    def narrow(self, rows: QuerySet[Promise], value: str) -> QuerySet[Promise]:
        known = {key for key, _label in self.lookup_choices}
        return rows.filter(assignment__unit=int(value)) if value in known else rows.none()


class StandingFilter(PromiseFilter):
    title, parameter_name = pgettext_lazy("filter", "What became of it"), "standing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return list(fulfilment.STANDINGS.items())

    def narrow(self, rows: QuerySet[Promise], value: str) -> QuerySet[Promise]:
        condition = fulfilment.conditions(clock.today()).get(value)
        return rows.none() if condition is None else rows.filter(condition)


class DueFilter(PromiseFilter):
    """A month, or the range of months a figure counts."""

    title, parameter_name = pgettext_lazy("filter", "Promised for"), "due"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        months = [f"{day:%Y-%m}" for day in reversed(metrics.Period.latest(12).months())]
        value = self.value()
        return [(month, month) for month in ([value, *months] if value and value not in months else months)]

    def narrow(self, rows: QuerySet[Promise], value: str) -> QuerySet[Promise]:
        try:
            return rows.filter(metrics.Period.parse(value).holds("due_on"))
        except ValueError:
            return rows.none()


@admin.register(Promise)
class PromiseAdmin(Register):
    list_display = ["text", "unit", "case", "due_on", "standing", "reported"]
    list_select_related = ["assignment__unit", "suggestion"]
    list_filter = [StandingFilter, UnitFilter, DueFilter]
    search_fields = ["text", "suggestion__number"]
    search_help_text = gettext_lazy("Words of the promise or number of the case")
    ordering = ["-due_on", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Promise]:
        return fulfilment.promises()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.fulfilment_view)
        return [path("fulfilment/", view, name="suggestions_promise_fulfilment"), *super().get_urls()]

    @admin.display(description=gettext_lazy("handling unit"), ordering="assignment__unit__code")
    def unit(self, promise: Promise) -> str:
        return str(promise.assignment.unit)

    @admin.display(description=gettext_lazy("suggestion"), ordering="suggestion__number")
    def case(self, promise: Promise) -> str:
        address = reverse("admin:suggestions_suggestion_change", args=[promise.suggestion_id])
        return format_html('<a href="{}">{}</a>', address, promise.suggestion)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def standing(self, promise: Promise) -> str:
        tag = {"state": PROMISE_TONES[promise.status], "label": promise.get_status_display()}
        return render_to_string("components/tag.html", tag)

    @admin.display(description=gettext_lazy("reported"), ordering="reported_at")
    def reported(self, promise: Promise) -> date | None:
        return promise.reported_on if promise.reported_at else None  # type: ignore[attr-defined]

    def fulfilment_view(self, request: HttpRequest) -> HttpResponse:
        """Each unit's share of promises kept in time; every number opens what it counts."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        months = request.GET.get("months", "")
        chosen = int(months) if months in map(str, PERIODS) else USUAL_PERIOD
        period = metrics.Period.latest(chosen)
        lines = fulfilment.by_unit(period)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Promises kept, by unit"),
            "cut_off": clock.now(),
            "periods": [
                {
                    "label": _("%(count)d months") % {"count": count},
                    "url": f"?months={count}",
                    "current": count == chosen,
                }
                for count in PERIODS
            ],
            "headers": [fulfilment.STANDINGS[name] for name in fulfilment.COUNTED],
            "lines": [_line(line, period) for line in lines],
            "total": _line(fulfilment.total(lines), period),
        }
        return TemplateResponse(request, "admin/suggestions/fulfilment.html", context)


def _line(line: fulfilment.Line, period: metrics.Period) -> dict[str, Any]:
    shared = {"due": str(period)} | ({"unit": line.key} if line.key else {})
    address = reverse("admin:suggestions_promise_changelist")
    return {
        "label": line.label or _("All units"),
        "rate": line.rate,
        "cells": [
            {
                "count": count,
                "url": f"{address}?{urlencode({'standing': name, **shared})}",
                "name": fulfilment.STANDINGS[name],
            }
            for name, count in line.counts.items()
        ],
    }
