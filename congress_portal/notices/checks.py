"""What would otherwise be noticed by whoever opens a link on a telephone."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks


@checks.register(deploy=True)
def check_site_url(**kwargs: Any) -> list[checks.CheckMessage]:
    if urlsplit(settings.SITE_URL).hostname not in {"127.0.0.1", "localhost", "::1"}:
        return []
    text = "SITE_URL leads to this machine alone, and so would every link in an SMS or e-mail."
    return [checks.Warning(text, hint="Set SITE_URL=https://portal.example", id="notices.W001")]
