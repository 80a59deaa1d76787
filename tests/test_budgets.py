"""Nothing grows until nobody reads it: files, functions and templates have a size."""

import ast

from tests.source import ROOT, modules

FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 60, 120


def test_no_code_file_is_longer_than_a_reader_can_hold() -> None:
    long = {
        name: lines
        for name, path, _tree in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{name}.{node.name}": lines
        for name, _path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_no_template_is_longer_than_two_screens() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > TEMPLATE_LINES
    }
    assert long == {}
