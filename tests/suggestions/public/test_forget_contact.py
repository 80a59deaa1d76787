"""Having name and phone deleted, and what somebody reads who would rather withdraw but comes too late."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from suggestions.contacts import reveal
from suggestions.models import Suggestion
from tests.conftest import Journey, act, as_actor

from .conftest import action_url, text_of

pytestmark = pytest.mark.django_db
Holding = Callable[[Any], Client]


def forget(client: Client, case: Suggestion) -> Any:
    case.refresh_from_db()
    return client.post(action_url(case, "forget_contact"), {"version": case.version})


def test_the_page_names_exactly_what_goes_and_what_stays(journey: Journey, holding: Holding) -> None:
    case = journey.replied()
    html = text_of(holding(case).get(action_url(case, "forget_contact")))
    for words in ("139****0001", "会删除", "会保留", "不能恢复"):
        assert words in html
    assert "13900000001" not in html


def test_name_and_phone_go_and_everything_else_stays(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.replied(may_share=True)
    reveal(case, actor=as_actor(cast.liaison), reason="电话告知答复")
    client = holding(case)
    assert forget(client, case)["Location"] == case.get_absolute_url()
    case.contact.refresh_from_db()
    assert (case.contact.name, case.contact.phone, case.contact.may_share) == ("", "", False)
    html = text_of(client.get(case.get_absolute_url()))
    for kept in (case.text, case.replies.get().text, "电话告知答复"):
        assert kept in html
    assert action_url(case, "forget_contact") not in html
    client.post(action_url(case, "rate"), {"version": case.version, "level": "BASIC", "process": "BASIC"})
    case.refresh_from_db()
    assert case.state == "CLOSED"


def test_nobody_who_ever_looked_is_told_differently_from_never_looked(
    journey: Journey, holding: Holding
) -> None:
    case = journey.closed()
    client = holding(case)
    forget(client, case)
    assert "没有人看过，称呼和电话已经删除" in text_of(client.get(case.get_absolute_url()))


def test_it_waits_until_there_is_an_answer(journey: Journey, holding: Holding) -> None:
    case = journey.handling()
    assert forget(holding(case), case)["Location"] == case.get_absolute_url()
    case.contact.refresh_from_db()
    assert case.contact.phone


def test_a_second_click_is_friendly(journey: Journey, holding: Holding) -> None:
    case = journey.replied()
    client = holding(case)
    for _click in range(2):
        assert forget(client, case)["Location"] == case.get_absolute_url()
    assert case.events.filter(action="forget_contact").count() == 1


def test_after_the_reply_withdrawing_is_explained_and_this_is_offered(
    journey: Journey, holding: Holding
) -> None:
    case = journey.replied()
    client = holding(case)
    html = text_of(client.get(case.get_absolute_url()))
    assert "不能再撤回" in html
    assert action_url(case, "withdraw") in html
    for response in (
        client.get(action_url(case, "withdraw")),
        client.post(action_url(case, "withdraw"), {"version": case.version}),
    ):
        assert response.status_code == 200
        assert "已经给您答复过" in response.context["why"]
        assert action_url(case, "forget_contact") in text_of(response)
    case.refresh_from_db()
    assert case.state == "REPLIED"


def test_in_a_second_round_it_is_said_when_it_will_be_possible(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")
    page = holding(case).get(action_url(case, "withdraw"))
    assert [name for _page, name in page.context["instead"]] == ["add_note"]


def test_while_a_refusal_is_checked_withdrawing_waits_too(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    act("propose_decline", case, cast.clerk, code=cast.insult, text="没有诉求。", where_to_go="可以重写。")
    assert "正在核实" in holding(case).get(action_url(case, "withdraw")).context["why"]


def test_what_is_withdrawn_already_says_no_more_than_that(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    act("withdraw", case, cast.resident)
    assert holding(case).get(action_url(case, "withdraw"))["Location"] == case.get_absolute_url()
