"""我的清单: marked with a button, seen by nobody else, as far as one may see the case today."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress_portal.accounts.models import User
from congress_portal.common import clock
from stations.models import LiaisonOfficer
from suggestions.models import Bookmark, Suggestion, UnitMember
from tests.admin.pages import LIST, case_url, multiply
from tests.conftest import Journey, act

from .pages import home_of, numbers, opened, queries, words

PEOPLE = pytest.mark.parametrize("who", ["clerk", "head", "liaison", "deputy", "officer", "committee"])


def mark_url(user: User, case: Suggestion) -> str:
    return f"{LIST}{case.pk}/mark/" if user.is_staff else f"/desk/{case.number}/mark/"


def page_of(user: User, case: Suggestion) -> str:
    return case_url(case) if user.is_staff else f"/desk/{case.number}/"


def mine(client: Client, user: User) -> list[str]:
    return numbers(opened(client, f"{home_of(user)}?{'mine=1' if user.is_staff else 'tab=mine'}"))


@PEOPLE
def test_the_button_of_a_list_puts_a_case_on_ones_own_and_takes_it_off(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    user, case, other = getattr(cast, who), journey.handling(), journey.handling()
    client = login(user)
    url, every = mark_url(user, case), f"{home_of(user)}?{'' if user.is_staff else 'tab=all'}"
    page = opened(client, every)
    assert f'formaction="{url}" name="on" value="1"' in page
    assert f'formaction="{mark_url(user, other)}" name="on" value="1"' in page

    response = client.post(url, {"on": "1", "back": every})

    assert response["Location"] == every
    assert mine(client, user) == [case.number]
    assert f'formaction="{url}" name="on" value="0"' in opened(client, every)
    client.post(url, {"on": "0", "back": every})
    assert mine(client, user) == []


@PEOPLE
def test_the_page_of_a_case_has_it_too_with_a_note(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    user, case = getattr(cast, who), journey.handling()
    client = login(user)
    assert f'action="{mark_url(user, case)}"' in opened(client, page_of(user, case))

    response = client.post(mark_url(user, case), {"on": "1", "note": "  周五前\n问物业 "})

    assert response["Location"].startswith(page_of(user, case))
    assert Bookmark.objects.get().note == "周五前 问物业"
    assert 'value="周五前 问物业"' in opened(client, page_of(user, case))
    # The button of a list sends no note and leaves the one that is there.
    client.post(mark_url(user, case), {"on": "1"})
    assert Bookmark.objects.get().note == "周五前 问物业"
    client.post(mark_url(user, case), {"on": "1", "note": ""})
    assert Bookmark.objects.get().note == ""


@PEOPLE
def test_nobody_else_sees_the_mark_or_the_note(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    user, case = getattr(cast, who), journey.handling()
    login(user).post(mark_url(user, case), {"on": "1", "note": "只有我知道"})
    colleagues = (
        cast.clerk,
        cast.clerk2,
        cast.head,
        cast.liaison,
        cast.convener,
        cast.unitlead,
        cast.committee,
    )
    for other in colleagues:
        if other == user:
            continue
        client = login(other)
        every = f"{home_of(other)}?{'' if other.is_staff else 'tab=all'}"
        assert case.number in numbers(opened(client, every))
        for address in (
            every,
            page_of(other, case),
            f"{home_of(other)}?{'mine=1' if other.is_staff else 'tab=mine'}",
        ):
            page = opened(client, address)
            assert "只有我知道" not in page, (other, address)
            assert 'name="on" value="0"' not in page, (other, address)
        assert mine(client, other) == []
    resident = login(cast.resident).get(f"/suggestions/{case.number}/").content.decode()
    assert "只有我知道" not in resident


def test_a_case_one_may_no_longer_see_is_gone_and_comes_back(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    cases = {"liaison": journey.submitted(), "officer": journey.handling()}
    for who, case in cases.items():
        user = getattr(cast, who)
        client = login(user)
        client.post(mark_url(user, case), {"on": "1", "note": "记着"})
        rows = (
            LiaisonOfficer.objects.filter(user=user)
            if who == "liaison"
            else UnitMember.objects.filter(user=user)
        )
        moved = {"venue": cast.other_station} if who == "liaison" else {"unit": cast.other_unit}
        back = {"venue": cast.station} if who == "liaison" else {"unit": cast.unit}

        rows.update(**moved)
        assert mine(client, user) == []
        assert "记着" not in opened(client, "/desk/?tab=mine")
        for on in ("0", "1"):
            assert client.post(mark_url(user, case), {"on": on}).status_code == 404

        rows.update(**back)
        assert mine(client, user) == [case.number]
        assert "记着" in opened(client, "/desk/?tab=mine")


def test_what_is_hidden_from_all_is_hidden_here_too(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, other = journey.submitted(), journey.submitted()
    client = login(cast.clerk)
    for each in (case, other):
        client.post(mark_url(cast.clerk, each), {"on": "1"})
    act(
        "propose_decline",
        case,
        cast.clerk,
        code=cast.accusation,
        text="请向监察机关反映。",
        where_to_go="12388",
    )

    assert mine(client, cast.clerk) == [other.number]
    assert client.post(mark_url(cast.clerk, case), {"on": "0"}).status_code == 404
    act("refuse_decline", case, cast.secrecy, note="可以受理")
    assert set(mine(client, cast.clerk)) == {case.number, other.number}


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/admin/logout/",
     "/accounts/logout/", "", "\x00", "/desk"],
)  # fmt: skip
def test_the_way_back_never_leads_away(
    cast: SimpleNamespace, journey: Journey, login: Callable, back: str
) -> None:
    case = journey.handling()
    for user in (cast.clerk, cast.liaison):
        response = login(user).post(mark_url(user, case), {"on": "1", "back": back})
        assert response["Location"].startswith(page_of(user, case))


def test_a_note_too_long_is_said_beside_it_and_kept(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, long = journey.handling(), "很长的备注" * 30
    for user in (cast.clerk, cast.liaison):
        response = login(user).post(mark_url(user, case), {"on": "1", "note": long})
        page = response.content.decode()
        assert response.status_code == 200
        assert 'id="id_note_error"' in page
        assert long in page
    assert not Bookmark.objects.exists()


def test_only_a_button_marks(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.handling()
    for user in (cast.clerk, cast.liaison):
        assert login(user).get(mark_url(user, case)).status_code == 405


def test_ones_own_note_stands_in_ones_own_list_and_its_file_alone(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    for user, every, own in ((cast.clerk, "", "mine=1"), (cast.liaison, "tab=all", "tab=mine")):
        client = login(user)
        client.post(mark_url(user, case), {"on": "1", "note": "问物业"})
        assert "问物业" in words(opened(client, f"{home_of(user)}?{own}"))
        assert "问物业" not in words(opened(client, f"{home_of(user)}?{every}"))


def test_marked_twice_at_once_it_is_on_the_list_once(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.handling(), login(cast.clerk)
    for _again in range(2):
        client.post(mark_url(cast.clerk, case), {"on": "1"})
    assert Bookmark.objects.count() == 1


def test_thirty_marks_cost_as_many_queries_as_three(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    multiply(case, 2)
    pages = [(login(cast.clerk), f"{LIST}?mine=1"), (login(cast.liaison), "/desk/?tab=mine")]

    def mark_all() -> None:
        for user in (cast.clerk, cast.liaison):
            for each in Suggestion.objects.exclude(bookmarks__user=user):
                Bookmark.objects.create(user=user, suggestion=each, marked_at=clock.now(), note="记着")

    mark_all()
    few = [queries(*page) for page in pages]
    multiply(case, 27)
    mark_all()

    assert [queries(*page) for page in pages] == few


def test_a_mark_is_no_part_of_the_history(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.handling()
    before, version = case.events.count(), case.version
    with clock.frozen(clock.now() + timedelta(hours=1)), CaptureQueriesContext(connection) as caught:
        login(cast.clerk).post(mark_url(cast.clerk, case), {"on": "1", "note": "记着"})
    case.refresh_from_db()
    assert (case.events.count(), case.version) == (before, version)
    assert not [query for query in caught if query["sql"].startswith('UPDATE "suggestions_suggestion"')]


def test_an_empty_list_of_ones_own_says_how_to_fill_it_and_offers_no_file(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    journey.accepted()
    page = opened(login(cast.clerk), f"{LIST}?mine=1")
    assert "您的清单还是空的" in page
    assert "没有符合条件的意见" not in page
    assert f"{LIST}sheet/" not in page
    assert "没有符合条件的意见" in opened(login(cast.clerk), f"{LIST}?mine=1&q=没有的")
