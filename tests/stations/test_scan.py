"""/q/<code>/: where a scanned code leads; and the pictures that carry it."""

from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.test import Client, RequestFactory

from stations import qr
from stations.models import Venue, VenueStatus
from tests.conftest import suspend
from tests.stations.places import text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["TS1", "ts1", "Ts1"])
def test_a_venue_code_opens_the_form_for_the_venue(cast: SimpleNamespace, client: Client, code: str) -> None:
    response = client.get(f"/q/{code}/")
    assert (response.status_code, response["Location"]) == (302, "/suggestions/new/?venue=TS1")


@pytest.mark.parametrize("key", ["T0001", "t0001"])
def test_a_deputy_key_opens_the_form_for_the_deputy(cast: SimpleNamespace, client: Client, key: str) -> None:
    response = client.get(f"/q/{key}/")
    assert (response.status_code, response["Location"]) == (302, "/suggestions/new/?deputy=T0001")


def test_the_code_of_a_closed_venue_leads_to_its_page(cast: SimpleNamespace, client: Client) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.SUSPENDED)
    response = client.get("/q/TS1/")
    assert (response.status_code, response["Location"]) == (302, "/venues/TS1/")


def test_the_key_of_a_suspended_deputy_leads_nowhere(cast: SimpleNamespace, client: Client) -> None:
    suspend(cast.deputy_row.mandates.get())
    assert "林示例" not in text(client, "/q/T0001/", 404)


@pytest.mark.parametrize("code", ["nothing", "%00", "TS1%25", "T_1", "'", "甲" * 200])
def test_an_unknown_code_is_told_and_led_on(cast: SimpleNamespace, client: Client, code: str) -> None:
    page = text(client, f"/q/{code}/", 404)
    assert 'href="/suggestions/new/"' in page
    assert 'href="/venues/"' in page


def test_of_two_codes_that_differ_in_case_the_exact_one_wins(cast: SimpleNamespace, client: Client) -> None:
    Venue.objects.create(code="ts1", kind="POINT", name="小写联系点", street=cast.street)
    assert client.get("/q/ts1/")["Location"].endswith("?venue=ts1")
    assert client.get("/q/TS1/")["Location"].endswith("?venue=TS1")


@pytest.mark.parametrize("url", ["/venues/TS1/qr.svg", "/venues/ts1/qr.svg", "/deputies/T0001/qr.svg"])
def test_the_picture_is_an_svg_without_style_or_script(
    cast: SimpleNamespace, client: Client, url: str
) -> None:
    response = client.get(url)
    assert response["Content-Type"] == "image/svg+xml"
    root = ElementTree.fromstring(response.content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {child.tag.rpartition("}")[2] for child in root} == {"path"}
    assert b"style" not in response.content


def test_the_picture_carries_the_full_scan_address() -> None:
    request = RequestFactory().get("/", headers={"host": "testserver"})
    assert qr.address(request, "TS1") == "http://testserver/q/TS1/"
    assert qr.svg("http://testserver/q/TS1/") != qr.svg("http://testserver/q/TS2/")


@pytest.mark.parametrize("url", ["/venues/none/qr.svg", "/deputies/none/qr.svg"])
def test_there_is_no_picture_of_what_is_not_there(cast: SimpleNamespace, client: Client, url: str) -> None:
    assert client.get(url).status_code == 404
