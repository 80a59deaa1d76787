"""The case list of the office as a file: what is on the screen, nothing that must not leave, written down."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import due as due_words
from congress_portal.exports import files
from congress_portal.exports.models import ExportLog
from suggestions.models import Bookmark, Suggestion
from tests.admin.pages import LIST, multiply
from tests.conftest import Journey, act

from .pages import book, numbers, opened, queries, rows, send, sheet, words

SHEET = f"{LIST}sheet/"
HEADS = [
    "编号", "标题", "标记", "类别", "地点", "状态", "家站点", "收到时间", "期限", "层级",
    "承办方答复", "群众评价",
]  # fmt: skip


def export(client: Client, query: str = "") -> Any:
    return send(client, f"{SHEET}?{query}" if query else SHEET)


def screen(html: str) -> list[dict[str, str]]:
    """Every row of the table: column → its words."""
    body = html[html.index('<table id="result_list"') :]
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", body[body.index("<tbody") : body.index("</tbody>")], re.DOTALL):
        cells = re.findall(r'<t[hd] class="field-(\w+)[^"]*">(.*?)</t[hd]>', row, re.DOTALL)
        case = next(cell for name, cell in cells if name == "case")
        parts = {
            "number": re.search(r'class="case-number">(.*?)</span>', case),
            "title": re.search(r'class="case-title">(.*?)</span>', case),
            "meta": re.search(r'class="case-meta">(.*?)</span>', case),
        }
        found.append(
            {name: words(cell) for name, cell in cells}
            | {name: words(match[1]) for name, match in parts.items() if match}
            | {"marks": "、".join(unescape(mark) for mark in re.findall(r'class="tag"[^>]*>(.*?)<', case))}
        )
    return found


def as_shown(row: dict[str, Any]) -> dict[str, str]:
    """A row of the file in the words of the screen."""
    due = row["期限"]
    return {
        "number": row["编号"], "title": row["标题"], "marks": row["标记"] or "",
        "meta": " ".join(filter(None, [row["类别"], row["地点"]])), "state_tag": row["状态"],
        "venue": row["家站点"] or "—", "received": f"{row['收到时间']:%Y-%m-%d}",
        "due_date": due_words(due.date()) if due else "—", "level_code": row["层级"] or "—",
        "handled": row["承办方答复"] or "—", "rated": row["群众评价"] or "—",
    }  # fmt: skip


def many(cast: SimpleNamespace, journey: Journey) -> list[Suggestion]:
    """One of every look: marks, no venue, no category, no date, another street."""
    urgent, plain = journey.accepted(title="燃气味道很重"), journey.submitted()
    Suggestion.objects.filter(pk=urgent.pk).update(is_urgent=True, is_supervised=True)
    nowhere = journey.submitted(community=None, place_unknown=True)
    return [urgent, plain, nowhere, journey.closed(), journey.handling(community=cast.other_community)]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "state=open",
        "queue=to_accept",
        "q=燃气",
        "o=1",
        "o=-2.1",
        "venue=none",
        "kind=STATION&state=CLOSED",
    ],
)
def test_the_file_is_the_list_cell_by_cell(
    cast: SimpleNamespace, journey: Journey, login: Callable, query: str
) -> None:
    many(cast, journey)
    client = login(cast.clerk)
    shown = screen(opened(client, f"{LIST}?{query}"))

    found = rows(export(client, query))

    assert shown
    names = as_shown(found[0]).keys()
    assert [as_shown(row) for row in found] == [{name: row[name] for name in names} for row in shown]


def test_all_pages_go_into_the_file(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    multiply(journey.accepted(), 119)
    client = login(cast.clerk)

    assert len(numbers(opened(client, LIST))) == 50
    assert len(rows(export(client, "p=2"))) == 120


def test_days_are_days_and_numbers_of_cases_are_text(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()

    lines = book(export(login(cast.clerk)))

    assert [cell.value for cell in lines[1]] == HEADS
    number, received = lines[2][0], lines[2][7]
    assert (number.value, number.data_type) == (case.number, "s")
    assert isinstance(received.value, datetime)
    assert received.value.date() == clock.today()
    assert received.number_format == "yyyy-mm-dd"


def test_the_heads_are_in_the_readers_language(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    journey.accepted()
    response = send(login(cast.clerk), SHEET, headers={"accept-language": "en"})
    head, *_rest, foot = sheet(response)
    assert head[:3] == ["Number", "title", "Marks"]
    assert str(foot[0]).startswith("Exported by")


def test_the_foot_says_who_when_and_what_for(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    journey.accepted()

    *_rest, empty, foot = sheet(export(login(cast.clerk)))

    assert set(empty) == {None}
    assert re.fullmatch(r"导出人：测试clerk\s导出时间：\d{4}-\d\d-\d\d \d\d:\d\d\s仅供工作使用", foot[0])


RISKY = ("=1+1", "+7", "-5", "@SUM(A1)", '=HYPERLINK("https://evil.example","x")', "\t=1", "＝1+1")


def test_no_cell_is_a_formula(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    for title in RISKY:
        case = journey.submitted()
        Suggestion.objects.filter(pk=case.pk).update(title=title)
    client = login(cast.clerk)
    client.post(f"{LIST}{case.pk}/mark/", {"on": "1", "note": "=2+2"})

    for query in ("", "mine=1"):
        lines = book(export(client, query))
        for line in lines.iter_rows():
            for cell in line:
                assert cell.data_type in ("s", "d", "n", "inlineStr")
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "\t")):
                    assert cell.quotePrefix
        if query:
            assert [cell.value for cell in lines[2]].count("=2+2") == 1
    titles = {row["标题"] for row in rows(export(client))}
    assert {title.strip() for title in RISKY} == {title.strip() for title in titles}


def test_no_contact_leaves_and_titles_are_masked_as_on_the_screen(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted(
        title="请回电13912345678", place="找李测试 13900000001", text="我的身份证210103199001011234"
    )
    client = login(cast.clerk)
    client.post(f"{LIST}{case.pk}/mark/", {"on": "1", "note": "电话 024-22334455"})

    for query in ("", "mine=1"):
        text = " ".join(str(value) for line in sheet(export(client, query)) for value in line)
        for secret in ("13912345678", "13900000001", "李测试", "210103199001011234", "22334455"):
            assert secret not in text
        assert "请回电139****5678" in text
        assert "请回电139****5678" in opened(client, f"{LIST}?{query}")
        assert "13912345678" not in opened(client, f"{LIST}?{query}")


def test_what_only_the_secrecy_officer_sees_never_leaves(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    hidden, other = journey.submitted(title="举报某人"), journey.submitted()
    act(
        "propose_decline",
        hidden,
        cast.clerk,
        code=cast.accusation,
        text="请向监察机关反映。",
        where_to_go="12388",
    )
    cast.secrecy.role_grants.create(role="CLERK")

    for user in (cast.clerk, cast.head, cast.secrecy2):
        client = login(user)
        text = str(sheet(export(client)))
        assert hidden.number not in text
        assert "举报某人" not in text
    both = login(cast.secrecy)
    page = opened(both, LIST)
    assert set(numbers(page)) == {hidden.number, other.number}
    assert "只有保密专员能看到的意见不会导出" in page
    assert [row["编号"] for row in rows(export(both))] == [other.number]
    assert ExportLog.objects.latest("pk").rows == 1


@pytest.mark.parametrize(
    "who", ["resident", "stranger", "liaison", "officer", "unitlead", "deputy", "committee"]
)
def test_others_get_no_file_of_the_office(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    journey.accepted()

    response = export(login(getattr(cast, who)))

    assert response.status_code in (302, 403)
    assert not response.streaming
    assert not ExportLog.objects.exists()


def test_a_superuser_gets_none_and_a_link_gives_none(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    journey.accepted()
    assert export(login(cast.admin)).status_code == 403
    assert login(cast.clerk).get(SHEET).status_code == 405
    assert Client().post(SHEET).status_code == 302
    assert not ExportLog.objects.exists()


def test_too_many_rows_are_refused_with_a_word(
    cast: SimpleNamespace, journey: Journey, login: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    multiply(journey.accepted(), 4)
    client = login(cast.clerk)
    monkeypatch.setattr(files, "MOST_ROWS", 5)
    assert len(rows(export(client))) == 5
    monkeypatch.setattr(files, "MOST_ROWS", 4)

    response = client.post(f"{SHEET}?state=open", follow=True)

    assert response.redirect_chain == [(f"{LIST}?state=open", 302)]
    assert "这个清单超过 4 行" in words(response.content.decode())
    assert ExportLog.objects.count() == 1


@pytest.mark.parametrize(
    "query", ["colour=red", "venue=x", "p=999", "p=x", "due=never", "o=99", "mine=2", "q=%00", "e=1", "all=1"]
)
def test_a_strange_address_is_no_error(
    cast: SimpleNamespace, journey: Journey, login: Callable, query: str
) -> None:
    journey.accepted()
    assert export(login(cast.clerk), query).status_code in (200, 302)


def test_an_address_that_asks_for_contacts_is_refused(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    journey.accepted()
    assert export(login(cast.clerk), "resident__username__startswith=r").status_code == 400


def test_the_note_column_is_in_ones_own_list_alone(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, other = journey.accepted(), journey.accepted()
    client = login(cast.clerk)
    client.post(f"{LIST}{case.pk}/mark/", {"on": "1", "note": "问物业"})
    Bookmark.objects.create(user=cast.head, suggestion=other, note="别人的备注", marked_at=case.received_at)

    assert sheet(export(client))[0] == HEADS
    (row,) = rows(export(client, "mine=1"))
    assert (row["编号"], row["我的备注"]) == (case.number, "问物业")


def test_a_day_of_the_calendar_goes_out_too(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.accepted()
    journey.handling()
    client = login(cast.clerk)
    case.refresh_from_db()

    assert [row["编号"] for row in rows(export(client, f"due={case.due_on}.ASSIGN"))] == [case.number]
    assert ExportLog.objects.get().conditions.endswith("交办")


def test_a_file_of_fifty_costs_as_many_queries_as_one_of_five(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client = login(cast.clerk)
    cases = many(cast, journey)
    few = queries(client, SHEET, post=True)
    for case in cases:
        multiply(case, 10)

    assert queries(client, SHEET, post=True) == few
    assert few < 22
