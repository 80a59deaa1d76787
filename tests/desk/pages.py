"""What a test reads off a page of the desk."""

import re
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from suggestions.models import Assignment, Suggestion


def button_list(html: str) -> list[str]:
    """Addresses of all actions the page offers, as links or as small forms, as often as they stand there."""
    return re.findall(r'(?:href|action)="(/desk/[^"]*/do/[^"]*)"', html)


def buttons(html: str) -> set[str]:
    """The same, each once."""
    return set(button_list(html))


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


def form_page(client: Client, target: Suggestion | Assignment, action: str) -> str:
    response = client.get(do_url(target, action))
    assert response.status_code == 200
    return response.content.decode()


def do_url(target: Suggestion | Assignment, action: str) -> str:
    at = f"row/{target.pk}" if isinstance(target, Assignment) else target.number
    return f"/desk/{at}/do/{action}/"


def press(client: Client, target: Suggestion | Assignment, action: str, **fields: str):  # type: ignore[no-untyped-def]
    """Send the form of an action as the page that is now shown would."""
    target.refresh_from_db()
    return client.post(do_url(target, action), {"version": str(target.version)} | fields)


def queries(client: Client, address: str) -> int:
    """How many the page costs; the calendar is read again every few seconds, whatever the page."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sum("calendarday" not in query["sql"] for query in captured)
