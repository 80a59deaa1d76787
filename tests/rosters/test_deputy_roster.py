"""The roster of deputies comes in: one line a mandate, people told apart by their key."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from congress_portal.common import clock
from deputies.models import Deputy, Mandate
from deputies.resources import DeputyRosterResource

from .conftest import PERSON, problems, take, workbook

pytestmark = pytest.mark.usefixtures("district")
RARE = ("㛃示例", "𬱖示例", "迪丽热巴·示例")


def test_a_line_makes_a_person_and_a_mandate_with_their_history():
    assert not take(DeputyRosterResource, workbook([PERSON])).has_validation_errors()
    mandate = Mandate.objects.select_related("deputy", "congress").get()
    assert (mandate.deputy.key, mandate.deputy.name, mandate.deputy.gender) == ("D0001", "林示例", "FEMALE")
    assert (mandate.congress.ordinal, mandate.electoral_district) == (19, "第12选区")
    assert (mandate.starts_on, mandate.ends_on) == (date(2022, 1, 5), None)
    assert Mandate.objects.in_force(clock.today()).get() == mandate
    assert mandate.certificate_number == "0012"
    assert Deputy.history.count() == Mandate.history.count() == 1


def test_the_same_file_again_changes_nothing_and_leaves_no_history():
    take(DeputyRosterResource, workbook([PERSON]))
    again = take(DeputyRosterResource, workbook([PERSON]))
    assert (again.news, again.changed, again.unchanged) == (0, 0, 1)
    assert Deputy.history.count() == Mandate.history.count() == 1


def test_a_person_with_two_mandates_has_two_lines():
    city = PERSON | {"层级": "市", "届次": 17, "选区": "", "选举单位": "沈河区"}
    take(DeputyRosterResource, workbook([PERSON, city]))
    assert Deputy.objects.count() == 1
    assert sorted(Mandate.objects.values_list("congress__level", flat=True)) == ["DISTRICT", "MUNICIPAL"]
    assert Deputy.history.count() == 1


def test_a_changed_person_is_one_change_and_the_mandate_keeps_its_history():
    take(DeputyRosterResource, workbook([PERSON]))
    result = take(DeputyRosterResource, workbook([PERSON | {"职务": "校长"}]))
    assert result.changed == 1
    (row,) = result.shown_rows
    assert [(c.header, c.old, c.new) for c in row.changes] == [("职务", "教师", "校长")]
    assert Deputy.history.count() == 2
    assert Mandate.history.count() == 1


def test_two_lines_that_tell_different_things_about_one_person_are_refused():
    city = PERSON | {"层级": "市", "届次": 17, "选区": "", "工作单位": "另一所小学"}
    with translation.override("en"):
        result = take(DeputyRosterResource, workbook([PERSON, city]))
    assert problems(result) == {
        (3, "工作单位"): "Row 2 has “示例小学” for the same 人员编号. Write the same in both rows."
    }
    assert Deputy.objects.count() == 0


def test_two_people_of_one_name_are_told_apart_by_their_keys():
    lines = [PERSON, PERSON | {"人员编号": "D0002", "工作单位": "示例医院"}]
    assert not take(DeputyRosterResource, workbook(lines)).has_validation_errors()
    assert Deputy.objects.filter(name="林示例").count() == 2


def test_a_known_name_without_a_key_asks_for_the_key():
    take(DeputyRosterResource, workbook([PERSON]))
    with translation.override("en"):
        result = take(DeputyRosterResource, workbook([PERSON | {"人员编号": ""}]))
    assert problems(result) == {
        (2, "人员编号"): "Somebody of this name is there already: D0001 林示例（示例小学）. "
        "Write that key; for another person, a new key."
    }


def test_two_new_people_of_one_name_without_keys_ask_for_keys():
    result = take(DeputyRosterResource, workbook([PERSON | {"人员编号": ""}, PERSON | {"人员编号": ""}]))
    assert list(problems(result)) == [(3, "人员编号")]


def test_somebody_new_without_a_key_gets_the_next_one():
    lines = [PERSON | {"人员编号": "D0041"}, PERSON | {"人员编号": "", "姓名": "高示例"}]
    take(DeputyRosterResource, workbook(lines))
    assert Deputy.objects.get(name="高示例").key == "D0042"


@pytest.mark.parametrize("name", RARE)
def test_rare_characters_and_dots_survive(name):
    take(DeputyRosterResource, workbook([PERSON | {"姓名": name}]))
    assert Deputy.objects.get().name == name


@pytest.mark.parametrize("written", ["林 示例", " 林　示例 ", "林\n示例", "林\u200b示例"])
def test_spaces_inside_a_name_are_stripped(written):
    take(DeputyRosterResource, workbook([PERSON | {"姓名": written}]))
    assert Deputy.objects.get().name == "林示例"


@pytest.mark.parametrize("term", ["十九", "19", 19, 19.0, "第十九届", "第19届"])
def test_the_term_may_be_written_in_numerals_or_digits(term):
    assert take(DeputyRosterResource, workbook([PERSON | {"届次": term}])).news == 1


def test_one_bad_line_among_good_ones_takes_nothing_in():
    lines = [PERSON | {"人员编号": f"D{n:04d}", "姓名": f"示例{n}"} for n in range(1, 270)]
    lines[41] = lines[41] | {"选区": ""}
    result = take(DeputyRosterResource, workbook(lines))
    assert problems(result) == {(43, "选区"): "区人大代表须填写选区。"}
    assert Deputy.objects.count() == Mandate.objects.count() == 0


def test_all_that_is_wrong_with_a_line_is_said_at_once():
    line = PERSON | {"性别": "未知", "选区": "", "任职日期": "2022年13月1日", "姓名": "林"}
    with translation.override("en"):
        found = problems(take(DeputyRosterResource, workbook([line])))
    assert found == {
        (2, "姓名"): "A name has at least two characters.",
        (2, "性别"): "Write one of: 男、女.",
        (2, "任职日期"): "Write the date as 2022-01-05.",
    }
    with translation.override("en"):
        found = problems(take(DeputyRosterResource, workbook([line | {"姓名": "林示例"}])))
    assert set(found) == {(2, "性别"), (2, "任职日期"), (2, "选区")}


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"层级": "市", "届次": 17}, "选区"),
        ({"届次": 20}, "届次"),
        ({"届次": "上届"}, "届次"),
        ({"层级": "县"}, "层级"),
        ({"层级": ""}, "层级"),
        ({"任职日期": ""}, "任职日期"),
        ({"离任日期": "2021-12-31"}, "离任日期"),
        ({"人员编号": "D/1"}, "人员编号"),
        ({"工作单位": "很长" * 41}, "工作单位"),
        ({"状态": "休假"}, "状态"),
    ],
)
def test_what_cannot_be_is_refused_with_row_and_column(change, column):
    found = problems(take(DeputyRosterResource, workbook([PERSON | change])))
    assert list(found) == [(2, column)]
    assert found[2, column]
    assert Deputy.objects.count() == 0


def test_the_same_mandate_twice_in_one_file_is_refused():
    assert list(problems(take(DeputyRosterResource, workbook([PERSON, PERSON])))) == [(3, "人员编号")]


def test_an_empty_text_is_emptied():
    take(DeputyRosterResource, workbook([PERSON]))
    take(DeputyRosterResource, workbook([PERSON | {"职务": ""}]))
    assert Deputy.objects.get().position == ""


def test_a_column_left_out_stays_as_it_is():
    take(DeputyRosterResource, workbook([PERSON]))
    headers = ["人员编号", "姓名", "层级", "届次", "任职日期"]
    result = take(DeputyRosterResource, workbook([PERSON], headers=headers))
    assert result.unchanged == 1
    assert Mandate.objects.get().electoral_district == "第12选区"


def test_a_key_is_found_however_it_is_typed():
    take(DeputyRosterResource, workbook([PERSON]))
    assert take(DeputyRosterResource, workbook([PERSON | {"人员编号": "ｄ0001 "}])).unchanged == 1


def test_queries_do_not_grow_with_the_rows():
    counts = {}
    for rows in (20, 400):
        lines = [PERSON | {"人员编号": f"K{rows}-{n}", "姓名": f"示例{n}"} for n in range(rows)]
        with CaptureQueriesContext(connection) as queries:
            assert take(DeputyRosterResource, workbook(lines)).news == rows
        counts[rows] = len(queries)
    # Only the bulk statements are cut into pieces where the database limits their size.
    assert counts[20] <= 25
    assert counts[400] <= counts[20] + 400 * 0.2
