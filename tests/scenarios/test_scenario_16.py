"""16. Never rates: the time that is left is told, then it is concluded unrated and no denominator moves."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace
from typing import Any

from django.core.management import call_command
from django.test import Client

from congress_portal.common import clock
from suggestions import metrics
from suggestions.history import problems
from suggestions.models import Clock, Suggestion
from tests.conftest import Journey


def test_a_resident_who_never_rates_is_reminded_on_the_page_and_then_left_in_peace(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client]
) -> None:
    journey.closed()
    case = journey.replied()
    resident = login(cast.resident)
    told = clock.now()
    window = Clock.objects.get(suggestion=case, kind="RATING", stopped_at=None)
    period = metrics.Period.latest(1)
    before = metrics.figures(period)
    left = (window.due_on - clock.local_date(told)).days

    for after in (5, 10):
        with clock.frozen(told + timedelta(days=after)):
            call_command("run_due", stdout=StringIO())
            html = resident.get(f"/suggestions/{case.number}/").content.decode()
            assert f"还可以评价 {left - after} 天" in html
            assert f"还可以评价 {left - after} 天" in resident.get("/suggestions/mine/").content.decode()
    with clock.frozen(told + timedelta(days=left)):
        call_command("run_due", stdout=StringIO())
        assert "最后一天" in resident.get(f"/suggestions/{case.number}/rate/").content.decode()
        case.refresh_from_db()
        assert case.state == "REPLIED"

    # Two reminders, and no third.
    reminded = case.events.filter(action="remind").values_list("happened_at", flat=True)
    assert [(moment - told).days for moment in reminded] == [5, 10]

    with clock.frozen(told + timedelta(days=left + 1)):
        call_command("run_due", stdout=StringIO())
        case.refresh_from_db()
        assert (case.state, case.rating) == ("CLOSED", "")
        html = resident.get(f"/suggestions/{case.number}/").content.decode()
        assert "期限内没有收到您的评价" in html
        assert 'type="radio"' not in html
        assert resident.get(f"/suggestions/{case.number}/rate/").status_code == 302

    after_all = metrics.figures(period)
    # Concluded, so it counts for the closure rate; unrated, so satisfaction is what it was.
    assert after_all["closed"] == before["closed"] + 1
    for name in ("rated", "content", "satisfied", "process_rated"):
        assert after_all[name] == before[name]
    assert metrics.rate(after_all, "satisfaction") == metrics.rate(before, "satisfaction")
    assert list(problems(Suggestion.objects.all())) == []
