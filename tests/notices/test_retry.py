"""What becomes of a notice when sending fails, or when its worker dies."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from congress_portal.common import clock
from congress_portal.notices.delivery import MOST_LOST_LEASES, claim, pause
from congress_portal.notices.models import Notice, NoticeSetting
from congress_portal.notices.providers import NotSent

from .carriers import HONOURS_NONE, LOG
from .conftest import NOON, at, fresh, reachable, sms, tell

LEASE = timedelta(seconds=300)
AFTER = NOON + LEASE


@pytest.fixture(autouse=True)
def _without_quiet_hours(db: None) -> None:
    NoticeSetting.objects.create(quiet_from="08:00", quiet_to="08:00")


@pytest.fixture
def no_keys(settings: Any) -> None:
    settings.SMS_BACKEND = HONOURS_NONE


def dies(moment: datetime) -> Notice:
    """A worker takes the next notice and is never heard of again."""
    with clock.frozen(moment):
        notice = claim()
    assert notice is not None
    return notice


def test_a_refusal_is_tried_again_later_under_the_same_key(noon: Any) -> None:
    row = sms()
    LOG.script = [NotSent("busy")]
    assert at(NOON) == {"WAITING": 1}
    row = fresh(row)
    assert (row.status, row.failures, row.error, row.address) == ("WAITING", 1, "busy", "13900000001")
    assert at(NOON + timedelta(seconds=44)) == {}
    assert at(NOON + timedelta(seconds=76)) == {"SENT": 1}
    assert [sent["key"] for sent in LOG.sent] == [row.token]


def test_pauses_double_up_to_a_limit_and_are_not_the_same_for_all() -> None:
    hour = timedelta(hours=1)
    for failures, expected in ((1, hour / 60), (2, hour / 30), (7, hour * 64 / 60), (99, 6 * hour)):
        many = {pause(failures) for _ in range(50)}
        assert len(many) == 50
        assert min(many) >= expected * 0.75
        assert max(many) <= expected * 1.25


def test_after_the_last_try_staff_decide(noon: Any) -> None:
    row, moment, tries = sms(), NOON, 0
    LOG.script = [NotSent("busy") for _ in range(20)]
    while fresh(row).status == "WAITING":
        at(moment)
        tries += 1
        moment = fresh(row).next_at or moment
    row = fresh(row)
    assert (tries, row.status, row.next_at, row.error) == (12, "FAILED", None, "busy")
    assert row.address == "13900000001"
    assert timedelta(hours=12) < moment - NOON < timedelta(hours=28)


def test_a_refusal_that_time_will_not_change_is_staffs_at_once(noon: Any) -> None:
    row = sms()
    LOG.script = [NotSent("no such number: 13900000001", final=True)]
    assert at(NOON) == {"FAILED": 1}
    assert fresh(row).error == "no such number: 139****0001"


@pytest.mark.parametrize("error", [TimeoutError("read timed out"), ConnectionResetError(), KeyError("code")])
def test_what_may_have_gone_out_is_sent_again_where_the_key_is_honoured(noon: Any, error: Exception) -> None:
    row = sms()
    LOG.script = [error]
    assert at(NOON) == {"WAITING": 1}
    assert fresh(row).failures == 1
    assert at(NOON + timedelta(minutes=2)) == {"SENT": 1}
    assert len(LOG.sent) == 1


@pytest.mark.parametrize("error", [TimeoutError("read timed out"), ConnectionResetError(), KeyError("code")])
def test_what_may_have_gone_out_is_parked_where_no_key_is_honoured(
    noon: Any, no_keys: None, error: Exception
) -> None:
    row = sms()
    LOG.script = [error]
    assert at(NOON) == {"UNCERTAIN": 1}
    assert at(NOON + timedelta(days=3)) == {}
    assert (fresh(row).status, fresh(row).next_at, LOG.sent) == ("UNCERTAIN", None, [])


def test_a_refusal_is_tried_again_also_where_no_key_is_honoured(noon: Any, no_keys: None) -> None:
    sms()
    LOG.script = [NotSent("busy")]
    assert at(NOON) == {"WAITING": 1}
    assert at(NOON + timedelta(minutes=2)) == {"SENT": 1}


def test_what_was_always_uncertain_ends_as_uncertain_not_as_failed(noon: Any) -> None:
    row, moment = sms(), NOON
    LOG.script = [TimeoutError() for _ in range(20)]
    while fresh(row).status == "WAITING":
        at(moment)
        moment = fresh(row).next_at or moment
    assert fresh(row).status == "UNCERTAIN"


def test_what_a_dead_worker_held_is_left_alone_until_its_lease_ends(noon: Any) -> None:
    sms()
    row = dies(NOON)
    assert at(AFTER - timedelta(seconds=1)) == {}
    assert (fresh(row).status, fresh(row).next_at) == ("SENDING", AFTER)


def test_then_it_is_sent_again_under_the_same_key_where_keys_are_honoured(noon: Any) -> None:
    sms()
    row = dies(NOON)
    assert at(AFTER) == {"SENT": 1}
    assert [sent["key"] for sent in LOG.sent] == [row.token]
    assert fresh(row).attempts == 2


def test_or_parked_where_they_are_not(noon: Any, no_keys: None) -> None:
    sms()
    row = dies(NOON)
    assert at(AFTER) == {}
    assert (fresh(row).status, fresh(row).address, LOG.sent) == ("UNCERTAIN", "13900000001", [])


def test_a_letter_a_dead_worker_held_is_parked_whatever_the_sms_provider_does(
    noon: Any, cast: SimpleNamespace
) -> None:
    tell(reachable(cast.resident), kind="reply", key="letter")
    Notice.objects.filter(channel="SMS").delete()
    row = dies(NOON)
    assert row.channel == "EMAIL"
    assert at(AFTER) == {}
    assert fresh(row).status == "UNCERTAIN"


def test_a_notice_that_kills_every_worker_is_parked_in_the_end(noon: Any) -> None:
    row = sms()
    Notice.objects.filter(pk=row.pk).update(attempts=MOST_LOST_LEASES)
    dies(NOON)
    assert at(AFTER) == {}
    assert fresh(row).status == "UNCERTAIN"


def test_whoever_comes_back_late_makes_an_uncertain_one_certain(noon: Any, no_keys: None) -> None:
    """The first worker was only slow; meanwhile a second one has parked what it holds."""
    row = sms()
    LOG.script = [lambda: at(AFTER)]
    assert at(NOON) == {"SENT": 1}
    assert (fresh(row).status, fresh(row).error, fresh(row).address) == ("SENT", "", "")


def test_whoever_comes_back_late_with_a_refusal_puts_it_back_into_the_queue(noon: Any, no_keys: None) -> None:
    row = sms()

    def too_late() -> None:
        at(AFTER)
        assert fresh(row).status == "UNCERTAIN"
        raise NotSent("busy")

    LOG.script = [too_late]
    assert at(NOON) == {"WAITING": 1}
    assert fresh(row).status == "WAITING"


def test_whoever_comes_back_late_changes_nothing_that_was_begun_anew(noon: Any) -> None:
    """A second worker has taken the notice and is sending it while the first one fails."""
    row = sms()

    def too_late() -> None:
        dies(AFTER)
        raise NotSent("busy")

    LOG.script = [too_late]
    at(NOON)
    row = fresh(row)
    assert (row.status, row.attempts, row.failures, row.next_at) == ("SENDING", 2, 0, AFTER + LEASE)


def test_two_workers_never_hold_one_notice(noon: Any) -> None:
    sms()
    assert dies(NOON)
    with clock.frozen(NOON):
        assert claim() is None
