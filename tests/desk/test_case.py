"""The page of one case: what it shows to whom, and exactly the buttons that may be pressed."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.urls import reverse

from suggestions.inputs import Target
from suggestions.models import SubmitterContact, Suggestion
from suggestions.permissions import GONE
from suggestions.services import available_moves
from suggestions.workflow import RATE, RATINGS
from tests.conftest import Journey, act, as_actor
from tests.suggestions.stage import Stage

from .pages import button_list, case_page, text_of

PEOPLE = ("liaison", "deputy", "convener", "officer", "unitlead", "committee", "coordinator", "other_officer")
# To these a case is not there unless it was given to their unit.
OF_UNITS = ("officer", "unitlead", "coordinator", "other_officer")


def in_every_state(journey: Journey, cast: SimpleNamespace) -> dict[str, Suggestion]:
    cases = {
        "submitted": journey.submitted(), "accepted": journey.accepted(), "issued": journey.handling(),
        "replied": journey.replied(), "closed": journey.closed(), "disputed": journey.disputed(),
    }  # fmt: skip
    cases["asked"] = act("ask_more", journey.submitted(), cast.liaison, question="是哪一栋楼?")
    for name, walk in (("drafted", journey.drafted), ("signed", journey.signed)):
        cases[name] = journey.handling()
        walk(cases[name])
    cases["in hand"] = journey.handling()
    act("sign", cases["in hand"].assignments.get(), cast.officer)
    cases["return asked"] = journey.handling()
    row = cases["return asked"].assignments.get()
    act("ask_return", row, cast.officer, reason="职责不符", proposed_unit=cast.other_unit)
    cases["at the venue"] = journey.assigned(journey.accepted(), Target(venue=cast.station))
    cases["drafted at the venue"] = journey.assigned(journey.accepted(), Target(venue=cast.station))
    row = cases["drafted at the venue"].assignments.get()
    act("sign", row, cast.deputy)
    act("draft", row, cast.deputy, text="已与物业协调。")
    cases["answered directly"] = journey.accepted()
    act("answer_direct", cases["answered directly"], cast.deputy, reply="已与物业协调。")
    cases["declined"] = act(
        "decline",
        journey.submitted(),
        cast.liaison,
        code=cast.decline_reason,
        text="说明",
        where_to_go="12368",
    )
    cases["withdrawn"] = act("withdraw", journey.submitted(), cast.resident)
    cases["merged"] = act("merge", journey.accepted(), cast.clerk, lead=cases["issued"])
    return cases | on_every_way(cast)


def on_every_way(cast: SimpleNamespace) -> dict[str, Suggestion]:
    """Through a coordinator office, with a helper, asked for this and that, promised, missed."""
    stage = Stage(cast)
    asked = stage.on(
        stage.issued(), ("sign", "officer"), ("ask_extension", "officer"), ("ask_contact", "officer")
    )
    child = stage.on(stage.child(), ("sign", "officer"), ("ask_extension", "officer"))
    return {
        "to an office": stage.to_an_office().case,
        "in the office's hand": stage.on(stage.to_an_office(), ("sign", "coordinator")).case,
        "dispatched": stage.dispatched().case,
        "a unit of the office asks": child.case,
        "a helper returns": stage.on(stage.assisting(), ("ask_return", "other_officer")).case,
        "asked for time and a word": asked.case,
        "promised": stage.promised().case,
        "an opinion is missed": stage.missed().case,
        "an opinion is given": stage.on(
            stage.assisting(), ("sign", "other_officer"), ("give_opinion", "other_officer")
        ).case,
    }


@pytest.mark.parametrize("who", PEOPLE)
def test_the_buttons_are_those_the_tables_allow_and_no_others(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    client, user = login(getattr(cast, who)), getattr(cast, who)
    seen: set[str] = set()
    for name, case in in_every_state(journey, cast).items():
        case.refresh_from_db()
        response = client.get(f"/desk/{case.number}/")
        if response.status_code == 404:
            assert who in OF_UNITS, name
            continue
        actor = as_actor(user)
        moves = {RATE if move.action in RATINGS else move.action for move in available_moves(actor, case)}
        expected = {reverse("desk_case_action", args=[case.number, action]) for action in moves}
        for row in case.assignments.exclude(state__in=GONE):
            row.suggestion = case
            expected |= {
                reverse("desk_assignment_action", args=[row.pk, move.action])
                for move in available_moves(actor, row)
            }
        html = response.content.decode()
        assert sorted(button_list(html)) == sorted(expected), name
        for url in expected:
            # A link leads to a form that can be sent, or first to the choice of the ground.
            # A link leads to a form that can be sent; looked at once for each kind.
            kind = ("row" if "/row/" in url else "case") + url.split("/do/")[1]
            if kind in seen:
                continue
            seen.add(kind)
            page = client.get(url)
            assert page.status_code == 200, (name, url)
            main = page.content.decode()[page.content.decode().index("<main") :]
            assert 'type="submit"' in main or 'class="reasons"' in main


def test_the_page_shows_words_place_owner_clock_and_history(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling(place="3号楼旁")
    act("comment", case, cast.deputy, text="已到现场看过。")

    words = text_of(case_page(login(cast.liaison), case))

    for part in (case.title, case.text, "甲社区 3号楼旁", "测试住建局", "已到现场看过。", "测试deputy"):
        assert part in words
    assert "确定，共10个工作日" in words


def test_a_released_reply_stands_there_like_a_letter_and_drafts_of_others_do_not(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    replied, drafted = journey.replied(), journey.handling()
    journey.drafted(drafted)
    client = login(cast.deputy)

    assert "已增设车位三十个。" in text_of(case_page(client, replied))
    assert "已增设车位三十个。" not in text_of(case_page(client, drafted))


def test_the_leader_reads_the_draft_of_the_own_unit(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    journey.drafted(case)

    words = text_of(case_page(login(cast.unitlead), case))

    assert "已增设车位三十个。" in words
    assert "测试officer" in words


@pytest.mark.parametrize("who", PEOPLE[:6])
def test_nobody_reads_the_phone_or_the_account_of_the_resident(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    html = case_page(login(getattr(cast, who)), journey.handling())

    assert "13900000001" not in html
    assert "李测试" not in html
    assert "测试resident" not in html


def test_a_phone_inside_the_text_is_hidden_from_a_deputy_and_not_from_the_liaison_officer(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted(text="请联系 13812345678 核实停车问题。")

    assert "13812345678" not in case_page(login(cast.deputy), case)
    assert "13812345678" in case_page(login(cast.liaison), case)


def test_a_unit_reads_the_masked_contact_only_with_the_residents_consent(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    client = login(cast.officer)
    assert "139****0001" not in case_page(client, case)

    SubmitterContact.objects.filter(suggestion=case).update(may_share=True)
    assert "139****0001" in case_page(client, case)


def test_only_whoever_may_look_at_the_contact_is_offered_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    people = ("liaison", "deputy", "convener", "officer", "unitlead", "committee")
    offered = {
        who for who in people if f"/desk/{case.number}/contact/" in case_page(login(getattr(cast, who)), case)
    }

    assert offered == {"liaison", "committee"}


def test_what_somebody_wrote_is_shown_as_text(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted(text="<script>alert(1)</script> 𬱖 🚗", title="<b>标题</b>")

    html = case_page(login(cast.liaison), case)

    assert "<script>alert" not in html
    assert "&lt;b&gt;标题&lt;/b&gt;" in html
    assert "𬱖 🚗" in html


def test_a_letter_that_is_signed_by_its_writer_is_not_signed_again(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    row = act("sign", case.assignments.get(), cast.officer)
    act("draft", row, cast.officer, text="您好，已增设车位。\n测试住建局\n2026年6月1日", answer_class="A")
    act("sign_off", row, cast.unitlead)
    act("release", row, cast.reviewer, publicity="OPEN")

    page = case_page(login(cast.officer), case)

    start = page.index('class="letter"')
    assert page[start : page.index("</article>", start)].count("测试住建局") == 1
