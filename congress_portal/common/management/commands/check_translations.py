"""manage.py check_translations: is everything people read translated?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from congress_portal.common import catalogues, extraction


class Command(BaseCommand):
    help = "Fail if a message is missing, untranslated or fuzzy in Chinese. Needs no gettext."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", default="zh_Hans", help="folder under locale/")
        parser.add_argument(
            "--merge", nargs="+", type=Path, default=[], help="take these .po files over first"
        )
        parser.add_argument("--write-missing", action="store_true", help="add what is missing, untranslated")
        parser.add_argument("--unused", action="store_true", help="also list messages nobody asks for")

    def handle(self, *args: Any, language: str, **options: Any) -> None:
        path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
        root = Path(settings.BASE_DIR)
        try:
            catalogue = catalogues.read(path) if path.exists() else polib.POFile(wrapwidth=0)
            wanted = extraction.messages_in(root)
            fragments = [(file, catalogues.read(file)) for file in options["merge"]]
        except (catalogues.CatalogueError, extraction.ExtractionError) as error:
            raise CommandError(str(error)) from error
        self._merge(catalogue, fragments)
        messages = {found.message for found in wanted}
        if options["write_missing"]:
            self.stdout.write(f"added {catalogues.add_missing(catalogue, messages)} messages")
        if options["write_missing"] or fragments:
            catalogues.write(catalogue, path)
        if options["unused"]:
            for text in catalogues.unused(catalogue, messages):
                self.stdout.write(f"unused: {text!r}")
        self._report(catalogues.problems(catalogue, messages), wanted, root, path)

    def _merge(self, catalogue: polib.POFile, fragments: list[tuple[Path, polib.POFile]]) -> None:
        for file, fragment in fragments:
            for text in catalogues.merge(catalogue, fragment):
                self.stderr.write(f"kept the catalogue's own translation, {file} has another: {text!r}")

    def _report(self, problems: list[str], wanted: list[extraction.Found], root: Path, path: Path) -> None:
        if not problems:
            self.stdout.write(f"{len({found.message for found in wanted})} messages, all translated")
            return
        places = {repr(found.message.text): found for found in reversed(wanted)}
        for problem in problems:
            found = places.get(problem.partition(": ")[2].split(" (context ")[0])
            where = f"  [{found.path.relative_to(root)}:{found.line}]" if found else ""
            self.stderr.write(problem + where)
        raise CommandError(f"{len(problems)} problems in {path}")
