"""No telephone rings at night, and nothing is lost by waiting for the morning."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress_portal.common import clock
from congress_portal.notices.models import Notice, NoticeSetting
from congress_portal.notices.providers import NotSent
from congress_portal.notices.quiet import is_quiet

from .carriers import LOG
from .conftest import NIGHT, NOON, at, reachable, sms, tell

MIDNIGHT = datetime(2026, 9, 15, tzinfo=clock.SHANGHAI)
MORNING = MIDNIGHT + timedelta(days=1, hours=8)
TIMES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [("20:59", False), ("21:00", True), ("23:59", True), ("00:00", True), ("07:59", True), ("08:00", False)],
)
def test_quiet_hours_begin_at_nine_and_end_at_eight(moment: str, quiet: bool) -> None:
    hours, minutes = map(int, moment.split(":"))
    assert is_quiet(MIDNIGHT + timedelta(hours=hours, minutes=minutes), time(21), time(8)) is quiet


@given(begins=TIMES, ends=TIMES, minute=st.integers(0, 1439))
def test_every_minute_of_a_day_is_quiet_by_the_rule_or_by_its_opposite(
    begins: time, ends: time, minute: int
) -> None:
    moment = MIDNIGHT + timedelta(minutes=minute)
    if begins == ends:
        assert not is_quiet(moment, begins, ends)
    else:
        assert is_quiet(moment, begins, ends) is not is_quiet(moment, ends, begins)


def test_an_sms_of_the_night_comes_in_the_morning(db: None) -> None:
    with clock.frozen(NIGHT):
        sms()
    assert at(NIGHT) == {}
    assert at(MORNING - timedelta(minutes=1)) == {}
    assert at(MORNING) == {"SENT": 1}


def test_an_sms_of_the_evening_that_nobody_fetched_in_time_waits_too(db: None) -> None:
    with clock.frozen(NIGHT - timedelta(hours=2, minutes=1)):
        sms()
    assert at(NIGHT) == {}


def test_what_failed_in_the_evening_is_not_tried_at_night(db: None) -> None:
    evening = NIGHT - timedelta(hours=2, seconds=30)
    with clock.frozen(evening):
        sms()
    LOG.script = [NotSent("busy")]
    assert at(evening) == {"WAITING": 1}
    assert at(NIGHT) == {}
    assert at(MORNING) == {"SENT": 1}


def test_an_urgent_one_comes_at_once(db: None) -> None:
    with clock.frozen(NIGHT):
        sms(kind="alarm")
    assert at(NIGHT) == {"SENT": 1}


def test_letters_and_the_inbox_make_no_noise(cast: SimpleNamespace) -> None:
    with clock.frozen(NIGHT):
        tell(reachable(cast.resident))
    assert at(NIGHT) == {"SENT": 1}
    assert Notice.objects.get(status="WAITING").channel == "SMS"


def test_the_office_sets_its_own_hours(db: None) -> None:
    NoticeSetting.objects.create(quiet_from=time(12), quiet_to=time(14))
    with clock.frozen(NOON):
        sms()
    assert at(NOON) == {}
    assert at(NOON + timedelta(hours=2)) == {"SENT": 1}


def test_equal_times_mean_no_quiet_hours(db: None) -> None:
    NoticeSetting.objects.create(quiet_from=time(0), quiet_to=time(0))
    with clock.frozen(NIGHT):
        sms()
    assert at(NIGHT) == {"SENT": 1}


POSTED = st.lists(st.tuples(st.integers(0, 2879), st.booleans(), st.integers(0, 600)), min_size=1, max_size=8)
ENDINGS = st.lists(st.sampled_from(["sent", "refused", "lost"]), max_size=11)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posted=POSTED, endings=ENDINGS, begins=TIMES, ends=TIMES, step=st.integers(29, 180))
def test_whatever_happens_nothing_comes_in_quiet_hours_and_nothing_is_lost(
    db: Any, posted: list[tuple[int, bool, int]], endings: list[str], begins: time, ends: time, step: int
) -> None:
    """Two days of posts (minute, urgent, delay), two to wait; the worker looks every `step` minutes."""
    Notice.objects.all().delete()
    NoticeSetting(quiet_from=begins, quiet_to=ends).save()
    LOG.clear()
    errors = {"refused": NotSent("busy"), "lost": TimeoutError(), "sent": lambda: None}
    LOG.script = [errors[each] for each in endings]
    urgent_keys = set()
    for minute in range(0, 4 * 1440, step):
        for number, (when, urgent, delay) in enumerate(posted):
            if minute - step < when <= minute:
                moment = MIDNIGHT + timedelta(minutes=when)
                with clock.frozen(moment):
                    row = sms(key=str(number), kind="alarm" if urgent else "reply",
                              not_before=moment + timedelta(minutes=delay))  # fmt: skip
                urgent_keys |= {row.token} if urgent else set()
        at(MIDNIGHT + timedelta(minutes=minute))

    for sent in LOG.sent:
        assert sent["key"] in urgent_keys or not is_quiet(sent["at"], begins, ends)
    assert len(LOG.sent) == len({sent["key"] for sent in LOG.sent})
    silent = {row.token for row in Notice.objects.exclude(status="SENT")}
    told = {sent["key"] for sent in LOG.sent}
    assert silent | told == set(Notice.objects.values_list("token", flat=True))
    assert Notice.objects.count() == len(posted)
    # What has not gone out still has its turn: it fell into quiet hours that hardly ever end.
    assert not Notice.objects.exclude(status="SENT").exclude(status="WAITING", next_at__isnull=False).exists()
