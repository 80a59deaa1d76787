"""Congresses and the mandates in them."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from deputies.models import Congress, Mandate

from .base import PlaceAdmin, RosterAccess, RosterAdmin, as_deputy_choice


@admin.register(Congress)
class CongressAdmin(PlaceAdmin):
    list_display = ["__str__", "level", "ordinal", "starts_on", "ends_on", "held"]
    list_filter = ["level"]
    search_fields = ["area"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Congress]:
        return super().get_queryset(request).annotate(held=Count("mandates"))

    @admin.display(description=_("mandates"), ordering="held")
    def held(self, congress: Any) -> int:
        return congress.held


class MandateInline(RosterAccess, admin.StackedInline):
    model = Mandate
    extra = 1
    fields = [
        "congress",
        ("electoral_district", "electing_unit"),
        ("delegation", "certificate_number"),
        ("starts_on", "ends_on"),
    ]


@admin.register(Mandate)
class MandateAdmin(RosterAdmin):
    list_display = [
        "deputy", "key", "congress", "electoral_district", "electing_unit", "delegation",
        "starts_on", "ends_on",
    ]  # fmt: skip
    list_filter = ["congress", "delegation"]
    list_select_related = ["deputy", "congress"]
    search_fields = [
        "deputy__name", "deputy__key", "deputy__pinyin", "deputy__initials", "electoral_district",
        "certificate_number",
    ]  # fmt: skip
    autocomplete_fields = ["deputy"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return as_deputy_choice(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)

    @admin.display(description=_("key"), ordering="deputy__key")
    def key(self, mandate: Mandate) -> str:
        return mandate.deputy.key
