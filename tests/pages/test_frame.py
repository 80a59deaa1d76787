"""What every page's frame shows, from the environment alone."""

import pytest
from django.test import Client

from congress_portal import context
from tests.stations.places import text

pytestmark = pytest.mark.django_db


def test_empty_footer_lines_are_left_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        context, "FOOTER", {"organiser": "测试主办单位", "address": "", "phone": "", "filing": ""}
    )
    page = text(client, "/deputies/")
    assert "<p>测试主办单位</p>" in page
    assert "<p></p>" not in page


def test_the_emblem_takes_the_place_of_our_mark(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "img/mark.svg" in text(client, "/")
    monkeypatch.setattr(context, "EMBLEM_URL", "/media/emblem.svg")
    page = text(client, "/")
    assert page.count('src="/media/emblem.svg"') == 2
    assert "img/mark.svg" not in page
