"""Chinese sentences on pages carry full-width marks."""

import re
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
HAN = "\u4e00-\u9fff"
HALF = re.compile(rf"[{HAN}》”）][,;:?!(]|[,;:?!(][{HAN}]|[{HAN}]\)")
PLACES = [
    *ROOT.glob("templates/**/*.html"),
    *ROOT.glob("suggestions/demo/texts/*.toml"),
    ROOT / "suggestions/defaults.py",
    ROOT / "congress_portal/styleguide.py",
]


def test_no_translation_has_a_half_width_mark_in_a_chinese_sentence() -> None:
    entries = polib.pofile(str(ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"))
    texts = [text for row in entries for text in (row.msgstr, *row.msgstr_plural.values())]
    assert [text for text in texts if HALF.search(re.sub(r"%\(\w+\)[sd]", "字", text))] == []


def test_no_page_or_demo_text_has_one_either() -> None:
    lines = [(place.name, line) for place in PLACES for line in place.read_text().splitlines()]
    assert [(name, line) for name, line in lines if HALF.search(line)] == []
