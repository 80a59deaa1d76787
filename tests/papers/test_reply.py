"""答复函: each point answered, opinions and questionnaire annexed, promises dated, drafts marked."""

from types import SimpleNamespace

import pytest

from congress_portal.common.templatetags.portal import zh_date
from suggestions.inputs import Target
from suggestions.models import HandlingUnit, OfficeSetting, Reply
from suggestions.papers.shapes import Heading, Paragraph
from tests.conftest import Journey, act

from .scenes import ANSWERS, POINTS, TRACK, answered, boxed, fields, paper, text_of, worked_on


def lines(paper) -> list[str]:  # type: ignore[no-untyped-def]
    return [block.text for block in paper.blocks]


def test_a_unit_with_a_mark_has_head_and_number(cast: SimpleNamespace, journey: Journey) -> None:
    HandlingUnit.objects.filter(pk=cast.unit.pk).update(document_mark="沈河民建", phone="024-22345678")
    scene = answered(journey)

    letter = paper("reply", scene.reply.pk, cast.clerk)

    year = scene.reply.released_at.year
    assert letter.title == f"关于第{scene.case.number}号群众意见的答复"
    assert (letter.sender, letter.number) == ("测试住建局", f"沈河民建〔{year}〕1号")
    assert (letter.left_mark, letter.right_mark) == ("", "类别：B")
    assert (letter.signature.who, letter.signature.date) == ("测试住建局", zh_date(scene.reply.released_at))
    assert letter.contact == "（联系电话：024-22345678）"
    assert letter.copies == "抄送：沈河区人大常委会代表工作委员会。"


def test_a_unit_without_mark_and_phone_signs_a_plain_letter(cast: SimpleNamespace, journey: Journey) -> None:
    letter = paper("reply", answered(journey).reply.pk, cast.clerk)

    assert (letter.sender, letter.number, letter.contact) == ("", "", "")
    assert letter.signature.who == "测试住建局"


def test_every_point_is_a_heading_with_its_answer_below(cast: SimpleNamespace, journey: Journey) -> None:
    letter = paper("reply", answered(journey).reply.pk, cast.clerk)

    assert lines(letter)[:6] == [
        "居民朋友：", "您好，现答复如下。", f"一、{POINTS[0]}", ANSWERS[0], f"二、{POINTS[1]}", ANSWERS[1],
    ]  # fmt: skip
    assert [block.text for block in letter.blocks if isinstance(block, Heading)] == [
        f"一、{POINTS[0]}", f"二、{POINTS[1]}",
    ]  # fmt: skip


def test_points_changed_later_change_no_answer(cast: SimpleNamespace, journey: Journey) -> None:
    scene = answered(journey)
    act(
        "reclassify", scene.case, cast.clerk, category=cast.category, level="L3", reason="更正",
        points=["别的一件事", "再一件事", "第三件事"],
    )  # fmt: skip

    letter = paper("reply", scene.reply.pk, cast.clerk)

    assert f"一、{POINTS[0]}" in [block.text for block in letter.blocks if isinstance(block, Heading)]
    assert "别的一件事" not in text_of(letter)


def test_promises_stand_by_date_and_a_later_day_is_not_in_the_letter(
    cast: SimpleNamespace, journey: Journey
) -> None:
    scene = answered(journey)
    (second, later), (first, sooner) = scene.promised
    scene.reply.promises.update(due_on=later.replace(year=later.year + 1))

    said = lines(paper("reply", scene.reply.pk, cast.clerk))

    assert said[-3:] == [
        "承诺事项及完成时限如下：",
        f"1. {first}（{zh_date(sooner)}前完成）",
        f"2. {second}（{zh_date(later)}前完成）",
    ]


def test_the_annexes_are_each_opinion_and_the_questionnaire(cast: SimpleNamespace, journey: Journey) -> None:
    letter = paper("reply", answered(journey).reply.pk, cast.clerk)
    opinions, asked = letter.annexes

    assert letter.annex_note == ("附件：1. 会办单位意见", "2. 群众意见办理情况征询意见表")
    assert (opinions.label, asked.label) == ("附件1", "附件2")
    assert [block.text for block in opinions.blocks] == [
        "测试城管局", "经现场核查，共有地锁六处。", "一、处理意见", "我局将依法拆除，物业电话024-****3333。",
        opinions.blocks[4].text, "测试交警大队", "该单位未在期限内提出会办意见。",
    ]  # fmt: skip
    assert opinions.blocks[4].text.endswith("提出）")


def test_the_questionnaire_asks_twice_in_three_levels_and_goes_back_to_the_venue(
    cast: SimpleNamespace, journey: Journey
) -> None:
    cast.station.address = "示例路12号"
    cast.station.save()
    scene = answered(journey)
    asked = paper("reply", scene.reply.pk, cast.clerk).annexes[-1]
    form = {field.label: field.text for row in asked.blocks[0].rows for field in row.fields}

    assert (form["编号"], form["答复单位"]) == (scene.case.number, "测试住建局")
    assert form["办理态度和过程"] == form["办理结果"] == "□ 满意　　□ 基本满意　　□ 不满意"
    told = zh_date(scene.case.clocks.get(kind="RATING").due_on)
    assert asked.blocks[-1].text == (
        f"请于{told}前填好交回甲社区代表联络站（示例路12号、024-00000001），"
        f"也可以凭编号和查询码在网上评价：{TRACK}"
    )


def test_without_a_venue_the_questionnaire_goes_back_to_the_office(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted(community=None, place_unknown=True)
    act("accept", case, cast.clerk, category=cast.category, level="L2")
    journey.release(journey.assigned(case))

    asked = paper("reply", case.replies.get().pk, cast.clerk).annexes[-1]

    assert "交回沈河区人大常委会代表工作委员会，也可以" in asked.blocks[-1].text


def test_a_draft_is_marked_and_has_neither_number_nor_date_nor_questionnaire(
    cast: SimpleNamespace, journey: Journey
) -> None:
    HandlingUnit.objects.filter(pk=cast.unit.pk).update(document_mark="沈河民建")
    draft = paper("reply", worked_on(journey).reply.pk, cast.officer, office=False)

    assert (draft.left_mark, draft.right_mark) == ("草稿", "类别：B")
    assert (draft.sender, draft.number, draft.signature.date) == ("", "", "　　年　　月　　日")
    assert [annex.title for annex in draft.annexes] == ["会办单位意见"]
    assert "草稿" in draft.name


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("您好，已增设车位。", ["居民朋友：", "您好，已增设车位。"]),
        ("已增设车位。", ["居民朋友：", "您好。", "已增设车位。"]),
        ("李女士：\n您好，已增设车位。", ["李女士：", "您好，已增设车位。"]),
        ("李女士：\n已增设车位。\n\n测试住建局\n2026年11月20日", ["李女士：", "已增设车位。"]),
    ],
)
def test_greeting_and_signature_of_the_writer_are_not_set_twice(
    cast: SimpleNamespace, journey: Journey, text: str, begins: list[str]
) -> None:
    case = journey.replied()
    Reply.objects.update(text=text)

    letter = paper("reply", case.replies.get().pk, cast.clerk)

    assert lines(letter) == begins
    assert letter.blocks[0] == Paragraph(begins[0], flush=True)


def test_whoever_answers_at_once_signs(cast: SimpleNamespace, journey: Journey) -> None:
    OfficeSetting.objects.create(phone="024-24843000")
    by_venue = boxed(journey)
    by_office = journey.accepted()
    act("answer_direct", by_office, cast.clerk, reply="您好，已在公示栏公布。")

    venue, office = (paper("reply", case.replies.get().pk, cast.clerk) for case in (by_venue, by_office))

    assert (venue.signature.who, venue.contact) == ("甲社区代表联络站", "（联系电话：024-00000001）")
    assert (office.signature.who, office.contact, office.copies) == (
        "沈河区人大常委会代表工作委员会", "（联系电话：024-24843000）", "",
    )  # fmt: skip
    assert (venue.right_mark, office.right_mark) == ("", "")


def test_a_second_answer_by_somebody_else_leaves_the_first_signature(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    act("answer_direct", case, cast.liaison, reply="您好，已协调物业。")
    act("rate_bad_direct", case, cast.resident, reason="没有解决", process="BASIC")
    act("answer_direct", case, cast.clerk, reply="您好，已由区里协调。")
    first, second = case.replies.order_by("pk")

    signed = [paper("reply", reply.pk, cast.clerk).signature.who for reply in (first, second)]

    assert signed == ["甲社区代表联络站", "沈河区人大常委会代表工作委员会"]


def test_a_coordinator_office_gets_a_copy(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.accepted()
    journey.assigned(case, Target(kind="COORDINATOR", unit=cast.office))
    row = case.assignments.get()
    act("sign", row, cast.coordinator)
    act("dispatch", row, cast.coordinator, due=row.unit_due, assignments=[Target(unit=cast.unit)])
    journey.release(case)

    letter = paper("reply", case.replies.get().pk, cast.clerk)

    assert letter.copies == "抄送：沈河区人大常委会代表工作委员会，测试区政府办公室。"


def test_a_joined_case_prints_its_own_number(cast: SimpleNamespace, journey: Journey) -> None:
    lead, joined = journey.handling(), journey.accepted(title="车位太少")
    act("merge", joined, cast.clerk, lead=lead)
    journey.release(lead)

    letter = paper("reply", joined.replies.get().pk, cast.clerk)

    assert letter.title == f"关于第{joined.number}号群众意见的答复"
    form = {field.label: field.text for row in letter.annexes[0].blocks[0].rows for field in row.fields}
    assert (form["编号"], form["标题"]) == (joined.number, "车位太少")
    assert fields(letter) == {}
    assert lead.number not in text_of(letter)
