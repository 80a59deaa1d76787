"""会办意见, 督办函 and 张贴件: what they say, and what they do not."""

from types import SimpleNamespace

import pytest
from django.http import Http404

from congress_portal.common.clock import local_date
from congress_portal.common.templatetags.portal import zh_date
from suggestions.models import HandlingUnit, OfficeSetting, SubmitterContact
from suggestions.papers.shapes import Heading
from tests.conftest import Journey, act

from .scenes import OPINION, PHONE, URGED, boxed, fields, paper, submit_at_venue, text_of, worked_on


def test_the_opinion_is_addressed_to_the_lead(cast: SimpleNamespace, journey: Journey) -> None:
    HandlingUnit.objects.filter(pk=cast.other_unit.pk).update(phone="024-22345679")
    scene = worked_on(journey)

    letter = paper("opinion", scene.opinion.pk, cast.other_officer, office=False)

    number = scene.case.number
    assert letter.title == f"关于第{number}号群众意见的会办意见"
    assert [block.text for block in letter.blocks] == [
        "测试住建局：", f"你单位主办的第{number}号群众意见（“小区停车难”）收悉。经研究，现提出会办意见如下。",
        *OPINION.split("\n"),
    ]  # fmt: skip
    assert [block.text for block in letter.blocks if isinstance(block, Heading)] == ["一、处理意见"]
    assert (letter.signature.who, letter.signature.date) == ("测试城管局", zh_date(scene.opinion.given_at))
    assert (letter.contact, letter.copies) == (
        "（联系电话：024-22345679）", "抄送：沈河区人大常委会代表工作委员会。",
    )  # fmt: skip


def test_the_lead_reads_an_opinion_without_numbers_it_may_not_see(
    cast: SimpleNamespace, journey: Journey
) -> None:
    scene = worked_on(journey)

    text = text_of(paper("opinion", scene.opinion.pk, cast.officer, office=False))

    assert "024-22223333" not in text
    assert "024-****3333" in text


def test_the_letter_of_supervision_has_head_number_matter_and_day(
    cast: SimpleNamespace, journey: Journey
) -> None:
    OfficeSetting.objects.create(phone="024-24843000", document_mark="沈河人大督")
    scene = worked_on(journey)

    letter = paper("letter", scene.letter.pk, cast.clerk)

    number, given = scene.case.number, zh_date(scene.lead.issued_at)
    said = [block.text for block in letter.blocks]
    assert letter.title == f"关于督办第{number}号群众意见的函"
    assert (letter.sender, letter.number) == (
        "沈河区人大常委会代表工作委员会", f"沈河人大督〔{local_date(scene.letter.issued_at).year}〕1号",
    )  # fmt: skip
    assert said[0] == "测试住建局："
    assert said[1] == (
        f"第{number}号群众意见（“小区停车难”，{zh_date(scene.case.received_at)}收到）"
        f"已于{given}交你单位办理。现将督办事项函告如下。"
    )
    assert said[2].startswith(URGED)
    assert said[-1] == f"请你单位抓紧办理，并于{zh_date(scene.letter.reply_by)}前将办理情况书面反馈我委。"
    assert letter.signature.who == letter.sender
    assert letter.contact == "（联系人：测试head，联系电话：024-24843000）"
    assert PHONE not in text_of(letter)


def test_a_letter_printed_after_the_date_was_moved_reads_the_same(
    cast: SimpleNamespace, journey: Journey
) -> None:
    scene = worked_on(journey)
    before = paper("letter", scene.letter.pk, cast.clerk)
    act("redate", scene.case, cast.clerk, due=scene.letter.reply_by, reason="提前办结")

    assert paper("letter", scene.letter.pk, cast.clerk) == before


def test_the_notice_for_the_wall_names_nothing_finer_than_the_community(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = boxed(
        journey, community=cast.community, place="3号楼2单元501", title=f"楼道灯坏了 {PHONE}",
        text="张三家门口的灯坏了。",
    )  # fmt: skip

    notice = paper("posting", case.pk, cast.liaison, office=False)

    assert fields(notice) == {
        "编号": case.number, "收到日期": zh_date(case.received_at), "地点": "测试街道甲社区",
        "标题": "楼道灯坏了 139****0001",
    }  # fmt: skip
    assert [block.text for block in notice.blocks[1:]] == [
        "甲社区代表联络站答复", "您好，楼道灯已更换，值班电话138****1234。",
        f"（{zh_date(case.replied_at)}答复）",
        "对答复有疑问，欢迎到甲社区代表联络站咨询。（联系电话：024-00000001）",
    ]  # fmt: skip
    for hidden in ("501", PHONE, "张三", "13812341234"):
        assert hidden not in text_of(notice)


def test_a_corrected_reply_is_posted_in_its_new_wording_only(cast: SimpleNamespace, journey: Journey) -> None:
    case = boxed(journey)
    act("correct_reply", case, cast.reviewer, reply="您好，楼道灯将于下周更换。", reason="更正时间")

    said = text_of(paper("posting", case.pk, cast.clerk))

    assert "楼道灯将于下周更换" in said
    assert "楼道灯已更换" not in said


@pytest.mark.parametrize("what", ["signed", "not replied", "not from the box"])
def test_nothing_is_posted_about_whoever_can_be_told(
    cast: SimpleNamespace, journey: Journey, what: str
) -> None:
    if what == "not replied":
        case = submit_at_venue(journey, channel="BOX", name="", phone="")
    else:
        case = boxed(journey, **({"channel": "LETTER"} if what == "not from the box" else {}))
    if what == "signed":
        SubmitterContact.objects.update(phone=PHONE)

    with pytest.raises(Http404):
        paper("posting", case.pk, cast.clerk)
