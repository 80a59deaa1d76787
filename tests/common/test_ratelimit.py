from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory

from congress_portal.common import clock
from congress_portal.common.ratelimit import client_address, hit, network_of

NOON = datetime(2026, 10, 9, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True, params=["memory", "database"])
def _cache(request, settings, db):
    backends = {
        "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"},
        "database": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    }
    settings.CACHES = {"default": backends[request.param]}
    cache.clear()
    with clock.frozen(NOON):
        yield
    cache.clear()


def _request(address: str = "203.0.113.7", forwarded: str | None = None):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def _tries(number: int, who) -> list[bool]:
    return [hit(who, scope="look-up", limit=3, seconds=60) for _ in range(number)]


def test_after_the_limit_there_is_a_pause_until_the_next_window():
    assert _tries(5, _request()) == [True, True, True, False, False]
    with clock.frozen(NOON + timedelta(seconds=60)):
        assert _tries(4, _request()) == [True, True, True, False]


def test_others_and_other_things_are_counted_apart():
    _tries(4, _request())
    assert hit(_request("203.0.113.8"), scope="look-up", limit=3, seconds=60)
    assert hit(_request(), scope="send", limit=3, seconds=60)
    assert _tries(4, "case 7") == [True, True, True, False]


def test_a_household_with_ipv6_is_one():
    assert hit(_request("2001:db8:1:2::1"), scope="a", limit=1, seconds=60)
    assert not hit(_request("2001:db8:1:2:ffff::9"), scope="a", limit=1, seconds=60)
    assert hit(_request("2001:db8:1:3::1"), scope="a", limit=1, seconds=60)


def test_addresses_are_told_apart_by_network():
    assert network_of("::ffff:203.0.113.7") == "203.0.113.7"
    assert network_of("fe80::1%eth0") == "fe80::/64"
    assert network_of("") == network_of("nonsense") == "unknown"


def test_a_forged_header_changes_nothing_without_a_proxy(settings):
    settings.TRUSTED_PROXIES = 0
    assert client_address(_request(forwarded="198.51.100.1")) == "203.0.113.7"


def test_behind_proxies_only_their_own_entries_count(settings):
    settings.TRUSTED_PROXIES = 1
    assert client_address(_request("10.0.0.1", "6.6.6.6, 198.51.100.1")) == "198.51.100.1"
    assert client_address(_request("10.0.0.1")) == "10.0.0.1"
    assert client_address(_request("10.0.0.1", "rubbish")) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 2
    assert client_address(_request("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2")) == "198.51.100.1"
    assert client_address(_request("10.0.0.1", "198.51.100.1")) == "10.0.0.1"


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_no_more_than_the_limit():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        assert sum(_tries(20, "crowd")) == 3
        return
    with ThreadPoolExecutor(20) as pool:
        allowed = list(pool.map(_one, range(20)))
    assert sum(allowed) == 3


def _one(_: int) -> bool:
    try:
        with clock.frozen(NOON):
            return hit("crowd", scope="look-up", limit=3, seconds=60)
    finally:
        connection.close()
