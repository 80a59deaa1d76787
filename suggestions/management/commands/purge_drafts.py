"""manage.py purge_drafts: run it every hour or every day."""

from typing import Any

from django.core.management.base import BaseCommand

from congress_portal.common import clock
from suggestions import drafts


class Command(BaseCommand):
    help = "Delete unsent forms and their photos that are older than 24 hours."

    def handle(self, *args: Any, **options: Any) -> None:
        forms, photos = drafts.purge(clock.now() - drafts.LIFETIME)
        self.stdout.write(f"{forms} forms, {photos} photos deleted")
