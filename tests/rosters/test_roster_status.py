"""The roster repeats how a mandate stands and never changes it; groups and the order of names come along."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from congress_portal.common import clock
from deputies.models import Congress, Deputy, DeputyGroup, Mandate, MandateEvent
from deputies.resources import DeputyRosterResource
from tests.conftest import end, restore, suspend

from .conftest import PERSON, problems, rows_of, take, workbook
from .test_export import download

pytestmark = pytest.mark.usefixtures("district")


def taken(*lines):
    return take(DeputyRosterResource, workbook(list(lines)))


@pytest.fixture
def mandate(district):
    taken(PERSON)
    return Mandate.objects.get()


def day(shift):
    return (clock.today() + timedelta(days=shift)).isoformat()


@pytest.mark.parametrize("word", ["暂停", "终止", "未到任"])
def test_another_status_than_today_is_refused_with_where_to_record_it(mandate, word):
    with translation.override("en"):
        found = problems(taken(PERSON | {"状态": word}))
    assert list(found) == [(2, "状态")]
    assert "“在任” today" in found[2, "状态"]
    assert "Record a change" in found[2, "状态"]
    assert not MandateEvent.objects.exists()


@pytest.mark.parametrize("word", ["在任", "任职", ""])
def test_the_present_status_or_none_changes_nothing(mandate, word):
    assert taken(PERSON | {"状态": word}).unchanged == 1


def test_the_word_is_that_of_today(mandate):
    suspend(mandate, clock.today() - timedelta(days=9))
    assert list(problems(taken(PERSON))) == [(2, "状态")]
    assert taken(PERSON | {"状态": "暂停执行职务"}).unchanged == 1
    restore(mandate, clock.today())
    assert taken(PERSON).unchanged == 1
    end(mandate, clock.today() + timedelta(days=1))
    assert taken(PERSON | {"离任日期": day(1)}).unchanged == 1


@pytest.mark.parametrize(
    "change", [{"离任日期": day(0)}, {"离任日期": day(0), "状态": ""}, {"离任日期": day(30)}]
)
def test_a_table_ends_no_stored_mandate(mandate, change):
    assert list(problems(taken(PERSON | change))) == [(2, "离任日期")]
    mandate.refresh_from_db()
    assert mandate.ends_on is None


def test_the_last_day_of_the_whole_term_may_be_written(mandate, district):
    Congress.objects.filter(pk=district.pk).update(ends_on=clock.today() + timedelta(days=60))
    assert taken(PERSON | {"离任日期": day(60)}).changed == 1


def test_a_recorded_change_holds_the_dates(mandate):
    end(mandate, clock.today() - timedelta(days=5))
    line = PERSON | {"状态": "终止", "离任日期": day(-5)}
    assert taken(line).unchanged == 1
    assert list(problems(taken(line | {"离任日期": day(-4)}))) == [(2, "离任日期")]
    assert list(problems(taken(line | {"离任日期": "", "状态": ""}))) == [(2, "离任日期")]
    assert list(problems(taken(line | {"任职日期": day(-4), "离任日期": day(-4)}))) == [(2, "任职日期")]


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({"离任日期": "2024-05-01", "状态": "终止"}, True),
        ({"离任日期": "2024-05-01", "状态": "在任"}, False),
        ({"离任日期": "2024-05-01", "状态": ""}, True),
        ({"状态": "暂停"}, False),
        ({"任职日期": day(9), "状态": "未到任"}, True),
        ({"任职日期": day(9), "状态": "在任"}, False),
    ],
)
def test_the_status_of_a_new_line_is_what_its_dates_say(change, fits):
    assert (problems(taken(PERSON | change)) == {}) is fits


def test_a_closed_term_takes_no_changes_but_its_people_do(mandate, district):
    Congress.objects.filter(pk=district.pk).update(frozen_at=clock.now())
    assert list(problems(taken(PERSON | {"代表团": "第五代表团"}))) == [(2, "届次")]
    assert list(problems(taken(PERSON | {"人员编号": "D0099", "姓名": "高示例"}))) == [(2, "届次")]
    assert taken(PERSON | {"职务": "校长"}).changed == 1
    assert taken(PERSON | {"职务": "校长"}).unchanged == 1


@pytest.fixture
def groups(db):
    return [DeputyGroup.objects.create(name=name) for name in ("经济代表小组", "甲街道代表小组")]


def test_groups_come_in_as_a_list_and_go_when_the_cell_is_emptied(groups):
    taken(PERSON | {"代表小组": "经济代表小组、甲街道代表小组"})
    mandate = Mandate.objects.get()
    assert set(mandate.groups.all()) == set(groups)
    again = taken(PERSON | {"代表小组": "甲街道代表小组，经济代表小组"})
    assert again.unchanged == 1
    result = taken(PERSON | {"代表小组": "经济代表小组"})
    (row,) = result.shown_rows
    assert [change.header for change in row.changes] == ["代表小组"]
    assert [group.name for group in mandate.groups.all()] == ["经济代表小组"]
    assert taken(PERSON | {"代表小组": "经济代表小组", "代表团": "第五代表团"}).changed == 1
    taken(PERSON | {"代表小组": ""})
    assert not mandate.groups.exists()


def test_a_group_nobody_knows_is_refused_and_nothing_comes_in(groups):
    with translation.override("en"):
        found = problems(taken(PERSON | {"代表小组": "经济代表小组、文化小组"}))
    assert found == {
        (2, "代表小组"): "There is no deputy group of this name: 文化小组. Correct it or add it first."
    }
    assert Deputy.objects.count() == 0


def test_posts_and_exceptions_place_people_in_the_list():
    first = PERSON | {"姓名": "魏示例", "职务序": 1}
    second = PERSON | {"人员编号": "D0002", "姓名": "戴示例", "排序用名": "丁示例2"}
    third = PERSON | {"人员编号": "D0003", "姓名": "丁示例"}
    taken(first, second, third)
    assert list(Deputy.objects.values_list("name", flat=True)) == ["魏示例", "丁示例", "戴示例"]
    taken(first | {"职务序": ""}, second, third)
    assert list(Deputy.objects.values_list("name", flat=True)) == ["丁示例", "戴示例", "魏示例"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [("职务序", "0"), ("职务序", "一"), ("职务序", "999"), ("职务序", "9" * 5000), ("职务序", "1.5"),
     ("排序用名", "丁示例0"), ("排序用名", "7")],
)  # fmt: skip
def test_impossible_places_are_refused(column, cell):
    assert list(problems(taken(PERSON | {column: cell}))) == [(2, column)]


def test_two_lines_of_one_person_tell_the_same_place():
    city = PERSON | {"层级": "市", "届次": 17, "选区": "", "职务序": 2}
    assert list(problems(taken(PERSON | {"职务序": 1}, city))) == [(3, "职务序")]


def test_what_goes_out_with_everything_comes_in_again_unchanged(clerk, groups):
    people = [PERSON | {"人员编号": f"D{n:04d}", "姓名": f"示例{n}"} for n in range(1, 7)]
    taken(
        people[0] | {"职务序": 3, "代表小组": "经济代表小组、甲街道代表小组"},
        people[1] | {"排序用名": "丁示例", "代表小组": "甲街道代表小组"},
        *people[2:5],
        people[5] | {"任职日期": day(9), "状态": "未到任"},
    )
    rows = {mandate.deputy.key: mandate for mandate in Mandate.objects.select_related("deputy")}
    suspend(rows["D0003"], date(2026, 1, 1))
    end(rows["D0004"], date(2026, 2, 1))
    end(rows["D0005"], clock.today() + timedelta(days=5))
    data = download(clerk, "deputies_deputy").content
    found = {row["人员编号"]: row for row in rows_of(data)}
    assert [found[f"D000{n}"]["状态"] for n in range(1, 7)] == [
        "在任",
        "在任",
        "暂停",
        "终止",
        "在任",
        "未到任",
    ]
    assert found["D0001"]["职务序"] in (3, "3")
    assert set(found["D0001"]["代表小组"].split("、")) == {"经济代表小组", "甲街道代表小组"}
    before = (MandateEvent.objects.count(), Mandate.history.count(), Deputy.history.count())
    again = take(DeputyRosterResource, data)
    assert (again.news, again.changed, again.unchanged) == (0, 0, 6)
    assert (MandateEvent.objects.count(), Mandate.history.count(), Deputy.history.count()) == before


def test_queries_do_not_grow_with_groups(groups):
    counts = {}
    for rows in (20, 300):
        lines = [
            PERSON | {"人员编号": f"K{rows}-{n}", "姓名": f"示例{n}", "代表小组": "经济代表小组"}
            for n in range(rows)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert taken(*lines).news == rows
        counts[rows] = len(queries)
    assert counts[300] <= counts[20] + 300 * 0.2
