"""Rating from a message: the link asks for the code, then leads to the two questions."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal.common import clock
from suggestions import dates
from suggestions.models import Rating, Suggestion
from tests.conftest import Journey, act

from .conftest import action_url, text_of

pytestmark = pytest.mark.django_db
Holding = Callable[[Any], Client]
TRACK = "/suggestions/track/"
GOOD = {"level": "SATISFIED", "process": "BASIC"}


@pytest.fixture
def replied(cast: SimpleNamespace, journey: Journey) -> Suggestion:
    """A reply, and the code the resident wrote down."""
    case = journey.submitted()
    code = case.fresh_code
    act("accept", case, cast.clerk, category=cast.category, level="L2")
    case = journey.release(journey.assigned(case))
    case.fresh_code = code  # type: ignore[attr-defined]
    return case


def test_the_link_asks_for_the_code_with_the_number_filled_in(client: Client, replied: Suggestion) -> None:
    html = text_of(client.get(action_url(replied, "rate")))
    assert f'value="{replied.number}"' in html
    assert 'name="then" value="rate"' in html
    assert "先填编号和查询码" in html
    assert replied.title not in html


def test_after_the_code_come_the_two_questions(client: Client, replied: Suggestion) -> None:
    data = {"number": replied.number, "code": replied.fresh_code, "then": "rate"}
    answer = client.post(TRACK, data, follow=True)
    assert answer.redirect_chain == [(action_url(replied, "rate"), 302)]
    assert text_of(answer).count('type="radio"') == 6


def test_a_wrong_code_keeps_the_way_to_the_questions(client: Client, replied: Suggestion) -> None:
    data = {"number": replied.number, "code": "WRONG234", "then": "rate"}
    html = text_of(client.post(TRACK, data))
    assert 'name="then" value="rate"' in html
    assert "先填编号和查询码" in html


@pytest.mark.parametrize("then", ["", "accept", "//evil.example/", "../", "\x00", "x" * 5000])
def test_an_odd_way_on_leads_to_the_case(client: Client, replied: Suggestion, then: str) -> None:
    data = {"number": replied.number, "code": replied.fresh_code, "then": then}
    answer = client.post(TRACK, data)
    assert (answer.status_code, answer.get("Location")) in (
        (302, replied.get_absolute_url()),
        # What no browser can have sent is a mistake in the form.
        (200, None),
    )


def test_the_page_of_another_action_is_kept_in_mind_too(client: Client, replied: Suggestion) -> None:
    assert 'name="then" value="forget_contact"' in text_of(client.get(action_url(replied, "forget_contact")))
    data = {"number": replied.number, "code": replied.fresh_code, "then": "forget_contact"}
    assert client.post(TRACK, data)["Location"] == action_url(replied, "forget_contact")


def test_both_dimensions_are_asked_and_stored_apart(replied: Suggestion, holding: Holding) -> None:
    client = holding(replied)
    url = action_url(replied, "rate")
    for missing in ("level", "process"):
        data = {name: value for name, value in GOOD.items() if name != missing}
        answer = client.post(url, {"version": replied.version, **data})
        assert list(answer.context["form"].errors) == [missing]
    client.post(url, {"version": replied.version, **GOOD})
    replied.refresh_from_db()
    assert (replied.state, replied.rating, replied.process_rating) == ("CLOSED", "SATISFIED", "BASIC")


def test_dissatisfied_with_the_manner_alone_needs_no_reason_and_concludes(
    replied: Suggestion, holding: Holding
) -> None:
    data = {"version": replied.version, "level": "SATISFIED", "process": "DISSATISFIED"}
    holding(replied).post(action_url(replied, "rate"), data)
    replied.refresh_from_db()
    assert (replied.state, replied.process_rating) == ("CLOSED", "DISSATISFIED")


def test_the_page_says_how_long_it_can_still_be_rated(replied: Suggestion, holding: Holding) -> None:
    client = holding(replied)
    window = dates.window(replied)
    assert window is not None
    assert window.words in text_of(client.get(action_url(replied, "rate")))
    with clock.frozen(clock.now() + timedelta(days=10)):
        later = text_of(client.get(action_url(replied, "rate")))
    assert f"还可以评价 {window.days - 10} 天" in later


def test_in_the_second_round_it_is_said_who_decides_next(
    cast: SimpleNamespace, journey: Journey, replied: Suggestion, holding: Holding
) -> None:
    client = holding(replied)
    assert "这是第二次办理" not in text_of(client.get(action_url(replied, "rate")))
    act("rate_bad", replied, cast.resident, reason="没有解决", process="BASIC")
    journey.release(replied)
    assert "这是第二次办理" in text_of(client.get(action_url(replied, "rate")))


def test_a_link_that_comes_too_late_leads_to_the_case(replied: Suggestion, holding: Holding) -> None:
    client = holding(replied)
    client.post(action_url(replied, "rate"), {"version": replied.version, **GOOD})
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert client.get(action_url(replied, "rate"))["Location"] == replied.get_absolute_url()
        client.post(action_url(replied, "rate"), {"version": replied.version, **GOOD})
    assert Rating.objects.count() == 1


def test_an_own_joined_case_is_rated_alone(cast: SimpleNamespace, journey: Journey, holding: Holding) -> None:
    lead, case = journey.handling(), journey.submitted()
    act("merge", case, cast.clerk, lead=lead)
    journey.release(lead)
    case.refresh_from_db()
    data = {
        "version": case.version,
        "level": "DISSATISFIED",
        "process": "BASIC",
        "reason": "我这边还是停不下",
    }
    holding(case).post(action_url(case, "rate"), data)
    case.refresh_from_db()
    lead.refresh_from_db()
    assert (case.rating, case.round, lead.state, lead.rating) == ("DISSATISFIED", 2, "REPLIED", "")
