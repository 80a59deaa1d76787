"""How often one address or one thing may be tried, counted across all processes.

Each allowed attempt claims a numbered place in the current window with `cache.add`, which is atomic on every
shared cache (a unique row in the database, SET NX in Redis): of two processes that reach for one place, one
gets it and the other takes the next. Django's `incr` reads and writes back on the database cache and would
lose counts under exactly the load a limit is for. A window's border allows at most twice the limit.
Call it outside a transaction that may roll back: with the cache in the database the count would go with it.
"""

import hashlib
import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from congress_portal.common import clock


def hit(request_or_key: HttpRequest | str, *, scope: str, limit: int, seconds: int) -> bool:
    """Count one attempt; False when this caller has had `limit` in the current window of `seconds`."""
    who = request_or_key if isinstance(request_or_key, str) else network_of(client_address(request_or_key))
    window = int(clock.now().timestamp()) // seconds
    # Hashed: addresses and phone numbers have no business in a cache in the clear.
    name = hashlib.sha256(f"{scope}\n{who}\n{window}".encode()).hexdigest()[:40]
    places = [f"hit:{name}:{place}" for place in range(limit)]
    taken = cache.get_many(places)
    return any(cache.add(place, 1, timeout=seconds + 1) for place in places if place not in taken)


def client_address(request: HttpRequest) -> str:
    """The caller's address; X-Forwarded-For counts only for as many hops as `settings.TRUSTED_PROXIES`."""
    direct = request.META.get("REMOTE_ADDR", "")
    proxies = getattr(settings, "TRUSTED_PROXIES", 0)
    if proxies <= 0:
        return direct
    # Each proxy appends the address it saw; what stands further left was written by the caller.
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    told = chain[-proxies] if len(chain) >= proxies else ""
    return told if _parsed(told) else direct


def network_of(address: str) -> str:
    """An IPv4 address itself, an IPv6 address as its /64, which one household has as a whole."""
    parsed = _parsed(address)
    if parsed is None:
        return "unknown"
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False))


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
