"""The last look, the sending, and the page with the number."""

from types import SimpleNamespace

import pytest
from django.test import Client

from stations.models import VenueStatus
from suggestions.models import Draft, Photo, StagedPhoto, Suggestion
from tests.conftest import make_user, suspend

from .conftest import WHAT, fill, open_form, picture, send, send_step, step_url, suggest, text_of

pytestmark = pytest.mark.django_db


def test_the_last_look_says_who_will_see_it_and_why(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token)
    page = client.get(step_url(token, "check"))
    html = text_of(page)
    assert page.context["venue"] == cast.station
    assert [deputy.name for deputy in page.context["deputies"]] == ["何示例", "林示例"]
    assert "林示例" in html
    assert "高示例" not in html
    assert str(page.context["rule"].label) in html
    assert WHAT["text"] in html


def test_deputies_out_of_service_are_not_named(client: Client, cast: SimpleNamespace) -> None:
    suspend(cast.deputy_row.mandates.get())
    token = open_form(client)
    fill(client, token)
    assert "林示例" not in text_of(client.get(step_url(token, "check")))


def test_a_place_nobody_knows_goes_to_the_district(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token, where={"community": "", "place_unknown": "on"})
    page = client.get(step_url(token, "check"))
    assert (page.context["venue"], page.context["rule"]) == (None, "POOL")
    assert page.status_code == 200


def test_sending_makes_one_suggestion_with_everything(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token, contact={"may_publish": "on"})
    send_step(client, token, "where", photos=[picture("red"), picture("blue")])
    response = send(client, token)
    case = Suggestion.objects.get()
    assert response["Location"] == f"/suggestions/sent/?form={token}"
    assert (case.text, case.community, case.venue) == (WHAT["text"], cast.community, cast.station)
    assert (case.title, case.category.code, case.may_publish) == (
        "小区门口的路灯坏了三天,晚上看不清路",
        "ROADS",
        True,
    )
    assert (case.contact.name, case.contact.phone, case.contact.may_share) == ("王女士", "13900000009", False)
    assert (case.resident, Photo.objects.filter(suggestion=case).count()) == (None, 2)
    assert (Draft.objects.count(), StagedPhoto.objects.count()) == (0, 0)


def test_a_second_click_makes_no_second_suggestion(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token)
    first, second = send(client, token), send(client, token)
    assert first["Location"] == second["Location"]
    assert Suggestion.objects.count() == 1


def test_reload_and_back_show_the_same_number_and_code(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token)
    page = client.get(send(client, token)["Location"])
    again = client.get(page.request["PATH_INFO"], {"form": token})
    assert page.context["code"] == again.context["code"] != ""
    for step in ("what", "where", "contact", "check"):
        assert client.get(step_url(token, step))["Location"] == f"/suggestions/sent/?form={token}"
        assert send_step(client, token, "what")["Location"] == f"/suggestions/sent/?form={token}"
    assert Suggestion.objects.count() == 1


def test_the_confirmation_shows_number_code_dates_and_phone(client: Client, cast: SimpleNamespace) -> None:
    case = suggest(client)
    page = client.get(f"/suggestions/sent/?form={case.form_token}")
    html = text_of(page)
    assert case.number in html
    assert page.context["code"] in html
    assert "024-00000001" in html
    assert [item["why"].day for item in page.context["next"]] == sorted(
        item["why"].day for item in page.context["next"]
    )
    assert page.context["next"][0]["why"].day == case.due_on
    assert f"/suggestions/{case.number}/qr.svg" in html
    assert "data:" not in html


def test_the_code_shown_opens_the_case(client: Client, cast: SimpleNamespace) -> None:
    case = suggest(client)
    code = client.get(f"/suggestions/sent/?form={case.form_token}").context["code"]
    response = Client().post("/suggestions/track/", {"number": case.number, "code": code})
    assert response["Location"] == case.get_absolute_url()


def test_the_confirmation_is_only_for_the_browser_that_sent_it(client: Client, cast: SimpleNamespace) -> None:
    case = suggest(client)
    response = Client().get(f"/suggestions/sent/?form={case.form_token}", follow=True)
    assert response.request["PATH_INFO"] == "/suggestions/track/"
    assert case.number not in text_of(response)


@pytest.mark.parametrize("token", ["", "x", "\x00", "a" * 3000])
def test_the_confirmation_of_nothing_asks_for_number_and_code(client: Client, db: None, token: str) -> None:
    assert client.get("/suggestions/sent/", {"form": token})["Location"] == "/suggestions/track/"


def test_an_unsent_form_has_no_confirmation(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token)
    assert client.get("/suggestions/sent/", {"form": token})["Location"] == "/suggestions/track/"
    assert Suggestion.objects.count() == 0


def test_somebody_signed_in_becomes_the_owner(cast: SimpleNamespace, login: object) -> None:
    client = login(cast.resident)  # type: ignore[operator]
    assert suggest(client).resident == cast.resident


def test_too_many_from_one_address_are_asked_to_wait(
    client: Client, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from suggestions.views.public import limits

    monkeypatch.setitem(limits.LIMITS, "submit", (1, 3600))
    suggest(client)
    token = open_form(client)
    fill(client, token)
    response = send(client, token)
    assert response.status_code == 429
    assert WHAT["text"] in text_of(response)
    assert Suggestion.objects.count() == 1


def test_a_category_taken_out_of_use_meanwhile_leads_back_to_its_step(
    client: Client, cast: SimpleNamespace
) -> None:
    token = open_form(client)
    fill(client, token)
    cast.category.__class__.objects.filter(code="ROADS").update(is_active=False)
    assert send(client, token)["Location"] == step_url(token, "what")


def test_a_venue_closed_meanwhile_no_longer_gets_it(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client, venue="TS2")
    fill(client, token)
    cast.other_station.status = VenueStatus.SUSPENDED
    cast.other_station.save()
    send(client, token)
    assert Suggestion.objects.get().venue == cast.station


def test_the_qr_code_is_a_picture_of_any_number(client: Client, cast: SimpleNamespace) -> None:
    response = client.get("/suggestions/2026999999/qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert b"<svg" in response.content
    assert b"style=" not in response.content


def test_the_owner_is_a_user_of_any_kind(cast: SimpleNamespace, login: object) -> None:
    neighbour = make_user("neighbour")
    assert suggest(login(neighbour)).resident == neighbour  # type: ignore[operator]
