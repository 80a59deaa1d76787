"""Somebody's own notices: newest first, what is unread marked, nobody else's."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress_portal.common import clock
from congress_portal.notices.models import Notice

from .conftest import NOON, tell

INBOX = "/inbox/"


def read_page(client: Client, address: str = INBOX) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'class="(?:title|inbox-title)"[^>]*>([^<]+)<', page)]


def unread(page: str) -> list[bool]:
    return ["data-unread" in found for found in re.findall(r'<li class="queue-row inbox-row"[^>]*>', page)]


def notices(user: Any, count: int, **given: Any) -> list[Notice]:
    """So many, a minute apart."""
    rows = []
    for number in range(count):
        with clock.frozen(NOON + timedelta(minutes=number)):
            rows += tell(user, kind="news", key=f"{user.pk} {number}", title=f"通知{number}", **given)
    return rows


def test_newest_first_and_unread_ones_say_so(cast: SimpleNamespace, login: Callable) -> None:
    first, *_others = notices(cast.resident, 3)
    Notice.objects.filter(pk=first.pk).update(read_at=NOON)
    page = read_page(login(cast.resident))

    assert titles(page) == ["通知2", "通知1", "通知0"]
    assert unread(page) == [True, True, False]
    assert page.count('class="unread-mark">未读<') == 2
    assert "2026年9月15日 12:02" in page
    assert "意见有新进展" in page


def test_nobody_reads_what_others_are_told(cast: SimpleNamespace, login: Callable) -> None:
    notices(cast.resident, 2)
    page = read_page(login(cast.stranger))
    assert titles(page) == []
    assert "通知1" not in page
    assert "暂无通知" in page


def test_letters_and_sms_are_not_listed(cast: SimpleNamespace, login: Callable) -> None:
    cast.resident.email = "li@example.cn"
    cast.resident.save()
    tell(cast.resident, kind="reply")
    assert len(titles(read_page(login(cast.resident)))) == 1


def test_what_has_a_later_date_is_not_there_yet(cast: SimpleNamespace, login: Callable) -> None:
    tell(cast.resident, not_before=clock.now() + timedelta(hours=1))
    client = login(cast.resident)
    assert titles(read_page(client)) == []
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert len(titles(read_page(client))) == 1


def test_following_one_marks_it_and_leads_on(cast: SimpleNamespace, login: Callable) -> None:
    _first, second = notices(cast.resident, 2)
    client = login(cast.resident)
    assert f'href="/inbox/{second.pk}/"' in read_page(client)

    response = client.get(f"/inbox/{second.pk}/")

    assert (response.status_code, response["Location"]) == (302, "/suggestions/2026000123/")
    assert unread(read_page(client)) == [False, True]


def test_nobody_follows_what_others_are_told(cast: SimpleNamespace, login: Callable) -> None:
    [row] = notices(cast.resident, 1)
    assert login(cast.stranger).get(f"/inbox/{row.pk}/").status_code == 404
    assert login(cast.resident).get("/inbox/999999/").status_code == 404
    assert login(cast.resident).get(f"/inbox/{'9' * 40}/").status_code == 404
    assert Notice.objects.get(pk=row.pk).read_at is None


def test_one_without_a_page_is_marked_by_its_own_button(cast: SimpleNamespace, login: Callable) -> None:
    first, _second = notices(cast.resident, 2, path="")
    client = login(cast.resident)
    assert f'name="notice" value="{first.pk}"' in read_page(client)
    client.post("/inbox/read/", {"notice": str(first.pk)})
    assert unread(read_page(client)) == [True, False]


def test_all_are_marked_but_those_that_came_in_meanwhile(cast: SimpleNamespace, login: Callable) -> None:
    notices(cast.resident, 25)
    notices(cast.stranger, 1)
    client = login(cast.resident)
    newest = re.search(r'name="upto" value="([^"]+)"', read_page(client))
    assert newest
    tell(cast.resident, kind="news", key="later", title="刚到")

    response = client.post("/inbox/read/", {"upto": unescape(newest[1])}, follow=True)

    assert unread(response.content.decode()) == [True] + [False] * 19
    assert unread(read_page(client, f"{INBOX}?page=2")) == [False] * 6
    assert Notice.objects.get(to=cast.stranger).read_at is None


@pytest.mark.parametrize(
    "sent",
    [{}, {"upto": ""}, {"upto": "nonsense"}, {"upto": "2026-09-15"}, {"upto": "\x00"}, {"notice": "-1"},
     {"notice": "1" * 30}, {"notice": "²"}],
)  # fmt: skip
def test_nonsense_marks_nothing(cast: SimpleNamespace, login: Callable, sent: dict[str, str]) -> None:
    [row] = notices(cast.resident, 1)
    assert login(cast.resident).post("/inbox/read/", sent).status_code == 302
    assert Notice.objects.get(pk=row.pk).read_at is None


def test_somebody_elses_cannot_be_marked(cast: SimpleNamespace, login: Callable) -> None:
    [row] = notices(cast.resident, 1)
    client = login(cast.stranger)
    client.post("/inbox/read/", {"notice": str(row.pk)})
    client.post("/inbox/read/", {"upto": clock.now().isoformat()})
    assert Notice.objects.get(pk=row.pk).read_at is None


def test_only_what_is_unread_can_be_listed(cast: SimpleNamespace, login: Callable) -> None:
    first, _second = notices(cast.resident, 2)
    client = login(cast.resident)
    client.get(f"/inbox/{first.pk}/")
    assert titles(read_page(client, f"{INBOX}?unread=1")) == ["通知1"]
    client.post("/inbox/read/", {"upto": clock.now().isoformat()})
    assert "没有未读通知" in read_page(client, f"{INBOX}?unread=1")


def test_long_lists_come_page_by_page(cast: SimpleNamespace, login: Callable) -> None:
    notices(cast.resident, 45)
    client = login(cast.resident)
    assert len(titles(read_page(client))) == 20
    assert titles(read_page(client, f"{INBOX}?page=3"))[-1] == "通知0"
    assert titles(read_page(client, f"{INBOX}?page=nonsense"))[0] == "通知44"
    assert 'name="upto"' not in read_page(client, f"{INBOX}?page=2")


def test_what_is_told_is_shown_as_text(cast: SimpleNamespace, login: Callable) -> None:
    tell(cast.resident, kind="news", title="<b>粗体</b>", text="<script>alert(1)</script>")
    page = read_page(login(cast.resident))
    assert "&lt;b&gt;" in page
    assert "<script>alert" not in page


def test_the_page_costs_the_same_however_many_there_are(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.resident)
    notices(cast.resident, 2)
    read_page(client)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            read_page(client)
        return len(caught)

    few = queries()
    notices(cast.resident, 60)
    assert queries() == few <= 4


def test_the_number_of_a_case_stands_there_once(cast: SimpleNamespace, login: Callable) -> None:
    first, second = notices(cast.resident, 2, number="2026000009")
    Notice.objects.filter(pk=first.pk).update(title="您的意见 2026000009 已受理")
    Notice.objects.filter(pk=second.pk).update(title="有新进展")

    page = read_page(login(cast.resident))

    assert page.count("2026000009") == 2
