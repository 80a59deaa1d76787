"""Small files, small functions: what outgrows them is split by noun before it is a burden."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.code import APPS, ROOT, name_of, python_files, tree_of

CODE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 60, 200
CODE = [*python_files(*APPS, "tests", "tools"), *sorted((ROOT / "static").rglob("*.js")),
        *sorted((ROOT / "static").rglob("*.css"))]  # fmt: skip
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def too_long(paths: list[Path], limit: int) -> list[str]:
    return [f"{name_of(path)} has {lines_of(path)} lines" for path in paths if lines_of(path) > limit]


def test_a_file_of_code_stays_small() -> None:
    assert too_long(CODE, CODE_LINES) == []


def test_a_function_stays_small() -> None:
    long = [
        f"{name_of(path)}: {name} has {lines} lines"
        for path in CODE
        if path.suffix == ".py"
        for name, lines in functions(path)
        if lines > FUNCTION_LINES
    ]
    assert long == []


def test_a_template_stays_small() -> None:
    assert too_long(TEMPLATES, TEMPLATE_LINES) == []


def test_there_is_something_to_measure() -> None:
    assert len(CODE) > 100
    assert len(TEMPLATES) > 30
