"""What the handler says was done and what the resident says of it stand side by side, at every place."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from suggestions.models import Suggestion
from tests.admin.pages import LIST, case_url
from tests.conftest import Journey, act
from tests.suggestions.stage import Stage

from .pages import case_page, queries


def sides(html: str) -> tuple[str, str]:
    """The words of the two columns."""
    box = html[html.index('class="two-facts"') :]
    parts = box.split('class="two-facts-name"')[1:3]
    words = [re.sub(r"\s+", " ", re.sub(r"<[^>]*>?", " ", part.partition(">")[2])).strip() for part in parts]
    return words[0], words[1].split("  ")[0]


def everywhere(case: Suggestion, desk: Client, office: Client) -> list[tuple[str, str]]:
    pages = (case_page(desk, case), office.get(case_url(case)).content.decode(),
             desk.get("/desk/?tab=done").content.decode())  # fmt: skip
    return [sides(html) for html in pages]


def test_before_a_reply_there_are_no_two_facts(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    assert 'class="two-facts"' not in case_page(login(cast.liaison), journey.handling())


def test_class_and_rating_stand_side_by_side(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.closed()
    act("comment", case, cast.liaison, text="已回访。")

    for handled, rated in everywhere(case, login(cast.liaison), login(cast.clerk)):
        assert handled == "承办方答复 A 已解决或者基本解决"
        assert rated.startswith("群众评价 结果：满意 · 过程：满意")


@pytest.mark.parametrize(("told", "words"), [(True, "群众评价 尚未评价"), (False, "群众评价 尚未告知")])
def test_without_a_rating_it_says_what_is_missing(
    cast: SimpleNamespace, journey: Journey, login: Callable, told: bool, words: str
) -> None:
    case = journey.handling()
    if not told:
        Suggestion.objects.filter(pk=case.pk).update(channel="VISIT")
    journey.release(case)

    assert sides(case_page(login(cast.liaison), case))[1].startswith(words)


def test_first_and_final_rating_are_both_kept(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="车位没有增加", process="BASIC")
    journey.release(case)
    act("rate_ok", case, cast.resident, level="SATISFIED", process="SATISFIED")

    _handled, rated = sides(case_page(login(cast.liaison), case))

    assert rated.startswith("群众评价 最终 结果：满意 · 过程：满意 首次 结果：不满意 · 过程：基本满意")


def test_promises_are_counted_beside_the_class(cast: SimpleNamespace, login: Callable) -> None:
    scene = Stage(cast).promised()
    client = login(cast.liaison)
    assert "1 项承诺未到期" in sides(case_page(client, scene.case))[0]

    promise = scene.target.promises.get()
    act(
        "settle_promise",
        scene.target,
        cast.reviewer,
        promise=promise,
        verdict="BROKEN",
        reply="没有按期完成。",
    )

    assert sides(case_page(client, scene.case))[0].endswith("1 项承诺未兑现")


def test_an_answer_of_a_deputy_has_no_class(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.accepted()
    act("answer_direct", case, cast.deputy, reply="已与物业协调。")

    assert sides(case_page(login(cast.liaison), case))[0] == "承办方答复 已答复，不分类"


def test_the_office_s_list_has_them_as_two_columns(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.closed()
    open_case = journey.submitted()

    page = login(cast.clerk).get(LIST).content.decode()

    rows = {row.split("<")[0]: row for row in page.split('class="case-number">')[1:]}
    assert "A 已解决或者基本解决" in rows[case.number]
    assert "结果：满意 · 过程：满意" in rows[case.number]
    assert rows[open_case.number].count("data-empty") == 2


def test_lists_with_them_cost_the_same_for_three_and_for_twelve(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    desk, office = login(cast.officer), login(cast.clerk)

    def make(count: int) -> None:
        for _ in range(count):
            act("comment", journey.closed(), cast.officer, text="已归档。")
            Stage(cast).promised()

    def cost() -> list[int]:
        return [queries(desk, "/desk/?tab=done"), queries(office, LIST)]

    make(3)
    few = cost()
    make(9)

    assert cost() == few
    assert max(few) <= 28
