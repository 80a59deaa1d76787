from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class NoticesConfig(AppConfig):
    name = "congress_portal.notices"
    label = "notices"
    verbose_name = pgettext_lazy("inbox", "Notices")

    def ready(self) -> None:
        from . import checks, providers  # noqa: F401  registers the system checks

        # A provider that cannot be used stops the start, not the first SMS.
        providers.sms()
