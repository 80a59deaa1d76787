"""The admin as the composition root wants it."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "congress_portal.admin_site.PortalAdminSite"
