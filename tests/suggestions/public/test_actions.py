"""What a resident does with the own case: one address per action, everything through the door."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from suggestions.actors import Actor
from suggestions.models import Photo, Rating, StagedPhoto, Suggestion
from suggestions.submissions import submit
from tests.conftest import Journey, act, submission

from .conftest import action_url, picture, text_of

pytestmark = pytest.mark.django_db
Holding = Callable[[Any], Client]
EVERY = ("supplement", "add_note", "withdraw", "correct_contact", "set_consent", "rate")


def send(client: Client, case: Suggestion, action: str, **data: Any) -> Any:
    case.refresh_from_db()
    return client.post(action_url(case, action), {"version": case.version, **data})


@pytest.mark.parametrize("action", EVERY)
def test_strangers_are_asked_for_the_code_and_change_nothing(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client], action: str
) -> None:
    case = journey.replied() if action == "rate" else journey.submitted()
    count = case.events.count()
    for client in (Client(), login(cast.stranger), login(cast.clerk), login(cast.liaison)):
        for method in (client.get, client.post):
            response = method(action_url(case, action))
            assert response.status_code == 200
            assert case.title not in text_of(response)
    assert case.events.count() == count


@pytest.mark.parametrize("action", EVERY)
def test_of_a_number_nobody_has_the_answer_is_the_same(
    client: Client, cast: SimpleNamespace, action: str
) -> None:
    assert client.get(f"/suggestions/2026777777/{action}/").status_code == 200


@pytest.mark.parametrize("action", ["accept", "decline", "publish", "comment", "rate_ok", "nonsense", "qr"])
def test_other_actions_have_no_page(
    cast: SimpleNamespace, journey: Journey, holding: Holding, action: str
) -> None:
    case = journey.submitted()
    assert holding(case).post(f"/suggestions/{case.number}/{action}/").status_code == 404
    case.refresh_from_db()
    assert case.state == "SUBMITTED"


def test_a_question_is_answered_with_a_photo(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    act("ask_more", case, cast.liaison, question="是哪一号楼?")
    client = holding(case)
    assert "是哪一号楼?" in text_of(client.get(action_url(case, "supplement")))
    response = send(client, case, "supplement", text="三号楼", photos=[picture()])
    case.refresh_from_db()
    assert response["Location"] == case.get_absolute_url()
    assert (case.state, case.photos.count()) == ("SUBMITTED", 1)


def test_a_note_with_photos(cast: SimpleNamespace, journey: Journey, holding: Holding) -> None:
    case = journey.handling()
    assert send(holding(case), case, "add_note", text="今天又堵了", photos=[picture()]).status_code == 302
    event = case.events.get(action="add_note")
    assert (event.note, event.is_public, event.role) == ("今天又堵了", True, "resident")
    assert (Photo.objects.count(), StagedPhoto.objects.count()) == (1, 0)


def test_photos_can_be_uploaded_before_the_note_is_sent(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    client = holding(case)
    send(client, case, "add_note", text="写到一半", do="photos", photos=[picture("red"), picture("blue")])
    page = client.get(action_url(case, "add_note"))
    assert len(page.context["photos"]) == 2
    assert "写到一半" in text_of(page)
    assert not case.events.filter(action="add_note").exists()
    send(client, case, "add_note", text="写到一半", remove=str(page.context["photos"][0].pk))
    send(client, case, "add_note", text="写完了")
    assert case.photos.count() == 1


def test_a_note_without_words_keeps_its_photos(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    response = send(holding(case), case, "add_note", text="", photos=[picture()])
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["text"])
    assert len(response.context["photos"]) == 1


def test_the_same_note_sent_twice_is_one_note(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    client = holding(case)
    for _click in range(2):
        assert send(client, case, "add_note", text="今天又堵了").status_code == 302
    send(client, case, "add_note", text="明天也堵")
    assert list(case.events.filter(action="add_note").values_list("note", flat=True)) == [
        "今天又堵了",
        "明天也堵",
    ]


def test_photos_of_another_form_cannot_be_claimed(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    mine, other = journey.handling(), journey.handling()
    send(holding(other), other, "add_note", text="", do="photos", photos=[picture()])
    token = StagedPhoto.objects.get().token
    send(holding(mine), mine, "add_note", text="给我照片", form_token=token, form=token)
    assert (mine.photos.count(), StagedPhoto.objects.count()) == (0, 1)


def test_withdrawing_asks_first_and_is_final(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    client = holding(case)
    assert client.get(action_url(case, "withdraw")).status_code == 200
    case.refresh_from_db()
    assert case.state == "HANDLING"
    send(client, case, "withdraw", reason="已经解决了")
    case.refresh_from_db()
    assert case.state == "WITHDRAWN"


def test_a_second_click_on_withdraw_is_friendly(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    client = holding(case)
    first, second = send(client, case, "withdraw"), send(client, case, "withdraw")
    assert first["Location"] == second["Location"] == case.get_absolute_url()
    assert case.events.filter(action="withdraw").count() == 1


def test_after_the_reply_nothing_can_be_withdrawn(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.replied()
    assert send(holding(case), case, "withdraw").status_code == 200
    case.refresh_from_db()
    assert case.state == "REPLIED"


@pytest.mark.parametrize("version", ["0", "999", "", "x", "-1", "99999999999999999999"])
def test_a_stale_page_changes_nothing_and_keeps_the_words(
    cast: SimpleNamespace, journey: Journey, holding: Holding, version: str
) -> None:
    case = journey.submitted()
    response = holding(case).post(action_url(case, "withdraw"), {"version": version, "reason": "已经解决了"})
    case.refresh_from_db()
    assert (response.status_code, case.state) == (200, "SUBMITTED")
    assert "已经解决了" in text_of(response)


def test_a_stale_page_works_when_sent_once_more(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    client = holding(case)
    page = client.post(action_url(case, "withdraw"), {"version": "0"})
    fresh = page.context["form"]["version"].value()
    client.post(action_url(case, "withdraw"), {"version": fresh})
    case.refresh_from_db()
    assert case.state == "WITHDRAWN"


def test_a_new_phone_replaces_the_old_and_the_name_stays(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.submitted()
    client = holding(case)
    html = text_of(client.get(action_url(case, "correct_contact")))
    assert "139****0001" in html
    assert "13900000001" not in html
    send(client, case, "correct_contact", phone="138 0000 0002")
    case.contact.refresh_from_db()
    assert (case.contact.name, case.contact.phone) == ("李测试", "13800000002")


@pytest.mark.parametrize("given", [{}, {"phone": "12"}, {"name": "长" * 30}, {"name": "\x00"}])
def test_a_wrong_contact_is_explained_and_not_stored(
    cast: SimpleNamespace, journey: Journey, holding: Holding, given: dict[str, str]
) -> None:
    case = journey.submitted()
    response = send(holding(case), case, "correct_contact", **given)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert "13900000001" not in text_of(response)
    case.contact.refresh_from_db()
    assert case.contact.phone == "13900000001"


def test_what_was_agreed_to_can_be_taken_back_at_any_time(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.closed(may_publish=True, may_share=True)
    page = holding(case).get(action_url(case, "set_consent"))
    assert page.context["form"]["may_publish"].value() is True
    send(holding(case), case, "set_consent")
    case.refresh_from_db()
    assert (case.may_publish, case.contact.may_share) == (False, False)


def test_what_is_set_twice_in_a_row_is_set_twice(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.closed()
    client = holding(case)
    send(client, case, "set_consent", may_publish="on")
    send(client, case, "set_consent")
    send(client, case, "correct_contact", phone="13900000003")
    send(client, case, "correct_contact", phone="13900000004")
    case.refresh_from_db()
    case.contact.refresh_from_db()
    assert (case.may_publish, case.contact.phone) == (False, "13900000004")


def test_a_case_opened_by_code_can_be_kept_under_an_account(
    cast: SimpleNamespace, login: Callable[[Any], Client]
) -> None:
    case = submit(submission(cast), actor=Actor())
    client = login(cast.stranger)
    client.post("/suggestions/track/", {"number": case.number, "code": case.fresh_code})
    assert action_url(case, "link_account") in text_of(client.get(case.get_absolute_url()))
    assert send(client, case, "link_account").status_code == 302
    assert case.number in text_of(client.get("/suggestions/mine/"))


def test_without_an_account_there_is_nothing_to_keep_it_under(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = submit(submission(cast), actor=Actor())
    send(holding(case), case, "link_account")
    case.refresh_from_db()
    assert case.resident is None


def test_an_owned_case_cannot_be_taken_over_with_its_code(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client]
) -> None:
    case = journey.submitted()
    client = login(cast.stranger)
    client.post("/suggestions/track/", {"number": case.number, "code": case.fresh_code})
    send(client, case, "link_account")
    case.refresh_from_db()
    assert case.resident == cast.resident


# Rating ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["SATISFIED", "BASIC"])
def test_satisfied_concludes(cast: SimpleNamespace, journey: Journey, holding: Holding, level: str) -> None:
    case = journey.replied()
    send(holding(case), case, "rate", level=level, process="SATISFIED", reason="办得快")
    case.refresh_from_db()
    assert (case.state, case.rating, Rating.objects.get().reason) == ("CLOSED", level, "办得快")


def test_dissatisfied_needs_a_reason_and_opens_a_second_round(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.replied()
    client = holding(case)
    response = send(client, case, "rate", level="DISSATISFIED", process="SATISFIED")
    assert list(response.context["form"].errors) == ["reason"]
    send(client, case, "rate", level="DISSATISFIED", process="SATISFIED", reason="车位没有增加")
    case.refresh_from_db()
    assert (case.state, case.round) == ("HANDLING", 2)


def test_dissatisfied_with_a_direct_answer_goes_back_to_be_assigned(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.accepted()
    act("answer_direct", case, cast.liaison, reply="社区已经更换路灯。")
    send(holding(case), case, "rate", level="DISSATISFIED", process="SATISFIED", reason="灯还是不亮")
    case.refresh_from_db()
    assert (case.state, case.round) == ("ACCEPTED", 2)


def test_dissatisfied_twice_goes_to_the_head(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")
    journey.release(case)
    send(holding(case), case, "rate", level="DISSATISFIED", process="SATISFIED", reason="还是没有解决")
    case.refresh_from_db()
    assert case.state == "DISPUTED"


def test_a_second_click_rates_once(cast: SimpleNamespace, journey: Journey, holding: Holding) -> None:
    case = journey.replied()
    client = holding(case)
    for _click in range(2):
        assert (
            send(client, case, "rate", level="SATISFIED", process="SATISFIED")["Location"]
            == case.get_absolute_url()
        )
    assert Rating.objects.count() == 1


@pytest.mark.parametrize("level", ["", "SUPER", "rate_ok", "\x00", "CLOSED"])
def test_an_odd_level_is_asked_again(
    cast: SimpleNamespace, journey: Journey, holding: Holding, level: str
) -> None:
    case = journey.replied()
    response = send(holding(case), case, "rate", level=level, process="SATISFIED")
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["level"])


def test_nothing_can_be_rated_before_there_is_a_reply(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    assert (
        send(holding(case), case, "rate", level="SATISFIED", process="SATISFIED")["Location"]
        == case.get_absolute_url()
    )
    assert Rating.objects.count() == 0


def test_the_rating_page_shows_the_reply_beside_the_question(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.replied()
    html = text_of(holding(case).get(action_url(case, "rate")))
    assert case.replies.get().text in html
    assert html.count('type="radio"') == 6


@pytest.mark.parametrize("action", EVERY)
@pytest.mark.parametrize(
    "data",
    [{"text": "\x00", "reason": "\x00"}, {"text": "长" * 200_000}, {"contact": "x", "level": ["a", "b"]}],
)
def test_bad_input_is_answered(
    cast: SimpleNamespace, journey: Journey, holding: Holding, action: str, data: dict[str, Any]
) -> None:
    case = journey.replied() if action == "rate" else journey.submitted()
    if action == "supplement":
        act("ask_more", case, cast.liaison, question="哪一天?")
    response = holding(case).post(action_url(case, action), data)
    assert response.status_code in (200, 302)
