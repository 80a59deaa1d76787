"""The five roles come in as a table and by hand; who holds one is posted there."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from deputies.models import Deputy
from stations.models import Posting, RoleDuty, Venue
from stations.resources_roles import RoleDutyResource
from tests.stations.places import queries

from .conftest import problems, rows_of, take, workbook

LINE = {
    "人员编号": "D0001", "姓名": "林示例", "家站点编号": "H01", "家站点名称": "测试街道代表之家",
    "五员": "政策法规宣传员", "起": "2024-01-05", "止": "",
}  # fmt: skip
TABLE = "/admin/stations/roleduty/"


@pytest.fixture
def posting(home: Venue) -> Posting:
    deputy = Deputy.objects.create(key="D0001", name="林示例")
    return Posting.objects.create(deputy=deputy, venue=home, starts_on=date(2022, 1, 5))


def test_a_line_makes_a_role_with_its_history(posting: Posting) -> None:
    take(RoleDutyResource, workbook([LINE, LINE | {"五员": "调解员"}]))
    roles = RoleDuty.objects.order_by("role").values_list("deputy__key", "venue__code", "role", "starts_on")
    assert list(roles) == [
        ("D0001", "H01", "MEDIATOR", date(2024, 1, 5)), ("D0001", "H01", "POLICY", date(2024, 1, 5)),
    ]  # fmt: skip
    assert RoleDuty.history.count() == 2


def test_what_goes_out_comes_in_again_without_a_change(posting: Posting) -> None:
    take(RoleDutyResource, workbook([LINE, LINE | {"五员": "守护员", "止": "2025-01-01"}]))
    dataset = RoleDutyResource().export()
    again = workbook([dict(zip(dataset.headers, row, strict=True)) for row in dataset])
    assert rows_of(again)[0]["五员"] in ("政策法规宣传员", "幸福家园守护员")
    result = take(RoleDutyResource, again)
    assert (result.news, result.changed, result.unchanged) == (0, 0, 2)


def test_a_role_ends_by_its_line(posting: Posting) -> None:
    take(RoleDutyResource, workbook([LINE]))
    posting.ends_on = date(2025, 6, 1)
    posting.save()
    assert take(RoleDutyResource, workbook([LINE | {"止": "2025-06-01"}])).changed == 1
    assert RoleDuty.objects.get().ends_on == date(2025, 6, 1)


def test_without_a_posting_there_is_no_role(posting: Posting) -> None:
    posting.ends_on = date(2025, 6, 1)
    posting.save()
    with translation.override("en"):
        found = problems(take(RoleDutyResource, workbook([LINE])))
    ((place, text),) = found.items()
    assert place == (2, "家站点编号")
    assert text.startswith("This deputy is not posted at the venue on ")
    assert RoleDuty.objects.count() == 0


def test_a_role_that_is_over_needs_the_posting_of_its_first_day(posting: Posting) -> None:
    posting.ends_on = date(2025, 6, 1)
    posting.save()
    over = LINE | {"止": "2025-06-01"}
    assert list(problems(take(RoleDutyResource, workbook([over | {"起": "2021-01-05"}])))) == [
        (2, "家站点编号")
    ]
    assert take(RoleDutyResource, workbook([over])).news == 1


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"人员编号": "D0009"}, "人员编号"),
        ({"姓名": "高示例"}, "姓名"),
        ({"家站点编号": "S99"}, "家站点编号"),
        ({"五员": "站长"}, "五员"),
        ({"五员": ""}, "五员"),
        ({"起": "去年"}, "起"),
        ({"止": "2021-12-31"}, "止"),
    ],
)
def test_what_cannot_be_is_refused_with_row_and_column(
    posting: Posting, change: dict[str, str], column: str
) -> None:
    assert list(problems(take(RoleDutyResource, workbook([LINE | change])))) == [(2, column)]
    assert RoleDuty.objects.count() == 0


def test_the_same_role_twice_or_over_itself_is_refused(posting: Posting) -> None:
    assert list(problems(take(RoleDutyResource, workbook([LINE, LINE])))) == [(3, "起")]
    later = LINE | {"起": "2024-06-01"}
    assert list(problems(take(RoleDutyResource, workbook([LINE, later])))) == [(3, "起")]
    ended = LINE | {"止": "2024-06-01"}
    assert take(RoleDutyResource, workbook([ended, later])).news == 2


def add(client: Client, deputy: Any, venue: Any, /, **given: str) -> Any:
    form = {
        "deputy": deputy.pk,
        "venue": venue.pk,
        "role": "POLICY",
        "starts_on": "2024-01-05",
        "ends_on": "",
    }
    return client.post(f"{TABLE}add/", form | given)


def test_a_clerk_gives_a_role_to_who_is_posted(cast: SimpleNamespace, login: Callable[..., Client]) -> None:
    assert add(login(cast.clerk), cast.deputy_row, cast.station).status_code == 302
    assert RoleDuty.history.get().history_user == cast.clerk


def test_the_form_says_that_somebody_is_not_posted_there(
    cast: SimpleNamespace, login: Callable[..., Client]
) -> None:
    response = add(login(cast.clerk), cast.deputy_row, cast.other_station)
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["venue"]
    assert RoleDuty.objects.count() == 0


def test_the_same_open_role_twice_is_refused(cast: SimpleNamespace, login: Callable[..., Client]) -> None:
    clerk = login(cast.clerk)
    add(clerk, cast.deputy_row, cast.station)
    assert add(clerk, cast.deputy_row, cast.station, starts_on="2025-01-05").status_code == 200
    assert RoleDuty.objects.count() == 1


def test_a_role_that_outlived_its_posting_can_be_ended(
    cast: SimpleNamespace, login: Callable[..., Client]
) -> None:
    clerk = login(cast.clerk)
    add(clerk, cast.deputy_row, cast.station)
    Posting.objects.filter(deputy=cast.deputy_row).update(ends_on="2025-01-05")
    row = RoleDuty.objects.get()
    form = {"deputy": row.deputy_id, "venue": row.venue_id, "role": "POLICY", "starts_on": "2024-01-05"}
    url = f"{TABLE}{row.pk}/change/"
    assert clerk.post(url, form | {"role": "OPINION"}).status_code == 200
    assert clerk.post(url, form | {"ends_on": "2026-01-05"}).status_code == 302
    assert RoleDuty.objects.get().ends_on == date(2026, 1, 5)


@pytest.mark.parametrize("value", ["\x00", "9" * 40, "-1", "x", ""])
def test_forged_values_break_nothing(cast: SimpleNamespace, login: Callable[..., Client], value: str) -> None:
    clerk = login(cast.clerk)
    for name in ("deputy", "venue", "role", "starts_on", "ends_on"):
        assert add(clerk, cast.deputy_row, cast.station, **{name: value}).status_code in (200, 302)


def test_who_only_looks_gives_no_role(cast: SimpleNamespace, login: Callable[..., Client]) -> None:
    assert add(login(cast.reviewer), cast.deputy_row, cast.station).status_code == 403


def test_pages_of_venue_and_deputy_carry_the_roles(
    cast: SimpleNamespace, login: Callable[..., Client]
) -> None:
    clerk = login(cast.clerk)
    add(clerk, cast.deputy_row, cast.station)
    for url in (f"/admin/stations/venue/{cast.station.pk}/", f"/admin/deputies/deputy/{cast.deputy_row.pk}/"):
        assert "role_duties-0-role" in clerk.get(f"{url}change/").content.decode()


def test_the_list_costs_the_same_for_ten_times_the_roles(
    cast: SimpleNamespace, login: Callable[..., Client]
) -> None:
    clerk = login(cast.clerk)

    def more(first: int, count: int) -> None:
        for number in range(first, first + count):
            deputy = Deputy.objects.create(key=f"N{number}", name="示例")
            RoleDuty.objects.create(
                deputy=deputy, venue=cast.station, role="POLICY", starts_on=date(2024, 1, 5)
            )

    more(0, 3)
    few = queries(clerk, TABLE)
    more(100, 30)
    assert queries(clerk, TABLE) == few
