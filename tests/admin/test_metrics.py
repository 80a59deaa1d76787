"""Figures by the formulas of the field: who counts, in which month, and what 0 of 0 prints."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import percent
from suggestions import metrics
from suggestions.actors import SYSTEM
from suggestions.metrics import Period
from suggestions.models import Suggestion
from tests.conftest import Journey, act

from .pages import multiply

ALL = Period(date(2020, 1, 1), date(2099, 12, 1))


def rates(period: Period = ALL) -> dict[str, Decimal | None]:
    counts = metrics.figures(period)
    return {name: metrics.rate(counts, name) for name in metrics.RATES}


def rewrite(case: Suggestion, **columns: Any) -> None:
    """Figures read the row alone, so a row is enough."""
    for name, value in columns.items():
        setattr(case, name, value)


def test_the_golden_report_comes_out(cast: SimpleNamespace, journey: Journey) -> None:
    """166 items, 149 satisfied, 17 basically: 89.76 % and 100.00 %, as a printed report has them."""
    case = journey.closed()
    multiply(case, 148)
    rewrite(case, rating="BASIC")
    multiply(case, 17)

    assert metrics.figures(ALL) == {
        "accepted": 166, "closed": 166, "replied": 166, "rated": 166, "content": 166, "satisfied": 149,
        "process_rated": 166, "process_content": 166,
    }  # fmt: skip
    assert rates() == {
        "closure": Decimal("100.00"), "satisfaction": Decimal("100.00"), "strict": Decimal("89.76"),
        "process": Decimal("100.00"), "returned": Decimal("100.00"),
    }  # fmt: skip


def test_nothing_accepted_prints_a_dash_and_never_a_number(cast: SimpleNamespace, journey: Journey) -> None:
    journey.submitted()

    assert set(rates().values()) == {None}
    assert percent(rates()["closure"]) == "—"


def test_declined_transferred_and_withdrawn_are_in_no_rate(cast: SimpleNamespace, journey: Journey) -> None:
    journey.closed()
    act("decline", journey.accepted(), cast.clerk, code=cast.decline_reason, text="说明", where_to_go="12348")
    act("transfer", journey.accepted(), cast.clerk, body=cast.body, text="属于其他区")
    act("withdraw", journey.accepted(), cast.resident)
    journey.submitted()

    assert metrics.figures(ALL)["accepted"] == 1
    assert rates()["closure"] == Decimal("100.00")


def test_a_restored_case_counts_again_only_when_it_is_accepted_again(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    act("decline", case, cast.clerk, code=cast.decline_reason, text="说明", where_to_go="12348")
    act("restore", case, cast.clerk2, note="情况有变")
    assert metrics.figures(ALL)["accepted"] == 0

    act("accept", case, cast.clerk, category=cast.category, level="L1")

    assert metrics.figures(ALL)["accepted"] == 1


def test_a_reopened_case_leaves_the_numerator(cast: SimpleNamespace, journey: Journey) -> None:
    journey.closed()
    case = journey.closed()
    assert rates()["closure"] == Decimal("100.00")

    act("reopen", case, cast.clerk, note="问题又出现")

    assert rates()["closure"] == Decimal("50.00")


def test_joined_cases_count_but_a_repeat_by_the_same_person_does_not(
    cast: SimpleNamespace, journey: Journey
) -> None:
    lead = journey.accepted()
    act("merge", journey.submitted(), cast.clerk, lead=lead)
    act("merge", journey.submitted(), cast.clerk, lead=lead, same_person=True)

    assert metrics.figures(ALL)["accepted"] == 2


def test_silence_is_concluded_but_never_satisfied(cast: SimpleNamespace, journey: Journey) -> None:
    journey.closed()
    case = journey.replied()
    with clock.frozen(clock.now() + timedelta(days=40)):
        act("lapse", case, SYSTEM)

    counts = metrics.figures(ALL)
    assert (counts["closed"], counts["rated"], counts["replied"]) == (2, 1, 2)
    assert rates()["satisfaction"] == Decimal("100.00")
    assert rates()["returned"] == Decimal("50.00")


def test_a_dispute_that_was_concluded_counts_as_dissatisfied(cast: SimpleNamespace, journey: Journey) -> None:
    act("conclude", journey.disputed(), cast.head, visit="上门说明。", outcome="EXPLAINED")

    assert rates()["closure"] == Decimal("100.00")
    assert rates()["satisfaction"] == Decimal("0.00")


def test_test_data_counts_only_where_the_site_is_a_demo(
    cast: SimpleNamespace, journey: Journey, settings: Any
) -> None:
    journey.accepted(is_demo=True)
    settings.DEMO = False
    assert metrics.figures(ALL)["accepted"] == 0

    settings.DEMO = True

    assert metrics.figures(ALL)["accepted"] == 1


@pytest.mark.parametrize(
    ("utc", "month"),
    [
        (datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC), "2026-03"),
        (datetime(2026, 3, 31, 16, 0, 0, tzinfo=UTC), "2026-04"),
        (datetime(2025, 12, 31, 16, 0, 0, tzinfo=UTC), "2026-01"),
    ],
)
def test_a_month_is_a_month_in_china(
    cast: SimpleNamespace, journey: Journey, utc: datetime, month: str
) -> None:
    with clock.frozen(utc):
        case = journey.accepted()
        lines = metrics.by_month(Period.latest(3))

    assert [(line.label, line.accepted) for line in lines if line.accepted] == [(month, 1)]
    assert metrics.cohort(Period.parse(month)).get() == case


def test_months_without_cases_are_there_too(cast: SimpleNamespace, journey: Journey) -> None:
    with clock.frozen(datetime(2026, 2, 10, 9, tzinfo=clock.SHANGHAI)):
        lines = metrics.by_month(Period.latest(4))

    assert [line.label for line in lines] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert [line.rate for line in lines] == [None] * 4


def test_a_split_counts_each_place_for_itself(cast: SimpleNamespace, journey: Journey) -> None:
    journey.closed()
    journey.accepted()
    journey.accepted(community=cast.other_community)

    found = {line.label: (line.accepted, line.closed, line.rate) for line in metrics.split(ALL, "venue")}

    assert found == {
        cast.station.name: (2, 1, Decimal("50.00")), cast.other_station.name: (1, 0, Decimal("0.00"))
    }  # fmt: skip
    assert {line.key for line in metrics.split(ALL, "street")} == {cast.street.pk, cast.other_street.pk}
    assert [line.label for line in metrics.split(ALL, "category")] == [cast.category.name]


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "1999-01", "2026-1", "..", "2026-01..", "x..y"]
)
def test_a_period_is_written_one_way(text: str) -> None:
    if text == "2026-01..":
        assert str(Period.parse(text)) == "2026-01"
        return
    with pytest.raises(ValueError, match=r".*"):
        Period.parse(text)
