"""Ten times the network, the same number of queries: 62 to 620 venues, 330 to 3,300 mandates."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from types import SimpleNamespace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress_portal.common import clock
from deputies.models import Congress, Deputy, Level, Mandate
from stations.models import (
    Community,
    FiveRole,
    Posting,
    ReceptionSession,
    RoleDuty,
    ScanCount,
    SessionStatus,
    Street,
    Venue,
    VenueKind,
)
from tests.conftest import LONG_AGO

VENUES, MANDATES = 62, 330
PUBLIC = (
    "/", "/venues/", "/venues/?kind=STATION", "/venues/?street={street}", "/venues/?community={community}",
    "/venues/{venue}/", "/deputies/", "/deputies/?level=DISTRICT", "/deputies/?level=MUNICIPAL&page=2",
    "/deputies/?street={street}", "/deputies/?name=lin", "/deputies/{deputy}/", "/map/", "/reception/",
    "/reception/calendar.ics", "/sitemap.xml",
)  # fmt: skip
STAFF = (
    "/admin/", "/admin/deputies/deputy/", "/admin/deputies/mandate/", "/admin/stations/venue/",
    "/admin/stations/posting/", "/admin/stations/posting/unposted/", "/admin/stations/community/",
    "/admin/stations/receptionplan/", "/admin/stations/receptionsession/",
    "/admin/stations/inspection/board/", "/admin/stations/scancount/sums/",
)  # fmt: skip


def grow(cast: SimpleNamespace, first: int, times: int) -> None:
    """Another `times` networks of the district's size; the first person, venue and so on is the cast's."""
    streets = Street.objects.bulk_create(
        Street(code=f"S{first + n:05}", name=f"第{first + n}街道") for n in range(11 * times)
    )
    communities = Community.objects.bulk_create(
        Community(code=f"C{first + n:05}", name=f"第{first + n}社区", street=streets[n % len(streets)])
        for n in range(111 * times)
    )
    kinds = (VenueKind.HOME,) * 11 + (VenueKind.STATION,) * 41 + (VenueKind.POINT,) * 10
    venues = Venue.objects.bulk_create(
        Venue(code=f"V{first + n:05}", kind=kinds[n % VENUES], name=f"第{first + n}站", street=cast.street)
        for n in range(VENUES * times)
    )
    Venue.communities.through.objects.bulk_create(
        Venue.communities.through(venue=venues[n % len(venues)], community=row)
        for n, row in enumerate(communities)
    )
    Venue.communities.through.objects.bulk_create(
        Venue.communities.through(venue=venue, community=cast.community) for venue in venues
    )
    city = Congress.objects.get_or_create(
        level=Level.MUNICIPAL, area="测试市", ordinal=17, defaults={"starts_on": LONG_AGO}
    )[0]
    people = Deputy.objects.bulk_create(
        Deputy(key=f"P{first + n:05}", name=f"林例{n % 9}{first + n}") for n in range(280 * times)
    )
    seats = [(person, cast.congress) for person in people] + [(row, city) for row in people[: 50 * times]]
    Mandate.objects.bulk_create(
        Mandate(deputy=person, congress=congress, electoral_district="第1选区", starts_on=LONG_AGO)
        for person, congress in seats
    )
    Posting.objects.bulk_create(
        Posting(deputy=person, venue=venues[n % len(venues)], starts_on=LONG_AGO)
        for n, person in enumerate(people)
    )
    _serve(people, venues)


def _serve(people: list[Deputy], venues: list[Venue]) -> None:
    """Reception days, five roles and scans at every venue."""
    today = clock.today()
    ReceptionSession.objects.bulk_create(
        ReceptionSession(
            venue=venue, planned_on=today + timedelta(days=n % 28), day=today + timedelta(days=n % 28),
            starts_at="09:00", ends_at="11:00", status=SessionStatus.ANNOUNCED, announced_at=clock.now(),
        )
        for n, venue in enumerate(venues)
    )  # fmt: skip
    RoleDuty.objects.bulk_create(
        RoleDuty(
            deputy=person, venue=venues[n % len(venues)], role=FiveRole.values[n % 5], starts_on=LONG_AGO
        )
        for n, person in enumerate(people)
    )
    ScanCount.objects.bulk_create(ScanCount(day=today, venue=venue, count=3) for venue in venues)


def queries(client: Client, addresses: Iterable[str]) -> dict[str, int]:
    """Queries of each page, opened once before so that nothing is loaded for the first time."""
    counts = {}
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200, address
        counts[address] = len(captured)
    return counts


def addresses(cast: SimpleNamespace, templates: Iterable[str]) -> list[str]:
    names = {
        "street": cast.street.code, "community": cast.community.code, "venue": cast.station.code,
        "deputy": cast.deputy_row.key,
    }  # fmt: skip
    return [template.format(**names) for template in templates]


def test_no_public_page_asks_more_when_the_network_is_ten_times_as_large(
    client: Client, cast: SimpleNamespace
) -> None:
    pages = addresses(cast, PUBLIC)
    grow(cast, 0, 1)
    before = queries(client, pages)
    grow(cast, 10_000, 9)
    assert Venue.objects.count() >= 10 * VENUES
    assert Mandate.objects.count() >= 10 * MANDATES
    assert queries(client, pages) == before


def test_no_page_of_the_staff_does_either(login: Callable[..., Client], cast: SimpleNamespace) -> None:
    pages = addresses(cast, STAFF)
    grow(cast, 0, 1)
    client = login(cast.clerk)
    before = queries(client, pages)
    grow(cast, 10_000, 9)
    assert queries(client, pages) == before
