"""Whatever is announced and taken back: no told date comes earlier, all that moves is told and noted."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress_portal.common.models import CalendarDay
from congress_portal.notices.models import Notice
from suggestions import clocks, history, recalculation
from suggestions.inputs import Target
from suggestions.models import Assignment, Clock, Event, Recalculation, Suggestion
from tests.conftest import Journey

from .days import ASSISTING, assigned, on

FIRST = date(2026, 9, 14)
ANNOUNCED = st.dictionaries(
    st.integers(0, 50).map(lambda offset: FIRST + timedelta(days=offset)),
    st.sampled_from(["HOLIDAY", "WORKDAY"]),
    max_size=14,
)
ROW_DATES = ("unit_due", "sign_due", "return_until")


def told() -> dict[tuple[str, int, str], date]:
    """Every date somebody keeps to: of running clocks and of rows."""
    found = {("clock", each.pk, each.kind): each.due_on for each in Clock.objects.filter(stopped_at=None)}
    for row in Assignment.objects.all():
        found |= {("row", row.pk, name): getattr(row, name) for name in ROW_DATES if getattr(row, name)}
    return found


def open_cases(cast: SimpleNamespace, journey: Journey) -> None:
    with on(2026, 9, 14):
        journey.submitted()
        journey.accepted()
        journey.replied()
        journey.disputed()
        helped = Target(unit=cast.unit), Target(unit=cast.other_unit, kind=ASSISTING)
        # A chosen day, and one of the usual length.
        assigned(journey, date(2026, 10, 12), *helped)
        assigned(journey, clocks.limit("REPLY_COMPLEX", FIRST), *helped)


@pytest.mark.django_db
@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(ANNOUNCED)
def test_no_told_date_ever_comes_earlier(cast: SimpleNamespace, announced: dict[date, str]) -> None:
    if not Suggestion.objects.exists():
        open_cases(cast, Journey(cast))
    before, events = told(), set(Event.objects.values_list("pk", flat=True))
    CalendarDay.objects.all().delete()
    for day, kind in announced.items():
        CalendarDay.objects.create(day=day, kind=kind)
    with on(2026, 9, 15):
        run = recalculation.run()
        again = recalculation.run()
    after = told()

    earlier = {key for key in before if after[key] < before[key]}
    assert earlier == set()
    moved = {key for key in before if after[key] > before[key]}
    fresh = Event.objects.exclude(pk__in=events)
    assert set(fresh.values_list("action", flat=True)) <= {"recalculate", "recount"}
    # Each clock that moved has one event, one line, and a notice to its resident.
    for kind, pk, name in sorted(moved):
        if kind == "clock":
            clock = Clock.objects.select_related("suggestion").get(pk=pk)
            event = fresh.get(action="recalculate", suggestion=clock.suggestion, data__clock=name)
            assert event.data["due"] == clock.due_on.isoformat()
            mark = f"{clock.suggestion.number} event {event.seq} "
            assert Notice.objects.filter(key__contains=mark).exists()
            assert {"number": clock.suggestion.number, "what": name, "to": event.data["due"]}.items() <= next(
                line for line in run.lines
                if (line["number"], line["what"], line["done"]) == (clock.suggestion.number, name, "moved")
            ).items()  # fmt: skip
    assert run.moved == sum(line["done"] == "moved" for line in run.lines)
    assert again.moved == 0
    assert told() == after
    # Nobody who handles it is given longer than the resident was told.
    for row in Assignment.objects.select_related("suggestion").filter(state__in=("ISSUED", "IN_HAND")):
        assert row.unit_due <= clocks.reply_due(row.suggestion)
        assert row.sign_due <= row.unit_due
    assert list(history.problems(Suggestion.objects.all())) == []
    assert Recalculation.objects.first().calendar == recalculation.workdays.fingerprint()
