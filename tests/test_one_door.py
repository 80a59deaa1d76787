"""Only the one door writes a state: a test that reads all our code."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.code import ROOT, name_of, python_files, tree_of

DOOR = "suggestions/services.py"
CREATION = "suggestions/submissions.py"
ISSUING = "suggestions/effects/shared.py"
# Elsewhere `.state` or `.version` of another thing is written: say which.
ELSEWHERE = {
    # The replay's own record of what the events say; it has no row.
    "suggestions/history.py": "row",
}
GUARDED = ("state", "version")


def written(path: Path) -> Iterator[tuple[int, str]]:
    """(line, how) of every way the file writes a state or a version."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for part in ast.walk(target):
                    if isinstance(part, ast.Attribute) and part.attr in GUARDED and _is_a_row(part, path):
                        yield node.lineno, f"assigns .{part.attr}"
        elif isinstance(node, ast.Call):
            yield from ((node.lineno, how) for how in _calls(node))


def _is_a_row(target: ast.Attribute, path: Path) -> bool:
    return not (isinstance(target.value, ast.Name) and target.value.id == ELSEWHERE.get(name_of(path)))


def _calls(node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    given = {keyword.arg for keyword in node.keywords}
    texts = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
    if name in ("update", "aupdate") and given & set(GUARDED):
        yield f"{name}({', '.join(sorted(given & set(GUARDED)))}=…)"
    if name in ("bulk_update", "abulk_update", "setattr", "update_or_create") and texts & set(GUARDED):
        yield f"{name} of a state"


def made(path: Path, *models: str) -> Iterator[tuple[int, str]]:
    """(line, model) of every row of the models the file makes."""
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        for model in models:
            makers = {model, *(f"{model}.objects.{way}" for way in WAYS)}
            if called in makers:
                yield node.lineno, called


WAYS = ("create", "bulk_create", "get_or_create", "update_or_create", "acreate")


def test_only_the_door_writes_a_state() -> None:
    assert strays(written, DOOR) == []


def test_only_the_door_writes_history() -> None:
    assert strays(lambda path: made(path, "Event"), DOOR) == []


def test_a_suggestion_begins_in_one_place() -> None:
    assert strays(lambda path: made(path, "Suggestion"), CREATION) == []


def test_an_assignment_begins_in_an_effect() -> None:
    assert strays(lambda path: made(path, "Assignment"), ISSUING) == []


def test_nobody_reaches_past_the_models_to_the_tables() -> None:
    assert strays(raw_tables) == []


def strays(find: Callable[[Path], Iterable[tuple[int, str]]], *at_home: str) -> list[str]:
    """Where something is found that only the files `at_home` may do."""
    return [
        f"{name_of(path)}:{line} {what}"
        for path in python_files()
        for line, what in find(path)
        if name_of(path) not in at_home
    ]


def raw_tables(path: Path) -> Iterator[tuple[int, str]]:
    tables = re.compile(r"\bsuggestions_(suggestion|assignment|event)\b")
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            # Django's own names of admin pages look like tables.
            text = re.sub(r"admin:\w+", "", node.value)
            if tables.search(text):
                yield node.lineno, f"names a table: {node.value[:60]!r}"


def test_the_door_itself_is_seen_by_this_test() -> None:
    """A search that finds nothing anywhere would prove nothing."""
    assert list(written(ROOT / DOOR))
    assert list(made(ROOT / DOOR, "Event"))
    assert list(made(ROOT / CREATION, "Suggestion"))
    assert list(made(ROOT / ISSUING, "Assignment"))


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("case.state = 'CLOSED'", True),
        ("case.state, case.round = 'CLOSED', 2", True),
        ("case.version += 1", True),
        ("rows.update(state='CLOSED')", True),
        ("setattr(case, 'state', 'CLOSED')", True),
        ("Suggestion.objects.bulk_update(rows, ['title', 'state'])", True),
        ("Suggestion.objects.update_or_create(pk=1, defaults={'state': 'CLOSED'})", True),
        ("rows.filter(state='CLOSED').update(title='')", False),
        ("print(case.state)", False),
        ("row._state.adding = True", False),
    ],
)
def test_what_counts_as_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, found: bool
) -> None:
    monkeypatch.setattr("tests.code.ROOT", tmp_path)
    path = tmp_path / "somewhere.py"
    path.write_text(code, encoding="utf-8")
    assert bool(list(written(path))) is found
