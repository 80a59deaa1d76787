"""Who has the case now: in words, with every unit's part, and never a person."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from suggestions import hands, tracking
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Suggestion
from tests.conftest import Journey, act
from tests.suggestions.stage import Stage

from .conftest import text_of

pytestmark = pytest.mark.django_db
LEAD, ASSISTING, SEPARATE = AssignmentKind.LEAD, AssignmentKind.ASSISTING, AssignmentKind.SEPARATE


def of(case: Suggestion) -> tuple[str, list[tuple[str, str]]]:
    """The sentence, and who does what."""
    fresh = tracking.load(case.pk)
    return hands.now_with(fresh), [(hand.who, str(hand.part)) for hand in hands.hands(fresh)]


def stands(case: Suggestion) -> list[str]:
    return [str(hand.stands) for hand in hands.hands(tracking.load(case.pk))]


def test_one_unit_is_a_sentence_that_says_where_it_stands(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    sentence, listed = of(case)
    assert "测试住建局" in sentence
    assert "没有接收" in sentence
    assert listed == []
    row = case.assignments.get()
    act("sign", row, cast.officer)
    assert "正在办理" in of(case)[0]
    act("draft", row, cast.officer, text="您好，已划线。", answer_class="A")
    assert "正在办理" in of(case)[0]
    act("sign_off", row, cast.unitlead)
    assert "正在审核" in of(case)[0]


def test_a_lead_and_its_helpers_are_told_apart(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.assigned(
        journey.accepted(), Target(unit=cast.unit), Target(kind=ASSISTING, unit=cast.other_unit)
    )
    sentence, listed = of(case)
    assert "测试城管局协助" in sentence
    assert listed == [("测试住建局", str(hands.PARTS[LEAD])), ("测试城管局", str(hands.PARTS[ASSISTING]))]
    row = case.assignments.get(kind=ASSISTING)
    act("sign", row, cast.other_officer)
    act("give_opinion", row, cast.other_officer, text="内部意见：同意划线")
    assert stands(case)[1] == str(hands.STANDS["GIVEN"])
    assert "内部意见" not in str(of(case))


def test_units_that_reply_separately_are_each_named(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.assigned(
        journey.accepted(), Target(kind=SEPARATE, unit=cast.unit), Target(kind=SEPARATE, unit=cast.other_unit)
    )
    sentence, listed = of(case)
    assert "测试住建局、测试城管局" in sentence
    assert [part for _who, part in listed] == [str(hands.PARTS[SEPARATE])] * 2
    row = case.assignments.first()
    act("sign", row, cast.officer)
    act("draft", row, cast.officer, text="一份答复", answer_class="A")
    act("sign_off", row, cast.unitlead)
    act("release", row, cast.reviewer, publicity="OPEN")
    assert stands(case) == [str(hands.STANDS["RELEASED"]), str(hands.STANDS["ISSUED"])]


def test_a_coordinator_office_decides_first_and_then_stands_above_its_units(cast: SimpleNamespace) -> None:
    stage = Stage(cast)
    sentence, listed = of(stage.to_an_office().case)
    assert "测试区政府办公室" in sentence
    assert listed == []
    sentence, listed = of(stage.dispatched().case)
    assert "已转给测试住建局" in sentence
    assert [who for who, _part in listed] == ["测试区政府办公室", "测试住建局", "测试城管局"]


def test_who_was_recalled_or_had_it_in_an_earlier_round_is_gone(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.assigned(
        journey.accepted(), Target(unit=cast.unit), Target(kind=ASSISTING, unit=cast.other_unit)
    )
    act("recall", case.assignments.get(kind=ASSISTING), cast.clerk, reason="不需要协助")
    assert "测试城管局" not in str(of(case))
    act("take_back", case, cast.clerk, reason="派错了单位")
    journey.assigned(case, Target(unit=cast.other_unit))
    assert "测试住建局" not in str(of(case))


def test_a_joined_case_reads_who_has_it_and_nothing_of_the_other_resident(
    cast: SimpleNamespace, journey: Journey, holding: Callable[[Any], Client]
) -> None:
    lead = journey.handling(title="牵头意见的标题", text="牵头意见的内容，三单元五零二。", name="王牵头")
    case, other = journey.submitted(), journey.submitted(title="第三个人的标题")
    for one in (case, other):
        act("merge", one, cast.clerk, lead=lead)
    html = text_of(holding(case).get(case.get_absolute_url()))
    assert "测试住建局" in html
    assert "另有 2 位居民反映了同样的问题" in html
    for hidden in (lead.number, lead.title, lead.text, "王牵头", other.number, other.title):
        assert hidden not in html


def test_the_lead_reads_how_many_others_and_a_repeat_of_ones_own_is_nobody_else(
    cast: SimpleNamespace, journey: Journey, holding: Callable[[Any], Client]
) -> None:
    lead = journey.handling()
    case, repeat, gone = (journey.submitted() for _index in range(3))
    act("merge", case, cast.clerk, lead=lead)
    act("merge", repeat, cast.clerk, lead=lead, same_person=True)
    act("merge", gone, cast.clerk, lead=lead)
    act("withdraw", gone, cast.resident)
    html = text_of(holding(lead).get(lead.get_absolute_url()))
    assert "另有 1 位居民" in html
    assert case.number not in html
    html = text_of(holding(repeat).get(repeat.get_absolute_url()))
    assert "位居民反映了同样的问题" not in html
    assert "和您以前提的同一件事一并办理" in html


def test_a_second_handling_says_why(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.replied()
    assert hands.again(tracking.load(case.pk)) == ""
    act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")
    assert "第二次办理" in hands.again(tracking.load(case.pk))
    journey.release(case)
    assert hands.again(tracking.load(case.pk)) == ""


def test_a_leader_who_supervises_is_not_named(
    cast: SimpleNamespace, journey: Journey, holding: Callable[[Any], Client]
) -> None:
    case = journey.disputed()
    act("order_redo", case, cast.head, leader="王副主任", unit=cast.other_unit, due=journey.due())
    html = text_of(holding(case).get(case.get_absolute_url()))
    assert "人大领导督办" in html
    assert "王副主任" not in html
