"""Notices that were parked: the office decides, with a reason, and nobody reads their words there."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress_portal.notices import decisions
from congress_portal.notices.enums import Choice
from congress_portal.notices.models import Notice, NoticeDecision, NoticeSetting
from congress_portal.notices.providers import NotSent

from .carriers import LOG
from .conftest import NOON, at, fresh, reachable, sms, tell

LIST = "/admin/notices/notice/"


@pytest.fixture
def failed(cast: SimpleNamespace, noon: Any) -> Notice:
    """A letter and an SMS to the resident; the SMS was refused for good."""
    tell(reachable(cast.resident))
    LOG.script = [NotSent("签名未登记", final=True)]
    Notice.objects.filter(channel="EMAIL").update(status="UNCERTAIN", next_at=None)
    assert at(NOON) == {"FAILED": 1}
    return Notice.objects.get(channel="SMS")


def act(client: Client, action: str, *rows: Notice, **fields: str) -> Any:
    return client.post(
        LIST, {"action": action, "index": "0", "_selected_action": [str(row.pk) for row in rows], **fields},
        follow=True,
    )  # fmt: skip


def decide(client: Client, action: str, *rows: Notice, why: str = "已电话核实未收到", **fields: str) -> Any:
    return act(client, action, *rows, decided="1", why=why, **fields)


def test_the_list_shows_what_waits_and_none_of_its_words(
    cast: SimpleNamespace, failed: Notice, login: Callable
) -> None:
    page = login(cast.clerk).get(LIST).content.decode()
    assert page.count('data-state="overdue"') == page.count('data-state="waiting"') == 1
    for told in ("意见已答复", "2026000123", "138****1234", "l***@example.cn", "签名未登记"):
        assert told in page
    detail = login(cast.clerk).get(f"{LIST}{failed.pk}/change/").content.decode()
    for hidden in ("您的意见已答复", "已增设车位", "13812341234", "li.shi@"):
        assert hidden not in page + detail


def test_waiting_and_sent_ones_are_not_there(cast: SimpleNamespace, noon: Any, login: Callable) -> None:
    row = sms()
    client = login(cast.clerk)
    assert "2026000123" not in client.get(LIST).content.decode()
    at(NOON)
    assert client.get(f"{LIST}{row.pk}/change/").status_code == 302
    [inbox] = tell(cast.clerk, kind="news", key="k")
    assert client.get(f"{LIST}{inbox.pk}/change/").status_code == 302


def test_the_list_costs_the_same_however_many_wait(
    cast: SimpleNamespace, failed: Notice, login: Callable
) -> None:
    client = login(cast.clerk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(LIST).status_code == 200
        return len(caught)

    queries()
    few = queries()
    for number in range(30):
        tell(cast.liaison, kind="news", key=str(number))
        sms(f"139{number:08}", key=str(number))
    tell([reachable(cast.deputy), reachable(cast.convener)], key="more")
    Notice.objects.filter(status="WAITING").update(status="FAILED", next_at=None)
    assert queries() == few


def test_before_anything_is_done_it_asks_why(cast: SimpleNamespace, failed: Notice, login: Callable) -> None:
    client = login(cast.clerk)
    page = act(client, "send_again", failed).content.decode()
    assert 'name="why"' in page
    assert "138****1234" in page
    assert "其中有的可能已经送达" not in page
    assert fresh(failed).status == "FAILED"

    page = decide(client, "send_again", failed, why="  ").content.decode()
    assert 'id="id_why_error"' in page
    assert "请填写这一项。" in page
    assert fresh(failed).status == "FAILED"
    assert not NoticeDecision.objects.exists()


def test_it_warns_where_something_may_have_arrived(
    cast: SimpleNamespace, failed: Notice, login: Callable
) -> None:
    letter = Notice.objects.get(channel="EMAIL")
    assert "其中有的可能已经送达" in act(login(cast.clerk), "send_again", letter).content.decode()
    assert "其中有的可能已经送达" not in act(login(cast.clerk), "settle", letter).content.decode()


def test_sent_again_knowingly(cast: SimpleNamespace, failed: Notice, login: Callable) -> None:
    response = decide(login(cast.clerk), "send_again", failed)

    assert "1 条通知将重新发送" in response.content.decode()
    assert (fresh(failed).status, fresh(failed).failures, fresh(failed).next_at) == ("WAITING", 0, NOON)
    made = NoticeDecision.objects.get()
    assert (made.choice, made.why, made.by, made.decided_at) == (
        "SEND_AGAIN", "已电话核实未收到", cast.clerk, NOON
    )  # fmt: skip
    assert at(NOON) == {"SENT": 1}
    assert LOG.sent[0]["phone"] == "13812341234"


def test_settled_and_its_address_and_words_forgotten(
    cast: SimpleNamespace, failed: Notice, login: Callable
) -> None:
    letter = Notice.objects.get(channel="EMAIL")
    client = login(cast.reviewer)
    decide(client, "settle", letter, why="已当面告知")

    letter = fresh(letter)
    assert (letter.status, letter.address, letter.title, letter.text) == ("SETTLED", "", "", "")
    assert at(NOON) == {}
    assert "l***@example.cn" not in client.get(LIST).content.decode()
    assert "l***@example.cn" in client.get(f"{LIST}?status=SETTLED").content.decode()
    detail = client.get(f"{LIST}{letter.pk}/change/").content.decode()
    assert "已当面告知" in detail
    assert "notice-decide" not in detail


def test_the_page_of_one_leads_to_the_same_two_steps(
    cast: SimpleNamespace, failed: Notice, login: Callable
) -> None:
    detail = login(cast.head).get(f"{LIST}{failed.pk}/change/").content.decode()
    form = detail[detail.index("notice-decide") : detail.index("</form>", detail.index("notice-decide"))]
    assert set(re.findall(r'name="action" value="(\w+)"', form)) == {"send_again", "settle"}
    assert f'name="_selected_action" value="{failed.pk}"' in form
    assert 'href="/suggestions/2026000123/"' in detail


def test_all_that_match_a_filter_are_decided_at_once(
    cast: SimpleNamespace, failed: Notice, login: Callable
) -> None:
    for number in range(60):
        sms(f"139{number:08}", key=str(number))
    Notice.objects.filter(status="WAITING").update(status="FAILED", next_at=None)
    everything = {
        "action": "send_again",
        "index": "0",
        "select_across": "1",
        "_selected_action": [str(failed.pk)],
    }
    client = login(cast.clerk)

    page = client.post(f"{LIST}?channel=SMS", everything).content.decode()
    assert "共 61 条通知" in page
    assert f'action="{LIST}?channel=SMS"' in page
    client.post(f"{LIST}?channel=SMS", {**everything, "decided": "1", "why": "签名已登记"})

    assert Notice.objects.filter(status="WAITING").count() == 61
    assert Notice.objects.get(channel="EMAIL").status == "UNCERTAIN"
    assert NoticeDecision.objects.count() == 61


def test_of_two_people_the_second_is_told(cast: SimpleNamespace, failed: Notice, login: Callable) -> None:
    decide(login(cast.clerk), "settle", failed)
    response = decide(login(cast.clerk2), "send_again", failed)
    assert fresh(failed).status == "SETTLED"
    assert NoticeDecision.objects.count() == 1
    assert "已由其他人员处理" in response.content.decode()


def test_what_is_being_sent_or_was_sent_cannot_be_decided_on(cast: SimpleNamespace, noon: Any) -> None:
    rows = [sms(), sms(key="2")]
    Notice.objects.filter(pk=rows[0].pk).update(status="SENDING")
    given = {"pks": [row.pk for row in rows], "by": cast.clerk, "why": "x"}
    assert [decisions.decide(choice, **given) for choice in Choice] == [0, 0]


@pytest.mark.parametrize("who", ["resident", "liaison", "officer", "admin"])
def test_others_neither_see_nor_decide(
    cast: SimpleNamespace, failed: Notice, login: Callable, who: str
) -> None:
    client = login(getattr(cast, who))
    assert client.get(LIST).status_code in (302, 403)
    decide(client, "settle", failed)
    assert fresh(failed).status == "FAILED"
    assert "138****1234" not in client.get("/admin/", follow=True).content.decode()


def test_the_index_says_how_many_wait(cast: SimpleNamespace, failed: Notice, login: Callable) -> None:
    assert "未送达通知：2 条" in login(cast.clerk).get("/admin/").content.decode()
    assert "未送达通知" not in login(cast.admin).get("/admin/").content.decode()
    decisions.decide(Choice.SETTLE, pks=Notice.objects.values_list("pk", flat=True), by=cast.clerk, why="x")
    assert "未送达通知：" not in login(cast.clerk).get("/admin/").content.decode()


def test_the_rules_are_the_superusers_and_every_change_is_remembered(
    cast: SimpleNamespace, login: Callable
) -> None:
    page, client = "/admin/notices/noticesetting/", login(cast.admin)
    fields = {
        "signature": "沈河区人大", "quiet_from": "22:00", "quiet_to": "07:00", "max_tries": "5",
        "keep_days": "90",
    }  # fmt: skip
    for sign in "【】":
        response = client.post(f"{page}add/", {**fields, "signature": f"{sign}沈河"})
        assert "签名不必带括号" in response.content.decode()
    assert client.post(f"{page}add/", fields).status_code == 302
    setting = NoticeSetting.objects.get()
    assert (setting.signature, setting.quiet_from.hour, setting.history.count()) == ("沈河区人大", 22, 1)
    assert client.get(page)["Location"] == f"{page}1/change/"

    assert login(cast.clerk).get(f"{page}1/change/").status_code == 200
    assert login(cast.clerk).post(f"{page}1/change/", {**fields, "signature": "别的"}).status_code == 403
    assert NoticeSetting.objects.get().signature == "沈河区人大"
