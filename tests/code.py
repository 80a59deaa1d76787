"""What the tests that read our own code have in common."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("congress_portal", "deputies", "stations", "suggestions")


def python_files(*folders: str, migrations: bool = False) -> Iterator[Path]:
    """Our own modules under the folders, tests and migrations only if asked for."""
    for folder in folders or APPS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    """The file as people say it."""
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """The dotted name of a module or package."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
