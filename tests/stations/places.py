"""Rows in number, for pages whose cost must not grow with them."""

from types import SimpleNamespace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deputies.models import Congress, Deputy, Level, Mandate
from stations.models import Posting, Venue, VenueKind
from tests.conftest import LONG_AGO


def add_deputies(cast: SimpleNamespace, start: int, count: int, venue: Venue) -> None:
    """Deputies of two levels who serve at `venue`."""
    city, _made = Congress.objects.get_or_create(
        level=Level.MUNICIPAL, area="测试市", ordinal=17, defaults={"starts_on": LONG_AGO}
    )
    for number in range(start, start + count):
        person = Deputy.objects.create(key=f"N{number:04}", name=f"示例{number}")
        Mandate.objects.create(deputy=person, congress=cast.congress, starts_on=LONG_AGO)
        Mandate.objects.create(deputy=person, congress=city, starts_on=LONG_AGO)
        Posting.objects.create(deputy=person, venue=venue, starts_on=LONG_AGO)


def add_venues(cast: SimpleNamespace, start: int, count: int) -> None:
    for number in range(start, start + count):
        place = Venue.objects.create(
            code=f"N{number}", kind=VenueKind.POINT, name=f"联系点{number}", street=cast.street,
            parent=cast.station,
        )  # fmt: skip
        place.communities.add(cast.community)
        Posting.objects.create(deputy=cast.deputy_row, venue=place, starts_on=LONG_AGO)


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        text(client, url)
    return len(seen)
