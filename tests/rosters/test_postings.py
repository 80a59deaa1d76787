"""Postings come in: who serves where, from when to when."""

from datetime import date

import pytest
from django.utils import translation

from deputies.models import Deputy
from stations.models import Posting, Venue
from stations.resources import PostingResource

from .conftest import POSTING, problems, take, workbook


@pytest.fixture(autouse=True)
def _deputy(home):
    Deputy.objects.create(key="D0001", name="林示例")


def test_a_line_makes_a_posting_with_its_history():
    take(PostingResource, workbook([POSTING]))
    posting = Posting.objects.select_related("deputy", "venue").get()
    assert (posting.deputy.key, posting.venue.code, posting.role) == ("D0001", "H01", "HEAD")
    assert (posting.starts_on, posting.ends_on) == (date(2022, 1, 5), None)
    assert Posting.history.count() == 1


def test_the_same_file_again_changes_nothing_and_leaves_no_history():
    take(PostingResource, workbook([POSTING]))
    assert take(PostingResource, workbook([POSTING])).unchanged == 1
    assert Posting.history.count() == 1


def test_a_posting_ends_and_another_begins_in_one_file():
    take(PostingResource, workbook([POSTING]))
    lines = [POSTING | {"起": "2024-03-01", "职责": "召集人"}, POSTING | {"止": "2024-03-01"}]
    result = take(PostingResource, workbook(lines))
    assert (result.news, result.changed) == (1, 1)
    assert list(Posting.objects.order_by("starts_on").values_list("role", "ends_on")) == [
        ("HEAD", date(2024, 3, 1)),
        ("CONVENER", None),
    ]


def test_a_second_posting_while_one_is_open_is_refused():
    take(PostingResource, workbook([POSTING]))
    with translation.override("en"):
        found = problems(take(PostingResource, workbook([POSTING | {"起": "2024-03-01"}])))
    assert found == {(2, "起"): "This deputy is posted here from 2022-01-05 already. End that posting first."}
    assert Posting.objects.count() == 1


def test_a_name_that_is_not_the_keys_is_refused_with_the_name_stored():
    with translation.override("en"):
        found = problems(take(PostingResource, workbook([POSTING | {"姓名": "高示例"}])))
    assert found == {(2, "姓名"): "D0001 is 林示例. Correct one of the two."}


def test_names_may_be_left_out():
    line = {header: cell for header, cell in POSTING.items() if header not in {"姓名", "家站点名称"}}
    assert take(PostingResource, workbook([line])).news == 1


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"人员编号": "D0009"}, "人员编号"),
        ({"家站点编号": "S99"}, "家站点编号"),
        ({"家站点名称": "别的家"}, "家站点名称"),
        ({"职责": "主任"}, "职责"),
        ({"起": ""}, "起"),
        ({"起": "去年"}, "起"),
        ({"止": "2021-12-31"}, "止"),
    ],
)
def test_what_cannot_be_is_refused_with_row_and_column(change, column):
    assert list(problems(take(PostingResource, workbook([POSTING | change])))) == [(2, column)]
    assert Posting.objects.count() == 0


def test_the_same_posting_twice_is_refused():
    assert list(problems(take(PostingResource, workbook([POSTING, POSTING])))) == [(3, "起")]


def test_nobody_is_posted_to_what_is_gone_but_the_past_may_be_told():
    Venue.objects.update(status="CLOSED", gone_on="2026-01-05")
    assert list(problems(take(PostingResource, workbook([POSTING])))) == [(2, "家站点编号")]
    assert take(PostingResource, workbook([POSTING | {"止": "2025-12-31"}])).news == 1
