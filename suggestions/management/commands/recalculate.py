"""manage.py recalculate: count open dates anew after the calendar of days off has changed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from suggestions import recalculation


class Command(BaseCommand):
    help = "Later dates move and are told; earlier ones stay as told; all of it is written down."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, help="only dates whose time touches this year")
        parser.add_argument("--dry-run", action="store_true", help="say what would move and what would stay")

    def handle(self, *args: Any, year: int | None, dry_run: bool, **options: Any) -> None:
        if dry_run:
            found = recalculation.plan(year)
            lines, looked_at = [line.written() for line in found.lines], found.looked_at
        else:
            written = recalculation.run(year=year)
            lines, looked_at = written.lines, written.looked_at
        for line in lines:
            whose = f" ({line['of']})" if line["of"] else ""
            self.stdout.write(
                f"{line['number']} {line['what']}{whose}: {line['from']} -> {line['to']}, {line['done']}"
            )
        moved = sum(line["done"] == recalculation.MOVED for line in lines)
        self.stdout.write(f"{looked_at} dates looked at, {moved} moved, {len(lines) - moved} kept as told")
