"""/admin/stations/standardchecklist/: the wording is the office's own; what was used keeps its words."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from stations.models import StandardChecklist
from tests.stations.places import queries

from .inspections import inspect, standard

pytestmark = pytest.mark.django_db


def url() -> str:
    return f"/admin/stations/standardchecklist/{standard().pk}/change/"


def form(**changes: Any) -> dict[str, Any]:
    """The page as it stands, with one empty line more."""
    checklist = standard()
    found: dict[str, Any] = {"code": checklist.code, "name": checklist.name, "order": "0", "is_active": "on"}
    lines = list(checklist.items.order_by("order", "pk"))
    found |= {"items-TOTAL_FORMS": len(lines) + 1, "items-INITIAL_FORMS": len(lines)}
    for place, item in enumerate(lines):
        line = {"id": item.pk, "checklist": checklist.pk, "text": item.text, "points": item.points,
                "order": item.order, "is_active": "on"}  # fmt: skip
        found |= {f"items-{place}-{name}": value for name, value in line.items()}
    last = len(lines)
    found |= {f"items-{last}-checklist": checklist.pk, f"items-{last}-points": 10, f"items-{last}-order": 0,
              f"items-{last}-is_active": "on"}  # fmt: skip
    return found | changes


@pytest.fixture
def clerk(cast: SimpleNamespace, login: Callable[..., Client]) -> Client:
    return login(cast.clerk)


def test_kinds_are_ticked_and_lines_are_added(clerk: Client) -> None:
    response = clerk.post(
        url(), form(kinds=["HOME", "POINT"], **{"items-5-text": "有经费", "items-5-order": 9})
    )
    assert response.status_code == 302
    checklist = standard()
    assert checklist.kinds == ["HOME", "POINT"]
    assert [checklist.holds_for(kind) for kind in ("HOME", "STATION", "POINT")] == [True, False, True]
    assert checklist.items.last().text == "有经费"
    assert checklist.history.first().history_user.username == "clerk"


def test_a_kind_nobody_offered_is_refused(clerk: Client) -> None:
    assert clerk.post(url(), form(kinds=["CASTLE"])).status_code == 200
    assert standard().kinds == []


def test_a_line_that_was_inspected_keeps_its_words(cast: SimpleNamespace, clerk: Client) -> None:
    inspect(cast.station)
    clerk.post(url(), form(**{"items-0-text": "有别的", "items-0-points": 30}))
    assert standard().items.order_by("order").values_list("text", "points").first() == ("有场所", 30)


def test_a_line_that_was_inspected_is_taken_out_of_use_not_deleted(
    cast: SimpleNamespace, clerk: Client
) -> None:
    inspect(cast.station)
    assert clerk.post(url(), form(**{"items-0-DELETE": "on"})).status_code == 200
    assert standard().items.count() == 5
    given = form()
    del given["items-0-is_active"]
    assert clerk.post(url(), given).status_code == 302
    assert inspect(cast.other_station).total == 4


def test_a_line_nobody_used_can_go(clerk: Client) -> None:
    assert clerk.post(url(), form(**{"items-0-DELETE": "on"})).status_code == 302
    assert standard().items.count() == 4


@pytest.mark.parametrize("points", ["0", "101", "-1", "x", ""])
def test_points_are_from_one_to_a_hundred(clerk: Client, points: str) -> None:
    assert clerk.post(url(), form(**{"items-0-points": points})).status_code == 200
    assert set(standard().items.values_list("points", flat=True)) == {20}


def test_who_only_looks_changes_nothing(cast: SimpleNamespace, login: Callable[..., Client]) -> None:
    reviewer = login(cast.reviewer)
    assert reviewer.get(url()).status_code == 200
    assert reviewer.post(url(), form(name="改名")).status_code == 403
    assert standard().name == "五有"


def test_the_page_costs_the_same_for_more_lines(clerk: Client) -> None:
    few = queries(clerk, url())
    checklist = StandardChecklist.objects.get(code="WUYOU")
    for number in range(20):
        checklist.items.create(text=f"第{number}项")
    assert queries(clerk, url()) == few
