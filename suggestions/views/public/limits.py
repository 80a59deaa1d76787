"""How often one address may do what costs us something."""

from django.http import HttpRequest

from congress_portal.common import ratelimit

# Scope → attempts, seconds. Many phones share one address of a mobile network, so these are generous.
LIMITS = {
    "submit": (40, 3600),
    "photos": (60, 600),
    "kept-photos": (12, 600),
    # Whoever types other people's numbers to see what they sent does not get far.
    "repeats": (20, 3600),
    "track": (20, 600),
    "track-number": (20, 3600),
}


def allowed(request_or_key: HttpRequest | str, scope: str) -> bool:
    """Count one attempt; False when there were too many."""
    limit, seconds = LIMITS[scope]
    return ratelimit.hit(request_or_key, scope=scope, limit=limit, seconds=seconds)
