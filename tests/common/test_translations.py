"""The two translation commands, on a small project made for the test."""

import gettext
import os
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from congress_portal.common.extraction import ExtractionError, Message, messages_in

PAGE = """{% load i18n %}
{# a comment with _("nothing") in it #}
{% translate "Send" %} {% trans 'Hold on' %} {% translate "Order" context "verb" %}
{% blocktranslate trimmed with name=x %}
  Dear {{ name }},
  100% done (really).
{% endblocktranslate %}
{% blocktranslate count n=3 %}{{ n }} line{% plural %}{{ n }} lines{% endblocktranslate %}
{{ value|default:_("None yet") }} {% include "x.html" with label=_("Label (short)") %}
{% comment %}{% translate "Not this" %}{% endcomment %}
"""
CODE = """
from django.utils import translation
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy as p

title = _("Title")
long = _("two "
         "parts")
many = ngettext("%(n)d thing", "%(n)d things", 3)
verb = p("verb", "Open")
other = translation.gettext("Elsewhere")
unknown = _(title)
"""
EXPECTED = {
    Message("Send"),
    Message("Hold on"),
    Message("Order", "verb"),
    Message("Dear %(name)s, 100%% done (really)."),
    Message("%(n)s line", None, "%(n)s lines"),
    Message("None yet"),
    Message("Label (short)"),
    Message("Title"),
    Message("two parts"),
    Message("%(n)d thing", None, "%(n)d things"),
    Message("Open", "verb"),
    Message("Elsewhere"),
}


@pytest.fixture
def project(tmp_path: Path, settings) -> Path:
    (tmp_path / "templates" / "deep").mkdir(parents=True)
    (tmp_path / "templates" / "deep" / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "views.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text('_("Only in a test")', encoding="utf-8")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "x.py").write_text("not python at all", encoding="utf-8")
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return tmp_path


def _catalogue(project: Path) -> Path:
    return project / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def _write_all(project: Path) -> Path:
    """A complete catalogue: every msgid answered by itself, plurals too."""
    with pytest.raises(CommandError):
        call_command("check_translations", write_missing=True)
    path = _catalogue(project)
    catalogue = polib.pofile(str(path), wrapwidth=0)
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid_plural}
        else:
            entry.msgstr = f"译 {entry.msgid}"
    catalogue.save()
    return path


def test_messages_are_found_in_templates_and_code_and_nowhere_else(project):
    found = messages_in(project)
    assert {item.message for item in found} == EXPECTED
    assert {(item.path.name, item.line) for item in found if item.message.text == "Title"} == {
        ("views.py", 5)
    }


def test_a_formatted_string_cannot_be_translated_and_is_named(project):
    (project / "app" / "bad.py").write_text('x = 1\ny = _(f"{x} things")\n', encoding="utf-8")
    with pytest.raises(ExtractionError) as raised:
        messages_in(project)
    assert str(raised.value).startswith(f"app{os.sep}bad.py:2:")


def test_without_a_catalogue_everything_is_missing(project, capsys):
    with pytest.raises(CommandError):
        call_command("check_translations")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(EXPECTED)
    assert "missing: 'Title'  [app/views.py:5]" in lines
    assert any(line.startswith("missing: 'Open' (context 'verb')  [app/views.py:") for line in lines)


def test_missing_messages_are_written_for_the_translator_and_then_stay_put(project):
    with pytest.raises(CommandError):
        call_command("check_translations", write_missing=True)
    first = _catalogue(project).read_text(encoding="utf-8")
    assert 'msgid "Title"\nmsgstr ""' in first
    with pytest.raises(CommandError):
        call_command("check_translations", write_missing=True)
    assert _catalogue(project).read_text(encoding="utf-8") == first


def test_a_complete_catalogue_passes(project, capsys):
    _write_all(project)
    capsys.readouterr()
    call_command("check_translations")
    assert capsys.readouterr().out == f"{len(EXPECTED)} messages, all translated\n"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('msgstr "译 Title"', 'msgstr ""', "untranslated: 'Title'"),
        ('msgid "Title"', '#, fuzzy\nmsgid "Title"', "fuzzy: 'Title'"),
        ('msgid "Title"', 'msgid "Titel"', "missing: 'Title'"),
        ('msgstr "译 Dear %(name)s', 'msgstr "译 %(nmae)s', "foreign placeholder %(nmae)s"),
        ('msgid_plural "%(n)d things"', 'msgid_plural "%(n)d thingies"', "plural differs: '%(n)d thing'"),
    ],
)
def test_a_flawed_catalogue_fails_and_says_where(project, capsys, old, new, problem):
    path = _write_all(project)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("check_translations")
    assert problem in capsys.readouterr().err


def test_fragments_are_merged_sorted_and_a_second_merge_changes_nothing(project, tmp_path, capsys):
    one, two = tmp_path / "one.po", tmp_path / "two.po"
    one.write_text('msgid "Title"\nmsgstr "标题"\n\nmsgid "Send"\nmsgstr "提交"\n', encoding="utf-8")
    two.write_text(
        'msgid "Send"\nmsgstr "发送"\n\nmsgctxt "verb"\nmsgid "Open"\nmsgstr "打开"\n\n'
        'msgid "%(n)d thing"\nmsgid_plural "%(n)d things"\nmsgstr[0] "%(n)d 件"\n\n'
        'msgid "Hold on"\nmsgstr ""\n',
        encoding="utf-8",
    )
    with pytest.raises(CommandError):
        call_command("check_translations", merge=[one, two])
    assert "kept the catalogue's own translation" in capsys.readouterr().err
    path = _catalogue(project)
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue] == ["%(n)d thing", "Open", "Send", "Title"]
    assert catalogue.find("Send").msgstr == "提交"
    before = path.read_text(encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("check_translations", merge=[one, two])
    assert path.read_text(encoding="utf-8") == before


def test_a_broken_fragment_is_named_and_changes_nothing(project, tmp_path):
    bad = tmp_path / "bad.po"
    bad.write_text('msgid "Title"\nmsgstr "Ti"tel"\n', encoding="utf-8")
    with pytest.raises(CommandError, match=r"bad\.po"):
        call_command("check_translations", merge=[bad])
    assert not _catalogue(project).exists()


def test_compiling_makes_what_gettext_reads_and_only_when_needed(project, capsys):
    path = _write_all(project)
    call_command("compile_translations")
    target = path.with_suffix(".mo")
    with target.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert translations.gettext("Title") == "译 Title"
    assert translations.pgettext("verb", "Open") == "译 Open"
    assert translations.ngettext("%(n)d thing", "%(n)d things", 1) == "%(n)d things"
    assert "compiled" in capsys.readouterr().out
    call_command("compile_translations")
    assert capsys.readouterr().out == ""
    later = target.stat().st_mtime + 5
    os.utime(path, (later, later))
    call_command("compile_translations")
    assert "compiled" in capsys.readouterr().out
    assert [file.name for file in path.parent.iterdir() if file.suffix not in {".po", ".mo"}] == []
