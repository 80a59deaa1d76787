"""The staff's site: sign-in and passwords through allauth, the index is made of work queues."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _

from congress_portal.common.pages import capped_count


class PortalAdminSite(admin.AdminSite):
    site_header = _("Deputies' network: work desk")
    site_title = _("Work desk")
    index_title = _("What is waiting")
    empty_value_display = "—"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """As Django does it, and every list goes out as a file."""
        # The app can only be read once all apps are loaded; this site is made before.
        from congress_portal.exports.listing import with_file

        super().register(model_or_iterable, with_file(admin_class or admin.ModelAdmin), **options)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        # One way in for everyone: rate limits and later second factors are allauth's.
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        target = request.GET.get("next") or reverse("admin:index")
        return redirect_to_login(target, reverse("account_login"))

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        return redirect("account_change_password")

    def get_urls(self) -> list[Any]:
        from suggestions.admin import papers

        return [path("suggestions/", include(papers.urls(self))), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        # The side bar lists tables: a help for whoever keeps rosters, in the way of whoever works off cases.
        return {**super().each_context(request), "is_nav_sidebar_enabled": request.user.is_superuser}

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        # The app can only be read once all apps are loaded; this site is made before.
        from congress_portal.notices import decisions
        from congress_portal.notices.inbox import MOST_SHOWN
        from suggestions.admin import board

        user: Any = request.user
        found = board.context(user, months=request.GET.get("months", ""), by=request.GET.get("by", ""))
        if decisions.may_decide(user):
            found["undelivered"] = capped_count(decisions.parked(), MOST_SHOWN)
        return super().index(request, {**found, **(extra_context or {})})
