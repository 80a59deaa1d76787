"""Two people reach for one place at the same moment, on PostgreSQL."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from congress_portal.common import clock
from stations.models import Booking, SessionStatus
from stations.services import booking, reception
from suggestions import defaults
from suggestions.models import Suggestion
from suggestions.reception_record import Matter, record
from suggestions.submissions import Submission
from tests.conftest import build_cast
from tests.races import RACES, outcomes, together

from .days import NOW, TODAY, book, make_day, on

pytestmark = RACES


@pytest.fixture
def stage() -> SimpleNamespace:
    defaults.install()
    return build_cast()


def at_once(*jobs: Any) -> list[Any]:
    """Each thread has a clock of its own, so each must be told the time."""

    def timed(job: Any) -> Any:
        with clock.frozen(NOW):
            return job()

    return together(*(lambda job=job: timed(job) for job in jobs))


def test_of_ten_people_one_gets_the_last_place(stage: SimpleNamespace) -> None:
    for _ in range(5):
        day = make_day(stage)
        results = at_once(*(lambda n=n: book(day, phone=f"1391111{n:04}") for n in range(10)))  # noqa: B023
        assert outcomes(results) == {"done": 1, "ValidationError": 9}
        assert all(list(r.error_dict) == ["slot"] for r in results if isinstance(r, ValidationError))
        assert day.bookings.count() == 1


def test_one_phone_in_two_browsers_books_once(stage: SimpleNamespace) -> None:
    for _ in range(5):
        day = make_day(stage, seats=10)
        at_once(*(lambda n=n: book(day, token=f"form {day.pk} {n}") for n in range(6)))  # noqa: B023
        assert day.bookings.count() == 1


def test_one_form_sent_ten_times_books_once(stage: SimpleNamespace) -> None:
    day = make_day(stage, seats=10)
    results = at_once(*(lambda: book(day) for _ in range(10)))
    assert {result.pk for result in results} == {Booking.objects.get().pk}


def test_booking_and_cancelling_the_day_at_once_leave_nobody_untold(stage: SimpleNamespace) -> None:
    for _ in range(5):
        day = make_day(stage)
        at_once(lambda: book(day), lambda: reception.cancel(day, reason="暴雪", by=stage.liaison))  # noqa: B023
        rows = list(day.bookings.all())
        assert list(booking.to_tell(day)) == rows


def test_two_records_at_once_are_one(stage: SimpleNamespace) -> None:
    for round_ in range(5):
        day = make_day(stage, day=TODAY, starts_at=on(TODAY, 9).time(), ends_at=on(TODAY, 10).time())
        matters = [Matter(Submission(token="", text="停车难。"))]
        before = Suggestion.objects.count()
        results = at_once(
            *(
                lambda n=n: record(
                    day, visitors=n, summary="", attended={}, matters=matters,  # noqa: B023
                    token=f"record {round_} {n}", user=stage.liaison,  # noqa: B023
                )
                for n in range(4)
            )
        )  # fmt: skip
        assert sum(isinstance(result, list) for result in results) == 1
        assert Suggestion.objects.count() == before + 1
        day.refresh_from_db()
        assert day.status == SessionStatus.HELD
