"""One page for each button: it does what the button says, or says why not and keeps what was typed."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from congress_portal.common import clock, codes
from tests.conftest import Journey, act

from .pages import case_url, do_url, open_page, press, text_of

LONG = "这是一段很长的说明,写了半个小时。"
DUE = "due"

STEPS = {
    # action: who, where it begins, what is sent, the state afterwards
    "ask_more": ("clerk", "submitted", {"question": "是哪一栋楼?"}, "SUPPLEMENTING"),
    "accept": ("clerk", "submitted", {"category": "category", "level": "L2"}, "ACCEPTED"),
    "decline": ("clerk", "submitted", {"code": "decline_reason"}, "DECLINED"),
    "transfer": ("clerk", "accepted", {"body": "body", "text": "属于其他区"}, "TRANSFERRED"),
    "answer_direct": ("clerk", "accepted", {"reply": "政策已经公布。"}, "REPLIED"),
    "assign": ("clerk", "accepted", {"unit": "unit", "due": DUE, "instructions": "请联系居民"}, "HANDLING"),
    "take_back": ("clerk", "handling", {"reason": "交办有误"}, "ACCEPTED"),
    "redate": ("clerk", "handling", {"due": DUE, "reason": "等待采暖期"}, "HANDLING"),
    "conclude": ("head", "disputed", {"visit": "上门说明。", "outcome": "EXPLAINED"}, "CLOSED"),
    "order_redo": ("head", "disputed", {"leader": "张主任", "unit": "other_unit", "due": DUE}, "HANDLING"),
    "reopen": ("clerk", "closed", {"note": "问题又出现"}, "ACCEPTED"),
    "correct_reply": ("reviewer", "replied", {"reply": "更正:三十一个。", "reason": "数字有误"}, "REPLIED"),
    "comment": ("reviewer", "handling", {"text": "请加快。"}, "HANDLING"),
    "reclassify": (
        "clerk", "accepted", {"category": "other_category", "level": "L3", "reason": "归类有误"}, "ACCEPTED"
    ),
    "move_venue": ("clerk", "submitted", {"venue": "other_station", "reason": "不在本社区"}, "SUBMITTED"),
    "flag": ("head", "handling", {"flags": ["is_urgent", "is_key"], "reason": "涉及安全"}, "HANDLING"),
}  # fmt: skip


def filled(cast: SimpleNamespace, fields: dict) -> dict:
    """Names of the cast become keys of its rows, `due` a date that is allowed."""
    made = {name: str(getattr(cast, value).pk) if isinstance(value, str) and hasattr(cast, value) else value
            for name, value in fields.items()}  # fmt: skip
    return made | ({"due": str(clock.today() + timedelta(days=10))} if fields.get("due") == DUE else {})


@pytest.mark.parametrize("action", STEPS)
def test_each_action_can_be_opened_and_done(
    cast: SimpleNamespace, journey: Journey, login: Callable, action: str
) -> None:
    who, begin, fields, state = STEPS[action]
    case, client = getattr(journey, begin)(), login(getattr(cast, who))
    assert "<h1>" in open_page(client, do_url(case, action))

    response = press(client, case, action, **filled(cast, fields))

    assert response.status_code == 302, text_of(response.content.decode())
    assert response.url == case_url(case)
    case.refresh_from_db()
    assert case.state == state
    assert case.events.get(action=action).actor == getattr(cast, who)
    assert 'class="messagelist"' in open_page(client, response.url)


def test_a_case_can_be_given_to_a_venue(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.accepted()

    press(
        login(cast.clerk), case, "assign", venue=cast.station.pk, due=str(clock.today() + timedelta(days=10))
    )

    assert case.assignments.get().venue == cast.station


def test_a_case_is_given_to_one_not_to_two(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.accepted()

    response = press(
        login(cast.clerk), case, "assign", unit=cast.unit.pk, venue=cast.station.pk,
        due=str(clock.today() + timedelta(days=10)),
    )  # fmt: skip

    assert response.status_code == 200
    assert 'id="id_unit_error"' in response.content.decode()
    assert not case.assignments.exists()


def test_the_due_date_is_proposed_by_the_rule(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    page = open_page(login(cast.clerk), do_url(journey.accepted(), "assign"))

    proposed = clock.today() + timedelta(days=15)
    assert 'type="date"' in page
    assert any(f'value="{proposed + timedelta(days=more)}"' in page for more in range(20))


def test_a_return_is_approved_or_refused_on_its_row(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    for action, fields, state in (
        ("approve_return", {}, "RETURNED"),
        ("refuse_return", {"reason": "请办理"}, "IN_HAND"),
    ):
        row = journey.handling().assignments.get()
        act("ask_return", row, cast.officer, reason="不属本单位", proposed_unit=cast.other_unit)

        response = press(login(cast.clerk), row, action, **fields)

        assert (response.status_code, response.url) == (302, case_url(row.suggestion))
        row.refresh_from_db()
        assert row.state == state


def test_the_reviewer_reads_the_draft_and_releases_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row, client = journey.signed(journey.handling()), login(cast.reviewer)
    assert "已增设车位三十个" in open_page(client, do_url(row, "release"))

    response = press(client, row, "release", publicity="CLOSED")
    assert 'id="id_publicity_reason_error"' in response.content.decode()
    press(client, row, "release", publicity="OPEN")

    row.refresh_from_db()
    row.suggestion.refresh_from_db()
    assert (row.state, row.suggestion.state) == ("RELEASED", "REPLIED")


def test_the_reviewer_sends_a_draft_back_with_a_reason(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row, client = journey.signed(journey.handling()), login(cast.reviewer)

    assert 'id="id_reason_error"' in press(client, row, "send_back").content.decode()
    press(client, row, "send_back", reason="请写明时间")

    row.refresh_from_db()
    assert row.state == "IN_HAND"


def test_an_error_stands_beside_its_field_and_the_text_is_kept(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()

    page = press(login(cast.clerk), case, "transfer", text=LONG).content.decode()

    assert 'id="id_body_error"' in page
    assert LONG in page
    case.refresh_from_db()
    assert case.state == "ACCEPTED"


def test_on_a_stale_page_nothing_happens_and_the_text_is_kept(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.submitted(), login(cast.clerk)
    seen = str(case.version)
    act("accept", case, cast.clerk2, category=cast.category, level="L1")

    response = client.post(do_url(case, "ask_more"), {"version": seen, "question": LONG})

    page = response.content.decode()
    assert response.status_code == 409
    assert LONG in page
    case.refresh_from_db()
    assert case.get_state_display() in text_of(page)
    # Templates may still be added to the words that were kept; sent they cannot be.
    main = page[page.index("<main") : page.index("</main>")]
    sending = re.findall(r'<button[^>]*type="submit"[^>]*>', main)
    assert all('name="take"' in button for button in sending)
    assert case.state == "ACCEPTED"


def test_after_a_stale_page_the_same_may_be_sent_knowingly(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.submitted(), login(cast.clerk)
    seen = case.version
    act("accept", case, cast.clerk2, category=cast.category, level="L1")
    fields = {"version": str(seen), "body": str(cast.body.pk), "text": LONG}

    page = client.post(do_url(case, "transfer"), fields).content.decode()

    assert f'name="version" value="{seen + 1}"' in page
    response = client.post(do_url(case, "transfer"), {**fields, "version": str(seen + 1)})
    assert response.status_code == 302


def test_a_comment_is_never_stale(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.submitted()
    act("accept", case, cast.clerk2, category=cast.category, level="L1")

    response = login(cast.clerk).post(do_url(case, "comment"), {"version": "1", "text": "请关注"})

    assert response.status_code == 302


def test_a_refusal_says_why(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    lead, child = journey.accepted(), journey.submitted()
    act("merge", child, cast.clerk, lead=lead)

    response = press(login(cast.clerk), lead, "decline", code=cast.decline_reason.pk)

    assert response.status_code == 409
    assert 'class="error-summary"' in response.content.decode()
    lead.refresh_from_db()
    assert lead.state == "ACCEPTED"


def test_a_button_that_is_no_longer_there_leads_back_with_a_word(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()

    response = login(cast.clerk).get(do_url(case, "accept"), follow=True)

    assert response.redirect_chain == [(case_url(case), 302)]
    assert 'class="messagelist"' in response.content.decode()


@pytest.mark.parametrize(
    ("who", "action", "status"),
    [
        ("clerk", "conclude", 403),
        ("reviewer", "accept", 403),
        ("head", "assign", 403),
        ("clerk", "withdraw", 403),
        ("clerk", "submit", 404),
        ("clerk", "reply_with_lead", 403),
        ("clerk", "nonsense", 404),
        ("admin", "accept", 403),
        ("liaison", "accept", 403),
    ],
)
def test_whoever_has_no_such_button_cannot_press_it(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str, action: str, status: int
) -> None:
    case, client = journey.submitted(), login(getattr(cast, who))

    assert client.get(do_url(case, action), follow=True).status_code == status
    assert client.post(do_url(case, action), {"version": "1"}, follow=True).status_code == status
    case.refresh_from_db()
    assert case.state == "SUBMITTED"


def test_the_unit_s_own_actions_are_not_the_clerk_s(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = journey.handling().assignments.get()

    for action in ("sign", "draft", "sign_off", "release"):
        assert login(cast.clerk).get(do_url(row, action)).status_code == 403
    assert login(cast.clerk).get("/admin/suggestions/assignment/999999/do/recall/").status_code == 404


def test_declining_begins_with_the_reason_and_fills_in_its_words(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client, reason = journey.submitted(), login(cast.clerk), cast.decline_reason
    first = open_page(client, do_url(case, "decline"))
    assert f"?code={reason.pk}" in first
    assert "<textarea" not in first

    second = open_page(client, f"{do_url(case, 'decline')}?code={reason.pk}")
    assert reason.text in second
    assert reason.where_to_go in second
    press(client, case, "decline", code=reason.pk, text="另作说明", where_to_go=reason.where_to_go)

    event = case.events.get(action="decline")
    assert (event.note, event.data["where_to_go"]) == ("另作说明", reason.where_to_go)


def test_joining_takes_the_number_of_the_lead_case(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    lead, child, client = journey.accepted(), journey.submitted(), login(cast.clerk)
    assert f'value="{lead.number}"' in open_page(client, f"{do_url(child, 'merge')}?lead={lead.number}")

    assert 'id="id_lead_error"' in press(client, child, "merge", lead="2099000000").content.decode()
    press(client, child, "merge", lead=lead.number, same_person="on")

    child.refresh_from_db()
    assert (child.state, child.merged_into, child.is_repeat) == ("MERGED", lead, True)


def test_a_new_query_code_is_shown_once_and_opens_the_case(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.submitted(), login(cast.clerk)
    old = case.fresh_code

    response = press(client, case, "renew_code", how="PHONE")

    page = response.content.decode()
    code = page.partition('class="key code">')[2].partition("<")[0]
    case.refresh_from_db()
    assert codes.codes_match(code, case.query_code_hash)
    assert not codes.codes_match(old, case.query_code_hash)
    assert "no-store" in response["Cache-Control"]
    assert code not in open_page(client, case_url(case))


def test_after_an_action_the_queue_is_not_lost(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted()
    kept = "?_changelist_filters=queue%3Dto_accept"

    response = login(cast.clerk).post(
        do_url(case, "accept") + kept, {"version": "1", "category": cast.category.pk, "level": "L1"}
    )

    assert response.url == case_url(case) + kept


@pytest.mark.parametrize("action", ["conclude", "order_redo"])
def test_whoever_judges_a_dispute_has_the_last_words_of_the_resident_above_the_form(
    cast: SimpleNamespace, journey: Journey, login: Callable, action: str
) -> None:
    page = open_page(login(cast.head), do_url(journey.disputed(), action))
    assert "还是没有解决" in page
    assert "车位没有增加" not in page
