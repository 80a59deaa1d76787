"""What a reply promised: a dated list, what became of each, and a rating of its own once it was kept."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import short_date, zh_date
from suggestions import letters, tracking
from suggestions.models import Rating, Suggestion
from tests.conftest import Journey, act

from . import replies
from .conftest import action_url, text_of

pytestmark = pytest.mark.django_db
Holding = Callable[[Any], Client]
PAGE = "rate_kept_promise"


def letter_of(case: Suggestion) -> letters.Letter:
    (letter,), _earlier = letters.letters(tracking.load(case.pk))
    return letter


def states(case: Suggestion) -> list[tuple[str, str]]:
    return [(line.text, line.state) for line in letter_of(case).promises]


def rate(client: Client, case: Suggestion, **data: str) -> Any:
    case.refresh_from_db()
    given = {"version": case.version, "level": "SATISFIED", "process": "BASIC"}
    return client.post(action_url(case, PAGE), given | data)


def test_promises_stand_below_the_letter_with_their_day(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    first, second = replies.promise(cast, case, 30, 60)
    lines = letter_of(case).promises
    assert [(line.due, line.open) for line in lines] == [(first.due_on, True), (second.due_on, True)]
    html = text_of(holding(case).get(case.get_absolute_url()))
    assert f'datetime="{second.due_on:%Y-%m-%d}"' in html


def test_each_end_of_a_promise_is_told(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    kept, broken, moved, open_one = replies.promise(cast, case, 20, 21, 22, 23)
    replies.keep(cast, kept, answer_class="A")
    for promise, given in (
        (broken, {"verdict": "BROKEN", "reply": "没有按期完成。"}),
        (moved, {"verdict": "MOVED", "due": replies.in_days(90), "reply": "推迟到春天。"}),
    ):
        act("settle_promise", promise.assignment, cast.reviewer, promise=promise, **given)
    assert states(case) == [
        (kept.text, "done"), (broken.text, "overdue"), (moved.text, "stopped"), (open_one.text, "moving"),
        (moved.text, "moving"),
    ]  # fmt: skip
    told = [[letter.text for letter in line.news] for line in letter_of(case).promises]
    assert told == [["已经办好，请您查看。"], ["没有按期完成。"], ["推迟到春天。"], [], []]


def test_the_letter_of_the_reply_stays_the_only_one(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    (promise,) = replies.promise(cast, case, 20)
    act("rate_ok", case, cast.resident, level="BASIC", process="SATISFIED")
    replies.keep(cast, promise, answer_class="A")
    current, earlier = letters.letters(tracking.load(case.pk))
    assert ([letter.text for letter in current], earlier) == ([replies.OPENING], [])


def test_a_day_that_is_over_is_being_checked(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    replies.promise(cast, case, 20)
    with clock.frozen(clock.now() + timedelta(days=21)):
        assert [(line.state, line.open) for line in letter_of(case).promises] == [("waiting", False)]


def test_a_new_reply_takes_up_what_the_old_one_promised(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    replies.promise(cast, case, 20)
    act("rate_bad", case, cast.resident, reason="太晚了", process="BASIC")
    replies.promise(cast, case, 10)
    current, earlier = letters.letters(tracking.load(case.pk))
    assert [line.state for line in current[0].promises] == ["moving"]
    assert [line.state for line in earlier[0].promises] == ["stopped"]


def test_a_corrected_follow_up_takes_the_place_of_the_wrong_one(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.handling()
    (promise,) = replies.promise(cast, case, 20)
    act("rate_ok", case, cast.resident, level="BASIC", process="SATISFIED")
    replies.keep(cast, promise)
    act("correct_reply", case, cast.reviewer, reply="更正：划好三十二个。", reason="数字有误")
    (line,) = letter_of(case).promises
    assert [(letter.text, letter.corrected) for letter in line.news] == [("更正：划好三十二个。", True)]


def test_the_day_of_a_promise_is_said_once(cast: SimpleNamespace, journey: Journey, holding: Holding) -> None:
    case = journey.handling()
    (promise,) = replies.promise(cast, case, 20)

    def lines() -> str:
        page = holding(case).get(case.get_absolute_url()).content.decode()
        return page[page.index('class="promises"') :].split("</p>", 1)[0]

    days = (zh_date(promise.due_on), short_date(promise.due_on))
    assert [lines().count(day) for day in days] == [0, 1]
    replies.keep(cast, promise)
    assert [lines().count(day) for day in days] == [1, 0]


def test_what_was_reported_and_noted_inside_stays_inside(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    (promise,) = replies.promise(cast, case, 20)
    row = promise.assignment
    act("report_promise", row, cast.officer, promise=promise, report="内部汇报的话")
    act(
        "settle_promise", row, cast.reviewer, promise=promise, verdict="BROKEN", note="内部批注",
        reply="没有按期完成，正在督促。",
    )  # fmt: skip
    html = text_of(holding(case).get(case.get_absolute_url()))
    assert "没有按期完成" in html
    for hidden in ("内部汇报", "内部批注", "测试officer", "测试reviewer"):
        assert hidden not in html


def test_a_kept_promise_is_rated_on_a_page_of_its_own_and_both_ratings_stay(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    (promise,) = replies.promise(cast, case, 20)
    act("rate_ok", case, cast.resident, level="BASIC", process="BASIC")
    client = holding(case)
    assert client.get(action_url(case, PAGE))["Location"] == case.get_absolute_url()
    replies.keep(cast, promise, answer_class="A")
    assert action_url(case, PAGE) in text_of(client.get(case.get_absolute_url()))
    page = text_of(client.get(action_url(case, PAGE)))
    assert promise.text in page
    assert page.count('type="radio"') == 6
    rate(client, case, reason="车位够了")
    given = list(Rating.objects.values_list("level", "process", "of_promise", "reason"))
    assert given == [("BASIC", "BASIC", False, ""), ("SATISFIED", "BASIC", True, "车位够了")]
    assert action_url(case, PAGE) not in text_of(client.get(case.get_absolute_url()))


def test_a_bad_rating_of_it_asks_for_no_reason_and_reopens_nothing(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    case = journey.handling()
    (promise,) = replies.promise(cast, case, 20)
    act("rate_ok", case, cast.resident, level="BASIC", process="BASIC")
    replies.keep(cast, promise)
    assert rate(holding(case), case, level="DISSATISFIED").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.round, case.rating) == ("CLOSED", 1, "DISSATISFIED")


def test_a_second_click_rates_it_once(cast: SimpleNamespace, journey: Journey, holding: Holding) -> None:
    case = journey.handling()
    (promise,) = replies.promise(cast, case, 20)
    act("rate_ok", case, cast.resident, level="BASIC", process="BASIC")
    replies.keep(cast, promise)
    client = holding(case)
    for _click in range(2):
        assert rate(client, case)["Location"] == case.get_absolute_url()
    assert Rating.objects.filter(of_promise=True).count() == 1


def test_who_joined_reads_what_became_of_it_and_rates_it_too(
    cast: SimpleNamespace, journey: Journey, holding: Holding
) -> None:
    lead, case = journey.handling(), journey.submitted()
    act("merge", case, cast.clerk, lead=lead)
    kept, moved = replies.promise(cast, lead, 20, 21)
    case.refresh_from_db()
    act("rate_ok", case, cast.resident, level="BASIC", process="BASIC")
    replies.keep(cast, kept, answer_class="A")
    act(
        "settle_promise", moved.assignment, cast.reviewer, promise=moved, verdict="MOVED",
        due=replies.in_days(90), reply="推迟到春天。",
    )  # fmt: skip
    told = [[letter.text for letter in line.news] for line in letter_of(case).promises]
    assert told == [["已经办好，请您查看。"], ["推迟到春天。"], []]
    rate(holding(case), case, level="SATISFIED")
    assert list(Rating.objects.filter(of_promise=True).values_list("suggestion", flat=True)) == [case.pk]
    lead.refresh_from_db()
    assert lead.rating == ""


def test_who_has_another_case_is_not_asked(cast: SimpleNamespace, journey: Journey, holding: Holding) -> None:
    case, other = journey.handling(), journey.closed()
    (promise,) = replies.promise(cast, case, 20)
    act("rate_ok", case, cast.resident, level="BASIC", process="BASIC")
    replies.keep(cast, promise)
    assert action_url(other, PAGE) not in text_of(holding(other).get(other.get_absolute_url()))
