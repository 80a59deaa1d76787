"""Who has and had a case, as a tree, round by round; every button of a row exactly once."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from congress_portal.common.clock import local_date
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import Suggestion
from suggestions.services import available_moves
from tests.conftest import Journey, act, as_actor
from tests.suggestions.stage import Stage

from .pages import case_url, do_url, open_page, queries, text_of


@pytest.fixture
def stage(cast: SimpleNamespace) -> Stage:
    return Stage(cast)


SCENES = {
    "issued": lambda s: s.issued(),
    "return asked": lambda s: s.on(s.issued(), ("ask_return", "officer")),
    "asked twice": lambda s: s.on(
        s.issued(), ("sign", "officer"), ("ask_extension", "officer"), ("ask_contact", "officer")
    ),
    "escalated": lambda s: s.escalated(s.issued()),
    "to an office": lambda s: s.to_an_office(),
    "dispatched": lambda s: s.dispatched(),
    "a helper returns": lambda s: s.on(s.assisting(), ("ask_return", "other_officer")),
    "a helper is late": lambda s: s.overdue(s.assisting()),
    "drafted": lambda s: s.on(s.issued(), ("sign", "officer"), ("draft", "officer")),
    "signed": lambda s: s.on(s.issued(), ("sign", "officer"), ("draft", "officer"), ("sign_off", "unitlead")),
    "promised": lambda s: s.promised(),
    "at a venue": lambda s: s.issued_to_a_venue(),
}


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("who", ["clerk", "reviewer", "head"])
def test_every_button_stands_on_the_page_exactly_once(
    cast: SimpleNamespace, stage: Stage, login: Callable, name: str, who: str
) -> None:
    scene, user = SCENES[name](stage), getattr(cast, who)
    with scene.moment():
        actor, case = as_actor(user), Suggestion.objects.get(pk=scene.case.pk)
        expected = [do_url(case, move.action) for move in available_moves(actor, case)]
        for row in case.assignments.all():
            expected += [do_url(row, move.action) for move in available_moves(actor, row)]

        page = open_page(login(user), case_url(case))

    assert sorted(re.findall(r'data-action="\w+" href="([^"?]+)', page)) == sorted(expected)


def test_whom_an_office_named_stands_below_it(cast: SimpleNamespace, stage: Stage, login: Callable) -> None:
    page = open_page(login(cast.clerk), case_url(stage.dispatched().case))

    rows = re.findall(r'<article class="panel assignment[^>]*>\s*<p class="row"><strong>([^<]+)', page)
    below = re.findall(r"<article [^>]*data-below[^>]*>", page)
    assert rows == ["测试区政府办公室", "测试住建局", "测试城管局"]
    assert len(below) == 2


def test_the_present_round_stands_open_and_the_earlier_one_is_folded_away(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="车位没有增加", process="BASIC")

    page = open_page(login(cast.clerk), case_url(case))

    now, before = page.split("<details><summary>第 1 轮</summary>")
    assert "待签收" in now[now.index("交办情况") :]
    assert "已答复" in before


def test_a_returned_row_stays_as_what_it_was(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    row = case.assignments.get()
    act("ask_return", row, cast.officer, reason="不属本单位", proposed_unit=cast.other_unit)
    act("approve_return", row, cast.clerk)

    page = open_page(login(cast.clerk), case_url(case))

    assert "data-over" in page
    assert "已退回" in text_of(page)


def test_talks_requests_and_promises_are_on_the_office_s_page_too(
    cast: SimpleNamespace, stage: Stage, login: Callable
) -> None:
    scene = stage.promised()
    act("log_contact", scene.target, cast.officer, phase="AFTER", mode="FACE",
        happened_on=local_date(scene.case.received_at), summary="当面说明了安排。")  # fmt: skip

    words = text_of(open_page(login(cast.clerk), case_url(scene.case)))

    for part in ("划好全部车位 待兑现", "办后 · 见面", "当面说明了安排。"):
        assert part in words, part


def test_each_further_unit_costs_the_page_little(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    alone, helped = journey.handling(), journey.accepted()
    helpers = [
        Target(kind=AssignmentKind.ASSISTING, unit=unit) for unit in (cast.other_unit, cast.third_unit)
    ]
    journey.assigned(helped, Target(unit=cast.unit), *helpers)
    client = login(cast.clerk)

    few, many = queries(client, case_url(alone)), queries(client, case_url(helped))

    assert many - few <= 2 * len(helpers)


def test_what_was_asked_and_refused_no_longer_stands_beside_other_forms(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    row = journey.handling().assignments.get()
    act("ask_return", row, cast.officer, reason="不属本局职责", proposed_unit=cast.other_unit)
    client = login(cast.clerk)
    assert open_page(client, do_url(row, "refuse_return")).count("不属本局职责") == 1
    act("refuse_return", row, cast.clerk, reason="属于你局职责")

    assert "不属本局职责" not in open_page(client, do_url(row, "recall"))
