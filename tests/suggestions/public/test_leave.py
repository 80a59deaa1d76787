"""The author of a case that others have joined leaves it to them."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from suggestions.models import Suggestion
from tests.conftest import Journey, act

from .conftest import action_url, text_of

pytestmark = pytest.mark.django_db
Holding = Callable[[Any], Client]


@pytest.fixture
def lead(cast: SimpleNamespace, journey: Journey) -> Suggestion:
    """In hand, and somebody else has joined it."""
    case = journey.handling()
    act("merge", journey.submitted(), cast.clerk, lead=case)
    return case


def leave(client: Client, case: Suggestion) -> Any:
    case.refresh_from_db()
    return client.post(action_url(case, "leave"), {"version": case.version})


def test_the_page_says_what_goes_and_what_stays(lead: Suggestion, holding: Holding) -> None:
    page = holding(lead).get(action_url(lead, "leave"))
    assert page.status_code == 200
    html = text_of(page)
    assert "会删除" in html
    assert "会保留" in html


def test_it_is_offered_in_place_of_withdrawing(lead: Suggestion, holding: Holding) -> None:
    client = holding(lead)
    html = text_of(client.get(lead.get_absolute_url()))
    assert action_url(lead, "leave") in html
    assert action_url(lead, "withdraw") not in html
    page = client.get(action_url(lead, "withdraw"))
    assert "其他居民" in page.context["why"]
    assert action_url(lead, "leave") in text_of(page)


def test_who_left_is_gone_and_the_others_go_on(
    cast: SimpleNamespace, lead: Suggestion, holding: Holding, login: Callable[[Any], Client]
) -> None:
    client, elsewhere = holding(lead), holding(lead)
    response = leave(client, lead)
    assert response["Location"] == "/suggestions/track/"
    assert "您已经退出" in text_of(client.get(response["Location"]))
    lead.refresh_from_db()
    lead.contact.refresh_from_db()
    assert (lead.state, lead.has_left, lead.resident) == ("HANDLING", True, None)
    assert (lead.contact.name, lead.contact.phone) == ("", "")
    for browser in (client, elsewhere, login(cast.resident)):
        assert lead.text not in text_of(browser.get(lead.get_absolute_url()))
    assert lead.merged.get().state == "MERGED"


def test_the_old_code_opens_nothing_any_more(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    code = case.fresh_code
    act("accept", case, cast.clerk, category=cast.category, level="L2")
    act("merge", journey.submitted(), cast.clerk, lead=case)
    given = {"number": case.number, "code": code}
    assert Client().post("/suggestions/track/", given).status_code == 302
    leave(holding(case), case)
    assert Client().post("/suggestions/track/", given).status_code == 200


def test_nobody_else_can_leave_it(
    cast: SimpleNamespace, lead: Suggestion, journey: Journey, holding: Holding
) -> None:
    child = lead.merged.get()
    for case in (child, journey.handling()):
        client = holding(case)
        assert action_url(case, "leave") not in text_of(client.get(case.get_absolute_url()))
        assert leave(client, case)["Location"] == case.get_absolute_url()
        case.refresh_from_db()
        assert not case.has_left
    leave(Client(), lead)
    lead.refresh_from_db()
    assert not lead.has_left


def test_a_joined_resident_can_withdraw_alone(
    cast: SimpleNamespace, lead: Suggestion, holding: Holding
) -> None:
    child = lead.merged.get()
    holding(child).post(action_url(child, "withdraw"), {"version": child.version})
    child.refresh_from_db()
    lead.refresh_from_db()
    assert (child.state, lead.state) == ("WITHDRAWN", "HANDLING")
