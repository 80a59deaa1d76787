"""What every page's frame needs."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from congress_portal import env
from congress_portal.notices.inbox import unread_count

# The office's own lines; the frame leaves out what is empty.
FOOTER = {name: env.secret(f"FOOTER_{name.upper()}") for name in ("organiser", "address", "phone", "filing")}

# The standard drawing comes from the office (国徽法 7); until then the frame shows our own mark.
EMBLEM_URL = env.secret("EMBLEM_URL")


def site(request: HttpRequest) -> dict[str, object]:
    """Names and switches of the frame. Only a header that shows the unread notices counts them."""
    return {
        "site_name": _("Shenhe District deputies' homes and stations"),
        "demo": settings.DEMO,
        "mode": "elder" if request.COOKIES.get("mode") == "elder" else "",
        "emblem_url": EMBLEM_URL,
        "footer": FOOTER,
        "unread": SimpleLazyObject(lambda: _unread(request)),
    }


def _unread(request: HttpRequest) -> str:
    """How many notices the person has not read; nothing, and no query, for whoever is not signed in."""
    user = getattr(request, "user", None)
    return unread_count(user) if user is not None and user.is_authenticated else ""
