"""The hand-over list: what those who leave have in hand, and who is there in their place; kept for later."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress_portal.accounts.models import User
from congress_portal.common import clock
from deputies.models import TermChange
from stations.models import Posting, ReceptionPlan, RotaPlace
from suggestions.models import Claim, Suggestion
from suggestions.term_change import hand_over
from suggestions.term_change.carrying import carry_out
from suggestions.term_change.confirming import confirm
from tests.admin.pages import text_of
from tests.conftest import act
from tests.rosters.conftest import rows_of

from .conftest import ON_THE_DAY, SWITCH, bring_in, person_line, url


@pytest.fixture
def listed(world: SimpleNamespace, followed: Suggestion, confirmed: TermChange) -> dict:
    return {person["key"]: person for person in hand_over.collect(confirmed)["people"]}


def test_it_names_those_who_leave_and_nobody_else(listed: dict) -> None:
    assert set(listed) == {"T0001", "T0005"}


def test_it_tells_cases_days_turns_roles_and_who_is_there(
    world: SimpleNamespace, followed: Suggestion, listed: dict
) -> None:
    followed.refresh_from_db()
    assert listed["T0001"] == {
        "key": "T0001", "name": "林示例", "organisation": "示例小学", "seat": "测试第1选区",
        "cases": [
            {
                "number": followed.number, "state": "HANDLING", "due": followed.due_on.isoformat(),
                "venue": "甲社区代表联络站",
            }
        ],
        "days": [{"day": "2027-01-15", "from": "09:00", "venue": "甲社区代表联络站"}],
        "turns": ["甲社区代表联络站"],
        "roles": [
            {"role": "站长", "venue": "甲社区代表联络站"},
            {"role": "邻里纠纷调解员", "venue": "甲社区代表联络站"},
        ],
        "venues": [
            {"code": "TS1", "name": "甲社区代表联络站", "there": ["何示例", "张伟", "新示例"]}
        ],
    }  # fmt: skip


def test_closed_cases_are_not_handed_over_but_their_marks_come_off(
    world: SimpleNamespace, confirmed: TermChange
) -> None:
    case = world.journey.submitted()
    act("claim", case, world.deputy)
    act("withdraw", case, world.resident)
    with clock.frozen(ON_THE_DAY):
        done = carry_out(confirmed)
    assert [person["cases"] for person in done.result["hand_over"]["people"]] == [[], []]
    assert Claim.objects.get().released_at is not None


def test_venues_without_deputies_or_head_are_named(world: SimpleNamespace, confirmed: TermChange) -> None:
    Posting.objects.filter(deputy=world.other_zhang).update(venue=world.home)
    world.journey.submitted(community=None, venue=world.home)
    assert hand_over.collect(confirmed)["venues"] == [
        {"code": "TH1", "name": "测试街道代表之家", "cases": 1, "nobody": True, "lost": []},
        {"code": "TS1", "name": "甲社区代表联络站", "cases": 0, "nobody": False, "lost": ["站长"]},
    ]


def test_a_rota_nobody_is_left_in_is_named(world: SimpleNamespace, confirmed: TermChange) -> None:
    RotaPlace.objects.filter(deputy=world.both).delete()
    (station,) = hand_over.collect(confirmed)["venues"]
    assert (station["code"], station["lost"]) == ("TS1", ["站长", "轮值表"])


def test_a_rota_whose_last_one_serves_elsewhere_then_is_named_too(
    world: SimpleNamespace, change: TermChange
) -> None:
    bring_in(change, [person_line(world.leaver, 进站点="TS2")], world.clerk)
    change.rows.update(is_confirmed=True)
    confirm(change, user=world.head)
    change.refresh_from_db()
    RotaPlace.objects.filter(deputy=world.both).delete()
    lost = {venue["code"]: venue["lost"] for venue in hand_over.collect(change)["venues"]}
    assert lost["TS1"] == ["站长", "轮值表"]


def test_the_rota_of_a_plan_that_is_over_is_not_missed(world: SimpleNamespace, confirmed: TermChange) -> None:
    RotaPlace.objects.filter(deputy=world.both).delete()
    ReceptionPlan.objects.update(ends_on=SWITCH)
    (station,) = hand_over.collect(confirmed)["venues"]
    assert station["lost"] == ["站长"]


def test_it_stays_as_it_was_on_the_day(
    head: Client, world: SimpleNamespace, followed: Suggestion, confirmed: TermChange
) -> None:
    with clock.frozen(ON_THE_DAY):
        done = carry_out(confirmed)
        before = text_of(head.get(url(done, "hand_over")).content.decode())
        Posting.objects.filter(venue=world.station).update(ends_on=SWITCH)
        act("recall", followed.assignments.get(), world.clerk, reason="改派")
        assert text_of(head.get(url(done, "hand_over")).content.decode()) == before
    for words in (followed.number, followed.title, "林示例", "何示例"):
        assert words in before


def test_it_comes_as_a_table_too(head: Client, followed: Suggestion, confirmed: TermChange) -> None:
    answer = head.get(url(confirmed, "hand_over_file"))
    rows = rows_of(answer.content)
    mine = [(row["事项"], row["家站点"]) for row in rows if row["姓名"] == "林示例"]
    assert mine == [
        (what, "甲社区代表联络站") for what in ("关注的意见", "接待日", "接待轮值", "职责", "职责", "进站")
    ]
    case = next(row for row in rows if row["编号"] == followed.number)
    assert (case["内容"], case["现任代表"]) == (followed.title, "何示例、张伟、新示例")


@pytest.mark.parametrize("which", ["hand_over", "hand_over_file"])
def test_before_the_confirmation_there_is_none(head: Client, ready: TermChange, which: str) -> None:
    assert head.get(url(ready, which)).url == url(ready)


@pytest.mark.parametrize("which", ["hand_over", "hand_over_file"])
def test_who_only_manages_rosters_reads_no_cases(
    login: Callable[[User], Client], world: SimpleNamespace, confirmed: TermChange, which: str
) -> None:
    assert login(world.admin).get(url(confirmed, which)).status_code == 403
    links = str(login(world.admin).get(url(confirmed)).content)
    assert "hand-over/" not in links


def test_twenty_cases_ask_no_more_than_two(
    head: Client, world: SimpleNamespace, confirmed: TermChange
) -> None:
    def asked(count: int) -> int:
        while Claim.objects.count() < count:
            act("claim", world.journey.submitted(), world.deputy)
        head.get(url(confirmed, "hand_over"))
        with CaptureQueriesContext(connection) as queries:
            head.get(url(confirmed, "hand_over"))
        return len(queries)

    assert asked(2) == asked(12)
