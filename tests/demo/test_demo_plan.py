"""The plan of the demo: the same for the same moment, whole at any size, possible at any time of the year."""

from datetime import datetime, timedelta

import pytest

from congress_portal.common import clock
from congress_portal.common.clock import SHANGHAI
from suggestions.demo.loader import load
from suggestions.demo.plan import DAYS, TOTAL, plan
from suggestions.demo.staged import ESSENTIAL
from suggestions.enums import AssignmentState, State
from suggestions.models import Assignment, Event, Suggestion
from tests.demo.waiting import ALWAYS_EMPTY, empty_queues, idle_work

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=SHANGHAI)


def test_the_plan_holds_two_years_and_a_smaller_one_is_its_beginning(db):
    whole = plan(NOW, TOTAL)
    assert sum(story.size for story in whole) == TOTAL
    assert plan(NOW, 200) == whole[: len(plan(NOW, 200))]
    assert [sum(story.size for story in plan(NOW, total)) for total in (200, 500)] == [200, 500]
    assert NOW - min(story.start for story in whole) > timedelta(days=DAYS - 15)
    assert max(story.start for story in whole) < NOW
    months = {f"{story.start:%Y-%m}" for story in plan(NOW, 200)}
    assert len(months) >= 15


@pytest.mark.slow
@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 10, 5, 3, 0, tzinfo=SHANGHAI), datetime(2027, 2, 26, 9, 5, tzinfo=SHANGHAI)],
    ids=["at night in the October holidays", "on a morning in a year without a holiday notice"],
)
def test_whenever_it_is_loaded_the_set_up_cases_reach_their_stage(db, settings, tmp_path, moment):
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path
    with clock.frozen(moment):
        load(sum(row.size for row in ESSENTIAL))
        assert idle_work() == set()
        assert empty_queues() == ALWAYS_EMPTY
        assert set(Suggestion.objects.values_list("state", flat=True)) == set(State.values)
        assert set(Assignment.objects.values_list("state", flat=True)) == set(AssignmentState.values)
    assert not Event.objects.filter(happened_at__gt=moment).exists()
