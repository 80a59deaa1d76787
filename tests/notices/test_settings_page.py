"""Which notices reach somebody, and where: chosen on one page."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from congress_portal.accounts.models import User
from congress_portal.notices.models import ContactWay, Preference

from .conftest import choose, reachable, tell, ways

PAGE = "/inbox/settings/"


def sent(**changes: str) -> dict[str, str]:
    """The form as it stands for a resident who changes nothing, with some changes; "" unticks a box."""
    usual = {
        "email": "li.shi@example.cn", "mobile": "13812341234", "news-inbox": "on", "reply-inbox": "on",
        "reply-email": "on", "reply-sms": "on",
    }  # fmt: skip
    fields = usual | {name.replace("_", "-"): value for name, value in changes.items()}
    return {name: value for name, value in fields.items() if value or name in ("email", "mobile")}


def test_addresses_are_kept_and_the_mobile_is_encrypted(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.resident)
    response = client.post(PAGE, sent(mobile="+86 138 1234 1234"), follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert "您的设置已保存。" in response.content.decode()
    assert User.objects.get(pk=cast.resident.pk).email == "li.shi@example.cn"
    assert ContactWay.objects.get(user=cast.resident).mobile == "13812341234"
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile FROM notices_contactway")
        assert "13812341234" not in str(cursor.fetchall())
    page = client.get(PAGE).content.decode()
    assert 'value="13812341234"' in page
    assert 'value="li.shi@example.cn"' in page


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("mobile", "024-22345678", "固定电话收不到短信"),
        ("mobile", "12345", "固定电话收不到短信"),
        ("mobile", "1" * 5000, "固定电话收不到短信"),
        ("email", "not an address", "有效"),
        ("email", "a\x00b@example.cn", ""),
    ],
)
def test_a_bad_address_is_told_beside_the_field_and_kept(
    cast: SimpleNamespace, login: Callable, name: str, value: str, says: str
) -> None:
    response = login(reachable(cast.resident)).post(PAGE, sent(**{name: value}, reply_sms=""))
    page = response.content.decode()

    assert response.status_code == 200
    assert f'id="id_{name}_error"' in page
    assert says in page[page.index(f'id="id_{name}_error"') :]
    assert ContactWay.objects.get(user=cast.resident).mobile == "13812341234"
    assert not Preference.objects.exists()
    # The box that was unticked in the same breath stays so on the page.
    assert 'id="id_reply-email" checked' in page
    assert 'id="id_reply-sms" checked' not in page


def test_only_what_differs_from_the_usual_is_stored(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.resident)
    client.post(PAGE, sent())
    assert not Preference.objects.exists()

    client.post(PAGE, sent(reply_sms="", news_email="on"))
    assert set(Preference.objects.values_list("kind", "channel", "wanted")) == {
        ("reply", "SMS", False), ("news", "EMAIL", True)
    }  # fmt: skip
    client.post(PAGE, sent(reply_sms="", news_email="on"))
    assert Preference.objects.count() == 2

    client.post(PAGE, sent())
    assert not Preference.objects.exists()


def test_what_is_chosen_is_what_comes(cast: SimpleNamespace) -> None:
    reachable(cast.resident)
    choose(cast.resident, reply_sms=False, news_email=True, news_inbox=False)
    assert sorted(ways(tell(cast.resident))) == ["EMAIL", "INBOX"]
    assert ways(tell(cast.resident, kind="news", key="another")) == ["EMAIL"]
    assert sorted(ways(tell(reachable(cast.stranger), key="third"))) == ["EMAIL", "INBOX", "SMS"]


def test_nothing_at_all_may_be_chosen(cast: SimpleNamespace) -> None:
    choose(cast.resident, news_inbox=False)
    assert tell(cast.resident, kind="news") == []


def test_a_fixed_kind_cannot_be_switched_off_and_says_why(cast: SimpleNamespace, login: Callable) -> None:
    reachable(cast.resident)
    client = login(cast.resident)
    page = client.get(PAGE).content.decode()
    assert page.count("关系安全，不能关闭。") == 1
    assert page.count(" disabled") == 3

    client.post(PAGE, sent(alarm_inbox="", alarm_sms=""))
    assert sorted(ways(tell(cast.resident, kind="alarm"))) == ["EMAIL", "INBOX", "SMS"]


def test_a_choice_from_before_a_kind_was_fixed_counts_no_more(cast: SimpleNamespace) -> None:
    Preference.objects.create(user=reachable(cast.resident), kind="alarm", channel="SMS", wanted=False)
    assert sorted(ways(tell(cast.resident, kind="alarm"))) == ["EMAIL", "INBOX", "SMS"]


def test_kinds_for_others_are_not_offered_and_not_lost(cast: SimpleNamespace, login: Callable) -> None:
    Preference.objects.create(user=cast.resident, kind="staff", channel="INBOX", wanted=False)
    client = login(cast.resident)
    assert "待受理" not in client.get(PAGE).content.decode()
    client.post(PAGE, sent())
    assert Preference.objects.get().kind == "staff"
    assert "待受理" in login(cast.clerk).get(PAGE).content.decode()


def test_somebody_elses_choice_is_neither_shown_nor_changed(cast: SimpleNamespace, login: Callable) -> None:
    reachable(cast.stranger)
    choose(cast.stranger, reply_sms=False)
    client = login(cast.resident)
    page = client.get(PAGE).content.decode()
    assert "13812341234" not in page
    client.post(PAGE, sent(mobile="13900000001"))
    assert ContactWay.objects.get(user=cast.stranger).mobile == "13812341234"
    assert Preference.objects.get().user == cast.stranger


def test_an_address_somebody_gave_up_opens_the_account_no_more(
    cast: SimpleNamespace, login: Callable
) -> None:
    EmailAddress.objects.create(user=cast.resident, email="old@example.cn", primary=True)
    login(cast.resident).post(PAGE, sent())
    assert not EmailAddress.objects.filter(user=cast.resident).exists()


def test_the_page_costs_the_same_for_many_kinds(
    cast: SimpleNamespace, login: Callable, django_assert_max_num_queries: Any
) -> None:
    client = login(reachable(cast.resident))
    choose(cast.resident, reply_sms=False)
    client.get(PAGE)
    with django_assert_max_num_queries(8):
        client.get(PAGE)
