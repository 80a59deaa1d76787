"""Many hands on one outbox at the same moment, on PostgreSQL."""

import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from congress_portal.common import clock
from congress_portal.notices import decisions
from congress_portal.notices.delivery import claim, deliver_due, park_lost
from congress_portal.notices.enums import Choice
from congress_portal.notices.models import Notice
from suggestions import defaults
from tests.conftest import build_cast
from tests.races import RACES, outcomes, together

from .carriers import HONOURS_NONE, LOG
from .conftest import NOON, sms, tell

pytestmark = RACES


@pytest.fixture
def stage() -> SimpleNamespace:
    defaults.install()
    return build_cast()


def at_noon(job: Any) -> Any:
    """Each thread has a clock of its own, so each must be told the time."""

    def timed() -> Any:
        with clock.frozen(NOON):
            return job()

    return timed


def write(count: int) -> None:
    with clock.frozen(NOON), transaction.atomic():
        for number in range(count):
            sms(f"139{number:08}", key=str(number))


@pytest.mark.parametrize("provider", ["Honours", "HonoursNone"])
def test_four_workers_send_each_notice_once(stage: SimpleNamespace, settings: Any, provider: str) -> None:
    settings.SMS_BACKEND = f"tests.notices.carriers.{provider}"
    write(60)
    told = together(*[at_noon(deliver_due)] * 4)
    assert sum(each["SENT"] for each in told) == 60
    assert sorted(sent["key"] for sent in LOG.sent) == sorted(Notice.objects.values_list("token", flat=True))


def test_of_ten_workers_one_gets_the_last_notice(stage: SimpleNamespace) -> None:
    for _ in range(10):
        Notice.objects.all().delete()
        write(1)
        held = together(*[at_noon(claim)] * 10)
        assert len([each for each in held if each is not None]) == 1
        assert Notice.objects.get().attempts == 1


def test_nobody_waits_for_a_row_somebody_else_holds(stage: SimpleNamespace) -> None:
    write(2)

    def slow() -> Any:
        with transaction.atomic():
            held = claim()
            time.sleep(1)
        return held

    def quick() -> float:
        time.sleep(0.3)
        begin = time.monotonic()
        assert claim() is not None
        return time.monotonic() - begin

    held, seconds = together(at_noon(slow), at_noon(quick))
    assert held is not None
    assert seconds < 0.5


def test_one_key_posted_ten_times_at_once_is_one_notice_each(stage: SimpleNamespace) -> None:
    def report() -> list[int]:
        with transaction.atomic():
            people = [stage.deputy, stage.convener, stage.liaison]
            return sorted(row.pk for row in tell(people, kind="news", phone="13900000001"))

    results = together(*[at_noon(report)] * 10)
    assert outcomes(results) == {"done": 10}
    assert len({tuple(result) for result in results}) == 1
    assert Notice.objects.count() == 4


def test_of_two_decisions_one_counts(stage: SimpleNamespace) -> None:
    for _ in range(5):
        Notice.objects.all().delete()
        write(3)
        Notice.objects.update(status="FAILED", next_at=None)
        pks = list(Notice.objects.values_list("pk", flat=True))
        counts = together(
            *(
                at_noon(lambda choice=choice: decisions.decide(choice, pks=pks, by=stage.clerk, why="x"))  # noqa: B023
                for choice in Choice
            )
        )
        assert sorted(counts) == [0, 3]


def test_a_parked_notice_is_parked_once(stage: SimpleNamespace, settings: Any) -> None:
    settings.SMS_BACKEND = HONOURS_NONE
    write(5)
    with clock.frozen(NOON):
        for _ in range(5):
            claim()
    later = NOON.replace(hour=13)
    assert sum(together(*[lambda: park_lost(later)] * 4)) == 5
