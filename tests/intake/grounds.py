"""The page that offers the grounds, and the forms it leads to."""

import re
from html import unescape
from typing import Any

from django.test import Client

from suggestions.models import Suggestion
from tests.admin.pages import open_page


def office(case: Suggestion) -> str:
    return f"/admin/suggestions/suggestion/{case.pk}/grounds/"


def desk(case: Suggestion) -> str:
    return f"/desk/{case.number}/grounds/"


def links(html: str) -> dict[str, str]:
    """Code of the ground → address of the form it leads to."""
    found = re.findall(r'<a href="([^"]+)"><span class="num">(N\d\d)</span>', html)
    return {code: unescape(address) for address, code in found}


def choose(client: Client, page: str, code: str) -> str:
    """The form a ground leads to."""
    return open_page(client, links(open_page(client, page))[code])


def send(client: Client, page: str, code: str, **fields: Any) -> Any:
    """Choose the ground and send its form as it is prefilled, with `fields` besides."""
    address = links(open_page(client, page))[code]
    html = open_page(client, address)
    form = html[html.index('<form class="form') :]
    filled = dict(re.findall(r'<input type="hidden" name="(version|code)" value="(\w*)"', form))
    filled |= {
        name: unescape(text).lstrip("\n")
        for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    }
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="(\w*)"[^>]*selected', options)
        filled[name] = chosen[1] if chosen else ""
    return client.post(address, filled | fields)
