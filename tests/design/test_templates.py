"""No page can break the content policy or bring in a foreign host; every named part and drawing exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DRAWINGS = sorted((ROOT / "templates").rglob("*.svg"))
STYLES = sorted((ROOT / "static").rglob("*.css"))
MODULES = sorted((ROOT / "static" / "js").rglob("*.js"))
LONGEST = 60

FORBIDDEN = {
    "inline style": r"<style\b|\sstyle\s*=",
    "inline script": r"<script\b(?![^>]*\ssrc=)",
    "inline handler": r"\son[a-z]+\s*=\s*[\"']",
    "javascript address": r"javascript:",
    "data address": r"[\"'(]\s*data:",
    "foreign host": r"(?:src|href|action|url\()\s*=?\s*[\"']?\s*(?:https?:)?//",
    "escaping off": r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off",
}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_contains(what: str) -> None:
    found = [named(path) for path in TEMPLATES + DRAWINGS if re.search(FORBIDDEN[what], text_of(path))]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("inline style", '<p style="color: red">'),
        ("inline style", "<style>p {}</style>"),
        ("inline script", "<script>start()</script>"),
        ("inline handler", '<a onclick="go()">'),
        ("data address", '<img src="data:image/png;base64,AA">'),
        ("foreign host", '<script src="//cdn.example/x.js">'),
        ("foreign host", '<link href="https://fonts.example/x.css">'),
        ("escaping off", "{{ text|safe }}"),
    ],
)
def test_the_search_finds(what: str, text: str) -> None:
    assert re.search(FORBIDDEN[what], text)


def test_templates_stay_short() -> None:
    long = {named(path): lines for path in TEMPLATES if (lines := len(text_of(path).splitlines())) > LONGEST}
    assert long == {}


def test_every_included_part_exists() -> None:
    missing = {
        (named(path), part)
        for path in TEMPLATES
        for part in re.findall(r"{%\s*include\s+[\"']([^\"']+)[\"']", text_of(path))
        if part.startswith("components/") and not (ROOT / "templates" / part).exists()
    }
    assert missing == set()


def test_every_named_icon_is_drawn() -> None:
    drawn = {path.stem for path in (ROOT / "templates/components/icons").glob("*.svg")}
    used = {
        name for path in TEMPLATES for name in re.findall(r"{%\s*icon\s+[\"']([^\"']+)[\"']", text_of(path))
    }
    assert used - drawn == set()


def test_every_linked_static_file_exists() -> None:
    linked = {
        file
        for path in TEMPLATES
        for file in re.findall(r"{%\s*static\s+[\"']([^\"']+)[\"']\s*%}", text_of(path))
        if not file.startswith(("admin/", "import_export/"))
    }
    assert {file for file in linked if not (ROOT / "static" / file).exists()} == set()


def test_no_style_or_script_fetches_from_elsewhere() -> None:
    found = [
        named(path)
        for path in STYLES + MODULES
        if re.search(r"(?:https?:)?//[a-z0-9-]+\.|data:", text_of(path))
    ]
    assert found == []


def test_scripts_never_write_markup() -> None:
    found = [
        named(path)
        for path in MODULES
        if re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text_of(path)
        )
    ]
    assert found == []
