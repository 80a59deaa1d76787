"""The staff's site: sign-in through allauth, the index is made of work queues."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    site_header = _("Deputies' network: work desk")
    site_title = _("Work desk")
    index_title = _("What is waiting")

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        # One way in for everyone: rate limits and later second factors are allauth's.
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        target = request.GET.get("next") or reverse("admin:index")
        return redirect_to_login(target, reverse("account_login"))
