"""Who holds which of the five roles: on the page of the venue and on that of the deputy."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal.common import clock
from stations import five_roles
from stations.models import FiveRole, Posting, RoleDuty, Venue, VenueStatus
from tests.conftest import LONG_AGO
from tests.stations.places import add_deputies, queries, text

pytestmark = pytest.mark.django_db


def give(cast: SimpleNamespace, role: str = "POLICY", **fields: Any) -> RoleDuty:
    given = {"deputy": cast.deputy_row, "venue": cast.station, "role": role, "starts_on": LONG_AGO, **fields}
    return RoleDuty.objects.create(**given)


def live() -> int:
    return RoleDuty.objects.live(clock.today()).count()


def test_the_venue_names_each_role_with_who_holds_it(cast: SimpleNamespace, client: Client) -> None:
    give(cast, "GUARDIAN")
    give(cast, "POLICY")
    client.cookies["django_language"] = "en"
    page = text(client, "/venues/TS1/")
    assert page.index("Publicist of policy and law") < page.index("Guardian of the neighbourhood")
    assert "Mediator between neighbours" not in page
    assert "nobody yet" not in page
    other = text(client, "/venues/TS2/")
    assert "Publicist of policy and law" not in other


def test_staff_see_also_the_roles_that_nobody_holds(
    cast: SimpleNamespace, login: Callable[..., Client]
) -> None:
    clerk, resident = login(cast.clerk), login(cast.resident)
    for client in (clerk, resident):
        client.cookies["django_language"] = "en"
    assert text(clerk, "/venues/TS1/").count("nobody yet") == 5
    assert "Five roles in the neighbourhood" not in text(resident, "/venues/TS1/")


def test_the_deputy_names_role_and_venue(cast: SimpleNamespace, client: Client) -> None:
    Posting.objects.create(deputy=cast.deputy_row, venue=cast.home, starts_on=LONG_AGO)
    for role, venue in (("MEDIATOR", cast.station), ("OPINION", cast.station), ("POLICY", cast.home)):
        give(cast, role, venue=venue)
    client.cookies["django_language"] = "en"
    page = text(client, "/deputies/T0001/")
    told = [page.index(word) for word in ("Publicist", "Liaison for public opinion", "Mediator")]
    assert told == sorted(told)
    assert "Mediator" not in text(client, "/deputies/T0002/")


def test_one_deputy_may_hold_several_and_one_role_may_have_several(cast: SimpleNamespace) -> None:
    convener = Posting.objects.get(role="CONVENER").deputy
    for deputy in (cast.deputy_row, convener):
        give(cast, "POLICY", deputy=deputy)
    give(cast, "OPINION")
    found = {
        group.role: [person.name for person in group.members] for group in five_roles.at_venue(cast.station)
    }
    assert found == {FiveRole.POLICY: ["何示例", "林示例"], FiveRole.OPINION: ["林示例"]}


def end_role(cast: SimpleNamespace) -> None:
    RoleDuty.objects.filter(deputy=cast.deputy_row).update(ends_on=clock.today())


def end_posting(cast: SimpleNamespace) -> None:
    Posting.objects.filter(deputy=cast.deputy_row).update(ends_on=clock.today())


def end_mandate(cast: SimpleNamespace) -> None:
    cast.deputy_row.mandates.update(ends_on=clock.today())


def suspend_venue(cast: SimpleNamespace) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.SUSPENDED)


@pytest.mark.parametrize("end", [end_role, end_posting, end_mandate, suspend_venue])
def test_a_role_ends_with_its_period_the_posting_the_mandate_or_the_venue(
    cast: SimpleNamespace, end: Callable[[SimpleNamespace], None]
) -> None:
    give(cast)
    give(cast, deputy=Posting.objects.get(venue=cast.other_station).deputy, venue=cast.other_station)
    assert live() == 2
    end(cast)
    assert live() == 1


def test_a_posting_elsewhere_carries_no_role_here(cast: SimpleNamespace) -> None:
    give(cast, venue=cast.other_station)
    assert live() == 0


def test_a_role_to_come_is_not_held_yet(cast: SimpleNamespace) -> None:
    give(cast, starts_on=clock.today() + timedelta(days=1))
    assert five_roles.of_deputy(cast.deputy_row) == []


def test_two_periods_that_touch_name_the_deputy_once(cast: SimpleNamespace) -> None:
    give(cast, ends_on=date(2099, 1, 1))
    give(cast, starts_on=clock.today())
    assert len(five_roles.of_deputy(cast.deputy_row)) == 1
    assert [len(group.members) for group in five_roles.at_venue(cast.station)] == [1]


def test_ten_times_the_roles_cost_no_query_more(cast: SimpleNamespace, client: Client) -> None:
    def more(first: int, count: int) -> None:
        add_deputies(cast, first, count, cast.station)
        for posting in Posting.objects.filter(deputy__key__startswith="N", deputy__role_duties=None):
            give(cast, deputy=posting.deputy)

    give(cast)
    more(0, 3)
    few = queries(client, "/venues/TS1/"), queries(client, "/deputies/T0001/")
    more(100, 30)
    assert (queries(client, "/venues/TS1/"), queries(client, "/deputies/T0001/")) == few
