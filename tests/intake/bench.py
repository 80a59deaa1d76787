"""What a test does at the workbench, and reads off it."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from suggestions.models import Suggestion

PAGE = "/admin/suggestions/suggestion/intake/"


def open_bench(client: Client, query: str = "") -> str:
    response = client.get(f"{PAGE}?{query}" if query else PAGE)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def number_on(html: str) -> str:
    """The case the page is about; "" for the page that says nothing waits."""
    found = re.search(r'class="eyebrow num">(\d+)<', html)
    return found[1] if found else ""


def buttons_on(html: str) -> set[str]:
    """Names of the buttons of the form on the right."""
    form = html.partition('id="bench"')[2].partition("</form>")[0]
    return set(re.findall(r'name="do" value="(\w+)"', form))


def value_of(html: str, name: str) -> str:
    """What a list or a date begins with."""
    select = re.search(rf'<select name="{name}".*?</select>', html, re.DOTALL)
    if select:
        chosen = re.search(r'<option value="(\d*)"[^>]*\bselected', select[0])
        return chosen[1] if chosen else ""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', html)
    return unescape(found[1]) if found else ""


def level_on(html: str) -> str:
    found = re.search(r'<input[^>]*name="level" value="(L\d)"[^>]*\bchecked', html)
    return found[1] if found else ""


def form_on(html: str, **changes: Any) -> dict[str, Any]:
    """The form as the page shows it, filled in no further."""
    fields = {
        "version": value_of(html, "version"), "category": value_of(html, "category"),
        "level": level_on(html), "unit": value_of(html, "unit"), "due": value_of(html, "due"), "way": "LEAD",
    }  # fmt: skip
    parts = dict.fromkeys(re.findall(r'name="(part-\w+)"', html), "1")
    return fields | parts | changes


def press(
    client: Client, case: Suggestion, html: str, do: str, queue: str = "to_accept", **changes: Any
) -> Any:
    """Press a button of the page that is shown."""
    return client.post(f"{PAGE}?queue={queue}&case={case.pk}", form_on(html, do=do, **changes))


def said(response: HttpResponse) -> str:
    return " ".join(re.findall(r'<li class="\w+">(.*?)</li>', response.content.decode(), re.DOTALL))
