import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as project
from django.template import Context, Template, TemplateDoesNotExist
from django.utils import translation

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import due, icon, letter_lines, percent, short_date, zh_date

FRIDAY = datetime(2026, 10, 9, 4, 0, tzinfo=UTC)
ICONS = Path(project.BASE_DIR) / "templates" / "components" / "icons"


@pytest.fixture(autouse=True)
def _on_a_friday():
    with clock.frozen(FRIDAY), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 10, 14), "4 working days left (by 14 Oct)"),
        (date(2026, 10, 10), "1 working day left (by 10 Oct)"),
        (date(2026, 10, 9), "Due today (9 Oct)"),
        (date(2026, 10, 8), "1 working day overdue (was due 8 Oct)"),
        (date(2026, 9, 30), "2 working days overdue (was due 30 Sep)"),
        (date(2027, 1, 4), "62 working days left (by 4 Jan 2027)"),
        (datetime(2026, 10, 9, 16, 0, tzinfo=UTC), "1 working day left (by 10 Oct)"),
        (None, ""),
    ],
)
@pytest.mark.django_db
def test_a_due_date_says_how_long_there_is(day, sentence):
    assert due(day) == sentence


@pytest.mark.django_db
def test_in_chinese_a_due_date_reads_as_people_say_it(chinese):
    assert due(date(2026, 10, 14)) == "还剩 4 个工作日（10 月 14 日前）"
    assert due(date(2026, 10, 9)) == "今天到期（10 月 9 日）"
    assert due(date(2026, 9, 30)) == "已超期 2 个工作日（应于 9 月 30 日前完成）"
    assert due(date(2027, 1, 4)) == "还剩 62 个工作日（2027 年 1 月 4 日前）"


def test_dates_follow_the_language():
    assert zh_date(date(2026, 1, 5)) == "Jan. 5, 2026"
    with translation.override("zh-hans"):
        assert zh_date(date(2026, 1, 5)) == "2026年1月5日"
        assert zh_date(datetime(2026, 1, 4, 16, 0, tzinfo=UTC)) == "2026年1月5日"
    assert zh_date(None) == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("96.39"), "96.39%"),
        (Decimal("0.125"), "0.13%"),
        (0, "0.00%"),
        (None, "—"),
        ("", "—"),
        (5.4, "5.40%"),
    ],
)
def test_percentages_have_two_decimals_and_nothing_is_a_dash(value, shown):
    assert percent(value) == shown


def test_an_icon_is_drawn_inline_and_hidden_from_screen_readers():
    page = Template("{% load portal %}{% icon 'home' %}").render(Context())
    assert page.startswith("<svg")
    assert page.count('aria-hidden="true"') == 1
    assert 'class="icon' in page


@pytest.mark.parametrize("name", ["no-such-icon", "../../base", "home.svg", "", "home\n"])
def test_a_name_without_a_drawing_draws_nothing_but_is_noticed_while_developing(name, settings):
    settings.DEBUG = False
    assert icon(name) == ""
    settings.DEBUG = True
    with pytest.raises(TemplateDoesNotExist):
        icon(name)


def test_every_icon_named_in_a_template_has_its_drawing():
    known = {path.stem for path in ICONS.glob("*.svg")}
    used = {
        (path.name, name)
        for path in Path(project.BASE_DIR).joinpath("templates").rglob("*.html")
        for name in re.findall(r"""{%\s*icon\s+["']([^"']+)["']""", path.read_text(encoding="utf-8"))
    }
    assert {(page, name) for page, name in used if name not in known} == set()


@pytest.mark.parametrize("path", sorted(ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_every_drawing_is_plain(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script|style=|<style|\son\w+=|href=", text)
    assert icon(path.stem).startswith("<svg")


def test_a_letter_is_set_with_its_greeting_flush_and_its_signature_at_the_end():
    letter = "王女士：\n\n您反映的问题已经解决。\n感谢您的支持。\n测试住建局\n2026年10月9日"
    places = ["greeting", "", "", "sign", "sign"]
    assert [place for _line, place in letter_lines(letter)] == places


@pytest.mark.parametrize("end", ["测试住建局\n2026年10月9日", "测试住建局", "2026年10月9日\n测试住建局"])
def test_whoever_signs_below_is_not_named_twice(end):
    letter = f"王女士：\n您反映的问题已经解决。\n{end}"
    assert [line for line, _place in letter_lines(letter, "测试住建局")][:2] == [
        "王女士：",
        "您反映的问题已经解决。",
    ]
    assert "测试住建局" not in [line for line, _place in letter_lines(letter, "测试住建局")]
    # Signed by somebody else it is a text like any other.
    assert "测试住建局" in [line for line, _place in letter_lines(letter, "另一局")]


def test_an_opening_sentence_is_no_greeting():
    opening = "您好，您反映的问题收悉，现答复如下："
    assert letter_lines(opening) == [(opening, "")]


def test_a_short_date_names_the_year_where_it_is_another():
    days = (date(2026, 12, 3), date(2027, 1, 4), None)
    assert [short_date(day) for day in days] == ["3 Dec", "4 Jan 2027", ""]
    with translation.override("zh-hans"):
        assert short_date(days[1]) == "2027 年 1 月 4 日"


@pytest.mark.parametrize("text", ["已经划好车位三十个", "已经划好车位。", "", None, "第一行\n" + "很长" * 40])
def test_a_plain_answer_is_no_signature(text):
    assert {place for _line, place in letter_lines(text)} <= {""}
