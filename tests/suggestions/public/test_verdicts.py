"""What the unit says and what the resident says stand side by side, once both have spoken."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from suggestions.models import Suggestion
from suggestions.submissions import submit
from tests.conftest import Journey, act, as_actor, submission

from . import replies

pytestmark = pytest.mark.django_db
Holding = Callable[[Any], Client]
TITLE = 'id="verdicts-title"'


def page_of(holding: Holding, case: Suggestion) -> Any:
    return holding(case).get(case.get_absolute_url())


def test_before_the_resident_has_spoken_there_is_nothing_to_compare(
    journey: Journey, holding: Holding
) -> None:
    page = page_of(holding, journey.replied())
    assert page.context["you_say"] == []
    assert TITLE not in page.content.decode()


def test_both_stand_side_by_side_and_neither_is_made_of_the_other(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="车位没有增加", process="SATISFIED")
    page = page_of(holding, case)
    assert [(said.who, str(said.what)) for said in page.context["unit_says"]] == [
        ("测试住建局", "已经解决或者基本解决")
    ]
    assert [(said.result, said.process, said.reason) for said in page.context["you_say"]] == [
        ("不满意", "满意", "车位没有增加")
    ]
    assert TITLE in page.content.decode()


def test_first_and_last_rating_are_both_kept(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.replied()
    act("rate_bad", case, cast.resident, reason="没有解决", process="BASIC")
    journey.release(case)
    (first,) = page_of(holding, case).context["you_say"]
    assert first.about == "第一次评价"
    act("rate_ok", case, cast.resident, level="BASIC", process="SATISFIED")
    said = page_of(holding, case).context["you_say"]
    assert [(one.about, one.result) for one in said] == [
        ("重新办理之后", "基本满意"),
        ("第一次评价", "不满意"),
    ]


def test_the_units_last_word_about_a_promise_is_what_it_says(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    (promise,) = replies.promise(cast, case, 20)
    act("rate_ok", case, cast.resident, level="BASIC", process="SATISFIED")
    assert str(page_of(holding, case).context["unit_says"][0].what) == "正在解决，或者已列入计划"
    replies.keep(cast, promise, answer_class="A")
    assert str(page_of(holding, case).context["unit_says"][0].what) == "已经解决或者基本解决"
    act("rate_kept_promise", case, cast.resident, level="SATISFIED", process="SATISFIED")
    assert page_of(holding, case).context["you_say"][0].about == "承诺的事办完之后"


def test_a_venue_that_gives_no_class_has_replied(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.accepted()
    act("answer_direct", case, cast.liaison, reply="社区已经更换路灯。")
    act("rate_ok", case, cast.resident, level="SATISFIED", process="SATISFIED")
    (said,) = page_of(holding, case).context["unit_says"]
    assert (said.who, said.what) == ("甲社区代表联络站", "已经答复")


def test_a_rating_taken_for_somebody_says_how_and_when_and_never_by_whom(
    cast: SimpleNamespace, holding: Holding
) -> None:
    case = submit(submission(cast, channel="VISIT", venue=cast.station), actor=as_actor(cast.liaison))
    act("accept", case, cast.clerk, category=cast.category, level="L1")
    act("answer_direct", case, cast.clerk, reply="已经解决。")
    act("record_told", case, cast.liaison, how="VISIT")
    act(
        "rate_ok", case, cast.liaison, level="SATISFIED", process="SATISFIED", how="VISIT", who="李测试本人",
        when=replies.in_days(0),
    )  # fmt: skip
    page = page_of(holding, case)
    assert "代您记录" in page.context["you_say"][0].taken
    assert "测试liaison" not in page.content.decode()
