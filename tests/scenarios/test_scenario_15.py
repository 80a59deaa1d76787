"""15. Dissatisfied twice: a reason, a second handling, a visit, a decision; and no third round by itself."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.test import Client

from congress_portal.common import clock, workdays
from suggestions import metrics
from suggestions.history import problems
from suggestions.models import Suggestion, UnitMember
from tests.conftest import Journey, act, make_user

LONG_AGO = date(2020, 1, 1)


def page(case: Suggestion, action: str = "") -> str:
    return f"/suggestions/{case.number}/{action}"


def rate(client: Client, case: Suggestion, **data: Any) -> Any:
    case.refresh_from_db()
    return client.post(page(case, "rate/"), {"version": case.version, "process": "BASIC", **data})


def reply_again(cast: SimpleNamespace, case: Suggestion, principal: Any) -> None:
    """The second reply is signed off by the principal of the unit, nobody lower."""
    row = case.assignments.get(state="ISSUED")
    act("sign", row, cast.officer)
    act("draft", row, cast.officer, text="您好，又增设十个车位。", answer_class="A")
    act("sign_off", row, principal)
    act("release", row, cast.reviewer, publicity="OPEN")
    case.refresh_from_db()


def disputed(cast: SimpleNamespace, journey: Journey, resident: Client) -> Suggestion:
    principal = make_user("principal")
    UnitMember.objects.create(
        user=principal, unit=cast.unit, is_leader=True, is_principal=True, starts_on=LONG_AGO
    )
    case = journey.replied()

    # Without a reason the form asks for one and keeps what was chosen.
    asked = rate(resident, case, level="DISSATISFIED")
    assert asked.status_code == 200
    assert list(asked.context["form"].errors) == ["reason"]
    assert rate(resident, case, level="DISSATISFIED", reason="车位没有增加").status_code == 302

    case.refresh_from_db()
    assert (case.state, case.round) == ("HANDLING", 2)
    assert case.due_on == workdays.add_workdays(clock.today(), 15)
    html = resident.get(page(case)).content.decode()
    assert "现在是第二次办理" in html
    assert "更高一级的负责人把关" in html
    reply_again(cast, case, principal)

    # Whoever rates the second reply reads who decides if it is not enough.
    assert "由区人大代表工委负责人研究决定" in resident.get(page(case, "rate/")).content.decode()
    rate(resident, case, level="DISSATISFIED", reason="还是停不下")
    case.refresh_from_db()
    assert case.state == "DISPUTED"
    return case


def test_a_visit_and_an_explanation_conclude_it_counted_as_dissatisfied(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client]
) -> None:
    resident = login(cast.resident)
    case = disputed(cast, journey, resident)
    assert "正在了解情况，决定下一步怎么办" in resident.get(page(case)).content.decode()

    act("conclude", case, cast.head, visit="会同林示例代表上门，说明地块规划。", outcome="EXPLAINED")

    html = resident.get(page(case)).content.decode()
    assert "已经向您说明目前不能进一步解决的原因" in html
    # The decision and where to be heard again, never the record of the visit.
    for way in ("/reception/", "/suggestions/new/"):
        assert way in html
    assert "地块规划" not in html
    # No third round: nothing to rate, nothing to reopen.
    assert 'type="radio"' not in html
    assert rate(resident, case, level="DISSATISFIED", reason="第三次")["Location"] == page(case)
    case.refresh_from_db()
    assert (case.state, case.round, case.rating, case.first_rating) == (
        "CLOSED", 2, "DISSATISFIED", "DISSATISFIED"
    )  # fmt: skip
    counts = metrics.figures(metrics.Period.latest(1))
    assert (counts["rated"], counts["content"]) == (1, 0)
    assert list(problems(Suggestion.objects.all())) == []


def test_noted_for_a_deputys_suggestion_is_told_in_words(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client]
) -> None:
    resident = login(cast.resident)
    case = disputed(cast, journey, resident)
    act("conclude", case, cast.head, visit="上门说明。", outcome="NOTED")
    assert "供代表向人大提出建议" in resident.get(page(case)).content.decode()


def test_a_supervised_redo_is_told_with_its_date_and_not_with_a_name(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client]
) -> None:
    resident = login(cast.resident)
    case = disputed(cast, journey, resident)
    due = clock.today() + timedelta(days=20)
    act("order_redo", case, cast.head, leader="王副主任", unit=cast.other_unit, due=due)
    html = resident.get(page(case)).content.decode()
    assert "现在由人大领导督办" in html
    assert "测试城管局" in html
    assert f"{due.year}年{due.month}月{due.day}日前答复" in html
    assert "王副主任" not in html
