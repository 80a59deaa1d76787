"""交办单: what the unit is given, with whom, until when and why; of the resident only what it may see."""

import io
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import zh_date
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import ClockRule, OfficeSetting, Photo, Reply
from tests.conftest import Journey, act
from tests.reception.days import TODAY, on

from .scenes import PHONE, POINTS, answered, fields, given_out, paper, text_of


def test_it_says_what_was_raised_and_what_must_be_answered(cast: SimpleNamespace, journey: Journey) -> None:
    scene = given_out(journey)
    sheet = paper("assignment", scene.lead.pk, cast.clerk)
    form = fields(sheet)

    assert (sheet.title, sheet.left_fact) == ("群众意见交办单", f"编号：{scene.case.number}")
    assert sheet.right_fact == f"交办日期：{zh_date(scene.lead.issued_at)}"
    assert form["标题"] == scene.case.title
    assert form["地点"] == "测试街道甲社区3号楼"
    assert form["反映内容"].startswith("小区停车位不够，晚上消防通道也被占用。")
    assert form["需逐条答复"] == f"1. {POINTS[0]}\n2. {POINTS[1]}"
    assert form["办理要求"].startswith("请与群众见面沟通")


def test_it_names_who_leads_and_who_assists(cast: SimpleNamespace, journey: Journey) -> None:
    scene = given_out(journey)
    lead = fields(paper("assignment", scene.lead.pk, cast.clerk))
    assisting = fields(paper("assignment", scene.assisting.pk, cast.clerk))

    day = zh_date(scene.assisting.unit_due)
    assert lead["承办单位"] == "测试住建局（主办）"
    assert lead["会办单位"] == f"测试城管局（{day}前）\n测试交警大队（{day}前）"
    assert "主办单位" not in lead
    assert assisting["承办单位"] == "测试城管局（会办）"
    assert assisting["主办单位"] == f"测试住建局（{zh_date(scene.lead.unit_due)}前）"
    assert assisting["会办单位"] == f"测试交警大队（{day}前）"


def test_those_who_handle_it_separately_are_named_on_each_sheet(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    separate = [Target(kind=AssignmentKind.SEPARATE, unit=unit) for unit in (cast.unit, cast.other_unit)]
    journey.assigned(case, *separate)

    form = fields(paper("assignment", case.assignments.get(unit=cast.unit).pk, cast.clerk))

    assert form["承办单位"] == "测试住建局（分办）"
    assert form["其他分办单位"].startswith("测试城管局（")


def test_a_coordinator_office_sees_to_whom_it_gave_the_case(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.accepted()
    journey.assigned(case, Target(kind=AssignmentKind.COORDINATOR, unit=cast.office))
    row = case.assignments.get()
    act("sign", row, cast.coordinator)
    act(
        "dispatch", row, cast.coordinator, due=row.unit_due,
        assignments=[Target(unit=cast.unit), Target(kind="ASSISTING", unit=cast.other_unit)],
    )  # fmt: skip
    child = case.assignments.get(unit=cast.unit)

    form = fields(paper("assignment", row.pk, cast.clerk))
    of_child = paper("assignment", child.pk, cast.clerk)

    assert form["分办情况"].splitlines()[0] == f"主办 · 测试住建局（{zh_date(child.unit_due)}前）"
    assert form["分办情况"].splitlines()[1].startswith("会办 · 测试城管局（")
    assert fields(of_child)["交办单位"] == "测试区政府办公室\n（印章）"
    assert fields(of_child)["联系人"] == "测试coordinator"
    assert "测试区政府办公室（协调）" not in text_of(of_child)


def test_every_date_says_why_it_is_that_day(cast: SimpleNamespace, journey: Journey) -> None:
    # In a year whose days off are announced: no caution stands between the reasons.
    with clock.frozen(on(TODAY, 9)):
        scene = given_out(journey)
        given, form = zh_date(scene.lead.issued_at), fields(paper("assignment", scene.lead.pk, cast.clerk))
        opinion = fields(paper("assignment", scene.assisting.pk, cast.clerk))["会办意见期限"]

    sign, give_back = zh_date(scene.lead.sign_due), zh_date(scene.lead.return_until)
    assert form["签收期限"] == f"{sign}（从{given}起 2 个工作日，当天不算；交办后2个工作日内签收）"
    assert (
        form["退回申请期限"]
        == f"{give_back}（从{given}起 5 个工作日，当天不算；交办后5个工作日内可申请退回）"
    )
    assert (
        form["答复期限"]
        == f"{zh_date(scene.lead.unit_due)}（与告知群众的答复期限同日；{given}确定，共10个工作日，当日不计）"
    )
    assert opinion == form["答复期限"]


def test_the_rule_it_was_given_out_with_is_the_reason_whatever_it_is_now(
    cast: SimpleNamespace, journey: Journey
) -> None:
    scene = given_out(journey)
    ClockRule.objects.filter(key="SIGN").update(length=4)
    given = zh_date(scene.lead.issued_at)

    form = fields(paper("assignment", scene.lead.pk, cast.clerk))

    assert form["签收期限"].startswith(f"{zh_date(scene.lead.sign_due)}（从{given}起 2 个工作日")


def test_a_date_of_its_own_names_the_one_told(cast: SimpleNamespace, journey: Journey) -> None:
    scene = given_out(journey)
    earlier = scene.lead.sign_due
    type(scene.lead).objects.filter(pk=scene.lead.pk).update(unit_due=earlier)

    form = fields(paper("assignment", scene.lead.pk, cast.clerk))

    told = zh_date(scene.case.clocks.get(kind="REPLY").due_on)
    assert form["答复期限"] == f"{zh_date(earlier)}（由交办单位确定；答复群众的期限为{told}）"
    assert form["签收期限"].startswith(zh_date(earlier))


def test_a_venue_is_told_where_to_look(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.accepted(name="李测试")
    journey.assigned(case, Target(venue=cast.station))

    sheet = paper("assignment", case.assignments.get().pk, cast.liaison, office=False)

    assert fields(sheet)["与群众联系"] == "称呼和电话请在系统内注明原因后查看。"
    assert fields(sheet)["承办单位"] == "甲社区代表联络站（主办）"
    assert "退回申请期限" not in fields(sheet)
    assert "李测试" not in text_of(sheet)


@pytest.mark.parametrize("who", ["clerk", "head", "liaison", "officer"])
def test_without_consent_no_name_and_no_number_stand_on_the_paper_of_a_unit(
    cast: SimpleNamespace, journey: Journey, who: str
) -> None:
    scene = given_out(journey, name="李测试", title=f"停车难，电话{PHONE}", place=f"3号楼 {PHONE}")
    office = who in ("clerk", "head")

    text = text_of(paper("assignment", scene.lead.pk, getattr(cast, who), office=office))

    assert PHONE not in text
    assert "139****0001" in text
    assert "李测试" not in text
    assert "群众未同意向承办单位提供联系方式" in text


def test_with_consent_the_unit_is_told_where_to_look(cast: SimpleNamespace, journey: Journey) -> None:
    scene = given_out(journey, may_share=True, name="李测试")

    sheet = paper("assignment", scene.lead.pk, cast.clerk)

    assert PHONE in fields(sheet)["反映内容"]
    assert fields(sheet)["与群众联系"] == "群众已同意提供联系方式，请在系统内注明原因后查看。"
    # Opening the contact is written down in the portal; paper would pass it on without that.
    assert "李测试" not in text_of(sheet)


def test_whom_to_ask_is_the_person_who_assigned_it(cast: SimpleNamespace, journey: Journey) -> None:
    OfficeSetting.objects.create(phone="024-24843000")
    scene = given_out(journey)

    sheet = paper("assignment", scene.lead.pk, cast.clerk)

    assert fields(sheet)["联系人"] == "测试clerk\n024-24843000"
    assert fields(sheet)["交办单位"] == "沈河区人大常委会代表工作委员会\n（印章）"


def test_a_street_signs_what_it_assigned_itself(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.accepted()
    act("assign", case, cast.committee, assignments=[Target(unit=cast.unit)], due=journey.due())

    sheet = paper("assignment", case.assignments.get().pk, cast.clerk)

    assert fields(sheet)["交办单位"] == "测试街道人大工作委员会\n（印章）"
    assert fields(sheet)["联系人"] == "测试committee"


def test_a_resident_who_was_not_satisfied_is_not_named_as_who_gave_it(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")
    again = case.assignments.order_by("-pk").first()

    sheet = paper("assignment", again.pk, cast.clerk)

    assert again.round == 2
    assert cast.resident.name not in text_of(sheet)
    assert fields(sheet)["交办单位"] == "沈河区人大常委会代表工作委员会\n（印章）"


def test_what_is_missing_leaves_no_hole(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted(community=None, place_unknown=True, place="")
    act("move_venue", case, cast.clerk, venue=cast.station, reason="按内容")
    act("accept", case, cast.clerk, category=cast.category, level="L2")
    journey.assigned(case)

    form = fields(paper("assignment", case.assignments.get().pk, cast.clerk))

    assert (form["地点"], form["办理要求"], form["联系人"]) == ("—", "请按期办理。", "测试clerk")
    assert "需逐条答复" not in form


def test_it_counts_the_photos(cast: SimpleNamespace, journey: Journey) -> None:
    scene = given_out(journey)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG")
    for name in ("a.jpg", "b.jpg"):
        file = ContentFile(picture.getvalue(), name)
        Photo.objects.create(suggestion=scene.case, file=file, added_at=scene.case.received_at)

    form = fields(paper("assignment", scene.lead.pk, cast.clerk))

    assert form["反映内容"].endswith("\n（附照片2张，请在系统内查看）")


def test_a_unit_that_has_finished_has_no_date_any_more(cast: SimpleNamespace, journey: Journey) -> None:
    scene = answered(journey)

    form = fields(paper("assignment", scene.lead.pk, cast.clerk))

    assert form["会办单位"] == "测试城管局\n测试交警大队"
    assert Reply.objects.filter(assignment=scene.lead).count() == 1
