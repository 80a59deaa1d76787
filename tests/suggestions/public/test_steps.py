"""The three small steps of making a suggestion."""

from types import SimpleNamespace

import pytest
from django.test import Client

from stations.models import VenueStatus
from suggestions.models import Draft, StagedPhoto, Suggestion

from .conftest import NEW, WHAT, WHERE, fill, open_form, picture, send, send_step, step_url, text_of

pytestmark = pytest.mark.django_db


def test_a_new_form_gets_a_long_token_and_begins_with_what_happened(client: Client) -> None:
    response = client.get(NEW)
    token = open_form(client)
    assert len(token) >= 32
    assert response["Location"].endswith("&step=what")
    assert client.get(step_url(token, "what")).status_code == 200


def test_opening_a_form_stores_nothing_yet(client: Client) -> None:
    client.get(step_url(open_form(client), "what"))
    assert Draft.objects.count() == 0


def test_all_thirteen_categories_and_not_knowing_are_offered(client: Client, cast: SimpleNamespace) -> None:
    form = client.get(step_url(open_form(client), "what")).context["form"]
    assert len(form.fields["category"].choices) == 14
    assert form["category"].value() == "unknown"


def test_each_step_leads_to_the_next(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    assert send_step(client, token, "what")["Location"] == step_url(token, "where")
    assert send_step(client, token, "where")["Location"] == step_url(token, "contact")
    assert send_step(client, token, "contact")["Location"] == step_url(token, "check")


def test_going_back_shows_what_was_typed(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token)
    assert WHAT["text"] in text_of(client.get(step_url(token, "what")))
    assert WHERE["place"] in text_of(client.get(step_url(token, "where")))
    assert "13900000009" in text_of(client.get(step_url(token, "contact")))


def test_whoever_changes_one_thing_at_the_end_returns_to_the_end(
    client: Client, cast: SimpleNamespace
) -> None:
    token = open_form(client)
    fill(client, token)
    assert send_step(client, token, "what", text="路灯还是坏的。")["Location"] == step_url(token, "check")


def test_no_step_can_be_skipped(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    for step in ("where", "contact", "check"):
        assert client.get(step_url(token, step))["Location"] == step_url(token, "what")
    assert send(client, token)["Location"] == step_url(token, "what")
    assert Suggestion.objects.count() == 0


def test_with_a_scanned_code_the_place_is_still_asked_for(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client, venue="TS1")
    send_step(client, token, "what")
    response = client.get(step_url(token, "contact"))
    assert response["Location"] == step_url(token, "where")


@pytest.mark.parametrize("step", ["", "nonsense", "../admin", "0"])
def test_an_unknown_step_leads_to_where_one_is(client: Client, cast: SimpleNamespace, step: str) -> None:
    token = open_form(client)
    send_step(client, token, "what")
    assert client.get(step_url(token, step))["Location"] == step_url(token, "where")


def test_an_empty_text_is_asked_for_at_the_top_of_the_page(client: Client, cast: SimpleNamespace) -> None:
    response = send_step(client, open_form(client), "what", text="  \n ")
    assert response.status_code == 200
    assert "error-summary" in text_of(response)
    assert list(response.context["form"].errors) == ["text"]


def test_a_place_or_the_tick_is_needed(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    send_step(client, token, "what")
    response = send_step(client, token, "where", community="")
    assert list(response.context["form"].errors) == ["community"]
    assert send_step(client, token, "where", community="", place_unknown="on").status_code == 302


def test_a_street_alone_is_enough(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token, where={"community": "street:210103901"})
    send(client, token)
    case = Suggestion.objects.get()
    assert (case.street, case.community, case.venue) == (cast.street, None, cast.home)


def test_the_notice_must_be_ticked_and_no_tick_is_set_beforehand(
    client: Client, cast: SimpleNamespace
) -> None:
    token = open_form(client)
    send_step(client, token, "what")
    send_step(client, token, "where")
    page = client.get(step_url(token, "contact"))
    assert "checked" not in text_of(page)
    response = client.post(step_url(token, "contact"), {"name": "王女士", "phone": "13900000009"})
    assert list(response.context["form"].errors) == ["notice_read"]
    assert "13900000009" in text_of(response)


def test_a_wrong_phone_is_explained(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    response = send_step(client, token, "contact", phone="139-不知道")
    assert list(response.context["form"].errors) == ["phone"]


def test_answers_are_kept_encrypted(client: Client, cast: SimpleNamespace) -> None:
    from django.db import connection

    token = open_form(client)
    fill(client, token)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM suggestions_draft")
        stored = cursor.fetchone()[0]
    assert "13900000009" not in str(stored)
    assert "路灯" not in str(stored)


def test_a_form_of_another_browser_gives_a_new_one(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token)
    stranger = Client()
    response = stranger.get(step_url(token, "contact"), follow=True)
    assert response.status_code == 200
    assert "13900000009" not in text_of(response)
    assert token not in response.request["QUERY_STRING"]


def test_a_browser_without_cookies_is_told_instead_of_going_round(cast: SimpleNamespace) -> None:
    url = NEW
    for _hop in range(6):
        response = Client().get(url)
        if response.status_code == 200:
            break
        url = response["Location"]
    assert [template.name for template in response.templates][:1] == ["suggestions/no_cookies.html"]


def test_words_sent_after_the_session_ended_go_on_in_a_new_form(cast: SimpleNamespace) -> None:
    client = Client()
    token = open_form(client)
    client.cookies.clear()
    response = send_step(client, token, "what")
    assert response.status_code == 302
    assert WHAT["text"] in Draft.objects.get().answers


def test_an_unknown_or_closed_venue_is_ignored_with_a_word(client: Client, cast: SimpleNamespace) -> None:
    cast.station.status = VenueStatus.SUSPENDED
    cast.station.save()
    for code in ("TS1", "NOPE", "\x00", "𬱖" * 50):
        response = client.get(NEW, {"venue": code, "deputy": code}, follow=True)
        assert response.status_code == 200
        assert response.context["filling"].venue is None
        assert ('class="messages"' in text_of(response)) is (code != "\x00")


def test_the_venue_and_the_deputy_of_a_code_are_carried_along(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client, venue="TS2", deputy="T0001")
    fill(client, token)
    send(client, token)
    case = Suggestion.objects.get()
    assert (case.venue, case.routing, case.deputy_asked) == (cast.other_station, "QR", cast.deputy_row)


def test_the_one_community_a_scanned_venue_serves_is_suggested(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client, venue="TS1")
    send_step(client, token, "what")
    assert client.get(step_url(token, "where")).context["form"]["community"].value() == "210103901001"


def test_photos_are_uploaded_without_leaving_the_step(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    send_step(client, token, "what")
    response = send_step(
        client, token, "where", community="", do="photos", photos=[picture("red"), picture("blue")]
    )
    assert response["Location"].startswith(step_url(token, "where"))
    page = client.get(step_url(token, "where"))
    assert len(page.context["photos"]) == 2
    assert WHERE["place"] in text_of(page)


def test_a_failed_form_keeps_its_photos(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    send_step(client, token, "what")
    response = send_step(client, token, "where", community="", photos=[picture()])
    assert response.status_code == 200
    assert len(response.context["photos"]) == 1


def test_one_photo_can_be_removed_with_its_file(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    send_step(client, token, "what")
    send_step(client, token, "where", do="photos", photos=[picture("red"), picture("blue")])
    first, second = StagedPhoto.objects.filter(token=token)
    send_step(client, token, "where", remove=str(first.pk))
    assert list(StagedPhoto.objects.all()) == [second]
    assert not first.file.storage.exists(first.file.name)


@pytest.mark.parametrize("pk", ["", "0", "-1", "99999999999999999999999", "x", "１"])
def test_removing_nonsense_removes_nothing(client: Client, cast: SimpleNamespace, pk: str) -> None:
    token = open_form(client)
    send_step(client, token, "what")
    send_step(client, token, "where", do="photos", photos=[picture()])
    assert send_step(client, token, "where", remove=pk).status_code == 302
    assert StagedPhoto.objects.count() == 1


def test_another_forms_photo_cannot_be_removed(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    send_step(client, token, "what")
    send_step(client, token, "where", do="photos", photos=[picture()])
    other = Client()
    other_token = open_form(other)
    send_step(other, other_token, "where", remove=str(StagedPhoto.objects.get().pk))
    assert StagedPhoto.objects.count() == 1


def test_six_photos_and_not_one_more(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    send_step(client, token, "what")
    colours = ["red", "blue", "green", "black", "white", "pink", "gold"]
    response = send_step(client, token, "where", photos=[picture(colour) for colour in colours])
    assert response.status_code == 200
    assert StagedPhoto.objects.count() == 6
    assert list(response.context["form"].errors) == ["photos"]
