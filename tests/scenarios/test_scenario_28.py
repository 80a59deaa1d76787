"""28, the opinion half: more time is asked for once, before the date, and never beyond the last day."""

from datetime import date
from types import SimpleNamespace

import pytest

from congress_portal.common import workdays
from suggestions import recalculation
from suggestions.errors import Refused
from suggestions.models import ClockRule
from tests.conftest import Journey, act
from tests.oversight.days import announce, assigned, on

from .telling import lines, news, told_to


def test_more_time_is_asked_for_once_before_the_date_and_within_the_cap(
    cast: SimpleNamespace, journey: Journey
) -> None:
    """The half about opinions: asked after the date it is refused by itself, before it within the cap."""
    with on(2026, 9, 14):
        late, early = assigned(journey, date(2026, 9, 21)), assigned(journey, date(2026, 9, 21))
        for case in (late, early):
            act("sign", case.assignments.get(), cast.officer)

    # Asked for after the due date: refused, and nothing waits for a decision.
    with on(2026, 9, 22), pytest.raises(Refused, match="期限已过"):
        act("ask_extension", late.assignments.get(), cast.officer, due=date(2026, 9, 30), reason="施工期长")
    assert not late.assignments.get().requests.exists()

    # Asked for on the last day, decided after it, moved no further than fifteen working days.
    with on(2026, 9, 21):
        row = early.assignments.get()
        act("ask_extension", row, cast.officer, due=date(2026, 10, 14), reason="施工期长")
    with on(2026, 9, 22):
        furthest = workdays.add_workdays(date(2026, 9, 21), 15)
        assert furthest == date(2026, 10, 19)
        with pytest.raises(Exception, match="2026年10月19日"):
            act("grant_extension", row, cast.clerk, due=date(2026, 10, 20))
        act("grant_extension", row, cast.clerk, due=date(2026, 10, 14))
    early.refresh_from_db()
    assert early.due_on == early.assignments.get().unit_due == date(2026, 10, 14)

    # The resident is told where the promised day has moved to, and why.
    assert lines(early, "redate") == ["2026-09-22"]
    assert told_to(early, "resident")[-1] == news(early, "redate")

    # Once is all there is.
    with on(2026, 9, 23), pytest.raises(Refused):
        act("ask_extension", row, cast.officer, due=date(2026, 10, 19), reason="再等等")


def test_nothing_passes_the_last_day_there_is(cast: SimpleNamespace, journey: Journey) -> None:
    """Neither more time, nor another date, nor the calendar leads past it."""
    ClockRule.objects.filter(key="REPLY_MAX").update(length=1, unit="MONTHS")
    with on(2026, 6, 1):
        case = assigned(journey, date(2026, 6, 23))
        row = act("sign", case.assignments.get(), cast.officer)
        with pytest.raises(Exception, match="2026年7月1日"):
            act("ask_extension", row, cast.officer, due=date(2026, 7, 2), reason="施工期长")
        with pytest.raises(Exception, match="2026年7月1日"):
            act("redate", case, cast.clerk, due=date(2026, 7, 2), reason="施工期长")
    with on(2026, 6, 2):
        announce(*[date(2026, 6, day) for day in range(3, 19)], name="临时放假")
        recalculation.run()
    case.refresh_from_db()
    assert case.due_on == case.assignments.get().unit_due == date(2026, 7, 1)
