from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    name = "suggestions"
    verbose_name = _("Resident suggestions")

    def ready(self) -> None:
        from congress_portal.exports import hiding
        from congress_portal.notices import kinds

        from . import defaults, notifications
        from .lists import hidden

        hiding.register(hidden.without_hidden)
        kinds.register(*notifications.KINDS)

        post_migrate.connect(defaults.install, sender=self, dispatch_uid="suggestions.defaults")
