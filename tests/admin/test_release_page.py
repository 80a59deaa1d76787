"""Releasing a reply: the whole letter, class, promises and opinions; publicity; why it cannot go out yet."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from congress_portal.common import clock
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Assignment, Promise
from tests.conftest import Journey, act

from .pages import buttons, case_url, do_url, open_page, press, text_of

ASSISTING = AssignmentKind.ASSISTING


def signed(
    cast: SimpleNamespace, journey: Journey, *helpers: Target, klass: str = "B", promise: bool = True
) -> Assignment:
    """Signed off by the unit, waiting for the congress."""
    case = journey.assigned(journey.accepted(), Target(unit=cast.unit), *helpers)
    row = case.assignments.get(unit=cast.unit)
    act("sign", row, cast.officer)
    promises = [("划好车位", clock.today() + timedelta(days=40))] if promise else []
    act("draft", row, cast.officer, text="您好，正在划线。", answer_class=klass, promises=promises)
    return act("sign_off", row, cast.unitlead)


@pytest.fixture
def helper(cast: SimpleNamespace) -> Target:
    return Target(kind=ASSISTING, unit=cast.other_unit)


def test_the_letter_is_read_whole(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    row = signed(cast, journey)

    words = text_of(open_page(login(cast.reviewer), do_url(row, "release")))

    for part in (
        "关于“小区停车难”的答复", "您好，正在划线。", "结果：正在解决，或者已列入计划", "划好车位",
        "拟稿 测试officer", "签发 测试unitlead", "主动公开", "依申请公开", "不予公开",
    ):  # fmt: skip
        assert part in words, part


def test_while_an_opinion_is_missing_the_page_says_why_it_cannot_go_out(
    cast: SimpleNamespace, journey: Journey, login: Callable, helper: Target
) -> None:
    row, client = signed(cast, journey, helper), login(cast.reviewer)

    page = open_page(client, case_url(row.suggestion))
    assert "release" not in buttons(page)
    assert "审核发出：还有会办单位没有办完。" in text_of(page)
    assert "尚缺会办意见：测试城管局" in text_of(page)

    response = client.get(do_url(row, "release"), follow=True)
    assert response.redirect_chain == [(case_url(row.suggestion), 302)]
    assert "还有会办单位没有办完" in response.content.decode()
    assert press(client, row, "release", publicity="OPEN").status_code == 409
    row.refresh_from_db()
    assert row.state == "SIGNED"


def test_the_opinion_stands_below_the_letter_and_the_released_reply(
    cast: SimpleNamespace, journey: Journey, login: Callable, helper: Target
) -> None:
    row, client = signed(cast, journey, helper), login(cast.reviewer)
    other = row.suggestion.assignments.get(kind=ASSISTING)
    act("sign", other, cast.other_officer)
    act("give_opinion", other, cast.other_officer, text="同意划线方案。")
    assert "同意划线方案。" in text_of(open_page(client, do_url(row, "release")))

    press(client, row, "release", publicity="OPEN")

    page = open_page(client, case_url(row.suggestion))
    assert page.index("您好，正在划线。") < page.rindex("同意划线方案。")
    desk = login(cast.liaison).get(f"/desk/{row.suggestion.number}/").content.decode()
    assert "同意划线方案。" in desk


def test_an_opinion_marked_as_overdue_no_longer_holds_the_reply(
    cast: SimpleNamespace, journey: Journey, login: Callable, helper: Target
) -> None:
    row = signed(cast, journey, helper)
    other = row.suggestion.assignments.get(kind=ASSISTING)
    client = login(cast.clerk)
    assert "mark_missed" not in buttons(open_page(client, case_url(row.suggestion)))

    with clock.frozen(clock.now() + timedelta(days=30)):
        assert row.suggestion.number in open_page(client, "/admin/suggestions/suggestion/?queue=opinions")
        press(client, other, "mark_missed")
        assert row.suggestion.number not in open_page(client, "/admin/suggestions/suggestion/?queue=opinions")
        assert "release" in buttons(open_page(login(cast.reviewer), case_url(row.suggestion)))


def test_the_class_can_be_corrected_and_the_promises_decide_how_far(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client = login(cast.reviewer)
    row = signed(cast, journey, klass="A", promise=False)
    page = open_page(client, do_url(row, "release"))
    assert 'value="A" id="id_answer_class_0" checked' in page.replace(" required", "")
    assert "如与答复内容不符，可在这里更正。" in text_of(page)

    refused = press(client, row, "release", publicity="OPEN", answer_class="C")
    assert refused.status_code == 200
    assert "这一类答复需要写明承诺事项和完成日期" in text_of(refused.content.decode())

    promised = signed(cast, journey)
    press(client, promised, "release", publicity="OPEN", answer_class="C")
    reply = promised.replies.get()
    assert (reply.answer_class, reply.class_label) == ("C", "受条件限制近期不能解决")
    assert Promise.objects.filter(assignment=promised).count() == 1


def test_what_is_not_open_needs_a_reason_which_then_stands_below_the_reply(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row, client = signed(cast, journey), login(cast.reviewer)
    assert (
        'id="id_publicity_reason_error"' in press(client, row, "release", publicity="CLOSED").content.decode()
    )

    press(client, row, "release", publicity="CLOSED", publicity_reason="涉及个别住户")

    words = text_of(open_page(client, case_url(row.suggestion)))
    assert "B 正在解决或者列入计划解决 · 不予公开 · 涉及个别住户" in words


def test_how_many_people_will_read_it_is_said(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = signed(cast, journey)
    assert "位反映人" not in text_of(open_page(login(cast.reviewer), do_url(row, "release")))
    for _ in range(2):
        act("merge", journey.submitted(), cast.clerk, lead=row.suggestion)

    words = text_of(open_page(login(cast.reviewer), do_url(row, "release")))

    assert "这份答复将由 3 位反映人" in words
