"""The pages of an import: choose, look, confirm. No script, no style inside them, all or nothing."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from deputies.models import Deputy
from stations.models import Posting, Venue

from .conftest import HOME, PERSON, confirm, send, workbook

TABLE = "deputies_deputy"
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|<script\b(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:|data:", re.IGNORECASE
)
TABLES = ["deputies_deputy", "stations_venue", "stations_posting", "common_calendarday"]


def clean(page):
    """The page's text; fails if a strict content policy would refuse something in it."""
    text = page.content.decode()
    assert page.status_code == 200
    # Data for a script is no script.
    code = re.sub(r'<script[^>]*type="application/json"[^>]*>.*?</script>', "", text, flags=re.DOTALL)
    assert not INLINE.search(code), INLINE.search(code)
    return text


@pytest.mark.parametrize("table", TABLES)
def test_the_page_shows_the_columns_and_how_to_write_them(member, table):
    text = clean(member(is_superuser=True).get(reverse(f"admin:{table}_import")))
    assert "multipart/form-data" in text
    assert reverse(f"admin:{table}_import_template") in text


def test_the_columns_of_the_roster_are_explained(clerk):
    text = clean(clerk.get(reverse(f"admin:{TABLE}_import")))
    for header in PERSON:
        assert header in text


def test_the_preview_shows_what_would_change_and_stores_nothing(clerk, district):
    page = send(clerk, TABLE, workbook([PERSON]))
    text = clean(page)
    assert "D0001 林示例 · 沈河区第十九届人民代表大会" in text
    assert "示例小学" in text
    assert Deputy.objects.count() == 0


def test_confirming_stores_all_and_says_how_many(clerk, district):
    lines = [PERSON, PERSON | {"人员编号": "D0002", "姓名": "高示例"}]
    done = confirm(clerk, TABLE, send(clerk, TABLE, workbook(lines)))
    assert done.status_code == 302
    assert Deputy.objects.count() == 2
    assert "文件已导入：新增 2 行，变更 0 行，不变 0 行。" in clean(clerk.get(done.url))


def test_the_history_names_who_brought_the_file_in(clerk, district):
    confirm(clerk, TABLE, send(clerk, TABLE, workbook([PERSON]), "二月名册.xlsx"))
    entry = Deputy.history.get()
    assert (entry.history_user.username, entry.history_change_reason) == ("CLERK", "二月名册.xlsx")


def test_a_venue_that_comes_in_has_its_history_too(clerk, places):
    confirm(clerk, "stations_venue", send(clerk, "stations_venue", workbook([HOME])))
    assert Venue.history.latest().history_user.username == "CLERK"


def test_a_change_is_shown_as_old_and_new(clerk, district):
    confirm(clerk, TABLE, send(clerk, TABLE, workbook([PERSON])))
    text = clean(send(clerk, TABLE, workbook([PERSON | {"职务": "校长"}])))
    assert "<del>教师</del> → <ins>校长</ins>" in text


def test_a_file_that_changes_nothing_has_no_button_to_confirm(clerk, district):
    confirm(clerk, TABLE, send(clerk, TABLE, workbook([PERSON])))
    text = clean(send(clerk, TABLE, workbook([PERSON])))
    assert "没有需要导入的内容" in text
    assert reverse(f"admin:{TABLE}_process_import") not in text


def test_a_bad_row_is_shown_by_row_and_column_with_what_to_do(clerk, district):
    page = send(clerk, TABLE, workbook([PERSON, PERSON | {"人员编号": "D0002", "任职日期": "明年"}]))
    text = clean(page)
    for words in ("未导入任何内容", "第 3 行", "任职日期", "明年", "请把日期写成 2022-01-05 的样子。"):
        assert words in text
    assert "confirm_form" not in page.context
    assert Deputy.objects.count() == 0


def test_wrong_headers_are_shown_as_one_sentence(clerk, district):
    assert "缺少列：人员编号" in clean(send(clerk, TABLE, workbook([{"姓名": "林示例"}])))


def test_a_text_file_is_refused_at_the_field(clerk):
    assert "这不是 xlsx 文件" in clean(send(clerk, TABLE, "姓名\n林示例".encode()))


def test_no_file_is_refused_at_the_field(clerk):
    assert "请选择文件。" in clean(clerk.post(reverse(f"admin:{TABLE}_import"), {"format": "0"}))


def test_text_from_a_file_is_never_markup(clerk, district):
    line = PERSON | {"工作单位": "<script>alert(1)</script>", "任职日期": "<b>今天</b>"}
    text = clean(send(clerk, TABLE, workbook([line])))
    assert "&lt;b&gt;今天" in text
    assert "<script>alert" not in clean(send(clerk, TABLE, workbook([line | {"任职日期": "2022-01-05"}])))


def test_a_second_confirmation_finds_the_file_gone(clerk, district):
    preview = send(clerk, TABLE, workbook([PERSON]))
    confirm(clerk, TABLE, preview)
    again = confirm(clerk, TABLE, preview)
    assert again.url == reverse(f"admin:{TABLE}_import")
    assert "检查过的文件已不在" in clean(clerk.get(again.url))
    assert Deputy.history.count() == 1


def test_a_roster_changed_since_the_preview_is_not_overwritten(clerk, district):
    confirm(clerk, TABLE, send(clerk, TABLE, workbook([PERSON])))
    preview = send(clerk, TABLE, workbook([PERSON | {"职务": "校长"}]))
    Deputy.objects.update(position="园长")
    text = clean(confirm(clerk, TABLE, preview))
    assert "检查之后名册有了变动" in text
    assert Deputy.objects.get().position == "园长"


def test_what_became_impossible_since_the_preview_takes_nothing_in(clerk, district):
    preview = send(clerk, TABLE, workbook([PERSON, PERSON | {"人员编号": "", "姓名": "高示例"}]))
    Deputy.objects.create(key="X1", name="高示例")
    assert "已有同名的人" in clean(confirm(clerk, TABLE, preview))
    assert Deputy.objects.count() == 1


@pytest.mark.parametrize("name", ["", "x" * 400, "../secret", "0" * 32])
def test_a_made_up_file_name_finds_nothing(clerk, name):
    cache.set("secret", b"PK")
    fields = {"import_file_name": name, "original_file_name": "a", "format": "0", "fingerprint": "a"}
    answer = clerk.post(reverse(f"admin:{TABLE}_process_import"), fields)
    assert answer.url == reverse(f"admin:{TABLE}_import")


def test_only_who_may_change_the_roster_reaches_the_pages(member, client):
    names = ["import", "process_import", "import_template", "export"]
    for looker in (member("REVIEWER"), member("HEAD"), member()):
        for name in names:
            page = reverse(f"admin:{TABLE}_{name}")
            answer = looker.post(page) if name == "process_import" else looker.get(page)
            assert answer.status_code == 403
    for name in names:
        assert client.get(reverse(f"admin:{TABLE}_{name}")).status_code == 302
    assert Posting.objects.count() == 0
