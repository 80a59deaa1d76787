"""Venues come in with their parents and the communities they serve."""

import pytest
from django.utils import translation

from stations.models import Community, Street, Venue, VenueChange
from stations.resources import VenueResource

from .conftest import HOME, VENUE, problems, take, workbook

pytestmark = pytest.mark.usefixtures("places")


def test_a_station_may_stand_before_the_home_it_belongs_to():
    assert take(VenueResource, workbook([VENUE, HOME])).news == 2
    station = Venue.objects.get(code="S01")
    assert (station.parent.code, station.street.name, station.kind) == ("H01", "测试街道", "STATION")
    assert sorted(row.name for row in station.communities.all()) == ["乙社区", "甲社区"]
    assert station.is_open


def test_the_same_file_again_changes_nothing_and_leaves_no_history():
    take(VenueResource, workbook([VENUE, HOME]))
    before = Venue.history.count()
    again = take(VenueResource, workbook([VENUE, HOME]))
    assert (again.news, again.changed, again.unchanged) == (0, 0, 2)
    assert Venue.history.count() == before


def test_other_communities_are_one_change_that_can_be_read():
    take(VenueResource, workbook([VENUE, HOME]))
    result = take(VenueResource, workbook([VENUE | {"服务社区": "乙社区"}]))
    (row,) = result.shown_rows
    (change,) = row.changes
    assert (row.label, change.old, change.new) == ("S01 甲社区代表联络站", "甲社区、乙社区", "乙社区")
    assert [row.name for row in Venue.objects.get(code="S01").communities.all()] == ["乙社区"]


def test_communities_and_streets_may_be_given_by_code():
    line = VENUE | {"街道": "210103901", "服务社区": "210103901002", "上级编号": ""}
    take(VenueResource, workbook([line]))
    assert [row.name for row in Venue.objects.get().communities.all()] == ["乙社区"]


def test_of_two_communities_of_one_name_the_own_street_decides_else_the_code_is_asked():
    other = Street.objects.create(code="210103902", name="另一街道")
    third = Street.objects.create(code="210103903", name="第三街道")
    Community.objects.create(code="210103902001", name="甲社区", street=other)
    line = VENUE | {"上级编号": "", "服务社区": "甲社区"}
    take(VenueResource, workbook([line]))
    assert Venue.objects.get().communities.get().code == "210103901001"
    elsewhere = line | {"编号": "S02", "名称": "丙", "街道": third.name}
    assert list(problems(take(VenueResource, workbook([elsewhere])))) == [(2, "服务社区")]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"街道": "无名街道"}, "街道"),
        ({"街道": ""}, "街道"),
        ({"服务社区": "甲社区、丁社区"}, "服务社区"),
        ({"上级编号": "H99"}, "上级编号"),
        ({"上级编号": "S01"}, "上级编号"),
        ({"类型": "代表驿站"}, "类型"),
        ({"名称": ""}, "名称"),
        ({"编号": "站/1"}, "编号"),
        ({"编号": ""}, "编号"),
        ({"状态": "也许"}, "状态"),
        ({"经度": "东经"}, "经度"),
        ({"经度": "200"}, "经度"),
        ({"纬度": ""}, "纬度"),
    ],
)
def test_what_cannot_be_is_refused_with_row_and_column(change, column):
    found = problems(take(VenueResource, workbook([HOME, VENUE | change])))
    assert list(found) == [(3, column)]
    assert Venue.objects.count() == 0


def test_the_sentence_names_what_is_unknown():
    with translation.override("en"):
        found = problems(take(VenueResource, workbook([HOME, VENUE | {"服务社区": "甲社区、丁社区"}])))
    assert found == {(3, "服务社区"): "Not known, or more than one of this name: 丁社区. Write the code."}


def test_two_venues_of_one_name_are_both_named():
    found = problems(take(VenueResource, workbook([HOME, VENUE | {"名称": HOME["名称"]}])))
    assert list(found) == [(2, "名称"), (3, "名称")]


def test_venues_may_not_belong_to_each_other_in_a_circle():
    take(VenueResource, workbook([VENUE, HOME]))
    found = problems(take(VenueResource, workbook([HOME | {"上级编号": "S01"}])))
    assert list(found) == [(2, "上级编号")]
    assert Venue.objects.get(code="H01").parent is None


def test_the_same_code_twice_is_refused():
    assert list(problems(take(VenueResource, workbook([HOME, HOME])))) == [(3, "编号")]


def test_head_place_day_and_rules_come_in():
    line = VENUE | {"上级编号": "", "负责人": "王示例", "负责人职务": "街道人大工委主任"}
    take(VenueResource, workbook([line]))
    venue = Venue.objects.get()
    assert (venue.head_name, venue.head_post) == ("王示例", "街道人大工委主任")
    assert (str(venue.longitude), str(venue.latitude)) == ("123.451200", "41.796800")
    assert (venue.opened_on.isoformat(), venue.rules) == ("2022-01-05", "一、热情接待\n二、如实登记")


@pytest.mark.parametrize(("word", "status"), [("是", "RUNNING"), ("否", "SUSPENDED"), (True, "RUNNING")])
def test_a_file_of_earlier_years_still_comes_in(word, status):
    old = ("编号", "类型", "名称", "街道", "服务社区", "地址", "电话", "开放时间")
    line = {header: VENUE[header] for header in old} | {"是否运行": word}
    take(VenueResource, workbook([line]))
    assert Venue.objects.get().status == status


def test_a_column_that_is_not_there_changes_nothing():
    take(VenueResource, workbook([HOME]))
    line = {header: HOME[header] for header in ("编号", "类型", "名称", "街道")}
    assert take(VenueResource, workbook([line])).unchanged == 1
    assert Venue.objects.get().rules


def test_suspending_and_resuming_by_roster_stand_in_the_history():
    take(VenueResource, workbook([HOME]))
    take(VenueResource, workbook([HOME | {"状态": "暂停"}]))
    take(VenueResource, workbook([HOME | {"状态": "运行"}]))
    assert [row.kind for row in VenueChange.objects.order_by("pk")] == ["SUSPENDED", "RESUMED"]
    assert Venue.objects.get().status == "RUNNING"


@pytest.mark.parametrize("word", ["并入", "关闭"])
def test_merging_and_closing_are_no_matter_of_a_roster(word):
    take(VenueResource, workbook([HOME]))
    with translation.override("en"):
        found = problems(take(VenueResource, workbook([HOME | {"状态": word}])))
    assert list(found) == [(2, "状态")]
    assert "on its own page" in found[2, "状态"]
    assert Venue.objects.get().status == "RUNNING"


def test_what_is_gone_may_stand_there_as_it_is_and_does_not_come_back():
    take(VenueResource, workbook([HOME]))
    Venue.objects.update(status="CLOSED", gone_on="2026-01-05")
    assert take(VenueResource, workbook([HOME | {"状态": "关闭"}])).unchanged == 1
    with translation.override("en"):
        found = problems(take(VenueResource, workbook([HOME | {"状态": "运行"}])))
    assert "a code of its own" in found[2, "状态"]
    assert Venue.objects.get().status == "CLOSED"
