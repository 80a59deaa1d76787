"""The lists of the desk as files: line by line what the reader sees, and nothing of others."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import due as due_words
from congress_portal.exports.models import ExportLog
from stations.models import LiaisonOfficer
from suggestions.inputs import Target
from suggestions.models import Assignment, Suggestion, UnitMember
from tests.admin.pages import multiply
from tests.conftest import LONG_AGO, Journey, act

from .pages import book, numbers, opened, queries, rows, send, sheet, words

SHEET = "/desk/sheet/"
PEOPLE = ("liaison", "deputy", "convener", "officer", "unitlead", "committee")
# The resident's own time is said without its date.
RESIDENTS = "等待居民"


def export(client: Client, query: str = "") -> Any:
    return send(client, f"{SHEET}?{query}" if query else SHEET)


def screen(html: str) -> list[dict[str, str]]:
    """Every line of the list: what stands where."""
    found = []
    for line in re.findall(r'<li class="queue-row".*?</li>', html, re.DOTALL):
        first = re.search(r'<p class="meta">(.*?)</p>', line, re.DOTALL)
        note = re.search(r'<p class="meta own-note">(.*?)</p>', line)
        title, tag, due = (
            re.search(pattern, line, re.DOTALL)
            for pattern in (
                r'class="title"[^>]*>(.*?)</a>',
                r'class="tag"[^>]*>(.*?)<',
                r'class="due".*?</svg>(.*?)</span>',
            )
        )
        assert first
        assert title
        found.append(
            {
                "title": words(title[1]),
                "meta": "|".join(words(part) for part in re.findall(r"<span[^>]*>(.*?)</span>", first[1])),
                "state": words(tag[1]) if tag else "",
                "due": words(due[1]) if due else "",
                "own_note": words(note[1]) if note else "",
            }
        )
    return found


def as_shown(row: dict[str, Any]) -> dict[str, str]:
    """A row of the file in the words of the screen."""
    days = (clock.today() - row["收到时间"].date()).days
    age = f"{days} 天前收到" if days else "今天收到"
    return {
        "title": row["标题"],
        "meta": "|".join(filter(None, [row["编号"], row["地点"], age, row["待办事项"]])),
        "state": row["状态"],
        "due": due_words(row["期限"].date()) if row["期限"] else "",
        "own_note": row.get("我的备注") or "",
    }


def many(cast: SimpleNamespace, journey: Journey) -> None:
    with clock.frozen(clock.now() - timedelta(days=9)):
        urgent = journey.submitted(title="燃气味道很重", place="3号楼旁")
    Suggestion.objects.filter(pk=urgent.pk).update(is_urgent=True)
    journey.accepted()
    row = journey.handling().assignments.get()
    Assignment.objects.filter(pk=row.pk).update(sign_due=clock.today() + timedelta(days=3))
    journey.drafted(journey.handling())
    journey.assigned(journey.accepted(), Target(venue=cast.station))
    journey.closed()
    journey.submitted(community=cast.other_community)
    for who in ("liaison", "officer"):
        act("comment", urgent if who == "liaison" else row.suggestion, getattr(cast, who), text="请关注")


@pytest.mark.parametrize("who", PEOPLE)
def test_the_file_is_the_list_line_by_line(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    many(cast, journey)
    LiaisonOfficer.objects.create(user=cast.liaison, venue=cast.home, starts_on=LONG_AGO)
    client = login(getattr(cast, who))
    for number in numbers(opened(client, "/desk/?tab=all"))[:2]:
        client.post(f"/desk/{number}/mark/", {"on": "1", "note": "问物业"})

    for query in (
        "",
        "tab=all",
        "tab=done",
        "tab=mine",
        "tab=all&q=停车",
        "due=late",
        f"tab=all&place={cast.station.code}",
    ):
        shown = screen(opened(client, f"/desk/?{query}"))
        found = [as_shown(row) for row in rows(export(client, query))]
        for line, row in zip(shown, found, strict=True):
            if line["due"] == RESIDENTS:
                assert row.pop("due")
                line.pop("due")
        assert found == shown, query
    assert len(numbers(opened(client, "/desk/?tab=mine"))) == 2


def test_all_pages_go_into_the_file(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    multiply(journey.submitted(), 44)
    client = login(cast.liaison)
    assert len(numbers(opened(client, "/desk/?tab=all"))) == 20
    assert len(rows(export(client, "tab=all&page=2"))) == 45


@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_of_others_and_nothing_hidden_leaves(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    theirs = [
        journey.submitted(community=cast.other_community, title="别处的意见"),
        journey.assigned(
            journey.accepted(community=cast.other_community, title="别处在办"), Target(unit=cast.other_unit)
        ),
    ]
    hidden = journey.submitted(title="举报某人")
    act(
        "propose_decline",
        hidden,
        cast.clerk,
        code=cast.accusation,
        text="请向监察机关反映。",
        where_to_go="12388",
    )
    mine = journey.handling()
    client = login(getattr(cast, who))

    for query in (
        "",
        "tab=all",
        "tab=done",
        "tab=mine",
        f"place={cast.other_station.code}&tab=all",
        "due=late",
    ):
        text = str(sheet(export(client, query)))
        for case in (*theirs, hidden):
            assert case.number not in text
            assert case.title not in text
    assert mine.number in str(sheet(export(client, "tab=all")))


def test_a_hidden_case_of_ones_own_street_stays_here_for_a_secrecy_officer_too(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    hidden, other = journey.submitted(), journey.submitted()
    act(
        "propose_decline",
        hidden,
        cast.clerk,
        code=cast.accusation,
        text="请向监察机关反映。",
        where_to_go="12388",
    )
    cast.liaison.role_grants.create(role="SECRECY")
    client = login(cast.liaison)

    assert set(numbers(opened(client, "/desk/?tab=all"))) == {hidden.number, other.number}
    assert "只有保密专员能看到的意见不会导出" in opened(client, "/desk/?tab=all")
    assert [row["编号"] for row in rows(export(client, "tab=all"))] == [other.number]


@pytest.mark.parametrize("who", ["resident", "stranger", "clerk", "admin", "nobody"])
def test_without_a_desk_there_is_no_file(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    journey.handling()
    client = Client() if who == "nobody" else login(getattr(cast, who))
    assert export(client).status_code == (302 if who == "nobody" else 403)
    assert not ExportLog.objects.exists()


def test_contacts_are_masked_and_no_cell_is_a_formula(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling(title="=请回电13912345678", place="@找李测试 13900000001", may_share=True)
    for user in (cast.liaison, cast.officer):
        client = login(user)
        client.post(f"/desk/{case.number}/mark/", {"on": "1", "note": "+13912345678"})
        lines = book(export(client, "tab=mine"))
        text = [cell for line in lines.iter_rows() for cell in line if cell.value]
        assert "13912345678" not in str([cell.value for cell in text])
        assert "13900000001" not in str([cell.value for cell in text])
        assert "=请回电139****5678" in [cell.value for cell in text]
        risky = [cell for cell in text if str(cell.value)[0] in "=+-@"]
        assert len(risky) >= 2
        assert all(cell.quotePrefix and cell.data_type == "s" for cell in risky)
        page = opened(client, "/desk/?tab=mine")
        assert "=请回电139****5678" in page
        assert "13912345678" not in page


@pytest.mark.parametrize(
    "query", ["tab=x", "place=x", "due=never", "page=x", "q=%00", "colour=red", "tab=done&due=late"]
)
def test_a_strange_address_is_no_error(
    cast: SimpleNamespace, journey: Journey, login: Callable, query: str
) -> None:
    journey.handling()
    for user in (cast.liaison, cast.officer):
        assert export(login(user), query).status_code == 200


def test_with_two_units_fifty_lines_cost_as_many_queries_as_five(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    UnitMember.objects.create(user=cast.officer, unit=cast.third_unit, starts_on=LONG_AGO)
    LiaisonOfficer.objects.create(user=cast.liaison, venue=cast.other_station, starts_on=LONG_AGO)
    pages = [(login(cast.officer), "tab=all"), (login(cast.liaison), "tab=all"), (login(cast.officer), "")]

    def make(count: int) -> None:
        for number in range(count):
            case = journey.accepted(community=cast.other_community if number % 2 else cast.community)
            journey.assigned(case, Target(unit=cast.third_unit if number % 2 else cast.unit))

    def cost() -> list[int]:
        return [
            count
            for client, query in pages
            for count in (queries(client, f"/desk/?{query}"), queries(client, f"{SHEET}?{query}", post=True))
        ]

    make(3)
    few = cost()
    make(12)

    assert cost() == few
    assert max(few) < 30
