"""What a test reads off the pages around the lists, and off the files that leave."""

import io
import re
from html import unescape
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from congress_portal.accounts.models import User
from suggestions.models import Assignment, Clock, Suggestion
from tests.admin.pages import LIST

DESK = "/desk/"


def home_of(user: User) -> str:
    return LIST if user.is_staff else DESK


def opened(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def numbers(html: str) -> list[str]:
    """Numbers of the cases of either list, in its order."""
    return re.findall(r'class="case-number">(\d+)<|class="title" href="/desk/(\d+)/"', html) and [
        one or other
        for one, other in re.findall(r'class="case-number">(\d+)<|class="title" href="/desk/(\d+)/"', html)
    ]


def words(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).strip()


def send(client: Client, address: str, **given: Any) -> HttpResponse:
    """Press a button that sends a file, and take the file to its end, which closes it."""
    response = client.post(address, **given)
    if response.streaming:
        response.file = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return response


def sheet(response: HttpResponse) -> list[list[Any]]:
    """All lines of a file that was sent, the foot among them."""
    return [list(line) for line in book(response).iter_rows(values_only=True)]


def book(response: HttpResponse) -> Any:
    assert response.status_code == 200, (response.status_code, response.get("Location"))
    return load_workbook(io.BytesIO(response.file)).active  # type: ignore[attr-defined]


def rows(response: HttpResponse) -> list[dict[str, Any]]:
    """The rows of a file by the heads of its columns, without the foot."""
    head, *lines = sheet(response)
    assert lines[-2:][0] == [None] * len(head)
    return [dict(zip(head, line, strict=True)) for line in lines[:-2]]


def queries(client: Client, address: str, *, post: bool = False) -> int:
    with CaptureQueriesContext(connection) as caught:
        response = client.post(address) if post else client.get(address)
        assert response.status_code == 200, response.status_code
        if response.streaming:
            list(response.streaming_content)
    # Read again every few seconds, whatever the page.
    return sum("calendarday" not in query["sql"] or "name" in query["sql"] for query in caught)


def move_due(case: Suggestion, day: Any) -> None:
    """The clocks of the case and its rows end on another day."""
    Clock.objects.filter(suggestion=case, stopped_at=None).update(due_on=day)
    Suggestion.objects.filter(pk=case.pk).update(due_on=day)
    Assignment.objects.filter(suggestion=case).update(unit_due=day)
