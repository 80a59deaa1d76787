"""Every address of the site; the fixed ones are listed in docs/architecture.md."""

from django.contrib import admin
from django.urls import include, path

from congress_portal import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("mode/", views.mode, name="mode"),
    path("after-login/", views.after_login, name="after_login"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.account.urls")),
    path("inbox/", include("congress_portal.notices.urls")),
    path("admin/", admin.site.urls),
    path("", include("congress_portal.pages_urls")),
    path("", include("stations.urls")),
    path("", include("stations.reception_urls")),
    path("", include("suggestions.urls.public")),
    path("desk/reception/", include("stations.planning_urls")),
    path("desk/", include("suggestions.urls.desk")),
]
