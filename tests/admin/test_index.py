"""The index: what waits for whom, how it ends, who is late; every number opens the cases it counts."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress_portal.common import clock, workdays
from congress_portal.common.models import CalendarDay
from stations.models import LiaisonOfficer, Posting
from suggestions.actors import SYSTEM
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.models import SupervisingBody
from suggestions.submissions import submit
from tests.conftest import Journey, act, as_actor, make_user, submission
from tests.suggestions.stage import Stage

from .pages import count, multiply, numbers, open_page, queue_counts, text_of

INDEX = "/admin/"


@pytest.fixture
def busy(cast: SimpleNamespace, journey: Journey) -> SimpleNamespace:
    """At least one case in every queue, and cases that stand in none."""
    made = SimpleNamespace()
    with clock.frozen(clock.now() - timedelta(days=40)):
        made.late = journey.submitted()
        made.late_in_hand = journey.handling()
    with clock.frozen(clock.now() - timedelta(days=20)):
        # The reply has time, the opinion has not.
        made.unhelped = journey.accepted()
        helper = Target(kind=AssignmentKind.ASSISTING, unit=cast.other_unit)
        act("assign", made.unhelped, cast.clerk, assignments=[Target(unit=cast.unit), helper],
            due=workdays.add_workdays(clock.today(), 25))  # fmt: skip
    made.fresh = journey.submitted()
    made.pool = journey.submitted(community=None, place_unknown=True)
    made.accepted = journey.accepted()
    made.handling = journey.handling()
    made.returned = journey.handling()
    act(
        "ask_return",
        made.returned.assignments.get(),
        cast.officer,
        reason="不属本单位",
        proposed_unit=cast.other_unit,
    )
    made.signed = journey.handling()
    journey.signed(made.signed)
    made.disputed = journey.disputed()
    made.insulting = journey.submitted()
    act("propose_decline", made.insulting, cast.clerk, code=cast.insult, text="没有诉求", where_to_go="—")
    made.urgent = journey.accepted()
    act("alarm", made.urgent, cast.clerk, note="有人被困")
    made.supervised = journey.handling()
    body = SupervisingBody.objects.first()
    act("supervise", made.supervised, cast.head, leader="王副主任", body=body, reason="多人反映")
    made.asking = journey.handling()
    row = act("sign", made.asking.assignments.get(), cast.officer)
    act("ask_contact", row, cast.officer, question="是哪个入口?")
    made.untold = submit(submission(cast, channel="VISIT", venue=cast.station), actor=as_actor(cast.liaison))
    act("answer_inquiry", made.untold, cast.clerk, category=cast.category, reply="可以在社区申请。")
    stage = Stage(cast)
    made.promising, made.reported = stage.promised().target, stage.promised().target
    with clock.frozen(clock.now() + timedelta(days=60)):
        for row in (made.promising, made.reported):
            act("promise_due", row, SYSTEM, promise=row.promises.get())
    act("report_promise", made.reported, cast.officer, promise=made.reported.promises.get(), report="已完成")
    made.promising, made.reported = made.promising.suggestion, made.reported.suggestion
    made.closed = journey.closed()
    made.publishable = journey.closed(may_publish=True)
    made.prepared = journey.closed(may_publish=True)
    act("prepare_publication", made.prepared, cast.clerk, title="停车位已增加", summary="已增设车位。")
    made.public = journey.closed(may_publish=True)
    act("prepare_publication", made.public, cast.clerk, title="停车位已增加", summary="已增设车位。")
    act("publish", made.public, cast.clerk2)
    made.orphan = journey.submitted(community=cast.other_community)
    LiaisonOfficer.objects.filter(venue=cast.other_station).update(ends_on=clock.today())
    Posting.objects.filter(venue=cast.other_station).update(ends_on=clock.today())
    return made


EXPECTED = {
    "to_accept": {"late", "fresh", "pool", "orphan"},
    "to_assign": {"accepted", "urgent"},
    "returned": {"returned"},
    "asked": {"asking"},
    "opinions": {"unhelped"},
    "sensitive": {"insulting"},
    "promises": {"reported"},
    "promised": {"promising"},
    "supervised": {"supervised"},
    "urgent": {"urgent"},
    "untold": {"untold"},
    "to_review": {"signed"},
    "disputed": {"disputed"},
    "overdue": {"late", "late_in_hand"},
    "no_place": {"pool"},
    "orphaned": {"orphan"},
    "to_prepare": {"publishable"},
    "to_publish": {"prepared"},
}


def test_each_queue_counts_and_opens_exactly_its_cases(
    cast: SimpleNamespace, busy: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.clerk)
    found = queue_counts(open_page(client, INDEX))
    assert found.keys() == EXPECTED.keys()

    for queue, (address, number) in found.items():
        page = open_page(client, address)
        wanted = {getattr(busy, name).number for name in EXPECTED[queue]}
        assert (queue, set(numbers(page))) == (queue, wanted)
        assert number == count(page) == len(wanted)


def test_a_queue_tells_how_old_its_oldest_case_is_and_how_many_are_late(
    cast: SimpleNamespace, busy: SimpleNamespace, login: Callable
) -> None:
    page = open_page(login(cast.clerk), INDEX)

    row = page[page.index('data-queue="to_accept"') :]
    assert "40" in row[row.index('class="age"') : row.index("</a>")]
    assert "1" in row[row.index('class="late"') : row.index("</a>")]


@pytest.mark.parametrize(
    ("who", "own"),
    [
        (
            "clerk",
            {
                "to_accept",
                "to_assign",
                "returned",
                "asked",
                "opinions",
                "promised",
                "urgent",
                "untold",
                "overdue",
                "no_place",
                "orphaned",
                "to_prepare",
                "to_publish",
            },
        ),
        ("reviewer", {"to_review", "promises", "to_publish"}),
        ("head", {"sensitive", "disputed", "supervised", "urgent", "overdue", "orphaned"}),
    ],
)
def test_each_duty_has_its_own_queues_first(
    cast: SimpleNamespace, busy: SimpleNamespace, login: Callable, who: str, own: set[str]
) -> None:
    page = open_page(login(getattr(cast, who)), INDEX)

    assert set(queue_counts(page.partition("work-small")[0])) == own
    assert set(queue_counts(page)) == set(EXPECTED)


def test_every_figure_opens_the_list_it_counts(
    cast: SimpleNamespace, busy: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.clerk)
    figures = {}
    for split in ("month", "street", "venue", "category"):
        page = open_page(client, f"{INDEX}?by={split}")
        figures |= dict(re.findall(r'<a href="([^"]*figure=[^"]*)">(\d+)</a>', page))

    assert len(figures) > 12
    for address, number in figures.items():
        assert count(open_page(client, unescape(address))) == int(number), address


def test_overdue_cases_stand_under_who_must_act(
    cast: SimpleNamespace, busy: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.head)
    page = open_page(client, INDEX)

    owners = re.findall(
        r'<a href="([^"]*owner=[^"]*)"><span class="count">(\d+)</span><span class="name">([^<]+)<', page
    )
    assert {(name, number) for _address, number, name in owners} == {
        ("测试住建局", "1"),
        ("甲社区代表联络站", "1"),
    }
    for address, number, _name in owners:
        assert count(open_page(client, unescape(address))) == int(number)


def test_the_time_the_figures_were_taken_is_printed(cast: SimpleNamespace, login: Callable) -> None:
    page = open_page(login(cast.clerk), INDEX)

    assert f"{clock.now().astimezone(clock.SHANGHAI):%Y-%m-%d %H:}" in text_of(page)


def test_with_nothing_to_divide_by_a_rate_is_a_dash(cast: SimpleNamespace, login: Callable) -> None:
    page = open_page(login(cast.clerk), INDEX)

    assert re.findall(r'<span class="figure">([^<]*)</span>', page) == ["—"] * 5


def test_the_superuser_sees_tables_but_neither_queues_nor_cases(
    cast: SimpleNamespace, busy: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.admin)
    page = open_page(client, INDEX)

    assert queue_counts(page) == {}
    assert "figure=" not in page
    assert busy.fresh.title not in page
    assert "/admin/accounts/user/" in page
    for address in (
        "",
        f"{busy.fresh.pk}/change/",
        f"{busy.fresh.pk}/do/accept/",
        f"{busy.fresh.pk}/contact/",
    ):
        assert client.get(f"/admin/suggestions/suggestion/{address}").status_code == 403


def test_staff_without_a_duty_see_no_cases(
    cast: SimpleNamespace, busy: SimpleNamespace, login: Callable
) -> None:
    client = login(make_user("newcomer", is_staff=True))

    assert queue_counts(open_page(client, INDEX)) == {}
    assert client.get("/admin/suggestions/suggestion/").status_code == 403


@pytest.mark.parametrize("who", ["resident", "deputy", "liaison", "officer", "unitlead"])
def test_whoever_is_not_staff_is_refused(cast: SimpleNamespace, login: Callable, who: str) -> None:
    assert login(getattr(cast, who)).get(INDEX, follow=True).status_code == 403


def test_a_stranger_is_led_to_the_one_sign_in_page(client: Any, db: Any) -> None:
    response = client.get(INDEX, follow=True)

    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/"


def test_the_password_is_changed_where_everybody_changes_it(cast: SimpleNamespace, login: Callable) -> None:
    assert login(cast.clerk).get("/admin/password_change/").url == "/accounts/password/change/"


def test_a_coming_year_without_its_holidays_is_told_until_it_is_entered(
    cast: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.clerk)
    with clock.frozen(datetime(2031, 3, 2, 9, tzinfo=clock.SHANGHAI)):
        assert "2031" in text_of(open_page(client, INDEX))

        CalendarDay.objects.create(day="2031-05-01", kind=CalendarDay.Kind.HOLIDAY)

        assert 'role="alert"' not in open_page(client, INDEX)


def test_the_index_costs_the_same_however_many_cases_there_are(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    client = login(cast.clerk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            open_page(client, f"{INDEX}?by=venue")
        return len(caught)

    with clock.frozen(clock.now() - timedelta(days=40)):
        kinds = [journey.submitted(), journey.accepted(), journey.handling()]
    for case in kinds:
        multiply(case, 1)
    queries()
    few = queries()
    for case in kinds:
        multiply(case, 15)

    assert queries() == few < 28
