"""Notes from a suggestion box that were answered on the wall: found by number, nothing else given away."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress_portal.common.clock import local_date
from suggestions.models import Suggestion
from suggestions.submissions import submit
from tests.conftest import Journey, act, as_actor, submission

from .conftest import text_of

pytestmark = pytest.mark.django_db
HERE, THERE = "/venues/TS1/notes/", "/venues/TS2/notes/"


@pytest.fixture
def note(cast: SimpleNamespace) -> Callable[..., Suggestion]:
    """A note from the box of the station, answered; `how` it was told, None for not yet."""

    def make(how: str | None = "POSTED", **changes: Any) -> Suggestion:
        given = {
            "channel": "BOX", "venue": cast.station, "name": "", "phone": "", "community": None,
            "street": cast.street, "place": "三单元502", "title": "楼道堆物", **changes,
        }  # fmt: skip
        case = submit(submission(cast, **given), actor=as_actor(cast.liaison))
        act("accept", case, cast.clerk, category=cast.category, level="L1")
        act("answer_direct", case, cast.clerk, reply="社区已经清理。")
        if how:
            act("record_told", case, cast.liaison, how=how)
        return case

    return make


def numbers(response: Any) -> list[str]:
    return [row.number for row in response.context["notes"]]


def test_a_posted_answer_is_found_by_its_number_alone(
    client: Client, note: Callable[..., Suggestion]
) -> None:
    case = note()
    page = client.get(HERE)
    assert numbers(page) == [case.number]
    html = text_of(page)
    assert "测试街道" in html
    for hidden in (
        case.title,
        case.text,
        "三单元502",
        "社区已经清理",
        "停车",
        "李测试",
        case.get_absolute_url(),
    ):
        assert hidden not in html


def test_what_was_published_carries_its_title_and_leads_there(
    cast: SimpleNamespace, client: Client, note: Callable[..., Suggestion]
) -> None:
    case = note(may_publish=True)
    told = {"how": "DESK", "who": "投信人", "when": local_date(case.received_at)}
    act("rate_ok", case, cast.liaison, level="BASIC", process="BASIC", **told)
    act("prepare_publication", case, cast.clerk, title="楼道清理干净了", summary="已清理。")
    assert "楼道清理干净了" not in text_of(client.get(HERE))
    act("publish", case, cast.clerk2)
    html = text_of(client.get(HERE))
    assert "楼道清理干净了" in html
    assert case.get_absolute_url() in html


def test_only_what_was_answered_on_the_wall_is_listed(
    cast: SimpleNamespace, client: Client, journey: Journey, note: Callable[..., Suggestion]
) -> None:
    note(how=None)
    note(how="VISIT")
    note(channel="VISIT")
    journey.replied()
    assert numbers(client.get(HERE)) == []


def test_another_venues_notes_stand_there(
    cast: SimpleNamespace, client: Client, note: Callable[..., Suggestion]
) -> None:
    case = note()
    assert numbers(client.get(THERE)) == []
    assert case.number in text_of(client.get("/venues/TS1/"))
    assert case.number not in text_of(client.get("/venues/TS2/"))
    assert THERE not in text_of(client.get("/venues/TS2/"))


def test_what_is_kept_from_the_public_is_not_listed(
    cast: SimpleNamespace, client: Client, note: Callable[..., Suggestion]
) -> None:
    case = note()
    Suggestion.objects.filter(pk=case.pk).update(restricted="PUBLIC")
    assert numbers(client.get(HERE)) == []


def test_a_number_is_looked_up_however_it_was_typed(client: Client, note: Callable[..., Suggestion]) -> None:
    case = note()
    note()
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for typed in (case.number, case.number.translate(wide), f" {case.number[:4]}-{case.number[4:]} "):
        assert numbers(client.get(HERE, {"q": typed})) == [case.number]
    for typed in ("2026999999", "别的", "\x00", "9" * 5000, "<script>"):
        page = client.get(HERE, {"q": typed})
        assert (page.status_code, numbers(page)) == (200, [])
    assert len(numbers(client.get(HERE, {"q": " ", "page": "x"}))) == 2


def test_an_unknown_venue_is_said_to_be_unknown(client: Client, cast: SimpleNamespace) -> None:
    assert client.get("/venues/NOPE/notes/").status_code == 404
    assert client.get(THERE).status_code == 200


def test_long_lists_cost_the_same(client: Client, note: Callable[..., Suggestion]) -> None:
    def queries() -> int:
        client.get(HERE)
        with CaptureQueriesContext(connection) as caught:
            client.get(HERE)
        return len(caught)

    note()
    few = queries()
    for _index in range(3):
        note()
    assert queries() == few
