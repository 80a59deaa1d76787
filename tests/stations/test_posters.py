"""What hangs on the wall: name, code, what it is good for; nothing that belongs to nobody's wall."""

import re
from datetime import date, time
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import segno
from django.test import Client
from django.utils.translation import override

from congress_portal.common import clock
from stations.models import ReceptionMode, ReceptionPlan, Recurrence, Venue, VenueStatus
from tests.conftest import LONG_AGO
from tests.stations.places import add_venues, queries, text

pytestmark = pytest.mark.django_db
PAPERS = ("poster", "card")


def modules(svg: bytes) -> set[tuple[int, int]]:
    """The dark modules (column, row) that the picture draws, without its quiet zone of four."""
    root = ElementTree.fromstring(svg)
    dark = next(path for path in root if path.get("stroke"))
    found, x, y = set(), 0.0, 0.0
    for command, given in re.findall(r"([Mmh])([-\d. ]+)", dark.get("d", "")):
        numbers = [float(number) for number in given.split()]
        if command == "h":
            found |= {(int(x) + step - 4, int(y) - 4) for step in range(int(numbers[0]))}
            x += numbers[0]
        elif command == "M":
            x, y = numbers
        else:
            x, y = x + numbers[0], y + numbers[1]
    return found


@pytest.mark.parametrize(("path", "code"), [("venues/TS1", "TS1"), ("deputies/T0001", "T0001")])
def test_the_picture_is_the_code_of_the_address_that_counts_and_leads_on(
    cast: SimpleNamespace, client: Client, path: str, code: str
) -> None:
    wanted = segno.make_qr(f"http://testserver/q/{code}/", error="m").matrix
    expected = {(x, y) for y, row in enumerate(wanted) for x, module in enumerate(row) if module}
    assert modules(client.get(f"/{path}/qr.svg").content) == expected
    assert client.get(f"/q/{code}/").status_code == 302


@pytest.mark.parametrize("paper", PAPERS)
def test_a_venue_has_its_name_code_address_phone_and_hours_on_paper(
    cast: SimpleNamespace, client: Client, paper: str
) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(address="测试路1号", hours="周一至周五 9:00-17:00")
    page = text(client, f"/venues/ts1/{paper}/")
    for word in (
        "甲社区代表联络站", "TS1", "testserver/q/TS1/", "/venues/TS1/qr.svg", "测试路1号", "024-00000001",
        "周一至周五 9:00-17:00", "/static/css/components/poster.css", "data-print",
    ):  # fmt: skip
        assert word in page
    assert cast.liaison.name not in page


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("path", ["venues/TS1", "deputies/T0001"])
def test_every_paper_says_what_one_can_do_here(
    cast: SimpleNamespace, client: Client, path: str, paper: str
) -> None:
    client.cookies["django_language"] = "en"
    page = text(client, f"/{path}/{paper}/")
    for words in ("What you can do here", "Scan the code and", "You get a number and can see"):
        assert words in page


@pytest.mark.parametrize("paper", PAPERS)
def test_a_deputys_paper_names_the_venues_and_no_phone_but_theirs(
    cast: SimpleNamespace, client: Client, paper: str
) -> None:
    cast.deputy_row.user.email = "own@example.test"
    cast.deputy_row.user.save()
    page = text(client, f"/deputies/T0001/{paper}/")
    for word in (
        "林示例",
        "testserver/q/T0001/",
        "/deputies/T0001/qr.svg",
        "甲社区代表联络站",
        "024-00000001",
    ):
        assert word in page
    assert "own@example.test" not in page
    assert "高示例" not in page


def test_there_are_four_cards_and_one_of_them_is_read_aloud(cast: SimpleNamespace, client: Client) -> None:
    page = text(client, "/venues/TS1/card/")
    assert page.count("/venues/TS1/qr.svg") == 4
    assert page.count("<h1") == 1
    assert page.count('aria-hidden="true">\n      <header>') == 3


def test_the_poster_tells_the_days_on_which_deputies_receive(cast: SimpleNamespace, client: Client) -> None:
    def plan(**given: object) -> None:
        ReceptionPlan.objects.create(
            venue=cast.station, starts_at=time(9), ends_at=time(11, 30), starts_on=LONG_AGO, **given
        )

    plan(recurrence=Recurrence.MONTHLY, day_of_month=3, mode=ReceptionMode.ONLINE)
    plan(recurrence=Recurrence.MONTHLY, day_of_month=4, ends_on=clock.today())
    with override("en"):
        client.cookies["django_language"] = "en"
        assert "receive residents here" not in text(client, "/venues/TS1/poster/")
        plan(recurrence=Recurrence.ODD_MONTHS, day_of_month=15)
        page = text(client, "/venues/TS1/poster/")
    assert "receive residents here: on day 15 of odd months 9:00–11:30; on days off" in page


@pytest.mark.parametrize("paper", PAPERS)
def test_a_venue_that_is_gone_has_no_paper_but_a_page_that_says_so(
    cast: SimpleNamespace, client: Client, paper: str
) -> None:
    Venue.objects.filter(pk=cast.station.pk).update(status=VenueStatus.CLOSED, gone_on=date(2026, 1, 1))
    response = client.get(f"/venues/TS1/{paper}/")
    assert (response.status_code, response["Location"]) == (302, "/venues/TS1/")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("path", ["venues/none", "venues/%00", "deputies/none"])
def test_there_is_no_paper_for_what_is_not_there(
    cast: SimpleNamespace, client: Client, path: str, paper: str
) -> None:
    assert client.get(f"/{path}/{paper}/").status_code == 404


def test_nobody_learns_from_a_poster_that_a_deputy_left(cast: SimpleNamespace, client: Client) -> None:
    cast.deputy_row.mandates.update(ends_on=clock.today())
    assert "林示例" not in text(client, "/deputies/T0001/poster/", 404)


def test_a_very_long_name_is_set_smaller(cast: SimpleNamespace, client: Client) -> None:
    sizes = []
    for length in (12, 24, 60):
        Venue.objects.filter(pk=cast.station.pk).update(name="站" * length)
        sizes += re.findall(r'h1 data-length="(\w+)"', text(client, "/venues/TS1/poster/"))
    assert sizes == ["short", "long", "longest"]


def test_both_pages_lead_to_their_papers(cast: SimpleNamespace, client: Client) -> None:
    for path in ("/venues/TS1/", "/deputies/T0001/"):
        page = text(client, path)
        for paper in PAPERS:
            assert f'href="{path}{paper}/"' in page
            assert client.get(f"{path}{paper}/").status_code == 200


def test_the_cost_does_not_grow_with_the_venues_of_a_deputy(cast: SimpleNamespace, client: Client) -> None:
    few = queries(client, "/deputies/T0001/poster/")
    add_venues(cast, 0, 20)
    assert queries(client, "/deputies/T0001/poster/") == few
