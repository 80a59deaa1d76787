"""`manage.py load_district`: streets, communities, handling units, districts around; nothing invented."""

from typing import Any

from django.core.management.base import BaseCommand

from suggestions.demo.places import load_district


class Command(BaseCommand):
    help = "Adds the streets, communities, handling units and transfer bodies that are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = load_district()
        self.stdout.write("Added: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
