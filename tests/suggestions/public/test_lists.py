"""The published list for everybody, and the own list for somebody signed in."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from suggestions.models import Suggestion
from suggestions.submissions import submit
from tests.conftest import Journey, act, as_actor, submission

from .conftest import text_of

pytestmark = pytest.mark.django_db
LIST, MINE = "/suggestions/", "/suggestions/mine/"


@pytest.fixture
def publish(cast: SimpleNamespace, journey: Journey) -> Callable[..., Suggestion]:
    def make(title: str, summary: str = "摘要。", category: Any = None) -> Suggestion:
        case = journey.submitted(may_publish=True)
        act("accept", case, cast.clerk, category=category or cast.category, level="L2")
        act("answer_direct", case, cast.clerk, reply="已经解决。")
        act("rate_ok", case, cast.resident, level="SATISFIED", process="SATISFIED")
        act("prepare_publication", case, cast.clerk, title=title, summary=summary)
        return act("publish", case, cast.clerk2)

    return make


def titles(response: Any) -> list[str]:
    return [row.title for row in response.context["page"].object_list]


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_only_what_was_published_is_listed(
    client: Client, journey: Journey, publish: Callable[..., Any]
) -> None:
    hidden = journey.closed(may_publish=True)
    publish("路灯修好了")
    response = client.get(LIST)
    assert titles(response) == ["路灯修好了"]
    assert hidden.title not in text_of(response)


def test_it_can_be_searched_and_narrowed(
    client: Client, cast: SimpleNamespace, publish: Callable[..., Any]
) -> None:
    publish("路灯修好了", "更换灯头。")
    publish("暖气热了", "更换阀门,100% 解决。", cast.other_category)
    assert titles(client.get(LIST, {"q": "路灯"})) == ["路灯修好了"]
    assert titles(client.get(LIST, {"q": "阀门"})) == ["暖气热了"]
    assert titles(client.get(LIST, {"q": "0%"})) == ["暖气热了"]
    assert titles(client.get(LIST, {"q": "%"})) == ["暖气热了"]
    assert titles(client.get(LIST, {"q": "更换", "category": "HEATING"})) == ["暖气热了"]
    assert titles(client.get(LIST, {"q": "没有的词"})) == []
    assert titles(client.get(LIST, {"category": "NOPE"})) == ["暖气热了", "路灯修好了"]


@pytest.mark.parametrize("query", ["\x00", "'", "<script>alert(1)</script>", "𬱖🙂", "长" * 5000])
@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_odd_searches_are_answered(
    client: Client, publish: Callable[..., Any], query: str, page: str
) -> None:
    publish("路灯修好了")
    response = client.get(LIST, {"q": query, "page": page, "category": query})
    assert response.status_code == 200
    assert "<script>alert(1)" not in text_of(response)


def test_an_empty_list_shows_the_way_on(client: Client, cast: SimpleNamespace) -> None:
    assert "/suggestions/new/" in text_of(client.get(LIST))


def test_the_published_list_costs_the_same_with_more_rows(
    client: Client, publish: Callable[..., Any]
) -> None:
    publish("第一条")
    before = queries(client, LIST)
    for index in range(4):
        publish(f"又一条{index}")
    assert queries(client, LIST) == before


def test_the_own_list_needs_a_sign_in(client: Client, db: None) -> None:
    assert client.get(MINE)["Location"].startswith("/accounts/login/")


def test_everybody_sees_only_the_own_ones(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client]
) -> None:
    mine = journey.submitted()
    other = submit(submission(cast, title="别人的意见"), actor=as_actor(cast.stranger))
    html = text_of(login(cast.resident).get(MINE))
    assert mine.number in html
    assert other.number not in html
    assert "别人的意见" not in html
    assert mine.number not in text_of(login(cast.clerk).get(MINE))


def test_the_own_list_costs_the_same_with_more_rows(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client]
) -> None:
    journey.submitted()
    client = login(cast.resident)
    before = queries(client, MINE)
    for _index in range(4):
        journey.submitted()
    assert queries(client, MINE) == before


def test_the_own_list_says_in_plain_words_where_each_stands(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client]
) -> None:
    journey.accepted()
    html = text_of(login(cast.resident).get(MINE, headers={"accept-language": "zh-hans"}))
    assert "已受理" in html
    assert "交办" not in html
