"""Scenario 25. A unit hands a case back too late, two units in time, and then nobody may any more.

Days are counted by the calendar of 2026: five working days after Monday 2 November end on Monday the 9th.
"""

from collections.abc import Callable
from datetime import date, datetime
from types import SimpleNamespace

from congress_portal.common import clock
from suggestions.inputs import Target
from suggestions.models import Assignment, HandlingUnit, Suggestion
from tests.admin.pages import case_url, open_page
from tests.admin.pages import press as press_in_office
from tests.conftest import Journey, act
from tests.desk.pages import case_page, do_url, press, text_of


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 10, tzinfo=clock.SHANGHAI)


def give(cast: SimpleNamespace, case: Suggestion, unit: HandlingUnit) -> None:
    """Until the day the resident was told when it was given for the first time."""
    act("assign", case, cast.clerk, assignments=[Target(unit=unit)], due=date(2026, 11, 20))


def newest(case: Suggestion) -> Assignment:
    row = case.assignments.order_by("-pk").first()
    assert row
    return row


def test_a_unit_returns_a_case_within_the_limit_and_after_two_returns_the_congress_decides(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    officer, other, clerk = login(cast.officer), login(cast.other_officer), login(cast.clerk)
    with clock.frozen(at(2)):
        case = journey.accepted()
        give(cast, case, cast.unit)
    row = newest(case)

    # Day 6: blocked, with the reason and the way that is left.
    with clock.frozen(at(10)):
        page = case_page(officer, case)
        assert do_url(row, "ask_return") not in page
        assert "已过申请退回的期限" in text_of(page)
        late = press(officer, row, "ask_return", reason="不属本单位", proposed_unit=str(cast.other_unit.pk))
        assert late.status_code == 409
        press(officer, row, "escalate", reason="道路归属市政", proposed_unit=str(cast.other_unit.pk))
        assert case.number in open_page(clerk, "/admin/suggestions/suggestion/?queue=asked")
        press_in_office(clerk, row, "settle_escalation", note="改由城管局办理")
        press_in_office(clerk, row, "recall", reason="改派")
        case.refresh_from_db()
        assert case.state == "ACCEPTED"

    # Within the limit: a reason and a unit are needed.
    with clock.frozen(at(11)):
        give(cast, case, cast.other_unit)
        row = newest(case)
        missing = press(other, row, "ask_return", reason="不属本单位")
        assert 'href="#id_proposed_unit"' in missing.content.decode()
        press(other, row, "ask_return", reason="不属本单位", proposed_unit=str(cast.unit.pk))
        assert "不属本单位" in open_page(clerk, case_url(case))
        press_in_office(clerk, row, "approve_return")
    with clock.frozen(at(12)):
        give(cast, case, cast.unit)
        row = newest(case)
        press(officer, row, "ask_return", reason="不属本单位", proposed_unit=str(cast.other_unit.pk))
        press_in_office(clerk, row, "approve_return")

    # Twice returned: the congress fixes the unit, and it cannot be handed back.
    with clock.frozen(at(13)):
        give(cast, case, cast.other_unit)
        row = newest(case)
        page = case_page(other, case)
        assert "此件已两次退回，现由区人大决定承办单位，不能再退回。" in text_of(page)
        assert do_url(row, "ask_return") not in page
        refused = press(other, row, "ask_return", reason="不属本单位", proposed_unit=str(cast.unit.pk))
        assert refused.status_code == 409
        press(other, row, "sign")

    row.refresh_from_db()
    assert row.state == "IN_HAND"
    assert case.assignments.filter(state="RETURNED").count() == 2
