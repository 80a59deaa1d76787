"""What the worker sends, in which words, and what stays of it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from congress_portal.common import clock
from congress_portal.notices.models import Notice, NoticeSetting

from .carriers import HONOURS_NONE, LOG
from .conftest import NOON, at, fresh, reachable, sms, tell

SOON = NOON + timedelta(minutes=1)


def test_an_sms_carries_signature_number_and_link_and_nothing_else(noon: Any, db: None) -> None:
    sms("13812341234")
    assert at(NOON) == {"SENT": 1}
    [sent] = LOG.sent
    assert (sent["phone"], sent["text"]) == (
        "13812341234",
        "【沈河人大】2026000123 有新进展：https://portal.example/suggestions/2026000123/",
    )


def test_an_sms_without_a_number_or_a_page_leads_to_the_site(noon: Any, cast: SimpleNamespace) -> None:
    sms(number="", path="")
    tell(reachable(cast.resident), number="", path="")
    at(NOON)
    assert sorted(sent["text"] for sent in LOG.sent) == [
        "【沈河人大】您有一条新通知，请查看：https://portal.example/",
        "【沈河人大】您有一条新通知，请查看：https://portal.example/inbox/",
    ]


def test_the_signature_is_the_offices_own(noon: Any, db: None) -> None:
    NoticeSetting.objects.create(signature="沈河区人大常委会")
    sms()
    at(NOON)
    assert LOG.sent[0]["text"].startswith("【沈河区人大常委会】")


def test_a_letter_carries_the_words_the_link_and_the_way_to_the_settings(
    noon: Any, cast: SimpleNamespace
) -> None:
    tell(reachable(cast.resident))
    at(NOON)
    [letter] = mail.outbox
    assert letter.subject == "您的意见已答复"
    assert letter.body.split("\n\n") == [
        "李女士：已增设车位三十个。",
        "https://portal.example/suggestions/2026000123/",
        "接收哪些通知、怎样接收，可在此设置：https://portal.example/inbox/settings/",
    ]
    assert letter.to == ["li.shi@example.cn"]


def test_a_letter_to_somebody_without_an_account_speaks_of_no_settings(noon: Any, db: None) -> None:
    [row] = tell(email="wang@example.cn")
    at(NOON)
    assert (
        mail.outbox[0].body == "李女士：已增设车位三十个。\n\nhttps://portal.example/suggestions/2026000123/"
    )
    assert fresh(row).reference == f"<{row.token[:32]}@portal.example>"
    assert mail.outbox[0].extra_headers["Message-ID"] == fresh(row).reference


def test_what_was_sent_leaves_a_receipt_without_address_and_words(noon: Any, cast: SimpleNamespace) -> None:
    rows = tell(reachable(cast.resident))
    assert at(SOON) == {"SENT": 2}
    for row in Notice.objects.exclude(channel="INBOX"):
        assert (row.status, row.address, row.title, row.text, row.next_at) == ("SENT", "", "", "", None)
        assert (row.done_at, row.attempts, row.error) == (SOON, 1, "")
        assert row.masked in ("138****1234", "l***@example.cn")
    [by_sms] = Notice.objects.filter(channel="SMS")
    assert by_sms.reference == "ref-1"
    assert len(rows) == 3


def test_what_was_sent_is_sent_once(noon: Any, db: None) -> None:
    sms()
    assert at(NOON) == {"SENT": 1}
    assert at(SOON) == {}
    assert len(LOG.sent) == 1


def test_the_key_is_the_same_at_every_try_and_another_for_everybody(noon: Any, db: None) -> None:
    rows = [sms("13900000001"), sms("13900000002"), sms("13900000001", key="another")]
    at(NOON)
    assert sorted(sent["key"] for sent in LOG.sent) == sorted(row.token for row in rows)
    assert len({row.token for row in rows}) == 3


def test_what_has_a_later_date_waits_for_it(db: None) -> None:
    with clock.frozen(NOON):
        sms(not_before=NOON + timedelta(hours=2))
    assert at(NOON + timedelta(hours=1)) == {}
    assert at(NOON + timedelta(hours=2)) == {"SENT": 1}


def test_what_waits_longest_goes_first(db: None) -> None:
    for minutes in (3, 1, 2):
        with clock.frozen(NOON + timedelta(minutes=minutes)):
            sms(f"1390000000{minutes}", key=str(minutes))
    at(NOON + timedelta(hours=1))
    assert [sent["phone"][-1] for sent in LOG.sent] == ["1", "2", "3"]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_provider_is_called() -> None:
    from django.db import transaction

    with clock.frozen(NOON):
        with transaction.atomic():
            sms()
        at(NOON)
    assert LOG.in_transaction == [False]


def test_a_worker_told_to_stop_ends_after_the_one_it_is_sending(noon: Any, db: None) -> None:
    from congress_portal.notices.delivery import deliver_due

    for number in range(3):
        sms(f"1390000000{number}")
    assert dict(deliver_due(stop=lambda: len(LOG.sent) == 2)) == {"SENT": 2}
    assert Notice.objects.filter(status="WAITING").count() == 1


def test_the_command_makes_one_pass_and_says_what_it_did(noon: Any, db: None, capsys: Any) -> None:
    sms()
    call_command("deliver_notices")
    call_command("deliver_notices")
    assert capsys.readouterr().out == "2026-09-15 12:00:00 1 sent\n2026-09-15 12:00:00 nothing is due\n"


def test_the_console_shows_no_whole_number(noon: Any, db: None, settings: Any, capsys: Any) -> None:
    settings.SMS_BACKEND = "congress_portal.notices.providers.ConsoleProvider"
    sms("13812341234")
    at(NOON)
    said = capsys.readouterr().out
    assert said.startswith("SMS 138****1234 【沈河人大】2026000123")
    assert "13812341234" not in said


def test_an_address_that_opens_with_no_key_stops_nobody_else(noon: Any, db: None, settings: Any) -> None:
    from cryptography.fernet import Fernet

    lost = sms("13900000001")
    keys = settings.FIELD_KEYS
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    readable = sms("13900000002")
    assert at(NOON) == {"WAITING": 1, "SENT": 1}
    settings.FIELD_KEYS = keys
    assert fresh(lost).status == "WAITING"
    assert "FIELD_KEYS" in fresh(lost).error
    assert fresh(readable).status == "SENT"
    assert at(NOON + timedelta(minutes=5)) == {"SENT": 1}


def test_a_provider_that_honours_no_key_is_asked_once_too(noon: Any, db: None, settings: Any) -> None:
    settings.SMS_BACKEND = HONOURS_NONE
    sms()
    assert at(NOON) == {"SENT": 1}
    assert at(SOON) == {}
    assert len(LOG.sent) == 1
