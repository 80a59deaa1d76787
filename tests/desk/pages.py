"""What a test reads off a page of the desk."""

import re
from html import unescape

from django.test import Client

from suggestions.models import Assignment, Suggestion


def buttons(html: str) -> set[str]:
    """Addresses of all actions the page offers, as links or as small forms."""
    return set(re.findall(r'(?:href|action)="(/desk/[^"]*/do/[^"]*)"', html))


def text_of(html: str) -> str:
    """The words of the page without tags, runs of space as one."""
    main = html[html.index("<main") : html.index("</main>")]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def numbers(html: str) -> list[str]:
    """Numbers of the cases in the list, in its order."""
    return re.findall(r'class="title" href="/desk/(\d+)/"', html)


def case_page(client: Client, case: Suggestion) -> str:
    response = client.get(f"/desk/{case.number}/")
    assert response.status_code == 200
    return response.content.decode()


def press(client: Client, target: Suggestion | Assignment, action: str, **fields: str):  # type: ignore[no-untyped-def]
    """Send the form of an action as the page that is now shown would."""
    target.refresh_from_db()
    at = f"row/{target.pk}" if isinstance(target, Assignment) else target.number
    fields = {"version": str(target.version)} | fields
    return client.post(f"/desk/{at}/do/{action}/", fields)
