"""Handling units and who works for them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from congress_portal.accounts.forms import LoginNameField, LoginNameForm
from suggestions.models import HandlingUnit, UnitMember


class MemberForm(LoginNameForm):
    user = LoginNameField(label=_("account"))


class MemberInline(admin.TabularInline):
    model = UnitMember
    form = MemberForm
    # One empty line, so that a row can be added without JavaScript.
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[UnitMember]:
        return super().get_queryset(request).select_related("user", "unit")


@admin.register(HandlingUnit)
class HandlingUnitAdmin(SimpleHistoryAdmin):
    list_display = ["name", "code", "system", "street", "is_coordinator", "coordination_only", "is_active"]
    list_filter = ["system", "is_active"]
    list_select_related = ["street"]
    search_fields = ["name", "code"]
    inlines = [MemberInline]


@admin.register(UnitMember)
class UnitMemberAdmin(SimpleHistoryAdmin):
    form = MemberForm
    list_display = ["user", "unit", "is_leader", "is_principal", "starts_on", "ends_on"]
    list_filter = ["is_leader", "unit"]
    list_select_related = ["user", "unit"]
    search_fields = ["user__name", "user__username", "unit__name"]
