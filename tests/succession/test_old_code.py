"""The code and the page of a venue that is gone: they lead to who took over, however often, and say so."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import translation

from stations import ics
from stations.models import Venue
from suggestions import succession
from suggestions.models import Suggestion
from tests.conftest import Journey
from tests.stations.places import queries, text

from .conftest import CLOSED, MERGED, WHY, merge, reception_day

pytestmark = pytest.mark.django_db
FORM = "/suggestions/new/?venue=TS1"


@pytest.fixture(autouse=True)
def _english(client: Client) -> Iterator[None]:
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def chain(cast: SimpleNamespace) -> SimpleNamespace:
    """TS1 into TS2, TS2 into TH1."""
    merge(cast)
    merge(cast, cast.other_station, cast.home)
    return cast


def test_the_page_says_what_became_of_it_and_leads_on(chain: SimpleNamespace, client: Client) -> None:
    page = text(client, "/venues/TS1/")
    assert "“甲社区代表联络站” was merged into “乙社区代表联络站” on" in page
    assert "Today that is “测试街道代表之家”" in page
    assert "/suggestions/new/?venue=TH1" in page
    assert "?venue=TS1" not in page
    assert 'content="noindex"' in page


def test_a_scan_opens_the_form_of_who_took_over_with_the_notice(
    chain: SimpleNamespace, client: Client
) -> None:
    assert client.get("/q/ts1/")["Location"] == FORM
    page = client.get("/q/TS1/", follow=True).content.decode()
    assert "“甲社区代表联络站” was merged into" in page
    assert "Your suggestion goes to “测试街道代表之家”" in page


def test_the_picture_of_the_old_code_is_still_there(chain: SimpleNamespace, client: Client) -> None:
    assert client.get("/venues/TS1/qr.svg").status_code == 200


def test_who_took_over_names_who_joined_it(chain: SimpleNamespace, client: Client) -> None:
    page = text(client, "/venues/TH1/")
    assert "/venues/TS2/" in page
    assert "/venues/TS1/" not in page


def test_who_subscribed_to_its_days_keeps_them(cast: SimpleNamespace, client: Client) -> None:
    """The day that moved is known again, what was held there stays, and the successor's days come along."""
    held, coming = reception_day(cast.station, ahead=-9, status="HELD"), reception_day(cast.station)
    other = reception_day(cast.other_station, ahead=9)
    reception_day(cast.home)
    merge(cast)
    calendar: Any = icalendar.Calendar.from_ical(client.get("/venues/TS1/reception.ics").content)
    found = {str(entry["UID"]): str(entry["LOCATION"]) for entry in calendar.walk("VEVENT")}
    assert set(found) == {ics.uid(day) for day in (held, coming, other)}
    assert "乙社区代表联络站" in found[ics.uid(coming)]


def test_closed_with_somebody_to_take_over(cast: SimpleNamespace, client: Client) -> None:
    succession.retire(cast.station, heir=cast.home, kind=CLOSED, reason=WHY, by=cast.clerk)
    page = text(client, "/venues/TS1/")
    assert "was closed on" in page
    assert "“测试街道代表之家” takes over" in page
    assert "/suggestions/new/?venue=TH1" in page
    assert client.get("/q/TS1/")["Location"] == FORM


def test_closed_without_anybody_names_the_home_of_the_street(cast: SimpleNamespace, client: Client) -> None:
    empty = Venue.objects.create(code="TP9", kind="POINT", name="空联系点", street=cast.street)
    succession.retire(empty, heir=None, kind=CLOSED, reason=WHY, by=cast.clerk)
    assert client.get("/q/TP9/")["Location"] == "/venues/TP9/"
    page = text(client, "/venues/TP9/")
    assert "“空联系点” was closed on" in page
    assert "/suggestions/new/?venue=TH1" in page
    asked = client.get("/suggestions/new/?venue=TP9", follow=True).content.decode()
    assert "is not open" in asked


def test_without_any_home_it_leads_to_the_list(cast: SimpleNamespace, client: Client) -> None:
    empty = Venue.objects.create(code="TP9", kind="POINT", name="空联系点", street=cast.other_street)
    succession.retire(empty, heir=None, kind=CLOSED, reason=WHY, by=cast.clerk)
    assert 'href="/venues/"' in text(client, "/venues/TP9/")


def test_its_past_stays_under_its_name(cast: SimpleNamespace, client: Client, journey: Journey) -> None:
    journey.closed()
    merge(cast)
    assert "What came in and how it ended" in text(client, "/venues/TS1/")
    assert Suggestion.objects.filter(venue=cast.station).count() == 1


def test_reasons_of_the_office_stay_inside(cast: SimpleNamespace, client: Client) -> None:
    merge(cast)
    assert WHY not in text(client, "/venues/TS1/")


def test_the_cost_of_a_chain_is_its_length(chain: SimpleNamespace, client: Client) -> None:
    assert queries(client, "/venues/TS1/") <= 12


def test_a_merged_venue_is_told_once_in_the_history(chain: SimpleNamespace) -> None:
    assert [row.kind for row in chain.station.changes.all()] == [MERGED]
