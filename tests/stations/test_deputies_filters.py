"""/deputies/ narrowed by delegation, group and role: one mandate has them all; an empty list helps on."""

from types import SimpleNamespace

import pytest
from django.test import Client

from congress_portal.common import clock
from deputies.models import Congress, Deputy, DeputyGroup, Level, Mandate
from stations.models import FiveRole, RoleDuty, Venue, VenueStatus
from tests.conftest import LONG_AGO, suspend
from tests.stations.places import add_deputies, queries, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(cast: SimpleNamespace) -> SimpleNamespace:
    """T0001: delegation 甲, groups 经济 and 甲街道. T0002: delegation 乙 in the district, 丙 in the city."""
    cast.other_row = Deputy.objects.get(key="T0002")
    Mandate.objects.filter(deputy=cast.deputy_row).update(delegation="甲代表团")
    Mandate.objects.filter(deputy=cast.other_row).update(delegation="乙代表团")
    city = Congress.objects.create(level=Level.MUNICIPAL, area="测试市", ordinal=17, starts_on=LONG_AGO)
    cast.city = Mandate.objects.create(
        deputy=cast.other_row, congress=city, starts_on=LONG_AGO, delegation="丙代表团"
    )
    cast.economy = DeputyGroup.objects.create(name="经济代表小组", kind=DeputyGroup.Kind.FIELD)
    cast.area = DeputyGroup.objects.create(name="甲街道代表小组")
    cast.deputy_row.mandates.get().groups.add(cast.economy, cast.area)
    cast.city.groups.add(cast.economy)
    hold(cast.deputy_row, cast.station, FiveRole.MEDIATOR)
    hold(cast.other_row, cast.other_station, FiveRole.MEDIATOR)
    return cast


def hold(person: Deputy, venue: Venue, role: str) -> RoleDuty:
    return RoleDuty.objects.create(deputy=person, venue=venue, role=role, starts_on=LONG_AGO)


def found(client: Client, query: str) -> set[str]:
    page = client.get(f"/deputies/?{query}").context["page"]
    return {row.key for row in page}


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("delegation=甲代表团", {"T0001"}),
        ("delegation=丙代表团", {"T0002"}),
        ("delegation=丙代表团&level=DISTRICT", set()),
        ("delegation=乙代表团&level=DISTRICT", {"T0002"}),
        ("group=经济代表小组", {"T0001", "T0002"}),
        ("group=经济代表小组&level=MUNICIPAL", {"T0002"}),
        ("group=经济代表小组&delegation=乙代表团", set()),
        ("group=甲街道代表小组&name=林", {"T0001"}),
        ("role=MEDIATOR", {"T0001", "T0002"}),
        ("role=MEDIATOR&street=210103901", {"T0001"}),
        ("role=GUARDIAN", set()),
        ("role=MEDIATOR&group=甲街道代表小组&street=210103902", set()),
    ],
)
def test_all_conditions_hold_together(
    network: SimpleNamespace, client: Client, query: str, keys: set
) -> None:
    assert found(client, query) == keys


@pytest.mark.parametrize(
    "query", ["delegation=%00", "group=无", "role=X", "group=" + "长" * 5000, "role=%00"]
)
def test_what_nobody_offered_narrows_nothing(network: SimpleNamespace, client: Client, query: str) -> None:
    assert found(client, query) == {"T0001", "T0002", "T0003"}


def test_only_what_leads_to_somebody_in_office_is_offered(network: SimpleNamespace, client: Client) -> None:
    DeputyGroup.objects.create(name="没有人的小组")
    form = client.get("/deputies/").context["form"]
    assert [value for value, _label in form.fields["delegation"].choices] == [
        "",
        "丙代表团",
        "乙代表团",
        "甲代表团",
    ]
    assert [rows for _kind, rows in form.fields["group"].choices[1:]] == [
        [("甲街道代表小组", "甲街道代表小组")],
        [("经济代表小组", "经济代表小组")],
    ]
    suspend(network.city)
    page = text(client, "/deputies/")
    assert "丙代表团" not in page
    assert "没有人的小组" not in page
    network.economy.is_active = False
    network.economy.save()
    assert "经济代表小组" not in text(client, "/deputies/") + text(client, "/deputies/T0001/")


def test_a_role_counts_while_the_venue_is_open_and_the_duty_lasts(
    network: SimpleNamespace, client: Client
) -> None:
    RoleDuty.objects.filter(deputy=network.deputy_row).update(ends_on=clock.today())
    Venue.objects.filter(pk=network.other_station.pk).update(status=VenueStatus.SUSPENDED)
    assert found(client, "role=MEDIATOR") == set()


def test_the_page_counts_mandates_and_people(network: SimpleNamespace, client: Client) -> None:
    context = client.get("/deputies/").context
    assert (context["mandates"], context["people"]) == (4, 3)


def test_each_condition_can_be_taken_off_and_the_others_stay(
    network: SimpleNamespace, client: Client
) -> None:
    page = client.get("/deputies/?level=DISTRICT&role=MEDIATOR&name=林")
    chosen = page.context["chosen"]
    assert chosen[0]["what"] == "林"
    assert [part["url"] for part in chosen] == [
        "/deputies/?level=DISTRICT&role=MEDIATOR", "/deputies/?level=DISTRICT&name=%E6%9E%97",
    ]  # fmt: skip
    assert "<details open>" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("name=无此人", "Nobody of this name or unit is in office"),
        ("role=GUARDIAN", "Nobody matches"),
        ("role=GUARDIAN&name=林", "Nobody matches all of this"),
        ("level=NATIONAL", "No deputies at this level"),
    ],
)
def test_an_empty_list_says_what_helps(
    network: SimpleNamespace, client: Client, query: str, title: str
) -> None:
    client.cookies["django_language"] = "en"
    page = text(client, f"/deputies/?{query}")
    assert title in page
    assert "Show all deputies" in page


def test_the_deputys_page_names_delegation_and_groups_and_leads_on(
    network: SimpleNamespace, client: Client
) -> None:
    page = text(client, "/deputies/T0001/")
    for word in ("甲代表团", "经济代表小组", "甲街道代表小组", "/deputies/?group=", "/deputies/?delegation="):
        assert word in page
    suspend(network.city)
    assert "丙代表团" not in text(client, "/deputies/T0002/")
    assert "经济代表小组" not in text(client, "/deputies/T0002/")


def test_the_cost_does_not_grow_with_any_filter(network: SimpleNamespace, client: Client) -> None:
    add_deputies(network, 0, 5, network.station)
    url = "/deputies/?role=MEDIATOR&group=经济代表小组&street=210103901"
    counts = []
    for start in (0, 100):
        add_deputies(network, start + 10, 20, network.station)
        for person in Deputy.objects.filter(key__gte=f"N{start:04}", key__startswith="N"):
            network.economy.mandates.add(person.mandates.all()[0])
            RoleDuty.objects.get_or_create(
                deputy=person, venue=network.station, role=FiveRole.MEDIATOR, starts_on=LONG_AGO
            )
        counts.append(queries(client, url))
    assert counts[0] == counts[1] <= 8
