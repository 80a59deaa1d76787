"""The reply editor: points beside answers, classes explained, promises, opinions, a look at the letter."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from congress_portal.common import clock
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Assignment, ReplyTemplate
from tests.conftest import Journey, act

from .pages import do_url, form_page, press, text_of

POINTS = ["划出消防通道", "增设停车位"]


def in_hand(cast: SimpleNamespace, journey: Journey, points: list[str] | None = None) -> Assignment:
    case = act(
        "accept", journey.submitted(), cast.clerk, category=cast.category, level="L2", points=points or []
    )
    row = journey.assigned(case).assignments.get()
    return act("sign", row, cast.officer)


@pytest.fixture
def row(cast: SimpleNamespace, journey: Journey) -> Assignment:
    return in_hand(cast, journey, POINTS)


def now(row: Assignment) -> str:
    return Assignment.objects.get(pk=row.pk).state


def in_days(count: int) -> str:
    return str(clock.today() + timedelta(days=count))


ANSWERED = {"text": "您好，现答复如下。", "answer_1": "已经划线。", "answer_2": "增设三十个。"}


def test_every_point_stands_numbered_above_its_answer(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    page = form_page(login(cast.officer), row, "draft")

    for number, point in enumerate(POINTS, 1):
        assert re.search(rf'for="id_answer_{number}">\s*{number}\. {point}', page)


def test_an_answer_that_is_missing_is_named_and_the_rest_is_kept(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    page = press(login(cast.officer), row, "draft", **ANSWERED | {"answer_2": "", "answer_class": "A"})

    html = page.content.decode()
    assert (page.status_code, now(row)) == (200, "IN_HAND")
    assert 'href="#id_answer_2"' in html
    assert "已经划线。" in html


def test_the_letter_is_made_of_the_opening_and_the_answers(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    press(login(cast.officer), row, "draft", **ANSWERED, answer_class="A")

    reply = row.replies.get()
    assert reply.text == "您好，现答复如下。\n\n一、划出消防通道\n已经划线。\n\n二、增设停车位\n增设三十个。"


def test_a_draft_that_was_sent_back_comes_back_point_by_point(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    press(login(cast.officer), row, "draft", **ANSWERED, answer_class="A")
    act("send_back", row, cast.unitlead, reason="请写明期限")

    page = form_page(login(cast.officer), row, "draft")

    def typed(name: str) -> str:
        found = re.search(rf'<textarea name="{name}"[^>]*>\s*([^<]*)</textarea>', page)
        assert found
        return found[1].strip()

    assert {name: typed(name) for name in ANSWERED} == ANSWERED


def test_each_class_says_what_it_means_and_which_needs_a_promise(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    words = text_of(form_page(login(cast.officer), row, "draft"))

    assert "A 已解决或者基本解决（群众看到：已经解决或者基本解决） " in words
    assert "B 正在解决或者列入计划解决（群众看到：正在解决，或者已列入计划） · 须写明承诺和期限" in words
    assert "留作参考" not in words


def test_class_b_without_a_promise_is_refused_beside_the_promises(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    page = press(login(cast.officer), row, "draft", **ANSWERED, answer_class="B")

    assert 'id="id_promise_1_error"' in page.content.decode()
    assert now(row) == "IN_HAND"


def test_ten_promises_fit_without_a_script(cast: SimpleNamespace, row: Assignment, login: Callable) -> None:
    page = form_page(login(cast.officer), row, "draft")
    assert 'name="promise_10_day"' in page
    assert page.index('name="promise_3"') < page.index("更多承诺") < page.index('name="promise_4"')
    made = {f"promise_{place}": f"完成第{place}项" for place in range(1, 11)}
    days = {f"promise_{place}_day": in_days(place) for place in range(1, 11)}

    press(login(cast.officer), row, "draft", **ANSWERED, **made, **days, answer_class="B")

    assert [promise["due"] for promise in row.replies.get().promised] == [in_days(n) for n in range(1, 11)]


@pytest.mark.parametrize(
    ("fields", "beside"),
    [
        ({"promise_2": "划好车位"}, "promise_2_day"),
        ({"promise_2_day": "2099-01-01"}, "promise_2"),
        ({"promise_2": "划好车位", "promise_2_day": "2020-01-01"}, "promise_2_day"),
        ({"promise_2": "划好车位", "promise_2_day": "someday"}, "promise_2_day"),
    ],
)
def test_half_a_promise_is_told_in_its_own_line(
    cast: SimpleNamespace, row: Assignment, login: Callable, fields: dict[str, str], beside: str
) -> None:
    page = press(login(cast.officer), row, "draft", **ANSWERED, **fields, answer_class="A").content.decode()

    assert f'id="id_{beside}_error"' in page
    assert 'id="id_promise_1_error"' not in page
    assert now(row) == "IN_HAND"


def test_looking_at_the_letter_sends_nothing_and_asks_for_nothing(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    page = press(
        login(cast.officer), row, "draft", text="您好。", answer_1="已经划线。", answer_class="B", show="1",
        promise_1="划好车位", promise_1_day=in_days(9),
    )  # fmt: skip

    html = page.content.decode()
    letter = text_of(html[html.index("<main") : html.index('<form class="form"')] + "</main>")
    assert (page.status_code, now(row), row.replies.count()) == (200, "IN_HAND", 0)
    for words in ("群众将看到的样子", "结果：正在解决，或者已列入计划", "一、划出消防通道", "已经划线。",
                  "（尚未答复）", "划好车位", "测试住建局"):  # fmt: skip
        assert words in letter
    assert 'class="error-summary"' not in html
    assert "已经划线。</textarea>" in html


def test_a_look_does_not_hide_what_is_really_wrong(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    page = press(login(cast.officer), row, "draft", text="字" * 5001, show="1").content.decode()

    assert 'href="#id_text"' in page
    assert 'href="#id_answer_1"' not in page


def test_a_ready_text_is_offered_once_and_begins_the_letter(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    ready, client = ReplyTemplate.objects.get(use="draft"), login(cast.officer)

    offer = form_page(client, row, "draft")
    begun = client.get(do_url(row, "draft"), {"template": ready.pk}).content.decode()

    assert len(re.findall(rf">{ready.name}<", offer)) == 1
    assert f"{ready.text}</textarea>" in begun


def test_enter_in_a_field_sends_the_reply_and_fetches_no_ready_text(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    page = form_page(login(cast.officer), row, "draft")

    # The first button of a form is what Enter presses.
    form = page[page.index("data-guard") :]
    first = re.search(r"<button[^>]*>", form)
    assert first is not None
    assert "name=" not in first[0]


@pytest.mark.parametrize("key", ["", "x", "²", "\x00", "99999999999999999999999"])
def test_a_ready_text_nobody_offers_changes_nothing(
    cast: SimpleNamespace, row: Assignment, login: Callable, key: str
) -> None:
    page = login(cast.officer).get(do_url(row, "draft"), {"template": key})

    assert page.status_code == 200
    assert re.search(r'<textarea[^>]*id="id_text"[^>]*>\s*</textarea>', page.content.decode())


def test_ready_texts_of_another_category_are_not_offered(
    cast: SimpleNamespace, row: Assignment, login: Callable
) -> None:
    ReplyTemplate.objects.create(use="draft", name="供暖专用", text="供暖", category=cast.other_category)
    ReplyTemplate.objects.create(use="draft", name="停车专用", text="停车", category=cast.category)

    page = form_page(login(cast.officer), row, "draft")

    assert "停车专用" in page
    assert "供暖专用" not in page


def test_the_lead_has_the_opinions_beside_the_text(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.assigned(
        journey.accepted(),
        Target(unit=cast.unit),
        Target(kind=AssignmentKind.ASSISTING, unit=cast.other_unit),
        Target(kind=AssignmentKind.ASSISTING, unit=cast.third_unit),
    )
    helper, lead = case.assignments.get(unit=cast.other_unit), case.assignments.get(unit=cast.unit)
    act("sign", lead, cast.officer)
    act("sign", helper, cast.other_officer)
    act("give_opinion", helper, cast.other_officer, text="同意划线方案。")

    words = text_of(form_page(login(cast.officer), lead, "draft"))

    assert "同意划线方案。" in words
    assert "测试交警大队 尚未提交" in words


def test_a_second_draft_begins_with_what_is_not_right_yet(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="车位没有增加", process="BASIC")
    row = case.assignments.get(round=2)
    act("sign", row, cast.officer)

    assert "车位没有增加" in text_of(form_page(login(cast.officer), row, "draft"))


def test_a_venue_writes_without_class_and_promises(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.assigned(journey.accepted(), Target(venue=cast.station))
    row = case.assignments.get()
    act("sign", row, cast.deputy)

    page = form_page(login(cast.deputy), row, "draft")

    assert "answer_class" not in page
    assert "promise_1" not in page
    shown = press(login(cast.deputy), row, "draft", text="已与物业协调。", show="1").content.decode()
    assert "甲社区代表联络站" in text_of(shown)
