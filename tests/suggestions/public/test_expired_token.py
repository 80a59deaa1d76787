"""A page that was open too long: the words and the photos come back, nothing is done."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from suggestions.models import Draft, StagedPhoto, Suggestion
from tests.conftest import Journey, act

from . import replies
from .conftest import STEPS, WHAT, action_url, open_form, picture, step_url, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(db: Any) -> Client:
    return Client(enforce_csrf_checks=True)


def with_token(client: Client, url: str, data: dict[str, Any]) -> Any:
    """Send with the token of the page as it is now."""
    client.get(url)
    return client.post(url, data | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})


@pytest.mark.parametrize("step", ["what", "where", "contact"])
def test_a_step_comes_back_filled_in(browser: Client, cast: SimpleNamespace, step: str) -> None:
    token = open_form(browser)
    response = browser.post(step_url(token, step), STEPS[step] | {"csrfmiddlewaretoken": "old"})
    html = text_of(response)
    assert response.status_code == 403
    assert f'action="{step_url(token, step).replace("&", "&amp;")}"' in html
    typed = {"what": WHAT["text"], "where": "三号楼门前", "contact": "13900000009"}[step]
    assert typed in html
    assert Draft.objects.count() == 0


def test_it_can_be_sent_with_the_token_that_came_back(browser: Client, cast: SimpleNamespace) -> None:
    token = open_form(browser)
    response = browser.post(step_url(token, "what"), WHAT)
    fresh = str(response.context["csrf_token"])
    again = browser.post(step_url(token, "what"), WHAT | {"csrfmiddlewaretoken": fresh})
    assert again["Location"] == step_url(token, "where")


def test_photos_are_kept_too(browser: Client, cast: SimpleNamespace) -> None:
    token = open_form(browser)
    data = STEPS["where"] | {"photos": [picture("red"), picture("blue")]}
    response = browser.post(step_url(token, "where"), data)
    assert response.status_code == 403
    assert len(response.context["photos"]) == 2
    assert StagedPhoto.objects.filter(token=token).count() == 2


def test_the_disk_cannot_be_filled_this_way(
    browser: Client, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from suggestions.views.public import limits

    monkeypatch.setitem(limits.LIMITS, "kept-photos", (1, 600))
    for colour in ("red", "blue", "green"):
        url = step_url(open_form(browser), "where")
        assert browser.post(url, {"photos": [picture(colour)]}).status_code == 403
    assert StagedPhoto.objects.count() == 1


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_gets_nothing_kept(
    browser: Client, cast: SimpleNamespace, headers: dict[str, str]
) -> None:
    token = open_form(browser)
    response = browser.post(step_url(token, "where"), {"photos": [picture()]}, headers=headers)
    assert response.status_code == 403
    assert StagedPhoto.objects.count() == 0


def test_words_of_a_lost_session_come_back_in_a_new_form(browser: Client, cast: SimpleNamespace) -> None:
    response = browser.post(step_url("lost", "what"), WHAT)
    assert response.status_code == 403
    assert WHAT["text"] in text_of(response)
    assert response.context["filling"].token in browser.session["forms"]


def test_the_last_look_is_shown_again_and_nothing_was_sent(browser: Client, cast: SimpleNamespace) -> None:
    token = open_form(browser)
    for step, answers in STEPS.items():
        assert with_token(browser, step_url(token, step), answers).status_code == 302
    response = browser.post(step_url(token, "check"))
    assert response.status_code == 403
    assert WHAT["text"] in text_of(response)
    assert Suggestion.objects.count() == 0


@pytest.mark.parametrize("step", ["", "nonsense", "check"])
def test_odd_steps_are_no_error(browser: Client, cast: SimpleNamespace, step: str) -> None:
    assert browser.post(step_url(open_form(browser), step), {"text": "\x00"}).status_code in (302, 403)


def test_a_rating_comes_back_and_is_not_given(
    browser: Client, cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.replied()
    browser.force_login(cast.resident, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.post(action_url(case, "rate"), {"level": "DISSATISFIED", "reason": "车位还是不够"})
    case.refresh_from_db()
    assert (response.status_code, case.state) == (403, "REPLIED")
    assert "车位还是不够" in text_of(response)


def test_an_answer_about_a_contact_is_not_taken(
    browser: Client, cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.handling()
    log = replies.contact(cast, case)
    browser.force_login(cast.resident, backend="django.contrib.auth.backends.ModelBackend")
    url, data = action_url(case, "confirm_contact"), {"contact_log": log.pk, "confirmed": "yes"}
    response = browser.post(url, data)
    log.refresh_from_db()
    assert (response.status_code, log.confirmed) == (403, None)
    fresh = str(response.context["csrf_token"])
    browser.post(url, data | {"version": case.version, "csrfmiddlewaretoken": fresh})
    log.refresh_from_db()
    assert log.confirmed is True


@pytest.mark.parametrize("action", ["forget_contact", "leave", "withdraw", "rate_kept_promise"])
def test_what_cannot_be_undone_is_not_done(
    browser: Client, cast: SimpleNamespace, journey: Journey, action: str
) -> None:
    case = journey.accepted() if action in ("leave", "withdraw") else journey.handling()
    if action == "leave":
        act("merge", journey.submitted(), cast.clerk, lead=case)
    if action in ("forget_contact", "rate_kept_promise"):
        (promise,) = replies.promise(cast, case, 20)
    if action == "rate_kept_promise":
        act("rate_ok", case, cast.resident, level="BASIC", process="BASIC")
        replies.keep(cast, promise)
    browser.force_login(cast.resident, backend="django.contrib.auth.backends.ModelBackend")
    case.refresh_from_db()
    data = {"version": case.version, "level": "SATISFIED", "process": "SATISFIED"}
    assert browser.post(action_url(case, action), data).status_code == 403
    assert not case.events.filter(action=action).exists()


def test_a_note_comes_back_with_its_photo(browser: Client, cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.accepted()
    browser.force_login(cast.resident, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.post(action_url(case, "add_note"), {"text": "今天又堵了", "photos": [picture()]})
    assert response.status_code == 403
    assert "今天又堵了" in text_of(response)
    assert len(response.context["photos"]) == 1
    assert not case.events.filter(action="add_note").exists()


def test_of_a_strangers_case_nothing_comes_back(
    browser: Client, cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.accepted()
    response = browser.post(action_url(case, "add_note"), {"text": "今天又堵了"})
    assert case.title not in text_of(response)


def test_other_forms_show_what_was_written_and_never_a_secret(browser: Client, cast: SimpleNamespace) -> None:
    response = browser.post(
        "/suggestions/track/", {"number": "2026000001", "code": "SECRETXX", "reason": "写了很久"}
    )
    assert response.status_code == 403
    assert "写了很久" in text_of(response)
    assert "SECRETXX" not in text_of(response)
