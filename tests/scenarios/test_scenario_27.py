"""27. A deadline over a holiday: Saturday 10 October is worked; a told date never moves unseen."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

from congress_portal.common import clock, workdays
from suggestions.models import Recalculation
from suggestions.notifications import REMINDERS
from tests.conftest import Journey, act
from tests.oversight.days import announce, assigned, on

from .telling import lines, news, nightly, told_to, words


def test_a_deadline_over_a_holiday(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    """Assigned on 28 September 2026 with five working days: due on Saturday 10 October, a made-up day."""
    with on(2026, 9, 28):
        five_days = workdays.add_workdays(clock.today(), 5)
        assert five_days == date(2026, 10, 10)
        assert five_days.weekday() == 5
        case = assigned(journey, five_days)
        act("sign", case.assignments.get(), cast.officer)

    # The reminder goes on the 9th, the working day before, and no earlier.
    for day in range(1, 9):
        nightly(2026, 10, day)
    assert lines(case, "remind") == []
    nightly(2026, 10, 9)
    assert lines(case, "remind") == ["2026-10-09"]
    assert told_to(case, "officer")[-1] == words(REMINDERS["REMIND"][1], case)

    # On the day itself it is not late; from the 11th it is, and shows so.
    with on(2026, 10, 10):
        page = login(cast.officer).get("/desk/").content.decode()
        assert 'data-level="soon"' in page
    nightly(2026, 10, 10)
    assert lines(case, "remind") == ["2026-10-09"]
    nightly(2026, 10, 11)
    assert case.events.filter(action="remind").last().data["tone"] == "YELLOW"
    with on(2026, 10, 11):
        assert 'data-level="late"' in login(cast.officer).get("/desk/").content.decode()

    # Changing the calendar later never rewrites a date silently: taken back is the day off, not the date.
    announce(date(2026, 10, 7), off=False)
    nightly(2026, 10, 12)
    case.refresh_from_db()
    assert case.due_on == case.assignments.get().unit_due == date(2026, 10, 10)
    assert lines(case, "recalculate") == []
    # Were the last day itself made a day off, it would move, and the resident would read it.
    announce(date(2026, 10, 10), name="临时放假")
    nightly(2026, 10, 13)
    case.refresh_from_db()
    assert case.due_on == case.assignments.get().unit_due == date(2026, 10, 12)
    assert lines(case, "recalculate") == ["2026-10-13"]
    assert told_to(case, "resident")[-1] == news(case, "recalculate")
    log = Recalculation.objects.first()
    assert [(line["number"], line["from"], line["to"], line["done"]) for line in log.lines] == [
        (case.number, "2026-10-10", "2026-10-12", "moved")
    ]
