"""The case list: search, filters that add up, the same cost however long it is, and nothing to edit."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress_portal.common import clock
from suggestions.enums import State
from tests.conftest import Journey

from .pages import LIST, count, multiply, numbers, open_page, text_of


@pytest.mark.parametrize("who", ["clerk", "reviewer", "head"])
def test_the_office_sees_every_case(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    wanted = {journey.submitted().number, journey.submitted(community=cast.other_community).number}

    assert set(numbers(open_page(login(getattr(cast, who)), LIST))) == wanted


@pytest.mark.parametrize("word", ["number", "title", "text"])
def test_a_case_is_found_by_number_title_or_words(
    cast: SimpleNamespace, journey: Journey, login: Callable, word: str
) -> None:
    wanted = journey.submitted(title="电梯停运", text="电梯坏了三天,老人下不了楼。")
    journey.submitted()
    words = {"number": wanted.number, "title": "电梯停", "text": "老人下不了楼"}

    page = open_page(login(cast.clerk), f"{LIST}?q={words[word]}")

    assert numbers(page) == [wanted.number]


def test_filters_add_up(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    client = login(cast.clerk)
    wanted = journey.accepted()
    journey.accepted(community=cast.other_community)
    journey.submitted()
    month = f"{clock.today():%Y-%m}"

    for query in (
        f"state=ACCEPTED&venue={cast.station.pk}",
        f"state=open&street={cast.street.pk}&accepted={month}",
        f"kind=STATION&level=L2&venue={cast.station.pk}",
        f"category={cast.category.pk}&accepted=2000-01..{month}&venue={cast.station.pk}",
    ):
        assert numbers(open_page(client, f"{LIST}?{query}")) == [wanted.number], query


@pytest.mark.parametrize(
    "query",
    ["queue=nonsense", "state=NONSENSE", "venue=999999", "venue=x", "accepted=2026-13", "accepted=..",
     "figure=x", "owner=u1x", "owner=u99999999999999999999", "owner=v", "level=L9", "kind=HUT"],
)  # fmt: skip
def test_a_filter_nobody_offers_finds_nothing(
    cast: SimpleNamespace, journey: Journey, login: Callable, query: str
) -> None:
    journey.accepted()

    assert count(open_page(login(cast.clerk), f"{LIST}?{query}")) == 0


def test_a_queue_shows_first_what_is_due_first(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    today = clock.now()
    with clock.frozen(today - timedelta(days=2)):
        older = journey.submitted()
    newer = journey.submitted()

    assert numbers(open_page(login(cast.clerk), f"{LIST}?queue=to_accept")) == [older.number, newer.number]
    assert numbers(open_page(login(cast.clerk), LIST)) == [newer.number, older.number]


def test_an_overdue_case_says_so_in_words(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    with clock.frozen(clock.now() - timedelta(days=30)):
        journey.submitted()

    page = open_page(login(cast.clerk), LIST)

    assert 'data-level="overdue"' in page


def test_nothing_can_be_added_edited_or_deleted(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.submitted(), login(cast.clerk)

    page = open_page(client, LIST)

    assert "add/" not in page
    offered = set(
        re.findall(r'<option value="(\w+)"', page.partition('name="action"')[2].partition("</select>")[0])
    )
    assert offered == {"bulk_accept", "bulk_assign", "bulk_merge"}
    assert 'name="action"' not in open_page(login(cast.reviewer), LIST)
    for address in ("add/", f"{case.pk}/delete/", f"{case.pk}/history/"):
        assert client.get(f"{LIST}{address}").status_code == 404


def test_an_empty_list_says_what_would_be_here(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.clerk)

    assert 'class="empty"' in open_page(client, LIST)
    assert 'class="empty"' in open_page(client, f"{LIST}?state={State.CLOSED}")


def test_the_list_costs_the_same_with_five_and_with_fifty_cases(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client = login(cast.clerk)

    def queries(query: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            open_page(client, f"{LIST}?{query}")
        return len(caught)

    addresses = ("", "queue=to_accept", "figure=accepted&accepted=2000-01..2099-12", "owner=office")
    kinds = [journey.accepted(), journey.submitted()]
    multiply(kinds[0], 3)
    open_page(client, LIST)
    few = [queries(address) for address in addresses]
    for case in kinds:
        multiply(case, 22)

    assert [queries(address) for address in addresses] == few
    assert max(few) <= 22


def test_the_row_of_a_case_names_what_a_clerk_looks_for(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()

    words = text_of(open_page(login(cast.clerk), LIST))

    for word in (case.number, case.title, case.get_state_display(), cast.station.name, "L2"):
        assert word in words
