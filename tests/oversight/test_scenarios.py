"""Scenarios of the field notes, told as they are told there; all names are invented."""

import io
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from congress_portal.common import clock, workdays
from congress_portal.notices.models import Notice
from suggestions import recalculation
from suggestions.errors import Refused
from suggestions.models import ClockRule, Promise, Recalculation, Suggestion
from suggestions.notifications import REMINDERS, TELLS, TO_THE_RESIDENT
from tests.conftest import Journey, act

from .days import announce, assigned, on

pytestmark = pytest.mark.django_db


def lines(case: Suggestion, action: str) -> list[str]:
    """The days on which it happened."""
    return [f"{clock.local_date(event.happened_at)}" for event in case.events.filter(action=action)]


def told_to(case: Suggestion, who: str) -> list[str]:
    """What stands in somebody's inbox about the case."""
    found = Notice.objects.filter(number=case.number, channel="INBOX", to__username=who)
    return list(found.order_by("pk").values_list("title", flat=True))


def words(title: str, case: Suggestion) -> str:
    return str(title) % {"number": case.number, "unit": "", "place": ""}


def news(case: Suggestion, action: str) -> str:
    """What the resident is told of the action."""
    return words(TO_THE_RESIDENT[action], case)


def nightly(year: int, month: int, day: int) -> None:
    with on(year, month, day, hour=1):
        call_command("run_due", stdout=io.StringIO())


def test_scenario_27_a_deadline_over_a_holiday(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
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


def test_scenario_28_an_extension(cast: SimpleNamespace, journey: Journey) -> None:
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


def test_scenario_28_nothing_passes_the_last_day_there_is(cast: SimpleNamespace, journey: Journey) -> None:
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


def test_scenario_20_a_promise_comes_back_and_is_rated_again(cast: SimpleNamespace, journey: Journey) -> None:
    """Class B promising 30 September; both ratings are kept."""
    with on(2026, 6, 1):
        row = act("sign", journey.handling().assignments.get(), cast.officer)
        promises = [("划好全部车位", date(2026, 9, 30))]
        act("draft", row, cast.officer, text="正在划线。", answer_class="B", promises=promises)
        act("sign_off", row, cast.unitlead)
        act("release", row, cast.reviewer, publicity="OPEN")
        case = row.suggestion
        case = act("rate_ok", case, cast.resident, level="BASIC", process="SATISFIED")
    assert case.state == "CLOSED"

    nightly(2026, 9, 29)
    assert lines(case, "promise_due") == []
    nightly(2026, 9, 30)
    assert lines(case, "promise_due") == ["2026-09-30"]
    assert told_to(case, "officer")[-1] == words(TELLS["promise_due"][0].title, case)

    with on(2026, 9, 30):
        promise = Promise.objects.get()
        act("report_promise", row, cast.officer, promise=promise, report="车位已全部划好。")
        act("settle_promise", row, cast.reviewer, promise=promise, verdict="KEPT", answer_class="A")
        act("rate_kept_promise", case, cast.resident, level="SATISFIED", process="SATISFIED")
    case.refresh_from_db()
    assert [rating.level for rating in case.ratings.order_by("pk")] == ["BASIC", "SATISFIED"]
    assert (case.state, case.first_rating, case.rating) == ("CLOSED", "BASIC", "SATISFIED")
    assert [reply.answer_class for reply in case.replies.order_by("pk")] == ["B", "A"]


def test_scenario_16_who_never_rates_is_asked_twice_and_then_it_ends(
    cast: SimpleNamespace, journey: Journey
) -> None:
    with on(2026, 6, 1):
        case = journey.replied()
    for day in range(2, 18):
        nightly(2026, 6, day)
    case.refresh_from_db()
    assert lines(case, "remind") == ["2026-06-06", "2026-06-11"]
    assert lines(case, "lapse") == ["2026-06-17"]
    assert (case.state, case.rating) == ("CLOSED", "")
