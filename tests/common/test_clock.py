from datetime import UTC, date, datetime, timedelta

import pytest

from congress_portal.common import clock

EVENING = datetime(2026, 9, 30, 15, 59, tzinfo=UTC)


def test_the_day_changes_at_midnight_in_china_not_in_greenwich():
    with clock.frozen(EVENING):
        assert clock.today() == date(2026, 9, 30)
    with clock.frozen(EVENING + timedelta(minutes=1)):
        assert clock.today() == date(2026, 10, 1)


def test_frozen_blocks_nest_and_end():
    with clock.frozen(EVENING):
        with clock.frozen(EVENING - timedelta(days=700)):
            assert clock.now() == EVENING - timedelta(days=700)
        assert clock.now() == EVENING
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_an_error_inside_a_block_still_ends_it():
    with pytest.raises(KeyError), clock.frozen(EVENING):
        raise KeyError
    assert clock.now() != EVENING


def test_a_moment_without_a_zone_is_refused():
    naive = EVENING.replace(tzinfo=None)
    with pytest.raises(ValueError), clock.frozen(naive):
        pass
    with pytest.raises(ValueError):
        clock.local_date(naive)
