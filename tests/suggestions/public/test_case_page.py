"""The tracking page: what a resident reads in every state, and what nobody else does."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress_portal.common import clock
from suggestions import tracking
from suggestions.actors import SYSTEM, Actor
from suggestions.contacts import reveal
from suggestions.inputs import Target
from suggestions.models import ReplyClass, Suggestion
from tests.conftest import Journey, act, as_actor

from . import replies
from .conftest import text_of

pytestmark = pytest.mark.django_db
Holding = Callable[[Any], Client]


def page_of(client: Client, case: Suggestion) -> Any:
    response = client.get(case.get_absolute_url())
    assert response.status_code == 200
    return response


def names(response: Any) -> list[str]:
    return [url.split("/")[-2] for _page, url in response.context["actions"]]


def test_owner_and_holder_read_the_same_case(
    cast: SimpleNamespace, journey: Journey, holding: Holding, login: Callable[[Any], Client]
) -> None:
    case = journey.submitted()
    for client in (login(cast.resident), holding(case)):
        assert case.text in text_of(page_of(client, case))


@pytest.mark.parametrize("who", ["stranger", "admin", "other_liaison", "other_deputy", "other_officer"])
def test_others_are_asked_for_the_code(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client], who: str
) -> None:
    case = journey.handling()
    html = text_of(page_of(login(getattr(cast, who)), case))
    assert case.text not in html
    assert case.title not in html
    assert "甲社区" not in html


@pytest.mark.parametrize("who", ["clerk", "liaison", "deputy", "officer"])
def test_those_who_work_on_it_are_led_to_their_desk_and_read_nothing_here(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client], who: str
) -> None:
    case = journey.handling()
    page = page_of(login(getattr(cast, who)), case)
    assert page.context["desk_url"]
    assert case.text not in text_of(page)


def test_a_submitted_case(cast: SimpleNamespace, journey: Journey, holding: Holding) -> None:
    case = journey.submitted()
    page = page_of(holding(case), case)
    assert [state for _label, state in page.context["steps"]] == ["current", "todo", "todo", "todo", "todo"]
    assert "甲社区代表联络站" in page.context["now_with"]
    assert page.context["due"].on == case.due_on
    assert "3" in page.context["due"].why.rule
    assert page.context["due"].why.basis
    assert names(page) == ["add_note", "correct_contact", "set_consent", "withdraw"]


def test_a_question_stands_at_the_top_with_its_button(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    act("ask_more", case, cast.liaison, question="是哪一号楼?")
    page = page_of(holding(case), case)
    assert page.context["asks"] == "是哪一号楼?"
    assert f"{case.get_absolute_url()}supplement/" in text_of(page)


def test_a_handled_case_names_the_unit_and_never_a_person(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    act("comment", case, cast.deputy, text="内部看法不给居民看")
    row = case.assignments.get()
    act("sign", row, cast.officer)
    act("draft", row, cast.officer, text="未签发的草稿", answer_class="A")
    html = text_of(page_of(holding(case), case))
    assert "测试住建局" in html
    for hidden in (
        "内部看法",
        "未签发的草稿",
        *(f"测试{who}" for who in ("officer", "clerk", "liaison", "unitlead")),
    ):
        assert hidden not in html.replace("测试住建局", ""), hidden


def test_the_reply_is_a_letter_with_its_result_in_plain_words(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.replied()
    page = page_of(holding(case), case)
    (letter,) = page.context["letters"]
    assert (letter.text, letter.signer) == (case.replies.get().text, "测试住建局")
    assert str(letter.result) == ReplyClass.objects.get(code="A").plain
    assert page.context["rate_form"] is not None
    assert 'class="rating"' in text_of(page)


@pytest.mark.parametrize(
    ("text", "greets", "signs"),
    [
        ("已更换路灯。", True, True),
        ("您好：\n已更换路灯。", False, True),
        ("王女士：\n已更换路灯。\n测试住建局\n2026年10月1日", False, False),
    ],
)
def test_a_letter_has_one_greeting_and_one_signature(
    cast: SimpleNamespace, journey: Journey, holding: Holding, text: str, greets: bool, signs: bool
) -> None:
    case = journey.replied()
    act("correct_reply", case, cast.reviewer, reply=text, reason="格式")
    (letter,) = page_of(holding(case), case).context["letters"]
    assert (bool(letter.salutation), bool(letter.sign)) == (greets, signs)


def test_a_corrected_reply_comes_first_and_the_old_one_below(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.replied()
    act("correct_reply", case, cast.reviewer, reply="更正:增设车位二十个。", reason="数字有误")
    page = page_of(holding(case), case)
    assert [letter.text for letter in page.context["letters"]] == ["更正:增设车位二十个。"]
    assert [letter.text for letter in page.context["earlier"]] == [case.replies.first().text]


def test_a_venues_own_answer_is_signed_by_the_venue(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.accepted()
    act("answer_direct", case, cast.liaison, reply="社区已经更换路灯。")
    (letter,) = page_of(holding(case), case).context["letters"]
    assert letter.signer == "甲社区代表联络站"


def test_a_declined_case_says_why_and_where_to_go(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    act(
        "decline",
        case,
        cast.liaison,
        code=cast.decline_reason,
        text="正在诉讼中。",
        where_to_go="请拨打 12368。",
    )
    page = page_of(holding(case), case)
    assert page.context["steps"] == []
    assert (page.context["ending"].text, page.context["ending"].where) == ("正在诉讼中。", "请拨打 12368。")


def test_a_transferred_case_says_to_whom_and_how_to_reach_them(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    act("transfer", case, cast.liaison, body=cast.body, text="这属于热线办理。")
    ending = page_of(holding(case), case).context["ending"]
    assert cast.body.name in ending.title
    assert (ending.text, ending.where) == ("这属于热线办理。", cast.body.how_to_reach)


def test_a_joined_case_gives_nothing_of_the_other_one_away(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    lead = journey.accepted(text="牵头的那条意见的内容。", title="牵头意见")
    case = journey.submitted()
    act("merge", case, cast.clerk, lead=lead)
    page = page_of(holding(case), case)
    assert page.context["ending"] is not None
    assert page.context["steps"][2][1] == "current"
    for hidden in (lead.number, lead.title, lead.text):
        assert hidden not in text_of(page)


def test_a_withdrawn_and_a_lapsed_case_say_so_differently(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    withdrawn, lapsed = journey.submitted(), journey.submitted()
    act("withdraw", withdrawn, cast.resident)
    act("ask_more", lapsed, cast.liaison, question="哪一天?")
    with clock.frozen(clock.now() + timedelta(days=60)):
        act("lapse_supplement", lapsed, SYSTEM)
    titles = {page_of(holding(case), case).context["ending"].title for case in (withdrawn, lapsed)}
    assert len(titles) == 2


def test_a_concluded_case_has_all_steps_behind_it(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.closed()
    page = page_of(holding(case), case)
    assert {state for _label, state in page.context["steps"]} == {"done"}
    assert page.context["rate_form"] is None
    assert page.context["you_say"]
    assert page.context["due"] is None


def test_in_the_second_round_the_first_reply_stays_readable(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")
    page = page_of(holding(case), case)
    assert [letter.text for letter in page.context["letters"]] == [case.replies.get().text]
    assert "测试住建局" in page.context["now_with"]


def test_two_separate_replies_are_two_letters(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    from tests.conftest import SEPARATE

    case = journey.assigned(
        journey.accepted(), Target(kind=SEPARATE, unit=cast.unit), Target(kind=SEPARATE, unit=cast.other_unit)
    )
    for row, officer, leader in zip(
        case.assignments.all(),
        (cast.officer, cast.other_officer),
        (cast.unitlead, cast.other_unitlead),
        strict=True,
    ):
        act("sign", row, officer)
        act("draft", row, officer, text=f"{row.unit}的答复", answer_class="A")
        act("sign_off", row, leader)
        act("release", row, cast.reviewer, publicity="OPEN")
    page = page_of(holding(case), case)
    assert [letter.signer for letter in page.context["letters"]] == ["测试住建局", "测试城管局"]


def test_the_timeline_is_newest_first_and_says_who_got_it(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    entries = page_of(holding(case), case).context["entries"]
    assert [str(entry.what) for entry in entries] == [
        str(tracking.TELLS[action]) for action in ("assign", "accept", "submit")
    ]
    assert "测试住建局" in entries[0].text


def test_every_look_at_the_contact_is_told_by_office_time_and_reason(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case, other = journey.submitted(), journey.submitted()
    reveal(case, actor=as_actor(cast.liaison), reason="电话告知受理结果")
    reveal(other, actor=as_actor(cast.liaison), reason="别的案件的理由")
    html = text_of(page_of(holding(case), case))
    assert "电话告知受理结果" in html
    assert "别的案件的理由" not in html
    assert "测试liaison" not in html


def test_the_phone_is_never_in_clear_on_the_page(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    assert "13900000001" not in text_of(page_of(holding(case), case))


def test_the_page_is_not_stored_by_the_browser(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    assert "no-store" in page_of(holding(case), case)["Cache-Control"]


def test_a_published_case_shows_title_and_summary_only(
    cast: SimpleNamespace, journey: Journey, client: Client
) -> None:
    case = journey.closed(may_publish=True, place="三单元502")
    act("prepare_publication", case, cast.clerk, title="增设车位", summary="小区增设车位三十个。")
    act("publish", case, cast.clerk2)
    html = text_of(page_of(client, case))
    assert "小区增设车位三十个。" in html
    for hidden in (
        case.text,
        case.title,
        "李测试",
        "139",
        "三单元502",
        "甲社区代表联络站的",
        case.replies.get().text,
    ):
        assert hidden not in html, hidden


def test_a_prepared_case_is_not_public_yet(cast: SimpleNamespace, journey: Journey, client: Client) -> None:
    case = journey.closed(may_publish=True)
    act("prepare_publication", case, cast.clerk, title="增设车位", summary="小区增设车位三十个。")
    assert "增设车位" not in text_of(page_of(client, case))


def test_it_is_gone_at_once_when_the_resident_no_longer_agrees(
    cast: SimpleNamespace, journey: Journey, client: Client
) -> None:
    case = journey.closed(may_publish=True)
    act("prepare_publication", case, cast.clerk, title="增设车位", summary="小区增设车位三十个。")
    act("publish", case, cast.clerk2)
    act("set_consent", case, cast.resident, may_publish=False, may_share=False)
    assert "增设车位" not in text_of(page_of(client, case))


def queries_of(client: Client, case: Suggestion) -> int:
    client.get(case.get_absolute_url())
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(case.get_absolute_url())
    # The working calendar is read again every few seconds, whatever the page.
    return len([query for query in captured if "calendarday" not in query["sql"]])


def test_the_number_of_queries_does_not_grow_with_the_history(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    client = holding(case)
    before = queries_of(client, case)
    for index in range(6):
        act("add_note", case, Actor(holder_of=case.pk), text=f"补充说明第{index}条")
        reveal(case, actor=as_actor(cast.liaison), reason=f"第{index}次联系")
    assert queries_of(client, case) == before
    assert before <= 25


def busy(cast: SimpleNamespace, journey: Journey, times: int) -> Suggestion:
    """A case with so many of everything that its page can show."""
    case = journey.submitted()
    act("accept", case, cast.clerk, category=cast.category, level="L2", points=replies.POINTS)
    journey.assigned(case)
    for index in range(times):
        act("merge", journey.submitted(), cast.clerk, lead=case)
        replies.contact(cast, case)
        act("redate", case, cast.clerk, due=journey.due() + timedelta(days=index + 1), reason="施工")
    promises = replies.promise(cast, case, *range(20, 20 + times))
    act("rate_ok", case, cast.resident, level="BASIC", process="BASIC")
    for promise in promises:
        replies.keep(cast, promise)
    case.refresh_from_db()
    return case


def test_promises_contacts_moves_and_joined_cases_cost_nothing_more(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    few, many = busy(cast, journey, 1), busy(cast, journey, 5)
    joined = [case.merged.first() for case in (few, many)]
    for one, other in ((few, many), joined):
        assert queries_of(holding(one), one) == queries_of(holding(other), other) <= 30


@pytest.mark.parametrize("number", ["2026000001x", "abc", "１２３４５６７８９０", "1", "9" * 17, "%00"])
def test_what_is_no_number_is_no_page(client: Client, cast: SimpleNamespace, number: str) -> None:
    assert client.get(f"/suggestions/{number}/").status_code == 404
