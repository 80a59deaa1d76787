"""manage.py run_due: what only waited for time. Run it once a day, soon after midnight."""

from typing import Any

from django.core.management.base import BaseCommand

from stations.services import booking
from stations.services.planning import propose_all
from suggestions.contacts import forget_old
from suggestions.services import run_due
from suggestions.term_change import carrying


class Command(BaseCommand):
    help = "Changes of term, windows that are over, days to plan, old contacts. Harmless to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{carrying.run_due()} changes of term carried out")
        self.stdout.write(f"{carrying.release_left_behind()} cases free of marks of people who left office")
        self.stdout.write(f"{run_due()} cases closed because their time was over")
        self.stdout.write(f"{propose_all()} reception days proposed, moved or dropped")
        self.stdout.write(f"{forget_old()} contacts removed because their case ended long ago")
        self.stdout.write(f"{booking.forget_old()} bookings forgotten because their day is long over")
