"""Congresses, the mandates in them, and the groups in which deputies work between sessions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock
from deputies.forms import CongressForm, MandateForm
from deputies.models import Congress, DeputyGroup, Level, Mandate, MandateChange, MandateStatus

from . import changes
from .base import PlaceAdmin, RosterAccess, RosterAdmin, as_deputy_choice


@admin.register(Congress)
class CongressAdmin(PlaceAdmin):
    form = CongressForm
    list_display = ["__str__", "level", "ordinal", "starts_on", "ends_on", "held", "frozen_at"]
    list_filter = ["level"]
    search_fields = ["area"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Congress]:
        return super().get_queryset(request).annotate(held=Count("mandates"))

    @admin.display(description=_("mandates"), ordering="held")
    def held(self, congress: Any) -> int:
        return congress.held

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.frozen_at)


@admin.register(DeputyGroup)
class DeputyGroupAdmin(RosterAdmin):
    """A group nobody uses any more is taken out of use; its members stay on record."""

    list_display = ["name", "kind", "is_active", "members"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeputyGroup]:
        serving = Q(mandates__in=Mandate.objects.in_force(clock.today()).values("pk"))
        rows = super().get_queryset(request)
        return rows.annotate(members=Count("mandates__deputy", filter=serving, distinct=True))

    @admin.display(description=_("members today"), ordering="members")
    def members(self, group: Any) -> int:
        return group.members


class MandateInline(RosterAccess, admin.StackedInline):
    model = Mandate
    form = MandateForm
    extra = 1
    fields = [
        ("congress", "now"),
        ("electoral_district", "electing_unit"),
        ("delegation", "certificate_number"),
        ("starts_on", "ends_on"),
    ]
    readonly_fields = ["now"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mandate]:
        rows: Any = super().get_queryset(request)
        return rows.with_status(clock.today()).select_related("deputy", "congress")

    @admin.display(description=_("status today"))
    def now(self, mandate: Mandate) -> str | SafeString:
        return status_and_link(mandate)


def status_and_link(mandate: Any) -> str | SafeString:
    """How the mandate stands today, and the way to what happened to it."""
    if mandate.pk is None:
        return "—"
    return format_html(
        '{} · <a href="{}">{}</a>',
        MandateStatus(mandate.status).label, changes.address(mandate), _now("Record or see changes"),
    )  # fmt: skip


class LevelFilter(admin.SimpleListFilter):
    title, parameter_name = _("level"), "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return Level.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mandate]) -> QuerySet[Mandate]:
        return queryset.filter(congress__level=self.value()) if self.value() else queryset


class StatusFilter(admin.SimpleListFilter):
    title, parameter_name = _("status today"), "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return MandateStatus.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Mandate]:
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Mandate)
class MandateAdmin(RosterAdmin):
    form = MandateForm
    fields = [
        "deputy", "congress", "now", "electoral_district", "electing_unit", "delegation", "groups",
        "certificate_number", "starts_on", "ends_on",
    ]  # fmt: skip
    list_display = [
        "deputy", "key", "status_today", "congress", "elected_by", "delegation", "in_groups", "starts_on",
        "ends_on",
    ]  # fmt: skip
    list_filter = [StatusFilter, LevelFilter, "congress", "groups", "delegation"]
    list_select_related = ["deputy", "congress"]
    search_fields = [
        "deputy__name", "deputy__key", "deputy__pinyin", "deputy__initials", "electoral_district",
        "certificate_number",
    ]  # fmt: skip
    autocomplete_fields = ["deputy"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mandate]:
        rows: Any = super().get_queryset(request)
        return rows.with_status(clock.today()).select_related("deputy", "congress").prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["now"] if obj is None else ["deputy", "congress", "now"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.congress.frozen_at)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return as_deputy_choice(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/changes/", view(self.changes_view), name="deputies_mandate_changes"),
            path("<int:pk>/changes/<int:event>/", view(self.strike_view), name="deputies_mandate_strike"),
            *super().get_urls(),
        ]

    def changes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return changes.changes_view(request, self, pk)

    def strike_view(self, request: HttpRequest, pk: int, event: int) -> HttpResponse:
        return changes.strike_view(request, self, pk, event)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        answer = super().response_add(request, obj, post_url_continue)
        if obj.starts_on > obj.congress.starts_on and "_addanother" not in request.POST:
            # Who enters a running term was elected in between, and that has an announcement.
            return redirect(f"{changes.address(obj)}?kind={MandateChange.BY_ELECTION}")
        return answer

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        answer = super().changelist_view(request, extra_context)
        context = getattr(answer, "context_data", None) or {}
        if cl := context.get("cl"):
            people = cl.queryset.order_by().aggregate(people=Count("deputy", distinct=True))["people"]
            context["subtitle"] = as_mandates_and_people(cl.result_count, people)
        return answer

    @admin.display(description=_("key"), ordering="deputy__key")
    def key(self, mandate: Mandate) -> str:
        return mandate.deputy.key

    @admin.display(description=_("electoral district or unit"), ordering="electoral_district")
    def elected_by(self, mandate: Mandate) -> str:
        return mandate.electoral_district or mandate.electing_unit

    @admin.display(description=_("status today"), ordering="status")
    def status_today(self, mandate: Any) -> str:
        return str(MandateStatus(mandate.status).label)

    @admin.display(description=_("status today"))
    def now(self, mandate: Mandate) -> str | SafeString:
        return status_and_link(mandate)

    @admin.display(description=_("deputy groups"))
    def in_groups(self, mandate: Mandate) -> str:
        return "、".join(str(group) for group in mandate.groups.all())


def as_mandates_and_people(mandates: int, people: int) -> str:
    """330 are mandates; whoever holds two is one person."""
    return _now("%(mandates)d mandates · %(people)d people") % {"mandates": mandates, "people": people}
