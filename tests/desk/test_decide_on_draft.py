"""Whoever signs off or sends back has the whole letter before the eyes: class, promises, opinions."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from congress_portal.common import clock
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Assignment, UnitMember
from tests.conftest import LONG_AGO, Journey, act, make_user

from .pages import case_page, form_page, text_of


@pytest.fixture
def row(cast: SimpleNamespace, journey: Journey) -> Assignment:
    """Drafted by the lead, with an assisting unit that has not answered."""
    case = journey.assigned(
        journey.accepted(),
        Target(unit=cast.unit),
        Target(kind=AssignmentKind.ASSISTING, unit=cast.other_unit),
    )
    row = case.assignments.get(kind=AssignmentKind.LEAD)
    act("sign", row, cast.officer)
    day = clock.today() + timedelta(days=40)
    return act(
        "draft", row, cast.officer, text="您好，正在划线。", answer_class="B", promises=[("划好车位", day)]
    )


@pytest.mark.parametrize("action", ["sign_off", "send_back"])
def test_the_leader_reads_the_letter_its_class_its_promises_and_the_opinions(
    cast: SimpleNamespace, row: Assignment, login: Callable, action: str
) -> None:
    words = text_of(form_page(login(cast.unitlead), row, action))

    for part in (
        "关于“小区停车难”的答复", "您好，正在划线。", "结果：正在解决，或者已列入计划",
        "B 正在解决或者列入计划解决", "划好车位", "拟稿 测试officer", "测试城管局 尚未提交",
    ):  # fmt: skip
        assert part in words


def test_a_letter_without_a_promise_says_so(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    row = journey.drafted(journey.handling())

    assert "其中没有作出承诺。" in text_of(form_page(login(cast.unitlead), row, "sign_off"))


def test_a_second_reply_is_signed_off_by_the_principal_and_the_page_says_why_not(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    principal = make_user("principal")
    UnitMember.objects.create(
        user=principal, unit=cast.unit, is_leader=True, is_principal=True, starts_on=LONG_AGO
    )
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="车位没有增加", process="BASIC")
    row = journey.drafted(case)

    assert "二次办理的答复由单位主要负责人签发" in text_of(case_page(login(cast.unitlead), case))
    response = login(cast.unitlead).get(f"/desk/row/{row.pk}/do/sign_off/", follow=True)
    assert "二次办理的答复由单位主要负责人签发" in response.content.decode()
    assert "已增设车位三十个。" in text_of(form_page(login(principal), row, "sign_off"))
