"""Scenario 6: the same person once more is warned before sending, may send, and is joined in two presses."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from congress_portal.common import clock
from suggestions import metrics
from suggestions.models import OfficeSetting, Suggestion
from suggestions.views.public.limits import LIMITS
from tests.admin.pages import case_url, do_url, open_page
from tests.conftest import Journey, act
from tests.suggestions.public.conftest import fill, open_form, send, step_url, suggest, text_of

from .bench import open_bench, press

PHONE = "13900000001"
WORDS = {"text": "小区停车位不够，晚上消防通道总是被占用，请管一管。", "category": "PARKING"}


@pytest.fixture(autouse=True)
def _counts_from_zero(db: Any) -> None:
    cache.clear()


def last_look(client: Client, phone: str = PHONE, **what: str) -> str:
    """The page before sending, filled in with the resident's words once more."""
    token = open_form(client)
    fill(client, token, what=WORDS | what, contact={"phone": phone})
    return text_of(client.get(step_url(token, "check")))


def test_the_same_phone_with_much_the_same_words_is_told_its_number(
    cast: SimpleNamespace, journey: Journey, client: Client
) -> None:
    case = journey.submitted()

    page = last_look(client, phone="139 0000 0001")

    assert case.number in page
    # Whoever only typed a number reads nothing but the number, and how to follow it.
    assert case.title not in page
    assert case.text not in page
    assert f"/suggestions/{case.number}/" not in page
    assert "/suggestions/track/" in page


def test_in_the_own_browser_it_comes_with_its_state_and_a_link(cast: SimpleNamespace, client: Client) -> None:
    case = suggest(client)
    act("accept", case, cast.clerk, category=cast.category, level="L2")

    page = last_look(
        client, phone="13900000009", text="小区门口的路灯坏了三天，晚上看不清路。", category="ROADS"
    )

    assert f'href="/suggestions/{case.number}/"' in page
    assert "已受理" in page


def test_signed_in_the_own_cases_are_known_too(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted()

    assert f'href="/suggestions/{case.number}/"' in last_look(login(cast.resident))
    assert f'href="/suggestions/{case.number}/"' not in last_look(login(cast.stranger))


@pytest.mark.parametrize(
    ("phone", "text"),
    [("13900000002", WORDS["text"]), (PHONE, "楼道灯坏了一个月，老人晚上不敢下楼，请物业来修。")],
)
def test_another_phone_or_another_matter_says_nothing(
    cast: SimpleNamespace, journey: Journey, client: Client, phone: str, text: str
) -> None:
    case = journey.submitted()

    assert case.number not in last_look(client, phone=phone, text=text)


def test_after_the_office_s_days_it_is_a_new_matter(
    cast: SimpleNamespace, journey: Journey, client: Client
) -> None:
    case = journey.submitted()

    with clock.frozen(clock.now() + timedelta(days=8)):
        assert case.number not in last_look(client)
        OfficeSetting(repeat_days=30).save()
        assert case.number in last_look(client)


def test_what_was_withdrawn_is_not_held_against_anybody(
    cast: SimpleNamespace, journey: Journey, client: Client
) -> None:
    case = journey.submitted()
    act("withdraw", case, cast.resident)

    assert case.number not in last_look(client)


def test_who_is_accused_learns_nothing_from_the_accuser_s_phone(
    cast: SimpleNamespace, journey: Journey, client: Client, login: Callable
) -> None:
    case = journey.submitted()
    act("propose_decline", case, cast.clerk, code=cast.accusation, text="请向监委反映。", where_to_go="12388")

    assert case.number not in last_look(client)
    # Only the accuser's own account still knows it.
    assert case.number in last_look(login(cast.resident))


def test_nobody_can_go_on_asking_about_other_people_s_numbers(
    cast: SimpleNamespace, journey: Journey, client: Client
) -> None:
    case = journey.submitted()
    token = open_form(client)
    fill(client, token, what=WORDS, contact={"phone": PHONE})
    limit = LIMITS["repeats"][0]

    seen = [case.number in text_of(client.get(step_url(token, "check"))) for _turn in range(limit + 1)]

    assert seen == [True] * limit + [False]


def test_it_may_be_sent_all_the_same(cast: SimpleNamespace, journey: Journey, client: Client) -> None:
    first = journey.submitted()
    token = open_form(client)
    fill(client, token, what=WORDS, contact={"phone": PHONE})

    send(client, token)

    assert Suggestion.objects.exclude(pk=first.pk).get().contact.phone_index == first.contact.phone_index


@pytest.fixture
def repeat(journey: Journey) -> tuple[Suggestion, Suggestion]:
    """An accepted case and its repeat by the same person, from another street."""
    return journey.accepted(), journey.submitted(community=journey.cast.other_community, text=WORDS["text"])


def test_staff_see_the_same_person_on_the_case_and_join_in_two_presses(
    cast: SimpleNamespace, repeat: tuple[Suggestion, Suggestion], login: Callable
) -> None:
    first, second = repeat
    client = login(cast.clerk)

    page = open_page(client, case_url(second))
    assert "同一人" in page
    form = f"{do_url(second, 'merge')}?lead={first.number}&same_person=1"
    assert form.replace("&", "&amp;") in page
    page = open_page(client, form)
    assert 'name="same_person"' in page
    assert "checked" in page[page.index('name="same_person"') :][:120]
    client.post(form, {"version": "1", "lead": first.number, "same_person": "on"})

    second.refresh_from_db()
    assert (second.state, second.merged_into, second.is_repeat) == ("MERGED", first, True)
    counted = Suggestion.objects.filter(metrics.counting())
    assert list(counted) == [first]


def test_at_the_workbench_it_is_one_press(
    cast: SimpleNamespace, repeat: tuple[Suggestion, Suggestion], login: Callable
) -> None:
    first, second = repeat
    client = login(cast.clerk)
    page = open_bench(client)
    assert "同一人" in page

    response = press(client, second, page, "merge", lead=first.number, same_person="on")

    second.refresh_from_db()
    assert (response.status_code, second.state, second.is_repeat) == (302, "MERGED", True)


def test_neighbours_with_the_same_words_are_joined_in_one_press_as_other_people(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    first, second = journey.accepted(), journey.submitted(phone="13900000077")
    client = login(cast.clerk)
    page = open_bench(client)
    assert "同一人" not in page
    assert f'name="lead" value="{first.number}"' in page

    press(client, second, page, "merge", lead=first.number)

    second.refresh_from_db()
    assert (second.state, second.is_repeat) == ("MERGED", False)


def test_a_repeat_of_what_was_joined_already_is_joined_to_the_same_lead(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    lead = journey.accepted(community=cast.other_community, phone="13900000055")
    first, second = journey.submitted(), journey.submitted()
    act("merge", first, cast.clerk, lead=lead)

    page = open_bench(login(cast.clerk), f"queue=to_accept&case={second.pk}")

    assert f'name="lead" value="{lead.number}"' in page


def test_a_lead_that_was_replied_to_meanwhile_is_refused_in_words(
    cast: SimpleNamespace, repeat: tuple[Suggestion, Suggestion], login: Callable
) -> None:
    first, second = repeat
    client = login(cast.clerk)
    page = open_bench(client)
    act("answer_direct", first, cast.clerk2, reply="已划线。")

    response = press(client, second, page, "merge", lead=first.number, note="保留")

    assert response.status_code == 409
    assert 'id="error-summary"' in response.content.decode()
    second.refresh_from_db()
    assert second.state == "SUBMITTED"
