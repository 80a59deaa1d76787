"""Contacts a unit says it had: each is answered yes or no by one press."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from suggestions.models import ContactLog, Suggestion
from tests.conftest import Journey, act

from . import replies
from .conftest import action_url, text_of

pytestmark = pytest.mark.django_db
Holding = Callable[[Any], Client]
PAGE = "confirm_contact"


def press(client: Client, log: ContactLog, answer: str, **changes: Any) -> Any:
    case = log.assignment.suggestion
    data = {"version": case.version, "contact_log": log.pk, "confirmed": answer}
    return client.post(action_url(case, PAGE), data | changes)


def test_the_tracking_page_asks_and_leads_there(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    client = holding(case)
    assert action_url(case, PAGE) not in text_of(client.get(case.get_absolute_url()))
    replies.contact(cast, case)
    assert action_url(case, PAGE) in text_of(client.get(case.get_absolute_url()))


def test_each_contact_is_a_sentence_with_its_day_and_two_buttons(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    replies.contact(cast, case)
    replies.contact(cast, case, phase="AFTER", mode="SITE", happened_on=replies.in_days(-3))
    page = holding(case).get(action_url(case, PAGE))
    assert [contact.sentence for contact in page.context["contacts"]] == [
        "测试住建局说：办完以后在现场和您见过面。",
        "测试住建局说：开始办理以前给您打过电话。",
    ]
    html = text_of(page)
    assert html.count('name="confirmed"') == 4
    for hidden in ("赵示例", "情绪激动", "测试officer"):
        assert hidden not in html


@pytest.mark.parametrize(("answer", "stored"), [("yes", True), ("no", False)])
def test_one_press_answers_one_of_them(
    cast: SimpleNamespace, journey: Journey, holding: Holding, answer: str, stored: bool
) -> None:
    case = journey.handling()
    log, other = replies.contact(cast, case), replies.contact(cast, case, mode="FACE")
    client = holding(case)
    assert press(client, log, answer)["Location"] == action_url(case, PAGE)
    log.refresh_from_db()
    other.refresh_from_db()
    assert (log.confirmed, other.confirmed) == (stored, None)
    assert press(client, other, "yes")["Location"] == case.get_absolute_url()
    assert client.get(action_url(case, PAGE))["Location"] == case.get_absolute_url()


def test_a_second_click_changes_nothing_and_is_friendly(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    log = replies.contact(cast, case)
    client = holding(case)
    for answer in ("yes", "no"):
        assert press(client, log, answer)["Location"] == case.get_absolute_url()
    log.refresh_from_db()
    assert log.confirmed is True
    assert case.events.filter(action=PAGE).count() == 1


def test_the_answer_stays_when_the_case_has_moved_on(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    log = replies.contact(cast, case)
    assert press(holding(case), log, "yes", version="0").status_code == 302
    log.refresh_from_db()
    assert log.confirmed is True


@pytest.mark.parametrize(
    "data",
    [
        {"contact_log": "x"}, {"contact_log": ""}, {"contact_log": "9" * 30}, {"confirmed": "vielleicht"},
        {"confirmed": ""}, {"contact_log": "\x00", "confirmed": "\x00"}, {"contact_log": "-1"},
    ],
)  # fmt: skip
def test_what_is_no_answer_is_asked_again(
    cast: SimpleNamespace, journey: Journey, holding: Holding, data: dict[str, str]
) -> None:
    case = journey.handling()
    log = replies.contact(cast, case)
    response = press(holding(case), log, "yes", **data)
    log.refresh_from_db()
    assert (response.status_code, log.confirmed) == (200, None)
    assert response.context["form"].errors


def test_contacts_of_another_case_are_neither_shown_nor_answered(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    mine, other = journey.handling(), journey.handling()
    replies.contact(cast, mine)
    foreign = replies.contact(cast, other, mode="LETTER")
    client = holding(mine)
    assert "书面材料" not in text_of(client.get(action_url(mine, PAGE)))
    data = {"version": mine.version, "contact_log": foreign.pk, "confirmed": "yes"}
    assert client.post(action_url(mine, PAGE), data).status_code == 200
    foreign.refresh_from_db()
    assert foreign.confirmed is None


def test_many_contacts_cost_no_more_than_one(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    client = holding(case)

    def queries(case: Suggestion) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(action_url(case, PAGE)).status_code == 200
        return len(caught)

    replies.contact(cast, case)
    queries(case)
    few = queries(case)
    for _index in range(5):
        replies.contact(cast, case)
    assert queries(case) == few


def test_strangers_are_asked_for_the_code(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    log = replies.contact(cast, case)
    assert "测试住建局" not in text_of(Client().get(action_url(case, PAGE)))
    press(Client(), log, "yes")
    log.refresh_from_db()
    assert log.confirmed is None


def test_once_it_is_withdrawn_nobody_is_asked(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    replies.contact(cast, case)
    act("withdraw", case, cast.resident)
    assert action_url(case, PAGE) not in text_of(holding(case).get(case.get_absolute_url()))
