"""Saved filters: one's own, counted, made of what the list knows today and of nothing else."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from congress_portal.accounts.models import User
from congress_portal.common import clock
from suggestions.lists import saved
from suggestions.models import SavedFilter
from tests.admin.pages import multiply
from tests.conftest import Journey

from .pages import home_of, numbers, opened, queries, words

PEOPLE = pytest.mark.parametrize("who", ["clerk", "liaison", "officer"])
QUERIES = {"clerk": "state=open", "liaison": "tab=all&q=停车", "officer": "tab=all&q=停车"}


def keep(client: Client, home: str, name: str, query: str, **more: str):  # type: ignore[no-untyped-def]
    return client.post(f"{home}saved/", {"name": name, "query": query} | more)


def stored(user: User) -> dict[str, str]:
    return dict(SavedFilter.objects.filter(user=user).values_list("name", "query"))


def links(html: str) -> dict[str, tuple[str, str]]:
    """Name → address and count of what stands above the list."""
    nav = html[html.index('class="saved-lists"') :]
    nav = nav[: nav.index("</nav>")]
    found = re.findall(r'<a href="([^"]+)"[^>]*>(?:<svg.*?</svg>)?([^<]+)<span class="badge">([^<]+)<', nav)
    return {name: (address.replace("&amp;", "&"), count) for address, name, count in found}


@PEOPLE
def test_a_list_is_kept_and_stands_above_the_list_with_its_count(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    user, case = getattr(cast, who), journey.handling()
    journey.closed()
    client, home = login(user), home_of(user)

    response = keep(client, home, " 停车  在办 ", QUERIES[who])

    assert response.status_code == 302
    address, count = links(opened(client, home))["停车 在办"]
    assert address.startswith(f"{home}?")
    assert response["Location"] == address
    assert str(len(numbers(opened(client, address)))) == count
    assert case.number in numbers(opened(client, address))


@PEOPLE
def test_nobody_else_has_it_or_can_touch_it(cast: SimpleNamespace, login: Callable, who: str) -> None:
    user = getattr(cast, who)
    others = {"clerk": cast.clerk2, "liaison": cast.other_liaison, "officer": cast.other_officer}
    client, other, home = login(user), login(others[who]), home_of(user)
    keep(client, home, "本周重点", QUERIES[who])
    row = SavedFilter.objects.get(user=user)

    for page in ("", "saved/"):
        assert "本周重点" not in opened(other, f"{home}{page}")
    assert other.post(f"{home}saved/{row.pk}/rename/", {f"{row.pk}-name": "别人的"}).status_code == 404
    assert other.post(f"{home}saved/{row.pk}/delete/").status_code == 404
    assert stored(user).keys() == {"本周重点"}


def test_a_list_of_the_office_is_none_of_the_desk(cast: SimpleNamespace, login: Callable) -> None:
    row = SavedFilter.objects.create(
        user=cast.liaison, where="OFFICE", name="办公室的", query="state=open", created_at=clock.now()
    )
    client = login(cast.liaison)

    assert "办公室的" not in opened(client, "/desk/saved/")
    assert client.post(f"/desk/saved/{row.pk}/delete/").status_code == 404


@PEOPLE
def test_the_same_name_asks_before_it_replaces(cast: SimpleNamespace, login: Callable, who: str) -> None:
    user = getattr(cast, who)
    client, home, new = login(user), home_of(user), "due=late"
    keep(client, home, "重点", QUERIES[who])
    before = stored(user)

    asked = keep(client, home, "重点", new)

    assert asked.status_code == 200
    page = asked.content.decode()
    assert "重点" in words(page)
    assert 'name="replace" value="1"' in page
    assert f'value="{new}"' in page
    assert stored(user) == before
    assert keep(client, home, "重点", new, replace="1").status_code == 302
    assert stored(user) == {"重点": new}


@pytest.mark.parametrize("name", ["", "   ", "很长的名称" * 7, "\u200b"])
def test_a_name_that_is_none_or_too_long_is_said_beside_it_and_kept(
    cast: SimpleNamespace, login: Callable, name: str
) -> None:
    response = keep(login(cast.clerk), home_of(cast.clerk), name, "state=open")

    page = response.content.decode()
    assert response.status_code == 200
    assert 'id="id_name_error"' in page
    assert name.strip() in page
    assert 'name="query" value="state=open"' in page
    assert stored(cast.clerk) == {}


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("state=open&colour=red&venue=1", "state=open&venue=1"),
        ("https://evil.example/?state=open", None),
        ("state=open&next=//evil.example&_changelist_filters=x&p=7&e=1", "state=open"),
        ("state=NONSENSE&queue=gone&kind=HUT&level=L9&figure=x&due=never&mine=7", None),
        ("state=open&state=CLOSED", "state=open"),
        ("o=-3.1&q=%E5%81%9C%E8%BD%A6", "q=%E5%81%9C%E8%BD%A6&o=-3.1"),
        ("o=1;drop&state=open", "state=open"),
        ("state=open&title__startswith=x&resident__username=admin", "state=open"),
        ("&".join(f"x{n}=1" for n in range(200)), None),
        ("", None),
        ("\x00", None),
        ("%FF%FE", None),
    ],
)  # fmt: skip
def test_only_what_the_list_knows_is_kept(
    cast: SimpleNamespace, login: Callable, query: str, kept: str | None
) -> None:
    client, home = login(cast.clerk), home_of(cast.clerk)

    response = keep(client, home, "条件", query)

    if kept is None:
        assert (response.status_code, stored(cast.clerk)) == (200, {})
        return
    assert stored(cast.clerk) == {"条件": kept}
    assert response["Location"] == f"{home}?{kept}"
    assert client.get(response["Location"]).status_code == 200


@PEOPLE
def test_conditions_that_are_gone_are_left_out_with_a_word(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    journey.handling()
    user, home = getattr(cast, who), home_of(getattr(cast, who))
    where = "OFFICE" if user.is_staff else "DESK"
    for name, query in (
        ("老条件", f"{QUERIES[who]}&colour=red&queue=abolished"), ("全没了", "colour=red"),
        ("网址", "//evil.example/?next=https://evil.example"), ("乱码", "%%%&=&\x01"),
    ):  # fmt: skip
        SavedFilter.objects.create(user=user, where=where, name=name, query=query, created_at=clock.now())
    client = login(user)

    page = opened(client, f"{home}saved/")

    assert "evil" not in page
    found = links(opened(client, home))
    assert {address.split("?")[0] for address, _count in found.values()} == {home}
    assert "colour" not in found["老条件"][0]
    assert "“老条件”中有的条件已不存在" in words(page)
    assert "“老条件”中有的条件已不存在" in words(opened(client, found["老条件"][0]))
    assert found["全没了"][0] == home


def test_a_telephone_number_is_not_kept(cast: SimpleNamespace, login: Callable) -> None:
    response = keep(login(cast.clerk), home_of(cast.clerk), "某人", "q=13900000001")

    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert stored(cast.clerk) == {}


def test_twenty_are_the_most(cast: SimpleNamespace, login: Callable) -> None:
    client, home = login(cast.clerk), home_of(cast.clerk)
    for number in range(saved.MOST):
        keep(client, home, f"清单{number}", "state=open")

    response = keep(client, home, "再一个", "state=open")

    assert response.status_code == 200
    assert "20" in words(response.content.decode())
    assert len(stored(cast.clerk)) == saved.MOST
    # One that is there can still be replaced.
    assert keep(client, home, "清单3", "state=CLOSED", replace="1").status_code == 302


@PEOPLE
def test_it_gets_another_name_and_goes_away(cast: SimpleNamespace, login: Callable, who: str) -> None:
    user = getattr(cast, who)
    client, home = login(user), home_of(user)
    keep(client, home, "甲", QUERIES[who])
    keep(client, home, "乙", QUERIES[who])
    row = SavedFilter.objects.get(user=user, name="甲")

    taken = client.post(f"{home}saved/{row.pk}/rename/", {f"{row.pk}-name": "乙"})
    assert taken.status_code == 200
    assert f'id="id_{row.pk}-name_error"' in taken.content.decode()
    assert re.search(rf'<input[^>]*name="{row.pk}-name"[^>]*value="乙"', taken.content.decode())
    assert stored(user).keys() == {"甲", "乙"}

    assert client.post(f"{home}saved/{row.pk}/rename/", {f"{row.pk}-name": "丙"}).status_code == 302
    assert stored(user).keys() == {"丙", "乙"}
    assert client.post(f"{home}saved/{row.pk}/delete/").status_code == 302
    assert stored(user).keys() == {"乙"}


def test_counts_are_those_of_the_lists_they_open(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    journey.submitted(community=cast.other_community)
    journey.accepted(title="路灯不亮")
    journey.handling()
    client, home = login(cast.clerk), home_of(cast.clerk)
    for name, query in (
        ("甲", f"venue={cast.station.pk}&state=open"), ("乙", "q=路灯"), ("丙", "owner=office"),
        ("丁", f"street={cast.street.pk}&category={cast.category.pk}"), ("戊", "venue=none"),
        ("己", f"accepted={clock.today():%Y-%m}&figure=accepted"), ("庚", "queue=to_accept"),
        ("辛", "due=late"), ("壬", "kind=STATION&level=L2"), ("癸", f"owner=u{cast.unit.pk}"),
    ):  # fmt: skip
        keep(client, home, name, query)

    found = links(opened(client, home))

    assert len(found) == 11
    for name, (address, count) in found.items():
        assert count == str(len(numbers(opened(client, address)))), name


def test_twenty_filters_cost_as_many_queries_as_two_and_more_cases_no_more(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.accepted()
    for user, home, query in (
        (cast.clerk, home_of(cast.clerk), "state=open"),
        (cast.liaison, "/desk/", "tab=all&q=停"),
    ):
        client = login(user)
        for number in range(2):
            keep(client, home, f"清单{number}", query)
        opened(client, home)
        few = [queries(client, address) for address in (home, f"{home}saved/")]
        for number in range(2, saved.MOST):
            keep(client, home, f"清单{number}", f"{query}&due=late")
        multiply(case, 30)

        assert [queries(client, address) for address in (home, f"{home}saved/")] == few


def test_a_count_stops_at_nine_hundred_and_ninety_nine(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    multiply(journey.accepted(), 1100)
    client, home = login(cast.clerk), home_of(cast.clerk)
    keep(client, home, "全部", "state=open")

    assert links(opened(client, home))["全部"][1] == "999+"
