"""What is written when somebody is told something, and when nothing is."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from congress_portal.common import clock
from congress_portal.notices import kinds
from congress_portal.notices.kinds import Kind, UnknownKind
from congress_portal.notices.models import Notice
from congress_portal.notices.outbox import NoTransaction

from .conftest import NIGHT, NOON, fresh, reachable, sms, tell, ways


def test_a_person_is_told_by_each_channel_of_the_kind(cast: SimpleNamespace, noon: Any) -> None:
    rows = {row.channel: row for row in tell(reachable(cast.resident))}

    assert {way: (row.status, row.next_at) for way, row in rows.items()} == {
        "INBOX": ("SENT", None), "EMAIL": ("WAITING", NOON), "SMS": ("WAITING", NOON)
    }  # fmt: skip
    inbox, email, by_sms = rows["INBOX"], rows["EMAIL"], rows["SMS"]
    assert (inbox.title, inbox.text, inbox.done_at) == ("您的意见已答复", "李女士：已增设车位三十个。", NOON)
    assert (email.address, email.masked) == ("li.shi@example.cn", "l***@example.cn")
    assert (by_sms.address, by_sms.masked) == ("13812341234", "138****1234")
    assert (by_sms.title, by_sms.text) == ("", "")


def test_who_left_no_address_is_told_on_the_site_alone(cast: SimpleNamespace) -> None:
    assert ways(tell(cast.resident)) == ["INBOX"]


def test_a_phone_without_an_account_gets_an_sms(db: None) -> None:
    [row] = tell(phone="138 1234 1234")
    assert (row.channel, row.to, row.address) == ("SMS", None, "13812341234")


def test_nobody_is_told_by_a_phone_that_can_receive_no_sms(db: None) -> None:
    for phone in ("024-22345678", "4001234567", "nonsense", ""):
        assert tell(phone=phone) == []


def test_an_account_that_is_switched_off_is_told_nothing(cast: SimpleNamespace) -> None:
    reachable(cast.resident)
    cast.resident.is_active = False
    assert tell(cast.resident) == []


def test_one_number_gets_one_sms_though_it_is_named_twice(cast: SimpleNamespace) -> None:
    rows = tell(reachable(cast.resident), phone="+86 138-1234-1234", email="LI.SHI@example.cn")
    assert sorted(ways(rows)) == ["EMAIL", "INBOX", "SMS"]


def test_a_second_number_gets_its_own(cast: SimpleNamespace) -> None:
    rows = tell(reachable(cast.resident), phone="13900000001")
    assert sorted(row.masked for row in rows if row.channel == "SMS") == ["138****1234", "139****0001"]


def test_several_people_are_told_in_one_go(cast: SimpleNamespace, django_assert_num_queries: Any) -> None:
    people = [reachable(cast.deputy), reachable(cast.convener, mobile="13712341234"), cast.liaison]
    # Choices, mobiles, the rows, the rows again.
    with django_assert_num_queries(4):
        rows = tell(people)
    assert len(rows) == 3 + 3 + 1


def test_the_same_key_again_writes_nothing_and_says_what_stands(cast: SimpleNamespace) -> None:
    first = tell(reachable(cast.resident), phone="13900000001")
    again = tell(cast.resident, phone="13900000001", title="另一句话")
    assert [row.pk for row in again] == [row.pk for row in first]
    assert Notice.objects.count() == 4
    assert not Notice.objects.filter(title="另一句话").exists()


def test_the_same_key_to_somebody_else_is_another_notice(cast: SimpleNamespace) -> None:
    tell(cast.resident)
    tell(cast.stranger)
    tell(phone="13900000001")
    tell(phone="13900000002")
    assert Notice.objects.count() == 4


def test_another_key_is_another_notice(cast: SimpleNamespace) -> None:
    tell(cast.resident)
    tell(cast.resident, key="case 7 replied again")
    assert Notice.objects.count() == 2


def test_a_doubled_key_does_not_spoil_what_the_caller_does_next(cast: SimpleNamespace) -> None:
    tell(cast.resident)
    with transaction.atomic():
        tell(cast.resident)
        cast.resident.name = "仍可保存"
        cast.resident.save()
    cast.resident.refresh_from_db()
    assert cast.resident.name == "仍可保存"


def test_what_is_rolled_back_tells_nobody(cast: SimpleNamespace) -> None:
    reachable(cast.resident)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert tell(cast.resident, phone="13900000001") == 1 / 0
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_may_be_posted() -> None:
    with pytest.raises(NoTransaction):
        tell(phone="13900000001")
    with transaction.atomic():
        assert sms()


def test_the_phone_cannot_be_read_from_the_table(db: None) -> None:
    row = sms("13812341234")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_notice WHERE id = %s", [row.pk])
        stored = " ".join(map(str, cursor.fetchone()))
    assert "13812341234" not in stored
    assert "138****1234" in stored


def test_one_phone_cannot_be_followed_from_notice_to_notice(db: None) -> None:
    first, second = sms(), sms(key="another")
    assert first.masked == second.masked == "139****0001"
    assert first.token != second.token


def test_a_later_date_keeps_it_back_on_every_channel(cast: SimpleNamespace, noon: Any) -> None:
    rows = tell(reachable(cast.resident), not_before=NIGHT)
    assert {row.posted_at for row in rows} == {NIGHT}
    assert {row.next_at for row in rows if row.channel != "INBOX"} == {NIGHT}


def test_a_date_in_the_past_means_now(cast: SimpleNamespace) -> None:
    with clock.frozen(NIGHT):
        [row] = tell(cast.resident, not_before=NOON)
    assert row.posted_at == NIGHT


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "suggestions/",
             "/a\nb", "/a b"],
)  # fmt: skip
def test_a_notice_leads_to_this_site_alone(db: None, path: str) -> None:
    with pytest.raises(ValueError, match="page of this site"):
        tell(phone="13900000001", path=path)


@pytest.mark.parametrize(
    "wrong", [{"key": ""}, {"key": "k" * 201}, {"number": "9" * 41}, {"path": "/" * 301}]
)
def test_what_does_not_fit_is_refused_before_anything_is_written(db: None, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="characters"):
        tell(phone="13900000001", **wrong)


def test_a_long_title_is_shortened(cast: SimpleNamespace) -> None:
    [row] = tell(cast.resident, title="停车难" * 100)
    assert len(row.title) == 200
    assert row.title.endswith("…")


def test_what_cannot_be_seen_or_stored_is_taken_out(cast: SimpleNamespace) -> None:
    [row] = tell(cast.resident, title="停车\x00难\n", text="第一行\r\n第二行\x00")
    assert (row.title, row.text) == ("停车难", "第一行\n第二行")


def test_lazy_words_are_in_the_language_of_the_site_whoever_acts(cast: SimpleNamespace) -> None:
    with translation.override("en"):
        [row] = tell(cast.resident, title=gettext_lazy("My suggestions"))
    assert fresh(row).title == "我的意见"


def test_a_kind_nobody_registered_is_an_error(cast: SimpleNamespace) -> None:
    with pytest.raises(UnknownKind, match="no such kind"):
        tell(cast.resident, kind="no such kind")


def test_two_kinds_of_one_name_are_an_error_and_the_same_twice_is_not() -> None:
    kinds.register(Kind(key="news", label="意见有新进展"))
    with pytest.raises(ValueError, match="two kinds"):
        kinds.register(Kind(key="news", label="另一种"))
    with pytest.raises(ValueError, match="PIGEON"):
        kinds.register(Kind(key="pigeon", label="信鸽", channels=("PIGEON",)))
