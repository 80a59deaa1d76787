"""Giving a case to somebody: one lead with help, several separately, or a coordinator office; until when."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import zh_date
from suggestions import clocks
from suggestions.models import Assignment, ReplyTemplate, Suggestion
from tests.conftest import Journey, act

from .pages import do_url, open_page, press, text_of


@pytest.fixture
def case(journey: Journey) -> Suggestion:
    return journey.accepted()


def due() -> str:
    return str(clock.today() + timedelta(days=10))


def rows(case: Suggestion) -> set[tuple[str, str]]:
    return {(str(row.assignee), row.kind) for row in Assignment.objects.filter(suggestion=case)}


def test_the_three_ways_are_explained_and_the_units_can_be_ticked(
    cast: SimpleNamespace, case: Suggestion, login: Callable
) -> None:
    page = open_page(login(cast.clerk), do_url(case, "assign"))

    words = text_of(page)
    for part in (
        "一个单位主办，其他单位会办",
        "各单位分别办理、分别答复",
        "交协调办公室分办",
        "测试区政府办公室",
    ):
        assert part in words
    boxes = page[page.index('id="unit-boxes"') :]
    assert re.findall(r'type="checkbox" name="others"', boxes[: boxes.index("</fieldset>")])
    # Nothing is hidden without the script but the box that only it can use.
    assert re.findall(r"<div[^>]* hidden", page[page.index("<main") :]) == ["<div data-narrowing hidden"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"way": "LEAD", "unit": "unit"}, {("测试住建局", "LEAD")}),
        (
            {"way": "LEAD", "unit": "unit", "others": ["other_unit", "third_unit"]},
            {("测试住建局", "LEAD"), ("测试城管局", "ASSISTING"), ("测试交警大队", "ASSISTING")},
        ),
        (
            {"way": "LEAD", "venue": "station", "others": ["other_unit"]},
            {("甲社区代表联络站", "LEAD"), ("测试城管局", "ASSISTING")},
        ),
        (
            {"way": "SEPARATE", "unit": "unit", "others": ["other_unit"]},
            {("测试住建局", "SEPARATE"), ("测试城管局", "SEPARATE")},
        ),
        (
            {"way": "SEPARATE", "others": ["unit", "other_unit"]},
            {("测试住建局", "SEPARATE"), ("测试城管局", "SEPARATE")},
        ),
        # What does not belong to the way is not looked at.
        (
            {"way": "COORDINATOR", "unit": "unit", "coordinator": "office"},
            {("测试区政府办公室", "COORDINATOR")},
        ),
        ({"way": "LEAD", "unit": "unit", "coordinator": "office"}, {("测试住建局", "LEAD")}),
    ],
)
def test_each_way_gives_the_case_to_whom_it_names(
    cast: SimpleNamespace, case: Suggestion, login: Callable, fields: dict, expected: set
) -> None:
    given = {
        name: [str(getattr(cast, each).pk) for each in value] if isinstance(value, list)
        else str(getattr(cast, value).pk) if hasattr(cast, value) else value
        for name, value in fields.items()
    }  # fmt: skip

    response = press(login(cast.clerk), case, "assign", due=due(), **given)

    assert response.status_code == 302, text_of(response.content.decode())
    assert rows(case) == expected


@pytest.mark.parametrize(
    "fields",
    [{"way": "LEAD"}, {"way": "SEPARATE", "unit": "unit"}, {"way": "COORDINATOR"},
     {"way": "LEAD", "unit": "unit", "others": "unit"}, {"way": "SOMEHOW", "unit": "unit"}],
)  # fmt: skip
def test_a_wrong_mixture_is_told_beside_the_fields_and_keeps_what_was_typed(
    cast: SimpleNamespace, case: Suggestion, login: Callable, fields: dict
) -> None:
    given = {
        name: str(getattr(cast, value).pk) if hasattr(cast, value) else value
        for name, value in fields.items()
    }

    response = press(login(cast.clerk), case, "assign", due=due(), instructions="请先联系反映人", **given)

    html = response.content.decode()
    assert response.status_code == 200
    assert re.search(r'href="#id_(unit|way)"', html)
    assert "请先联系反映人</textarea>" in html
    assert rows(case) == set()


def test_the_last_day_is_named_and_why(cast: SimpleNamespace, case: Suggestion, login: Callable) -> None:
    client = login(cast.clerk)
    last = clocks.last_to_assign(case, clock.today())
    page = open_page(client, do_url(case, "assign"))
    with translation.override("zh-hans"):
        assert f"不得晚于{zh_date(last)}，这是规定的最长期限。" in text_of(page)
    assert f'max="{last}"' in page

    press(client, case, "assign", unit=str(cast.unit.pk), due=due())
    act("take_back", case, cast.clerk, reason="交办有误")
    told = clocks.reply_due(case)
    with translation.override("zh-hans"):
        words = text_of(open_page(client, do_url(case, "assign")))
        assert f"不得晚于{zh_date(told)}，这是已告知群众的日期。" in words


def test_a_day_too_late_is_told_beside_the_date(
    cast: SimpleNamespace, case: Suggestion, login: Callable
) -> None:
    late = clocks.last_to_assign(case, clock.today()) + timedelta(days=1)

    page = press(login(cast.clerk), case, "assign", unit=str(cast.unit.pk), due=str(late)).content.decode()

    assert 'id="id_due_error"' in page
    assert rows(case) == set()


def test_a_ready_text_is_offered_once_and_goes_into_the_instructions(
    cast: SimpleNamespace, case: Suggestion, login: Callable
) -> None:
    ready, client = ReplyTemplate.objects.get(use="assign"), login(cast.clerk)

    offer = open_page(client, do_url(case, "assign"))
    begun = open_page(client, f"{do_url(case, 'assign')}?template={ready.pk}")

    assert len(re.findall(rf">{ready.name}<", offer)) == 1
    assert f"{ready.text}</textarea>" in begun


def test_the_usual_unit_of_the_category_is_offered_first(
    cast: SimpleNamespace, case: Suggestion, login: Callable
) -> None:
    cast.category.usual_unit = cast.third_unit
    cast.category.save()

    page = open_page(login(cast.clerk), do_url(case, "assign"))

    assert f'<option value="{cast.third_unit.pk}" selected>' in page
