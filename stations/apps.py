from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StationsConfig(AppConfig):
    name = "stations"
    verbose_name = _("Homes, stations and points")

    def ready(self) -> None:
        from congress_portal.notices import kinds

        from . import defaults
        from .services.telling import RECEPTION

        kinds.register(RECEPTION)
        post_migrate.connect(defaults.install, sender=self, dispatch_uid="stations.defaults")
