"""The case page: everything about one case, exactly the buttons one may press, and no field."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from congress_portal.common import clock
from suggestions.inputs import Target
from suggestions.services import available_moves
from tests.conftest import Journey, act, as_actor

from .pages import LIST, buttons, case_url, do_url, numbers, open_page, text_of

BEGINS = ("submitted", "accepted", "handling", "replied", "closed", "disputed")


@pytest.mark.parametrize("begin", BEGINS)
@pytest.mark.parametrize("who", ["clerk", "reviewer", "head"])
def test_the_page_offers_exactly_what_the_tables_allow(
    cast: SimpleNamespace, journey: Journey, login: Callable, begin: str, who: str
) -> None:
    case, user = getattr(journey, begin)(), getattr(cast, who)
    case.refresh_from_db()
    wanted = {move.action for move in available_moves(as_actor(user), case)}
    for row in case.assignments.all():
        wanted |= {move.action for move in available_moves(as_actor(user), row)}

    assert buttons(open_page(login(user), case_url(case))) == wanted


def test_a_clerk_gets_no_button_of_the_unit(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.handling()
    act("sign", case.assignments.get(), cast.officer)

    found = buttons(open_page(login(cast.clerk), case_url(case)))

    assert found.isdisjoint({"sign", "draft", "undo_draft", "sign_off", "ask_return", "release"})
    assert "recall" in found


def test_only_the_reviewer_may_release(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.handling()
    journey.signed(case)

    assert {"release", "send_back"} <= buttons(open_page(login(cast.reviewer), case_url(case)))
    assert "release" not in buttons(open_page(login(cast.clerk), case_url(case)))


def test_no_field_of_the_page_could_change_a_case(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    page = open_page(login(cast.clerk), case_url(case))

    main = page[page.index("<main") : page.index("</main>")]
    # One's own mark is no part of the case.
    assert re.findall(r'<form\b[^>]*action="([^"]*)"', main) == [f"{LIST}{case.pk}/mark/"]
    fields = re.findall(r'<(?:input|select|textarea)\b[^>]*name="(\w+)"', main)
    assert fields == ["csrfmiddlewaretoken", "back", "note"]


def test_the_page_tells_the_whole_case(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.disputed()

    words = text_of(open_page(login(cast.head), case_url(case)))

    for word in (
        case.number, case.title, case.text, cast.station.name, cast.unit.name, "车位没有增加", "还是没有解决",
        "已增设车位三十个。", case.get_state_display(), str(cast.reviewer), str(cast.officer),
    ):  # fmt: skip
        assert word in words, word


def test_a_running_clock_says_until_when_and_why(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()
    running = case.clocks.get(stopped_at=None)

    page = open_page(login(cast.clerk), case_url(case))

    assert running.basis in page
    assert f"{running.due_on.month} 月 {running.due_on.day} 日" in page


def test_the_contact_is_masked(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    page = open_page(login(cast.clerk), case_url(journey.submitted()))

    assert "13900000001" not in page
    assert "139****0001" in page
    assert "李测试" not in page


def test_a_return_shows_its_reason_and_the_proposed_unit(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    act(
        "ask_return",
        case.assignments.get(),
        cast.officer,
        reason="路段归市政养护",
        proposed_unit=cast.other_unit,
    )

    page = open_page(login(cast.clerk), case_url(case))

    assert "路段归市政养护" in page
    assert cast.other_unit.name in page
    assert {"approve_return", "refuse_return"} <= buttons(page)


def test_similar_cases_of_the_street_are_named_and_can_be_joined_to(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, alike = journey.submitted(), journey.accepted()
    other_words = journey.accepted(title="希望开办助餐点", text="老人吃饭不方便。")
    elsewhere = journey.accepted(community=cast.other_community, phone="13900000002")

    page = open_page(login(cast.clerk), case_url(case))

    assert alike.number in page
    assert f"{do_url(case, 'merge')}?lead={alike.number}" in page
    assert other_words.number not in page
    assert elsewhere.number not in page


def test_joined_cases_name_each_other(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    lead, child = journey.accepted(), journey.submitted()
    act("merge", child, cast.clerk, lead=lead)
    client = login(cast.clerk)

    assert case_url(child) in open_page(client, case_url(lead))
    assert case_url(lead) in open_page(client, case_url(child))


def test_who_works_off_a_queue_is_led_back_and_on(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    with clock.frozen(clock.now() - timedelta(days=3)):
        first = journey.submitted()
    second = journey.submitted()
    client = login(cast.clerk)
    listed = open_page(client, f"{LIST}?queue=to_accept")
    assert numbers(listed) == [first.number, second.number]

    page = open_page(client, re.search(rf'href="({case_url(first)}[^"]*)"', listed)[1])  # type: ignore[index]

    assert f"{LIST}?queue=to_accept" in page
    assert f"{case_url(second)}?_changelist_filters=queue%3Dto_accept" in page


def test_a_case_that_is_not_there_is_not_found(cast: SimpleNamespace, login: Callable) -> None:
    assert login(cast.clerk).get(f"{LIST}999999/change/").status_code == 404


@pytest.mark.parametrize("who", ["resident", "deputy", "liaison", "officer"])
def test_the_page_is_closed_to_everybody_outside_the_office(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    response = login(getattr(cast, who)).get(case_url(journey.handling()), follow=True)

    assert response.status_code == 403


def test_words_of_a_resident_are_shown_as_text(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted(title="<script>alert(1)</script>", text="<b>车位</b> 👍 𬱖")

    page = open_page(login(cast.clerk), case_url(case))

    assert "<script>alert" not in page
    assert "&lt;b&gt;车位&lt;/b&gt; 👍 𬱖" in page


def test_a_case_with_a_venue_in_charge_names_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.assigned(journey.accepted(), Target(venue=cast.station))

    words = text_of(open_page(login(cast.clerk), case_url(case)))

    assert f"{cast.station.name} · 主办" in words


SIGNED = "各位居民：\n已增设车位三十个。\n测试住建局\n2026年6月1日"


@pytest.mark.parametrize(("text", "greeted"), [("已增设车位三十个。", 1), (SIGNED, 0)])
def test_a_letter_is_greeted_and_signed_once_whoever_wrote_it(
    cast: SimpleNamespace, journey: Journey, login: Callable, text: str, greeted: int
) -> None:
    case = journey.handling()
    row = act("sign", case.assignments.get(), cast.officer)
    act("draft", row, cast.officer, text=text, answer_class="A")

    page = open_page(login(cast.clerk), case_url(case))

    letter = page[page.index('class="letter"') : page.index("</article>", page.index('class="letter"'))]
    assert letter.count("测试住建局") == 1
    assert letter.count('class="salutation"') == greeted
