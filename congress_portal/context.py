"""What every page's frame needs."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def site(request: HttpRequest) -> dict[str, object]:
    """Names and switches of the frame; no query."""
    return {
        "site_name": _("Shenhe District deputies' homes and stations"),
        "demo": settings.DEMO,
        "mode": "elder" if request.COOKIES.get("mode") == "elder" else "",
    }
