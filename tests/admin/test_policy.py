"""Every page of the admin keeps the content policy: the header is there and nothing is written inline."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from suggestions.models import ContactReveal
from tests.conftest import Journey, act

from .pages import INLINE, LIST, case_url, do_url


def clean(client, address: str) -> str:  # type: ignore[no-untyped-def]
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    assert "default-src 'self'" in response["Content-Security-Policy"], address
    page = response.content.decode()
    assert INLINE.findall(page) == [], address
    return page


def test_the_search_finds_what_it_looks_for() -> None:
    for bad in ('<p style="x">', "<style>", "<script>x</script>", '<a onclick="x">', '<img src="data:x">'):
        assert INLINE.search(bad)
    assert not INLINE.search('<script src="/a.js" defer></script>')


def test_pages_of_the_office(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    client = login(cast.clerk)
    case = journey.disputed()
    submitted, accepted, closed = journey.submitted(), journey.accepted(), journey.closed(may_publish=True)
    act("prepare_publication", closed, cast.clerk2, title="停车位已增加", summary="已增设车位。")
    ContactReveal.objects.create(
        suggestion=case, user=cast.clerk, role="clerk", reason="核实", revealed_at=case.received_at
    )

    for address in (
        "/admin/", "/admin/?by=venue", LIST, f"{LIST}?queue=to_accept&q=x", case_url(case), case_url(closed),
        do_url(submitted, "decline"), f"{do_url(submitted, 'decline')}?code={cast.decline_reason.pk}",
        do_url(accepted, "assign"), do_url(closed, "publish"), f"{LIST}{case.pk}/contact/",
        "/admin/suggestions/",
    ):  # fmt: skip
        clean(client, address)


def tables() -> list[str]:
    return sorted(f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry)


@pytest.mark.parametrize("table", tables())
def test_pages_of_each_table(cast: SimpleNamespace, login: Callable, table: str) -> None:
    client = login(cast.admin)
    model = next(
        each for each in admin.site._registry if f"{each._meta.app_label}_{each._meta.model_name}" == table
    )
    row = model._default_manager.first()
    pages = {"changelist": [], "add": [], "import": []}
    pages |= {name: [row.pk] for name in ("change", "delete", "history")} if row else {}
    for name, arguments in pages.items():
        try:
            address = reverse(f"admin:{table}_{name}", args=arguments)
        except NoReverseMatch:
            continue
        if client.get(address).status_code == 200:
            clean(client, address)
