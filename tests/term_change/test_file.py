"""The file of those elected: shown first, all or nothing, every mistake named by row and column."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from deputies.models import Congress, Level, TermChange, TermMatch
from stations.models import VenueStatus
from suggestions.term_change.drafting import decide, set_up
from tests.rosters.conftest import problems, workbook

from .conftest import LINE, SWITCH, TODAY, bring_in, person_line, send_file, url, usual_lines


def test_the_template_has_the_headings_and_no_rows(clerk: Client, change: TermChange) -> None:
    answer = clerk.get(url(change, "template"))
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows == [tuple(LINE)]


def test_the_page_complains_of_nothing_before_a_file_was_sent(clerk: Client, change: TermChange) -> None:
    address = url(change, "file")
    assert not clerk.get(address).context["form"].is_bound
    assert "import_file" in clerk.post(address).context["form"].errors


def test_the_preview_counts_and_stores_nothing(
    clerk: Client, world: SimpleNamespace, change: TermChange
) -> None:
    page = send_file(clerk, change, workbook(usual_lines(world)))
    assert page.context["counts"] == {"all": 3, "same": 2, "new": 1, "open": 0, "before": 0}
    assert not change.rows.exists()


def test_what_was_looked_at_is_taken_over(clerk: Client, world: SimpleNamespace, change: TermChange) -> None:
    page = send_file(clerk, change, workbook(usual_lines(world)))
    answer = clerk.post(url(change, "take"), page.context["take"].initial)
    assert answer.url == url(change, "rows")
    change.refresh_from_db()
    assert change.file_name == "名单.xlsx"
    assert [(row.line, row.name, row.venues, row.is_confirmed) for row in change.rows.all()] == [
        (2, "高示例", "", False), (3, "张伟", "", False), (4, "新示例", "TS1", False)
    ]  # fmt: skip


def test_a_second_click_finds_the_file_gone(
    clerk: Client, world: SimpleNamespace, change: TermChange
) -> None:
    given = send_file(clerk, change, workbook(usual_lines(world))).context["take"].initial
    clerk.post(url(change, "take"), given)
    assert clerk.post(url(change, "take"), given).url == url(change, "file")
    assert change.rows.count() == 3


@pytest.mark.parametrize(
    "given", [{}, {"shelf": "../secret"}, {"shelf": "0" * 32, "fingerprint": "0" * 64, "file_name": "a"}]
)
def test_a_made_up_file_is_not_found(clerk: Client, change: TermChange, given: dict[str, str]) -> None:
    assert clerk.post(url(change, "take"), given).url == url(change, "file")


def test_every_mistake_is_named_by_row_and_column(world: SimpleNamespace, change: TermChange) -> None:
    world.other_station.status, world.other_station.gone_on = VenueStatus.MERGED, TODAY
    world.other_station.successor = world.station
    world.other_station.save()
    world.home.status, world.home.gone_on = VenueStatus.CLOSED, TODAY
    world.home.save()
    lines = [
        LINE,
        LINE | {"姓名": "无选区", "选区": ""},
        LINE | {"姓名": "无此站", "进站点": "TS1、TS9"},
        LINE | {"姓名": "并了", "进站点": "ts2"},
        LINE | {"姓名": "关了", "进站点": "TH1"},
        LINE,
        LINE | {"姓名": ""},
        LINE | {"姓名": "错", "性别": "女性朋友"},
        LINE | {"姓名": "同号甲", "代表证号": "7"},
        LINE | {"姓名": "同号乙", "代表证号": "7"},
    ]
    with override("en"):
        found = problems(bring_in(change, lines, world.clerk))
    assert {key: text.split(".")[0] for key, text in found.items()} == {
        (3, "选区"): "A district deputy has an electoral district",
        (4, "进站点"): "No venue has the code TS9",
        (5, "进站点"): "TS2 was merged",
        (6, "进站点"): "TH1 测试街道代表之家 is closed",
        (7, "姓名"): "Row 2 is the same line",
        (8, "姓名"): "This cell is empty",
        (9, "姓名"): "A name has at least two characters",
        (9, "性别"): "Write one of: 男、女",
        (11, "代表证号"): "Row 10 has the same certificate number",
    }
    assert not change.rows.exists()


def test_the_page_says_row_column_and_what_to_do(clerk: Client, change: TermChange) -> None:
    text = send_file(clerk, change, workbook([LINE | {"选区": ""}])).content.decode()
    for words in ("未导入任何内容", "第 2 行", "选区"):
        assert words in text


def test_higher_levels_name_who_elects_and_no_electoral_district(world: SimpleNamespace) -> None:
    city = set_up(None, old=world.city, ordinal=18, switch_on=SWITCH, user=world.clerk)
    elected = LINE | {"选区": "", "选举单位": "测试区人民代表大会"}
    assert not bring_in(city, [elected], world.clerk).has_validation_errors()
    with override("en"):
        found = problems(bring_in(city, [LINE, LINE | {"姓名": "无人选", "选区": ""}], world.clerk))
    assert set(found) == {(2, "选区"), (3, "选举单位")}
    assert Congress.objects.get(level=Level.MUNICIPAL, ordinal=18).mandates.count() == 0


@pytest.mark.parametrize("name", ["迪丽热巴·示例", "林㛃", "𬱖佳宁", "古丽娜孜•艾山江", "赵 𬱖"])
def test_names_with_a_dot_and_rare_characters_come_in(
    world: SimpleNamespace, change: TermChange, name: str
) -> None:
    bring_in(change, [LINE | {"姓名": name}], world.clerk)
    assert change.rows.get().name == name.replace("•", "·").replace(" ", "")


def test_two_people_of_one_name_come_in(world: SimpleNamespace, change: TermChange) -> None:
    lines = [LINE | {"姓名": "李强"}, LINE | {"姓名": "李强", "单位": "示例商场", "选区": "第9选区"}]
    assert not bring_in(change, lines, world.clerk).has_validation_errors()
    assert change.rows.filter(name="李强", match=TermMatch.NEW).count() == 2


def test_a_new_file_replaces_the_rows_and_keeps_what_was_decided_about_the_same_people(
    world: SimpleNamespace, ready: TermChange
) -> None:
    lines = [
        LINE | {"姓名": "又新示例"},
        LINE | {"选区": "第7选区"},
        person_line(world.keeper, 单位="示例新工厂"),
    ]
    bring_in(ready, lines, world.clerk)
    found = [(row.name, row.match, row.is_confirmed) for row in ready.rows.all()]
    assert found == [
        ("又新示例", "NEW", False), ("新示例", "NEW", True), ("高示例", "OPEN", False)
    ]  # fmt: skip


def test_a_decision_by_hand_survives_a_corrected_venue(world: SimpleNamespace, filled: TermChange) -> None:
    row = filled.rows.get(name="新示例")
    decide(row, match=TermMatch.SAME, deputy=world.both, user=world.clerk)
    lines = [person_line(world.both), LINE | {"进站点": "TH1"}]
    bring_in(filled, lines, world.clerk)
    first, second = filled.rows.all()
    assert (second.deputy, second.venues, second.is_confirmed) == (world.both, "TH1", True)
    assert (first.match, first.deputy) == ("OPEN", None)


def test_lines_that_cannot_be_told_apart_are_asked_again(world: SimpleNamespace, ready: TermChange) -> None:
    bring_in(ready, [LINE, LINE | {"选区": "第8选区"}], world.clerk)
    assert list(ready.rows.values_list("is_confirmed", flat=True)) == [False, False]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", "姓名\n新示例".encode(), b"\xd0\xcf\x11\xe0" + b"0" * 99]
)
def test_what_is_no_xlsx_is_refused_at_the_field(clerk: Client, change: TermChange, data: bytes) -> None:
    page = send_file(clerk, change, data)
    assert page.status_code == 200
    assert page.context["form"].errors["import_file"]


def test_wrong_headings_are_named(clerk: Client, change: TermChange) -> None:
    page = send_file(clerk, change, workbook([{"姓名": "新示例", "手机": "1"}]))
    assert "手机" in page.content.decode()
    assert not change.rows.exists()


def test_markup_in_a_file_stays_text(clerk: Client, change: TermChange) -> None:
    page = send_file(clerk, change, workbook([LINE | {"单位": "<script>alert(1)</script>"}]))
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert" in page.content.decode()


def test_a_row_costs_no_query(world: SimpleNamespace, change: TermChange) -> None:
    def asked(count: int) -> int:
        lines: list[dict[str, Any]] = [
            LINE | {"姓名": f"新示例{chr(0x4E00 + place)}"} for place in range(count)
        ]
        with CaptureQueriesContext(connection) as queries:
            bring_in(change, lines, world.clerk, dry_run=True)
        return len(queries)

    # SQLite takes only so many values at once, so the rows are written in a few pieces.
    assert asked(300) <= asked(3) + 8
