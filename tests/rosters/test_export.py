"""What goes out comes in again unchanged, and no cell of it runs as a formula."""

from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from congress_portal.common.sheets.reading import read
from congress_portal.common.sheets.writing import write
from deputies.models import Deputy
from deputies.resources import DeputyRosterResource
from stations.models import Community, Street
from stations.resources import PostingResource, VenueResource

from .conftest import HOME, PERSON, POSTING, VENUE, rows_of, take, workbook

TABLES = {
    "deputies_deputy": DeputyRosterResource,
    "stations_venue": VenueResource,
    "stations_posting": PostingResource,
}


@pytest.fixture
def rosters(district, places):
    city = PERSON | {"层级": "市", "届次": "十七", "选区": "", "选举单位": "沈河区"}
    rare = PERSON | {"人员编号": "D0002", "姓名": "𬱖示例", "离任日期": "2024-05-01", "状态": "终止"}
    take(
        DeputyRosterResource,
        workbook([PERSON, city, rare, PERSON | {"人员编号": "D0003", "姓名": "迪丽热巴·示例"}]),
    )
    take(VenueResource, workbook([HOME, VENUE]))
    take(PostingResource, workbook([POSTING | {"止": "2023-01-01"}, POSTING | {"起": "2023-01-01"}]))


def download(client, table, query=""):
    answer = client.get(reverse(f"admin:{table}_export") + query)
    assert answer.status_code == 200
    return answer


@pytest.mark.usefixtures("rosters")
@pytest.mark.parametrize("table", TABLES)
def test_what_goes_out_comes_in_again_and_changes_nothing(clerk, table):
    data = download(clerk, table).content
    again = take(TABLES[table], data)
    assert not again.has_errors()
    assert not again.has_validation_errors()
    assert (again.news, again.changed) == (0, 0)
    assert again.unchanged == len(rows_of(data)) > 1


@pytest.mark.usefixtures("rosters")
def test_a_roster_goes_out_with_chinese_headers_and_real_dates(clerk):
    answer = download(clerk, "deputies_deputy")
    assert answer["Content-Disposition"].startswith('attachment; filename="deputies-2')
    rows = rows_of(answer.content)
    assert list(rows[0]) == list(PERSON)
    assert {row["姓名"] for row in rows} == {"林示例", "𬱖示例", "迪丽热巴·示例"}
    assert rows[0]["任职日期"] == datetime(2022, 1, 5)  # noqa: DTZ001  as spreadsheets keep it
    assert {row["状态"] for row in rows} == {"在任", "终止"}


@pytest.mark.usefixtures("rosters")
def test_the_lists_filter_decides_what_goes_out(clerk):
    rows = rows_of(download(clerk, "deputies_deputy", "?q=𬱖").content)
    assert [row["人员编号"] for row in rows] == ["D0002"]


def test_communities_of_one_name_go_out_by_code(clerk, places):
    other = Street.objects.create(code="210103902", name="另一街道")
    Community.objects.create(code="210103902001", name="甲社区", street=other)
    take(VenueResource, workbook([HOME, VENUE]))
    data = download(clerk, "stations_venue").content
    assert rows_of(data)[1]["服务社区"] == "210103901001、乙社区"
    assert take(VenueResource, data).unchanged == 2


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@某人", '=HYPERLINK("http://x")', "#N/A"])
def test_no_cell_is_ever_a_formula(text):
    cell = openpyxl.load_workbook(BytesIO(write(["备注"], [[text]]))).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix or text.startswith("#")


def test_text_like_a_formula_survives_the_round(clerk, district):
    take(DeputyRosterResource, workbook([PERSON]))
    Deputy.objects.update(organisation="=1+1", position="@示例")
    assert take(DeputyRosterResource, download(clerk, "deputies_deputy").content).unchanged == 1


def test_control_characters_do_not_stop_an_export():
    assert read(write(["备注"], [["前\x00\x0b后"]]))[0][1] == "前后"


def test_the_empty_table_has_all_headers_and_no_rows(clerk):
    answer = clerk.get(reverse("admin:deputies_deputy_import_template"))
    (headers,) = openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert list(headers) == list(PERSON)
