"""Scenario 12: words of an emergency show whom to call before sending, and alert the duty phone at once."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from suggestions import emergencies, history
from suggestions.models import EmergencyWord, Suggestion
from suggestions.submissions import register_answered, submit
from tests.conftest import Journey, as_actor, submission
from tests.desk.test_register import send as register
from tests.suggestions.public.conftest import fill, open_form, send, send_step, step_url, text_of

FIRE = "楼下餐馆着火了，楼道里都是烟，快来人。"


@pytest.fixture(autouse=True)
def _counts_from_zero(db: Any) -> None:
    cache.clear()


def numbers_on(html: str) -> list[str]:
    return re.findall(r'href="tel:(11\d|120)"', html)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("楼里煤气泄漏", ["119"]),
        ("有人要跳楼", ["110"]),
        ("着火了，老人晕倒", ["119", "120"]),
        ("着 火 了", ["119"]),
        ("路灯不亮", []),
        ("", []),
    ],
)  # fmt: skip
def test_each_word_names_whom_to_call(db: Any, text: str, numbers: list[str]) -> None:
    assert sorted(call.number for call in emergencies.calls_for(text)) == numbers


def test_the_office_s_own_words_count_and_those_out_of_use_do_not(db: Any) -> None:
    EmergencyWord.objects.create(word="SOS", call="110")
    EmergencyWord.objects.filter(word="着火").update(is_active=False)

    assert [call.number for call in emergencies.calls_for("sos 着火")] == ["110"]


def test_it_is_shown_from_the_second_step_on_and_before_sending(
    cast: SimpleNamespace, client: Client
) -> None:
    token = open_form(client)
    send_step(client, token, "what", text=FIRE)
    assert numbers_on(text_of(client.get(step_url(token, "where")))) == ["119"]
    fill(client, token, what={"text": FIRE})

    page = text_of(client.get(step_url(token, "check")))

    assert numbers_on(page) == ["119"]
    assert 'role="alert"' in page


def test_nothing_is_shown_where_nothing_burns(cast: SimpleNamespace, client: Client) -> None:
    token = open_form(client)
    fill(client, token)

    assert numbers_on(text_of(client.get(step_url(token, "check")))) == []


def test_sent_it_is_urgent_at_once_and_the_duty_phone_alerted_by_the_system(
    cast: SimpleNamespace, client: Client
) -> None:
    token = open_form(client)
    fill(client, token, what={"text": FIRE})

    send(client, token)

    case = Suggestion.objects.get()
    alarm = case.events.get(action="alarm")
    assert (case.state, case.is_urgent, case.version) == ("SUBMITTED", True, 1)
    assert (alarm.seq, alarm.role, alarm.actor, alarm.is_public) == (2, "system", None, False)
    assert alarm.note == "着火 → 119"
    assert list(history.problems(Suggestion.objects.all())) == []


def test_sent_twice_it_rings_once(cast: SimpleNamespace) -> None:
    form = submission(cast, text=FIRE)

    for _turn in range(2):
        submit(form, actor=as_actor(cast.resident))

    assert Suggestion.objects.get().events.filter(action="alarm").count() == 1


def test_a_word_in_the_title_or_the_place_rings_too(cast: SimpleNamespace, journey: Journey) -> None:
    assert journey.submitted(title="三号楼着火", text="请快来。").is_urgent
    assert journey.submitted(place="着火的三号楼", text="请快来。").is_urgent
    assert not journey.submitted().is_urgent


def test_what_was_answered_on_the_spot_rings_as_well(cast: SimpleNamespace) -> None:
    form = submission(
        cast, text=FIRE, channel="VISIT", venue=cast.station, category=cast.category, name="", phone=""
    )

    case = register_answered(form, reply="已拨打119。", actor=as_actor(cast.liaison))

    case.refresh_from_db()
    assert (case.state, case.is_urgent) == ("REPLIED", True)
    assert list(history.problems(Suggestion.objects.all())) == []


def test_at_the_desk_it_is_shown_before_anything_is_stored(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.liaison)

    first = register(client, cast, text=FIRE)

    html = first.content.decode()
    assert (first.status_code, numbers_on(html), Suggestion.objects.count()) == (200, ["119"], 0)
    seen = re.findall(r'name="cautions" value="([^"]+)"', html)[0]
    assert register(client, cast, text=FIRE, cautions=seen).status_code == 302
    assert Suggestion.objects.get().is_urgent
