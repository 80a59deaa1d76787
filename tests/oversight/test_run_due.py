"""The daily job: by the calendar of today, in an order that calls nothing late too early, harmless twice."""

import io
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from congress_portal.common import clock
from congress_portal.notices.models import Notice
from suggestions import history
from suggestions.models import Event, Recalculation, Suggestion
from tests.conftest import Journey, act

from .days import announce, assigned, on

pytestmark = pytest.mark.django_db


def nightly() -> list[str]:
    out = io.StringIO()
    call_command("run_due", stdout=out)
    return out.getvalue().splitlines()


def test_it_says_what_it_did_and_the_second_time_that_there_was_nothing(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 6, 1):
        journey.submitted()
        journey.replied()
        row = act("sign", journey.handling().assignments.get(), cast.officer)
        promises = [("划好车位", date(2026, 6, 8))]
        act("draft", row, cast.officer, text="正在划线。", answer_class="B", promises=promises)
        act("sign_off", row, cast.unitlead)
        act("release", row, cast.reviewer, publicity="OPEN")
        announce(date(2026, 6, 3))
    with on(2026, 6, 8, hour=1):
        first, events = nightly(), Event.objects.count()
        assert first == [
            "0 changes of term carried out",
            "0 cases free of marks of people who left office",
            # The acceptance moved from Thursday to Friday; both ratings run in calendar days.
            "3 open dates counted anew: 1 moved, 0 kept as told",
            "0 cases closed because their time was over",
            "1 promises came back because their day has come",
            "0 reminders before a date, 1 yellow, 0 red, 2 to rate",
            "0 reception days proposed, moved or dropped",
            "0 contacts removed because their case ended long ago",
            "0 notices forgotten because they were read or sent long ago",
            "0 bookings forgotten because their day is long over",
        ]
        second = nightly()
    assert [line for line in second if not line.startswith("0 ")] == [
        "The calendar is as it was: no open dates counted anew"
    ]
    assert Event.objects.count() == events
    assert Recalculation.objects.count() == 1
    assert list(history.problems(Suggestion.objects.all())) == []


def test_a_window_the_calendar_moved_is_not_closed_by_the_same_run(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 6, 1):
        case = journey.replied()
        assert case.due_on == date(2026, 6, 16)
    announce(date(2026, 6, 16))
    with on(2026, 6, 17, hour=1):
        assert "0 cases closed because their time was over" in nightly()
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("REPLIED", date(2026, 6, 17))
    with on(2026, 6, 18, hour=1):
        assert "1 cases closed because their time was over" in nightly()


def test_a_date_the_calendar_moved_is_not_called_late_by_the_same_run(journey: Journey) -> None:
    with on(2026, 9, 14):
        case = assigned(journey, date(2026, 10, 10))
        assert case.clocks.get(kind="REPLY").length == 15
    announce(date(2026, 10, 10))
    with on(2026, 10, 11, hour=1):
        nightly()
    tones = {event.data["tone"] for event in case.events.filter(action="remind", data__what="unit_due")}
    assert tones == {"REMIND"}


def test_notices_read_long_ago_are_forgotten_by_the_daily_job(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    now, shared = clock.now(), {"to": cast.resident, "kind": "gone", "channel": "INBOX", "status": "SENT"}
    for token, ago in (("old", 5000), ("new", 1)):
        day = now - timedelta(days=ago)
        Notice.objects.create(token=token, written_at=day, posted_at=day, read_at=day, **shared)

    assert "1 notices forgotten because they were read or sent long ago" in nightly()
    assert not Notice.objects.filter(token="old").exists()
    assert Notice.objects.filter(token="new").exists()
    assert Suggestion.objects.filter(pk=case.pk).exists()
