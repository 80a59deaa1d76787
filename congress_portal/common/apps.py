"""Tools without domain nouns, below every other app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "congress_portal.common"
    label = "common"
    verbose_name = _("Basics")

    def ready(self) -> None:
        from congress_portal.common import checks  # noqa: F401  registers the system checks
