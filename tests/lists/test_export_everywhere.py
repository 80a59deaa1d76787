"""Every list of the office's admin goes out as a file, with the heads of the screen and without contacts."""

import io
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse
from openpyxl import load_workbook

from congress_portal.exports.listing import ExportsList, with_file
from congress_portal.exports.models import ExportLog
from congress_portal.notices.models import Notice
from deputies.models import Deputy
from stations.models import LiaisonOfficer, Venue
from tests.routes import World

from .pages import rows, send, sheet, words

OFFICE = ["clerk", "reviewer", "head", "admin"]
# A page of steps, not a list; what it makes goes out from its own pages.
NO_LIST = {"deputies/termchange"}
STRANGE = ("q=%00", "p=x", "p=99999999999999999999", "o=99", "e=1", "pk__in=x", "nothing=1", "all=")


def lists() -> Iterator[tuple[str, Any]]:
    """Address and admin of every list there is."""
    for model, model_admin in admin.site._registry.items():
        try:
            yield reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist"), model_admin
        except NoReverseMatch:
            continue


def heads(html: str) -> list[str]:
    table = html[html.index('<table id="result_list"') :]
    found = re.findall(r'<th scope="col" class="(.*?)">(.*?)</th>', table, re.DOTALL)
    texts = [re.search(r'<div class="text">(.*?)</div>', cell, re.DOTALL) for _kind, cell in found]
    return [
        words(text[1])
        for (kind, _cell), text in zip(found, texts, strict=True)
        if text and "action-checkbox" not in kind
    ]


@pytest.fixture
def world(cast: SimpleNamespace) -> World:
    return World(cast)


@pytest.mark.parametrize("who", OFFICE)
def test_every_list_somebody_sees_goes_out_with_the_heads_of_the_screen(
    world: World, login: Callable, who: str
) -> None:
    client, seen = login(getattr(world.cast, who)), 0
    for url, model_admin in lists():
        page = client.get(url)
        if page.status_code == 403 or url.removeprefix("/admin/").strip("/") in NO_LIST:
            continue
        if page.status_code == 302:
            # One row, which is opened instead of a list.
            assert re.fullmatch(rf"{url}\d+/change/", page["Location"]), url
            continue
        html, before = page.content.decode(), ExportLog.objects.count()
        if '<table id="result_list"' not in html:
            assert 'class="empty"' in html, url
            continue
        offers = re.findall(rf'action="({url}sheet/)"|href="({url}export/)\??"', html)
        assert len(offers) == 1, (url, offers)
        button, link = offers[0]

        if link:
            found = client.get(link)
            assert load_workbook(io.BytesIO(found.content)).active.max_row > 1, url
        else:
            head = sheet(send(client, button))[0]
            assert not re.search("[A-Za-z]{4,}", " ".join(head)), (url, head)
            plain = [label for label in heads(html) if label in head]
            declared = [name for name in model_admin.list_display if is_declared(model_admin, name)]
            assert len(plain) >= len(heads(html)) - len(declared), (url, head, heads(html))
            if not declared:
                assert head == heads(html), url
        assert ExportLog.objects.count() == before + 1, url
        seen += 1
    assert seen > 20


def is_declared(model_admin: Any, name: Any) -> bool:
    return hasattr(getattr(model_admin, name, None) if isinstance(name, str) else name, "columns")


def test_whoever_may_not_see_a_list_gets_no_file_of_it(world: World, login: Callable) -> None:
    for who in (*OFFICE, "secrecy", "liaison", "resident"):
        client = login(getattr(world.cast, who))
        for url, _model_admin in lists():
            if client.get(url).status_code == 200 or who in OFFICE:
                continue
            response = send(client, f"{url}sheet/")
            assert response.status_code in (302, 403, 404), (who, url)
            assert not response.streaming, (who, url)
    assert not ExportLog.objects.filter(by__in=[world.cast.liaison, world.cast.resident]).exists()


def test_a_roster_has_one_button_the_sheet_that_can_come_in_again_for_whoever_may_change_it(
    world: World, login: Callable
) -> None:
    url = "/admin/deputies/deputy/"
    clerk, head = login(world.cast.clerk), login(world.cast.head)

    assert f'href="{url}export/' in clerk.get(url).content.decode()
    assert f"{url}sheet/" not in clerk.get(url).content.decode()
    assert f"{url}export/" not in head.get(url).content.decode()
    assert f'action="{url}sheet/"' in head.get(url).content.decode()

    clerk.get(f"{url}export/?q=林示例")
    line = ExportLog.objects.latest("pk")
    assert (line.by, line.what, line.rows) == (world.cast.clerk, "代表", 1)
    assert line.conditions == "查找：林示例"


def test_the_file_of_a_list_keeps_its_filter_and_its_search(world: World, login: Callable) -> None:
    url = "/admin/stations/liaisonofficer/"
    assert LiaisonOfficer.objects.count() == 2

    found = rows(send(login(world.cast.clerk), f"{url}sheet/?q={world.cast.station.name}"))

    assert len(found) == 1
    assert str(world.cast.station) in found[0].values()


def test_no_file_has_the_contact_of_a_resident(world: World, login: Callable) -> None:
    Notice.objects.filter(channel="EMAIL").update(address="13900000001", text="李测试 13900000001")
    for who in OFFICE:
        client = login(getattr(world.cast, who))
        for url, _model_admin in lists():
            if client.get(url).status_code == 200:
                response = send(client, f"{url}sheet/")
                text = str(sheet(response)) if response.streaming else ""
                assert "13900000001" not in text, url
                assert "李测试" not in text, url


def test_what_is_registered_later_goes_out_too_and_nothing_is_mixed_in_twice() -> None:
    class Plain(admin.ModelAdmin):
        pass

    once = with_file(Plain)
    assert issubclass(once, ExportsList)
    assert with_file(once) is once
    assert all(isinstance(model_admin, ExportsList) for model_admin in admin.site._registry.values())


def test_a_strange_address_of_any_list_is_no_error(world: World, login: Callable) -> None:
    client: Client = login(world.cast.clerk)
    for url, _model_admin in lists():
        for query in (
            "q=%00",
            "p=x",
            "p=99999999999999999999",
            "o=99",
            "e=1",
            "pk__in=x",
            "nothing=1",
            "all=",
        ):
            assert client.get(f"{url}?{query}").status_code in (200, 302, 400, 403), (url, query)
            assert send(client, f"{url}sheet/?{query}").status_code in (200, 302, 400, 403, 404), (url, query)


def test_a_file_of_many_costs_as_many_queries_as_one_of_few(
    world: World, login: Callable, django_assert_max_num_queries: Callable
) -> None:
    for number in range(40):
        Deputy.objects.create(key=f"D9{number:03}", name="示例")
        Venue.objects.create(
            code=f"V{number}", kind="POINT", name=f"{number}号联络点", street=world.cast.street
        )
    client = login(world.cast.head)
    for url, _model_admin in lists():
        if client.get(url).status_code == 200:
            with django_assert_max_num_queries(30):
                send(client, f"{url}sheet/")


def test_a_list_is_called_by_its_name_and_an_empty_one_says_so(
    cast: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.clerk)
    for url in ("/admin/common/calendarday/", "/admin/deputies/deputygroup/", "/admin/suggestions/promise/"):
        html = client.get(url).content.decode()
        assert 'class="empty"' in html, url
        assert "sheet/" not in html, url
        assert "<title>选择" not in html, url
    assert "<title>工作日历" in client.get("/admin/common/calendarday/").content.decode()
