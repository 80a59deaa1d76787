"""/deputies/: the people in office now, by level."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from congress_portal.common import clock
from deputies.models import Congress, Deputy, Level, Mandate
from stations.models import Posting
from tests.conftest import LONG_AGO, suspend
from tests.stations.places import add_deputies, queries, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipal(cast: SimpleNamespace) -> Mandate:
    """The deputy T0002 sits in the city's congress too."""
    city = Congress.objects.create(level=Level.MUNICIPAL, area="测试市", ordinal=17, starts_on=LONG_AGO)
    return Mandate.objects.create(
        deputy=Deputy.objects.get(key="T0002"), congress=city, starts_on=LONG_AGO, electing_unit="测试区"
    )


def test_the_highest_level_comes_first(client: Client, municipal: Mandate) -> None:
    page = text(client, "/deputies/")
    assert page.index("高示例") < page.index("何示例") < page.index("林示例")


def test_a_person_with_two_mandates_stands_once_in_the_whole_list_and_under_each_level(
    client: Client, municipal: Mandate
) -> None:
    assert text(client, "/deputies/").count(">高示例<") == 1
    assert ">高示例<" in text(client, "/deputies/?level=MUNICIPAL")
    assert ">高示例<" in text(client, "/deputies/?level=DISTRICT")
    assert ">林示例<" not in text(client, "/deputies/?level=MUNICIPAL")


def test_tabs_count_people_then_mandates(client: Client, municipal: Mandate) -> None:
    response = client.get("/deputies/")
    assert [tab["count"] for tab in response.context["tabs"]] == [3, 0, 0, 1, 3]


def test_within_a_level_the_order_is_that_of_the_booklet(client: Client, municipal: Mandate) -> None:
    page = text(client, "/deputies/?level=DISTRICT")
    # 7, 8 and 10 strokes; that one of them sits higher too does not matter here.
    assert page.index("何示例") < page.index("林示例") < page.index("高示例")
    leader = Deputy.objects.get(key="T0002")
    leader.leader_order = 1
    leader.save()
    page = text(client, "/deputies/?level=DISTRICT")
    assert page.index("高示例") < page.index("何示例")


def test_beside_a_narrowed_list_the_tabs_show_no_figures(client: Client, cast: SimpleNamespace) -> None:
    response = client.get("/deputies/?name=林")
    assert {tab["count"] for tab in response.context["tabs"]} == {None}


@pytest.mark.parametrize(("field", "days"), [("ends_on", 0), ("starts_on", 1)])
def test_who_holds_no_mandate_today_is_hidden(
    cast: SimpleNamespace, client: Client, field: str, days: int
) -> None:
    Mandate.objects.filter(deputy=cast.deputy_row).update(**{field: clock.today() + timedelta(days=days)})
    page = text(client, "/deputies/")
    assert "林示例" not in page
    assert "何示例" in page


def test_a_suspended_second_mandate_hides_only_itself(client: Client, municipal: Mandate) -> None:
    suspend(municipal)
    assert ">高示例<" in text(client, "/deputies/")
    assert ">高示例<" not in text(client, "/deputies/?level=MUNICIPAL")


@pytest.mark.parametrize("name", ["林", "林示例", "林 示例"])
def test_a_name_is_found_by_a_part_and_with_spaces(cast: SimpleNamespace, client: Client, name: str) -> None:
    page = text(client, f"/deputies/?name={name}")
    assert ">林示例<" in page
    assert ">高示例<" not in page


@pytest.mark.parametrize("typed", ["lin", "Lin Shili", "lsl", "LSL", "shili", "línshì", "测试小学", "小学"])
def test_pinyin_initials_and_unit_find_somebody(cast: SimpleNamespace, client: Client, typed: str) -> None:
    cast.deputy_row.organisation = "测试小学"
    cast.deputy_row.save()
    page = text(client, f"/deputies/?name={typed}")
    assert ">林示例<" in page
    assert typed == "shili" or ">高示例<" not in page


@pytest.mark.parametrize("typed", ["inshili", "hili", "sll", "lin1"])
def test_letters_count_from_the_beginning_of_a_name(
    cast: SimpleNamespace, client: Client, typed: str
) -> None:
    assert ">林示例<" not in text(client, f"/deputies/?name={typed}")


def test_rare_characters_and_dots_are_found(cast: SimpleNamespace, client: Client) -> None:
    for key, name in (("R1", "𬱖示例"), ("R2", "阿不都·示例")):
        person = Deputy.objects.create(key=key, name=name)
        Mandate.objects.create(deputy=person, congress=cast.congress, starts_on=LONG_AGO)
    assert ">𬱖示例<" in text(client, "/deputies/?name=𬱖")
    assert ">阿不都·示例<" in text(client, "/deputies/?name=阿不都•示")


def test_the_street_is_where_they_serve_now(cast: SimpleNamespace, client: Client) -> None:
    page = text(client, "/deputies/?street=210103901")
    assert ">林示例<" in page
    assert ">高示例<" not in page
    Posting.objects.filter(deputy=cast.deputy_row).update(ends_on=clock.today())
    assert ">林示例<" not in text(client, "/deputies/?street=210103901")


@pytest.mark.parametrize("query", ["level=X", "level=%00", "page=abc", "page=-1", "page=99", "street=%00"])
def test_odd_queries_are_taken_kindly(cast: SimpleNamespace, client: Client, query: str) -> None:
    assert ">林示例<" in text(client, f"/deputies/?{query}")


def test_an_empty_list_says_so(db: None, client: Client) -> None:
    assert 'class="empty"' in text(client, "/deputies/")


def test_pages_keep_the_filter(cast: SimpleNamespace, client: Client) -> None:
    add_deputies(cast, 0, 60, cast.station)
    page = text(client, "/deputies/?level=MUNICIPAL")
    assert "level=MUNICIPAL&amp;page=2" in page
    assert ">示例59<" in text(client, "/deputies/?level=MUNICIPAL&page=2")


def test_the_cost_does_not_grow(cast: SimpleNamespace, client: Client) -> None:
    add_deputies(cast, 0, 5, cast.station)
    few = queries(client, "/deputies/?street=210103901")
    add_deputies(cast, 100, 45, cast.station)
    assert queries(client, "/deputies/?street=210103901") == few <= 8
