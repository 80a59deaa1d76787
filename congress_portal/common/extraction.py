"""Which strings the code and the templates ask to be translated, found without gettext's own tools."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

# Function -> positions of (context, singular, plural) among its arguments.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
SKIPPED_FOLDERS = frozenset({"tests", "tools", "locale", "static", "staticfiles", "media", "var", "docs"})
TEMPLATE_SUFFIXES = frozenset({".html", ".txt", ".xml", ".svg"})
CALL = re.compile(r"(?<![\w.])(n?p?gettext|_)\(")


@dataclass(frozen=True, order=True)
class Message:
    """What a catalogue is asked for. `plural` is "" for a message without one."""

    text: str
    context: str | None = None
    plural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return (self.context or "", self.text)


@dataclass(frozen=True)
class Found:
    message: Message
    path: Path
    line: int


class ExtractionError(Exception):
    """A file that cannot be read for messages: its text says where and why."""


def messages_in(root: Path) -> list[Found]:
    """Every message of the project under `root`, by file and line. ExtractionError for a bad file."""
    found: list[Found] = []
    for path in _files(root):
        source = path.read_text(encoding="utf-8")
        reader = _from_python if path.suffix == ".py" else _from_template
        try:
            found += [Found(message, path, line) for message, line in reader(source)]
        except SyntaxError as error:
            raise ExtractionError(f"{path.relative_to(root)}:{error.lineno or 1}: {error.msg}") from error
    return found


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir()):
        if path.name.startswith(".") or path.name in SKIPPED_FOLDERS or path.is_symlink():
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.suffix == ".py" or (path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts):
            yield path


def _from_python(source: str) -> Iterator[tuple[Message, int]]:
    tree = ast.parse(source)
    names = {name: name for name in FUNCTIONS} | {"_": "gettext"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            message = _message(names.get(name, ""), node.args)
            if message:
                yield message, node.lineno


def _from_template(source: str) -> Iterator[tuple[Message, int]]:
    code = templatize(source)
    for match in CALL.finditer(code):
        call = _first_expression(code, match.start(), match.end())
        if call is not None:
            name = "gettext" if match[1] == "_" else match[1]
            message = _message(name, call.args)
            if message:
                yield message, code.count("\n", 0, match.start()) + 1


def _first_expression(code: str, start: int, opened: int) -> ast.Call | None:
    """The call that begins at `start`: the shortest text up to a closing parenthesis that is Python."""
    end = opened
    while (end := code.find(")", end) + 1) > 0:
        try:
            expression = ast.parse(code[start:end].replace("\n", " "), mode="eval").body
        except SyntaxError:
            continue
        return expression if isinstance(expression, ast.Call) else None
    return None


def _message(function: str, arguments: Iterable[ast.expr]) -> Message | None:
    if function not in FUNCTIONS:
        return None
    values = list(arguments)
    context, singular, plural = FUNCTIONS[function]
    text = _constant(values, singular)
    if not text:
        return None
    return Message(text, _constant(values, context), _constant(values, plural) or "")


def _constant(values: list[ast.expr], position: int | None) -> str | None:
    if position is None or position >= len(values):
        return None
    value = values[position]
    if isinstance(value, ast.JoinedStr):
        error = SyntaxError("an f-string cannot be translated; use %(name)s and fill it in afterwards")
        error.lineno = value.lineno
        raise error
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
