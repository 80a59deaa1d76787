"""One address for each action: it does what the button says, or says why not and keeps what was typed."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from suggestions.inputs import Target
from suggestions.models import Suggestion
from tests.conftest import Journey, act

from .pages import case_page, press, text_of

LONG = "这是一段很长的答复,写了半个小时。"


def test_accepting_moves_the_case_on_and_says_so(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.submitted(), login(cast.liaison)

    response = press(client, case, "accept", category=str(cast.category.pk), level="L2")

    assert (response.status_code, response.url) == (302, f"/desk/{case.number}/")
    case.refresh_from_db()
    assert (case.state, case.category) == ("ACCEPTED", cast.category)
    assert 'class="messages"' in case_page(client, case)


STEPS = {
    # action: who, where it begins, what is sent, the state afterwards
    "ask_more": ("liaison", "submitted", {"question": "是哪一栋楼?"}, "SUPPLEMENTING"),
    "decline": ("liaison", "submitted", {"code": "decline_reason"}, "DECLINED"),
    "transfer": ("liaison", "submitted", {"body": "body", "text": "属于其他区"}, "TRANSFERRED"),
    "withdraw": ("liaison", "submitted", {"reason": "本人要求"}, "WITHDRAWN"),
    "answer_direct": ("deputy", "accepted", {"reply": "已与物业协调。"}, "REPLIED"),
    "comment": ("deputy", "handling", {"text": "已到现场。"}, "HANDLING"),
    "claim": ("deputy", "handling", {}, "HANDLING"),
    "reclassify": (
        "liaison",
        "accepted",
        {"category": "other_category", "level": "L3", "reason": "归类有误"},
        "ACCEPTED",
    ),
    "add_note": ("liaison", "handling", {"text": "居民补充:夜间更严重。"}, "HANDLING"),
    "correct_contact": ("liaison", "handling", {"name": "王测试", "phone": "13900000002"}, "HANDLING"),
    "set_consent": ("liaison", "handling", {"may_publish": "on"}, "HANDLING"),
}


@pytest.mark.parametrize("action", STEPS)
def test_each_action_of_a_case_can_be_done_from_its_page(
    cast: SimpleNamespace, journey: Journey, login: Callable, action: str
) -> None:
    who, begin, fields, state = STEPS[action]
    case = getattr(journey, begin)()
    fields = {
        name: str(getattr(cast, value).pk) if hasattr(cast, value) else value
        for name, value in fields.items()
    }

    response = press(login(getattr(cast, who)), case, action, **fields)

    assert response.status_code == 302, text_of(response.content.decode())
    case.refresh_from_db()
    assert case.state == state
    assert case.events.get(action=action).actor == getattr(cast, who)


def test_a_supplement_told_to_the_liaison_officer_brings_the_case_back(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = act("ask_more", journey.submitted(), cast.liaison, question="是哪一栋楼?")

    press(login(cast.liaison), case, "supplement", text="3号楼,靠北门。")

    case.refresh_from_db()
    assert case.state == "SUBMITTED"


def test_telling_the_resident_starts_the_time_for_rating(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()
    Suggestion.objects.filter(pk=case.pk).update(channel="VISIT")
    act("answer_direct", case, cast.deputy, reply="已与物业协调。")

    response = press(login(cast.liaison), case, "record_told", how="PHONE")

    assert response.status_code == 302
    case.refresh_from_db()
    assert (case.due_kind, case.told_at is None) == ("RATING", False)


def test_wrong_input_stands_beside_its_field_and_keeps_the_rest(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted()

    response = press(login(cast.liaison), case, "transfer", body="", text=LONG)

    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="error-summary"' in html
    assert 'href="#id_body"' in html
    assert "写了半个小时" in html
    case.refresh_from_db()
    assert case.state == "SUBMITTED"


def test_too_much_text_is_refused_with_both_figures(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    response = press(login(cast.deputy), journey.accepted(), "answer_direct", reply="字" * 5001)

    html = response.content.decode()
    assert response.status_code == 200
    assert "5000" in html
    assert "5001" in html


def test_somebody_was_faster_and_the_typed_text_is_still_there(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()
    seen = case.version
    act("answer_direct", case, cast.convener, reply="召集人已经答复。")

    response = press(login(cast.deputy), case, "answer_direct", version=str(seen), reply=LONG)

    html = response.content.decode()
    assert response.status_code == 409
    assert "写了半个小时" in html
    assert case.get_state_display() in text_of(html)
    assert "测试convener" in text_of(html)
    case.refresh_from_db()
    assert case.replies.count() == 1


def test_after_a_change_that_leaves_the_action_possible_the_second_try_succeeds(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()
    seen = case.version
    journey.assigned(case)
    act("take_back", case, cast.clerk, reason="交办有误")
    client = login(cast.deputy)

    first = press(client, case, "answer_direct", version=str(seen), reply=LONG)
    html = first.content.decode()
    case.refresh_from_db()
    assert (first.status_code, case.state) == (409, "ACCEPTED")
    assert f'name="version" value="{case.version}"' in html

    press(client, case, "answer_direct", reply=LONG)
    case.refresh_from_db()
    assert case.state == "REPLIED"


def test_pressing_twice_does_it_once(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case, client = journey.accepted(), login(cast.deputy)
    fields = {"version": str(case.version), "reply": "已与物业协调。"}

    codes = [client.post(f"/desk/{case.number}/do/answer_direct/", fields).status_code for _ in range(2)]

    assert codes == [302, 409]
    assert case.replies.count() == 1


@pytest.mark.parametrize("version", ["", "x", "999999999999999999999"])
def test_a_tampered_version_changes_nothing(
    cast: SimpleNamespace, journey: Journey, login: Callable, version: str
) -> None:
    case = journey.accepted()

    response = press(login(cast.deputy), case, "answer_direct", version=version, reply=LONG)

    assert response.status_code in (200, 409)
    case.refresh_from_db()
    assert case.state == "ACCEPTED"


def test_an_old_link_leads_back_to_the_case_with_a_word(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.replied(), login(cast.liaison)

    response = client.get(f"/desk/{case.number}/do/accept/", follow=True)

    assert response.redirect_chain == [(f"/desk/{case.number}/", 302)]
    assert 'data-tone="warning"' in response.content.decode()


@pytest.mark.parametrize(
    "action", ["fly", "submit", "all_replied", "lapse", "register_answered", "lead_gone"]
)
def test_what_no_person_does_to_a_case_is_not_found(
    cast: SimpleNamespace, journey: Journey, login: Callable, action: str
) -> None:
    case, client = journey.submitted(), login(cast.liaison)

    assert client.get(f"/desk/{case.number}/do/{action}/").status_code == 404
    assert client.post(f"/desk/{case.number}/do/{action}/", {"version": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("who", "action"),
    [("deputy", "accept"), ("deputy", "rate"), ("officer", "answer_direct"), ("unitlead", "withdraw"),
     ("liaison", "assign"), ("liaison", "conclude"), ("convener", "publish")],
)  # fmt: skip
def test_another_persons_duty_is_forbidden(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str, action: str
) -> None:
    case, client = journey.handling(), login(getattr(cast, who))

    assert client.get(f"/desk/{case.number}/do/{action}/").status_code == 403
    assert client.post(f"/desk/{case.number}/do/{action}/", {"version": "3"}).status_code == 403


def test_a_venue_handles_what_it_was_given_from_signing_to_signing_off(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.assigned(journey.accepted(), Target(venue=cast.station))
    row = case.assignments.get()

    press(login(cast.deputy), row, "sign")
    page = login(cast.deputy).get(f"/desk/row/{row.pk}/do/draft/").content.decode()
    assert "answer_class" not in page
    press(login(cast.deputy), row, "draft", text="已与物业协调,下周划线。")
    assert login(cast.deputy).get(f"/desk/row/{row.pk}/do/sign_off/").status_code in (302, 403)
    press(login(cast.convener), row, "sign_off")

    row.refresh_from_db()
    assert row.state == "SIGNED"
