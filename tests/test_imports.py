"""Imports go down only: from what knows more nouns to what knows fewer. Those inside functions count too."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.code import APPS, ROOT, module_of, name_of, python_files, tree_of

# Between apps, low to high; the longest name that fits decides.
ORDER = (
    "congress_portal.common",
    "congress_portal.accounts",
    "congress_portal.exports",
    "congress_portal.notices",
    "deputies",
    "stations",
    "suggestions",
    "congress_portal",
)
# Inside an app, low to high; every module of it stands in one line.
LAYERS = (
    (
        "datum", "enums", "errors", "evidence", "markers", "ordering", "outline", "portraits", "readings",
        "recurrence", "strokes", "tiles", "workflow",
    ),
    ("actors", "models"),
    (
        "atlas", "claims", "clocks", "contacts", "defaults", "drafts", "effects", "emergencies",
        "finding", "five_roles", "fulfilment", "grounds", "guards", "history", "ics", "inputs", "joined",
        "lateness", "levels", "likeness", "matching", "metrics", "notifications", "permissions",
        "phrases", "plan_words", "points", "posted", "qr", "queues", "reception_days", "repeats", "rota",
        "routing", "scan_figures", "selectors", "staging", "standings", "steps", "timeline",
    ),
    (
        "bulk", "intake", "recalculation", "reception_record", "reminders", "services", "submissions",
        "succession", "term_change",
    ),
    (
        "box_notes", "casefile", "cautions", "dates", "daybook", "desk", "hands", "letters", "lists",
        "outcomes", "own_list", "papers", "rowfile", "supervising", "tracking", "verdicts", "why",
    ),
    (
        "forms", "inspection_forms", "planning_forms", "reception_forms", "registering", "resources",
        "resources_roles",
    ),
    ("admin", "apps", "demo", "management", "planning_urls", "reception_urls", "urls", "views"),
)  # fmt: skip
LAYERED = ("deputies", "stations", "suggestions")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything of ours that the file imports, wherever in the file."""
    package = module_of(path) if path.name == "__init__.py" else module_of(path).rpartition(".")[0]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            # `from . import clocks` names the module, `from .clocks import stop` something inside it.
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] in APPS)


def place(dotted: str) -> int:
    fitting = [name for name in ORDER if dotted == name or dotted.startswith(f"{name}.")]
    return ORDER.index(max(fitting, key=len))


def layer(dotted: str) -> int | None:
    """Where a module stands inside its app; None for the app's own package."""
    parts = dotted.split(".")
    if len(parts) < 2:
        return None
    return next((number for number, names in enumerate(LAYERS) if parts[1] in names), None)


def test_no_app_imports_a_higher_one() -> None:
    upward = [
        f"{name_of(path)}:{line} imports {name}"
        for path in python_files()
        for line, name in imported(path)
        if place(name) > place(module_of(path))
    ]
    assert upward == []


def test_inside_an_app_imports_go_down_too() -> None:
    upward = [
        f"{name_of(path)}:{line} imports {name}"
        for path in python_files(*LAYERED)
        for line, name in imported(path)
        if same_app(name, path) and (layer(name) or 0) > (layer(module_of(path)) or 0)
    ]
    assert upward == []


def same_app(name: str, path: Path) -> bool:
    return name.split(".", maxsplit=1)[0] == path.relative_to(ROOT).parts[0]


def test_every_module_stands_in_a_layer() -> None:
    nowhere = [
        name_of(path)
        for path in python_files(*LAYERED)
        if "." in module_of(path) and layer(module_of(path)) is None
    ]
    assert nowhere == []


def test_every_layer_is_still_used() -> None:
    used = {module_of(path).split(".")[1] for path in python_files(*LAYERED) if "." in module_of(path)}
    assert {name for names in LAYERS for name in names} <= used


def test_our_code_never_imports_tests_or_tools() -> None:
    foreign = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("tests", "tools")
    ]
    assert foreign == []


def test_imports_of_every_form_are_seen() -> None:
    """Relative ones, those under TYPE_CHECKING and those inside a function."""
    effects = {name for _line, name in imported(ROOT / "suggestions/effects/__init__.py")}
    assert {"suggestions.workflow", "suggestions.effects.intake"} <= effects
    assert "suggestions.steps.Step" in {
        name for _line, name in imported(ROOT / "suggestions/guards/cases.py")
    }
