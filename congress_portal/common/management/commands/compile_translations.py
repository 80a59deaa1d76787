"""manage.py compile_translations: .po to .mo without gettext installed."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from congress_portal.common import catalogues


class Command(BaseCommand):
    help = "Compile every locale/*/LC_MESSAGES/*.po that is newer than its .mo."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="compile all, newer or not")

    def handle(self, *args: Any, force: bool, verbosity: int, **options: Any) -> None:
        for source in catalogues.catalogue_paths():
            target = source.with_suffix(".mo")
            if not force and target.exists() and target.stat().st_mtime > source.stat().st_mtime:
                continue
            try:
                content = catalogues.read(source).to_binary()
            except catalogues.CatalogueError as error:
                raise CommandError(str(error)) from error
            _replace(target, content)
            if verbosity:
                self.stdout.write(f"compiled {source}")


def _replace(target: Path, content: bytes) -> None:
    # A server may be reading the old file: it gets the whole old or the whole new one.
    part = target.with_name(f"{target.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(target)
