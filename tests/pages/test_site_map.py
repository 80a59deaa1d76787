"""/sitemap.xml, /robots.txt and /sitemap/: what there is, and what is not for search engines."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal.common import clock
from deputies.models import Deputy
from stations.models import SessionStatus, Venue, VenueStatus
from tests.conftest import Journey
from tests.pages.test_microdata import reception_day
from tests.pages.test_venue import publish
from tests.stations.places import add_deputies, add_venues, queries, text

pytestmark = pytest.mark.django_db


def paths(client: Client) -> list[str]:
    return re.findall(r"<loc>http://testserver([^<]*)</loc>", text(client, "/sitemap.xml"))


def test_it_lists_venues_deputies_published_cases_and_announced_days(
    cast: SimpleNamespace, client: Client, journey: Journey
) -> None:
    case = journey.closed(may_publish=True)
    publish(cast, case, "增设车位")
    day = reception_day(cast.station, clock.today() + timedelta(days=5))
    found = paths(client)
    for path in (
        "/",
        "/map/",
        "/reception/",
        "/venues/TS1/",
        "/deputies/T0001/",
        f"/suggestions/{case.number}/",
    ):
        assert path in found
    assert day.get_absolute_url() in found
    assert len(found) == len(set(found))


def test_what_is_not_public_is_not_listed(cast: SimpleNamespace, client: Client, journey: Journey) -> None:
    hidden = journey.closed(may_publish=True)
    refused = journey.closed()
    publish(cast, refused, "不愿公开")
    proposed = reception_day(
        cast.station, clock.today() + timedelta(days=5), status=SessionStatus.PROPOSED, announced_at=None
    )
    over = reception_day(cast.station, clock.today() - timedelta(days=5))
    Venue.objects.filter(pk=cast.other_station.pk).update(status=VenueStatus.SUSPENDED)
    Deputy.objects.create(key="X1", name="去示例")
    found = paths(client)
    assert "/venues/TS2/" not in found
    assert "/deputies/X1/" not in found
    assert {proposed.get_absolute_url(), over.get_absolute_url()} & set(found) == set()
    assert [path for path in found if hidden.number in path or refused.number in path] == []
    assert [path for path in found if path.startswith(("/desk", "/admin", "/accounts", "/q/"))] == []
    assert "/suggestions/track/" not in found


def test_it_says_when_a_page_last_changed_where_it_knows(cast: SimpleNamespace, client: Client) -> None:
    cast.station.hours = "周一至周五"
    cast.station.save()
    entry = re.search(r"<url><loc>[^<]*/venues/TS1/</loc>(.*?)</url>", text(client, "/sitemap.xml"))
    assert entry
    assert f"<lastmod>{clock.today():%Y-%m-%d}" in entry[1]


def test_every_listed_page_opens(cast: SimpleNamespace, client: Client, journey: Journey) -> None:
    publish(cast, journey.closed(may_publish=True), "增设车位")
    reception_day(cast.station, clock.today() + timedelta(days=5))
    found = {path: client.get(path, follow=True).status_code for path in paths(client)}
    assert found == dict.fromkeys(found, 200)


def test_the_cost_does_not_grow(cast: SimpleNamespace, client: Client) -> None:
    few = queries(client, "/sitemap.xml")
    add_venues(cast, 0, 40)
    add_deputies(cast, 0, 40, cast.station)
    assert queries(client, "/sitemap.xml") == few <= 10


def test_robots_are_kept_from_forms_desks_and_codes(client: Client, settings: Any) -> None:
    settings.DEMO = False
    page = text(client, "/robots.txt").splitlines()
    for path in (
        "/desk/", "/admin/", "/accounts/", "/inbox/", "/suggestions/track/", "/suggestions/mine/", "/q/"
    ):  # fmt: skip
        assert f"Disallow: {path}" in page
    assert "Disallow: /" not in page
    assert "Sitemap: http://testserver/sitemap.xml" in page


def test_a_demo_is_kept_from_robots_altogether(client: Client, settings: Any) -> None:
    settings.DEMO = True
    page = text(client, "/robots.txt").splitlines()
    assert "Disallow: /" in page
    assert [line for line in page if line.startswith("Sitemap")] == []


def test_the_page_leads_to_every_list_and_the_footer_leads_to_it(
    cast: SimpleNamespace, client: Client
) -> None:
    page = text(client, "/sitemap/")
    for path in (
        "/map/",
        "/reception/",
        "/venues/?street=210103901",
        "/venues/?kind=POINT",
        "/deputies/?level=",
    ):
        assert f'href="{path}' in page
    assert 'href="/sitemap/"' in text(client, "/")
