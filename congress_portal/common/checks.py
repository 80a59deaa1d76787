"""System checks: what would otherwise fail only when a resident is waiting."""

from typing import Any

from django.conf import settings
from django.core import checks

from congress_portal.common.keys import field_key_problems

# Every counted attempt is one cache row; Django's default of 300 would throw counts away.
LEAST_CACHE_ENTRIES = 10_000


@checks.register()
def check_field_keys(**kwargs: Any) -> list[checks.CheckMessage]:
    problems = field_key_problems(getattr(settings, "FIELD_KEYS", []))
    hint = "Make a key in Python: cryptography.fernet.Fernet.generate_key().decode()"
    return [checks.Error(problem, hint=hint, id="common.E001") for problem in problems]


@checks.register()
def check_cache_size(**kwargs: Any) -> list[checks.CheckMessage]:
    config: dict[str, Any] = settings.CACHES["default"]
    if not config["BACKEND"].endswith(("DatabaseCache", "LocMemCache", "FileBasedCache")):
        return []
    if config.get("OPTIONS", {}).get("MAX_ENTRIES", 300) >= LEAST_CACHE_ENTRIES:
        return []
    return [
        checks.Warning(f"CACHES: set OPTIONS MAX_ENTRIES to {LEAST_CACHE_ENTRIES} or more.", id="common.W001")
    ]
