"""What a test reads off a page of the admin."""

import re
from html import unescape
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from suggestions.models import Assignment, Suggestion

LIST = "/admin/suggestions/suggestion/"
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|<script\b(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:|[\"'(]data:",
    re.IGNORECASE,
)


def text_of(html: str) -> str:
    """The words of the page without tags, runs of space as one."""
    main = html[html.index("<main") : html.index("</main>")]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def open_page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def case_url(case: Suggestion) -> str:
    return f"{LIST}{case.pk}/change/"


def do_url(target: Suggestion | Assignment, action: str) -> str:
    noun = "assignment" if isinstance(target, Assignment) else "suggestion"
    return f"/admin/suggestions/{noun}/{target.pk}/do/{action}/"


def buttons(html: str) -> set[str]:
    """Names of all actions the page offers."""
    return set(re.findall(r'data-action="(\w+)"', html))


def numbers(html: str) -> list[str]:
    """Numbers of the cases in the list, in its order."""
    return re.findall(r'class="case-number">(\d+)<', html)


def queries(client: Client, address: str) -> int:
    """How many the page costs, opened once before so that nothing is loaded for the first time."""
    open_page(client, address)
    with CaptureQueriesContext(connection) as caught:
        open_page(client, address)
    return len(caught)


def count(html: str) -> int:
    """How many cases the list says it has."""
    found = re.search(r'class="case-count"[^>]*>\D*(\d+)', html)
    assert found
    return int(found[1])


def queue_counts(html: str) -> dict[str, tuple[str, int]]:
    """Queue → address of its list and the number on the index."""
    found = re.findall(r'<a href="([^"]+)" data-queue="(\w+)"[^>]*>\s*<span class="count">(\d+)<', html)
    return {key: (unescape(address), int(number)) for address, key, number in found}


def press(client: Client, target: Suggestion | Assignment, action: str, **fields: Any) -> HttpResponse:
    """Send the form of an action as the page that is now shown would."""
    version = type(target)._default_manager.values_list("version", flat=True).get(pk=target.pk)
    return client.post(do_url(target, action), {"version": str(version), **fields})


def multiply(case: Suggestion, count: int) -> None:
    """So many more rows like `case`, for pages that only count and list."""
    start = Suggestion.objects.count()
    fields = {
        field.attname: getattr(case, field.attname)
        for field in Suggestion._meta.concrete_fields
        if not field.primary_key
    }
    rows = [
        Suggestion(**fields | {"number": f"9{start + turn:09d}", "form_token": f"copy-{start + turn}"})
        for turn in range(count)
    ]
    Suggestion.objects.bulk_create(rows)
