"""How much is unread stands in every header of whoever is signed in, for one query and no more."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress_portal.notices import inbox
from congress_portal.notices.models import Notice

from .conftest import tell

TRACK = "/suggestions/track/"
COUNT = re.compile(r'class="unread-count">([^<]+)<')


def counting(client: Client, address: str) -> tuple[set[str], int]:
    """The counts on the page, and how often the table of notices was asked."""
    with CaptureQueriesContext(connection) as caught:
        page = client.get(address).content.decode()
    asked = [query for query in caught.captured_queries if "notices_notice" in query["sql"]]
    return set(COUNT.findall(page)), len(asked)


def test_the_header_counts_what_is_unread(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.resident)
    assert counting(client, TRACK) == (set(), 1)
    for number in range(3):
        tell(cast.resident, kind="news", key=str(number))
    tell(cast.stranger, kind="news")
    assert counting(client, TRACK) == ({"3"}, 1)
    Notice.objects.filter(to=cast.resident, key="0").update(read_at="2026-01-01T00:00Z")
    assert counting(client, TRACK) == ({"2"}, 1)


def test_what_is_about_one_number_can_be_marked_alone(cast: SimpleNamespace) -> None:
    for key, number in (("a", "2026000001"), ("b", "2026000002")):
        tell(cast.resident, kind="news", key=key, number=number)
        tell(cast.stranger, kind="news", key=key, number=number)
    assert inbox.mark_read(cast.resident, number="2026000001") == 1
    left = Notice.objects.filter(to=cast.resident, read_at=None)
    assert list(left.values_list("number", flat=True)) == ["2026000002"]
    assert Notice.objects.filter(to=cast.stranger, read_at=None).count() == 2


@pytest.mark.parametrize(("count", "shown"), [(99, "99"), (100, "99+"), (140, "99+")])
def test_it_counts_no_further_than_it_shows(
    cast: SimpleNamespace, login: Callable, count: int, shown: str
) -> None:
    [row] = tell(cast.resident, kind="news")
    rows = [
        Notice(kind="news", channel="INBOX", status="SENT", to=cast.resident, token=str(number), key="k",
               written_at=row.written_at, posted_at=row.posted_at)
        for number in range(count - 1)
    ]  # fmt: skip
    Notice.objects.bulk_create(rows)
    assert counting(login(cast.resident), TRACK) == ({shown}, 1)


def test_the_staffs_header_has_it_too(cast: SimpleNamespace, login: Callable) -> None:
    tell(cast.clerk, kind="news")
    counts, _asked = counting(login(cast.clerk), "/admin/password_change/")
    assert counts == set()
    page = login(cast.clerk).get("/admin/").content.decode()
    header = page[page.index('id="user-tools"') : page.index("</header>")]
    assert 'href="/inbox/"' in header
    assert COUNT.findall(header) == ["1"]


@pytest.mark.parametrize("address", ["/", TRACK, "/venues/", "/accounts/login/", "/nowhere/"])
def test_no_page_for_everybody_asks_for_notices(cast: SimpleNamespace, client: Any, address: str) -> None:
    tell(cast.resident, kind="news")
    assert counting(client, address) == (set(), 0)
    assert "/inbox/" not in client.get(address).content.decode()
