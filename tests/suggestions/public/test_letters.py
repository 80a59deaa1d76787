"""Replies as letters: point by point, with the class in plain words, and what units that helped have said."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from suggestions import letters, tracking
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Reply, ReplyClass
from tests.conftest import Journey, act

from . import replies
from .conftest import text_of

pytestmark = pytest.mark.django_db
ASSISTING = AssignmentKind.ASSISTING


def letter_of(case: Any) -> letters.Letter:
    (letter,), _earlier = letters.letters(tracking.load(case.pk))
    return letter


def test_each_point_is_a_heading_with_its_answer(
    cast: SimpleNamespace, holding: Callable[[Any], Client]
) -> None:
    case = replies.with_points(cast)
    replies.reply(cast, case)
    letter = letter_of(case)
    assert letter.text == replies.OPENING
    assert [(point.heading, point.text) for point in letter.points] == [
        ("一、小区车位不够", replies.ANSWERS[0]),
        ("二、消防通道被占用", replies.ANSWERS[1]),
    ]
    html = text_of(holding(case).get(case.get_absolute_url()))
    assert html.count('class="point"') == 2
    assert "<p>物业每天巡查。</p>" in html


def test_points_put_differently_later_leave_the_letter_as_it_was(cast: SimpleNamespace) -> None:
    case = replies.with_points(cast)
    replies.reply(cast, case)
    act(
        "reclassify",
        case,
        cast.clerk,
        category=cast.category,
        level="L2",
        reason="合并",
        points=["一", "二", "三"],
    )
    assert [point.heading for point in letter_of(case).points] == ["一、小区车位不够", "二、消防通道被占用"]


def test_a_letter_that_does_not_fit_its_answers_is_shown_whole() -> None:
    for text in ("别的话", "开头\n\n二、甲\n答", "开头\n\n一、甲\n别的", "开头\n\n一、甲\n答\n\n多余的话"):
        assert letters.answered(Reply(text=text, opening="开头", answers=["答"])) == (text, [])
    whole = Reply(text="开头\n\n一、甲\n答", opening="开头", answers=["答"])
    assert letters.answered(whole) == ("开头", [letters.Answer("一、甲", "答")])


def test_a_corrected_letter_is_shown_as_it_was_written(cast: SimpleNamespace) -> None:
    case = replies.with_points(cast)
    replies.reply(cast, case)
    act("correct_reply", case, cast.reviewer, reply="更正：共三十二个车位。", reason="数字有误")
    letter = letter_of(case)
    assert (letter.text, letter.points, letter.corrected) == ("更正：共三十二个车位。", [], True)


def test_the_class_is_told_in_the_words_for_residents(cast: SimpleNamespace, journey: Journey) -> None:
    ReplyClass.objects.filter(code="A").update(plain="这件事已经办好")
    case = journey.replied()
    assert letter_of(case).result == "这件事已经办好"
    ReplyClass.objects.filter(code="A").delete()
    assert letter_of(case).result == letters.ANSWER_CLASSES["A"]  # type: ignore[index]


def test_a_letter_carries_its_number(cast: SimpleNamespace, journey: Journey) -> None:
    cast.unit.document_mark = "沈河民建"
    cast.unit.save()
    assert letter_of(journey.replied()).number.startswith("沈河民建〔")


def test_what_the_units_that_helped_said_stands_below_the_letter(cast: SimpleNamespace) -> None:
    helpers = [Target(kind=ASSISTING, unit=unit) for unit in (cast.other_unit, cast.third_unit)]
    case = replies.with_points(cast, Target(unit=cast.unit), *helpers)
    replies.draft(cast, case)
    row = case.assignments.get(unit=cast.other_unit)
    act("sign", row, cast.other_officer)
    act("give_opinion", row, cast.other_officer, text="同意在西侧空地划线。")
    late = case.assignments.get(unit=cast.third_unit)
    late.unit_due = replies.in_days(-1)
    late.save(update_fields=["unit_due"])
    act("mark_missed", late, cast.clerk)
    lead = case.assignments.get(kind=AssignmentKind.LEAD)
    act("sign_off", lead, cast.unitlead)
    act("release", lead, cast.reviewer, publicity="OPEN")
    assert [(opinion.who, opinion.text) for opinion in letter_of(case).opinions] == [
        ("测试城管局", "同意在西侧空地划线。"),
        ("测试交警大队", ""),
    ]


def test_what_another_case_was_helped_with_stays_there(cast: SimpleNamespace, journey: Journey) -> None:
    helper = Target(kind=ASSISTING, unit=cast.other_unit)
    other = journey.assigned(journey.accepted(), Target(unit=cast.unit), helper)
    row = other.assignments.get(kind=ASSISTING)
    act("sign", row, cast.other_officer)
    act("give_opinion", row, cast.other_officer, text="别的案件的意见")
    case = journey.replied()
    assert letter_of(case).opinions == []


def test_who_joined_reads_the_same_letter_point_by_point(cast: SimpleNamespace, journey: Journey) -> None:
    lead = replies.with_points(cast)
    case = journey.submitted()
    act("merge", case, cast.clerk, lead=lead)
    replies.reply(cast, lead)
    assert letter_of(case).points == letter_of(lead).points


def test_an_inquiry_answered_at_intake_is_signed_by_who_answered_it(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    act("answer_inquiry", case, cast.liaison, category=cast.category, reply="可以在社区申请。")
    letter = letter_of(case)
    assert (letter.signer, letter.result) == ("甲社区代表联络站", "")
