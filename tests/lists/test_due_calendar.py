"""The due calendar: every figure opens exactly the cases it counts; days off and make-up days are named."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from types import SimpleNamespace

import pytest

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.models import CalendarDay
from suggestions.enums import AssignmentKind
from suggestions.inputs import Target
from suggestions.lists import calendar, due
from suggestions.models import Assignment, Clock, Promise, Suggestion
from tests.admin.pages import multiply
from tests.conftest import Journey, act

from .pages import home_of, move_due, numbers, opened, queries, words

# A Wednesday; the week has the National Day's make-up Saturday of 10 October.
NOW = datetime(2026, 10, 7, 10, 0, tzinfo=clock.SHANGHAI)
DAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def _then():  # type: ignore[no-untyped-def]
    with clock.frozen(NOW):
        yield


def due_url(user: User) -> str:
    return f"{home_of(user)}due/"


def figures(html: str) -> dict[str, tuple[str, int]]:
    """What is due, as the address of its list says it → the address, the figure."""
    found = re.findall(
        r'<a (?:class="total" )?href="([^"]*[?&;]due=([^"&]+))">[^<]*<span class="num">(\d+)<', html
    )
    return {what: (unescape(address), int(count)) for address, what, count in found}


def promise(case: Suggestion, day: date) -> Promise:
    reply = case.replies.filter(assignment__isnull=False).first()
    assert reply is not None
    return Promise.objects.create(
        suggestion=case, assignment=reply.assignment, reply=reply, text="更换管道", due_on=day, status="OPEN"
    )


def everything(cast: SimpleNamespace, journey: Journey) -> None:
    """Cases of all kinds of date on two days, some of them of others."""
    for case in (journey.submitted(), journey.submitted(community=cast.other_community)):
        move_due(case, DAY)
    move_due(journey.accepted(), DAY)
    for case in (journey.handling(), journey.handling(community=cast.other_community)):
        move_due(case, DAY)
    move_due(journey.disputed(), DAY)
    assisted = journey.assigned(
        journey.accepted(),
        Target(unit=cast.other_unit),
        Target(kind=AssignmentKind.ASSISTING, unit=cast.unit),
    )
    move_due(assisted, DAY)
    closed = journey.closed()
    promise(closed, DAY)
    promise(closed, DAY)
    both = journey.replied()
    Suggestion.objects.filter(pk=both.pk).update(told_at=None, due_kind="FEEDBACK", due_on=DAY)
    promise(both, DAY)
    move_due(journey.submitted(), NOW.date() - timedelta(days=5))
    late = journey.handling()
    move_due(late, NOW.date() - timedelta(days=2))
    # The resident's own time, and what is joined to another, are nobody's work.
    rating = journey.replied()
    Suggestion.objects.filter(pk=rating.pk).update(due_kind="RATING", due_on=DAY)
    lead, joined = journey.handling(), journey.handling()
    act("merge", joined, cast.clerk, lead=lead)
    move_due(joined, DAY)


@pytest.mark.parametrize("who", ["clerk", "head", "liaison", "committee", "deputy", "officer", "unitlead"])
def test_each_figure_is_the_length_of_the_list_it_opens(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    everything(cast, journey)
    user = getattr(cast, who)
    client = login(user)

    found = figures(opened(client, due_url(user)))

    assert {what for what in found if what.startswith(f"{DAY}")} or who == "deputy"
    for what, (address, count) in found.items():
        assert address.startswith(f"{home_of(user)}?"), what
        listed = numbers(opened(client, address))
        assert len(set(listed)) == len(listed) == count, what


def test_the_office_counts_by_kind_of_clock_and_a_promise_by_its_day(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    everything(cast, journey)

    found = figures(opened(login(cast.clerk), due_url(cast.clerk)))

    of_day = {
        what.partition(".")[2]: count
        for what, (_address, count) in found.items()
        if what.startswith(f"{DAY}")
    }
    # Replies: two, an assisted one, and the lead whose ten working days end that day. Of the two cases with a
    # promise one is to be told on the same day and is one case of the sum.
    assert of_day == {
        "": 10, "ACCEPT": 2, "ASSIGN": 1, "REPLY": 4, "FEEDBACK": 1, "CONCLUDE": 1, "PROMISE": 2
    }  # fmt: skip
    late = {what: count for what, (_address, count) in found.items() if what.startswith("late")}
    assert late == {"late": 2, "late.ACCEPT": 1, "late.REPLY": 1}


def test_what_is_late_without_promises_is_the_queue_of_overdue_cases(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    everything(cast, journey)
    client = login(cast.clerk)

    assert numbers(opened(client, f"{home_of(cast.clerk)}?due=late")) == numbers(
        opened(client, f"{home_of(cast.clerk)}?queue=overdue")
    )


def test_a_unit_counts_its_rows_to_sign_for_to_answer_and_its_promises(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    fresh, in_hand, handed_in = journey.handling(), journey.handling(), journey.handling()
    act("sign", in_hand.assignments.get(), cast.officer)
    journey.signed(handed_in)
    others = journey.assigned(journey.accepted(), Target(unit=cast.other_unit))
    assisting = journey.assigned(
        journey.accepted(),
        Target(unit=cast.other_unit),
        Target(kind=AssignmentKind.ASSISTING, unit=cast.unit),
    )
    kept, theirs = journey.closed(), journey.closed()
    promise(kept, DAY)
    reported = promise(kept, DAY + timedelta(days=1))
    Promise.objects.filter(pk=reported.pk).update(reported_at=NOW)
    Promise.objects.filter(pk=promise(theirs, DAY).pk).update(status="KEPT")
    rows = Assignment.objects.filter(suggestion__in=(fresh, in_hand, handed_in, others, assisting))
    rows.update(unit_due=DAY, sign_due=DAY - timedelta(days=6))

    for user in (cast.officer, cast.unitlead):
        found = {what: count for what, (_a, count) in figures(opened(login(user), due_url(user))).items()}
        signing = f"{DAY - timedelta(days=6)}.SIGN"
        assert found == {
            signing: 2, f"{DAY}": 4, f"{DAY}.ANSWER": 2, f"{DAY}.OPINION": 1, f"{DAY}.PROMISE": 1
        }  # fmt: skip


def test_a_venue_counts_its_intake_what_it_is_to_tell_and_rows_given_to_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    move_due(journey.submitted(), DAY)
    move_due(journey.submitted(community=cast.other_community), DAY)
    move_due(journey.accepted(), DAY)
    move_due(journey.handling(), DAY)
    own = journey.assigned(journey.accepted(), Target(venue=cast.station))
    Assignment.objects.filter(suggestion=own).update(unit_due=DAY, sign_due=None)

    def found(user: User) -> dict[str, int]:
        shown = figures(opened(login(user), due_url(user)))
        return {what.partition(".")[2]: count for what, (_a, count) in shown.items()}

    assert found(cast.liaison) == {"": 2, "ACCEPT": 1, "ANSWER": 1}
    assert found(cast.deputy) == {"ANSWER": 1}
    # A street assigns what is of its level.
    assert found(cast.committee) == {"": 2, "ACCEPT": 1, "ASSIGN": 1}
    assert found(cast.other_liaison) == {"ACCEPT": 1}


def test_what_only_the_secrecy_officer_sees_is_counted_for_nobody_else(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted()
    act(
        "propose_decline",
        case,
        cast.clerk,
        code=cast.accusation,
        text="请向监察机关反映。",
        where_to_go="12388",
    )
    move_due(case, DAY)

    for who in ("clerk", "head", "liaison", "committee"):
        user = getattr(cast, who)
        assert figures(opened(login(user), due_url(user))) == {}
    assert figures(opened(login(cast.secrecy), due_url(cast.secrecy))).keys() == {f"{DAY}.REVIEW"}


def test_days_off_and_make_up_days_are_named_from_the_working_calendar(
    cast: SimpleNamespace, login: Callable
) -> None:
    CalendarDay.objects.create(day="2026-10-21", kind="HOLIDAY", name="停电检修")
    CalendarDay.objects.create(day="2026-10-24", kind="WORKDAY")

    for user in (cast.clerk, cast.officer):
        page = opened(login(user), due_url(user))
        month = page[page.index("due-month") :]
        cells = re.findall(r"<td [^>]*>.*?</td>", month, re.DOTALL)
        by_day = {re.search(r'datetime="([^"]+)"', cell)[1]: words(cell) for cell in cells}  # type: ignore[index]
        assert by_day["2026-10-01"].endswith("休")
        assert by_day["2026-10-10"].endswith("班")
        assert by_day["2026-10-20"] == "20 星期二"
        assert by_day["2026-10-21"].endswith("休 停电检修")
        assert by_day["2026-10-24"].endswith("班")
        assert 'data-rest="make-up"' in month


def test_the_table_is_one_for_screen_readers_and_the_week_stands_above_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    move_due(journey.submitted(), DAY)
    move_due(journey.submitted(), NOW.date())

    page = opened(login(cast.clerk), due_url(cast.clerk))

    assert page.count('scope="col"') >= 7
    assert 'aria-labelledby="month-title"' in page
    assert page.count('aria-current="date"') == 2
    # A link says its day too, not only its figure.
    assert "2026年10月20日" in words(page[page.index("due-month") :])
    week = page[page.index("due-week") : page.index("due-month")]
    assert re.findall(r'datetime="([^"]+)"', week)[::6] == ["2026-10-05", "2026-10-11"]
    assert f"due={NOW.date()}" in week


@pytest.mark.parametrize(
    "month",
    ["2026-13", "2026-00", "x", "2026-1", "０２６-10", "1999-01", "2031-01", "2026-10-10", "9" * 500, "<b>"],
)
def test_a_month_nobody_has_is_answered_with_the_present_one_and_a_word(
    cast: SimpleNamespace, login: Callable, month: str
) -> None:
    for user in (cast.clerk, cast.liaison):
        response = login(user).get(due_url(user), {"month": month})
        page = response.content.decode()
        assert response.status_code == 200
        assert "2026年10月" in page
        assert "现在显示的是本月" in page
        assert "<b>" not in page.partition("<main")[2].partition("due-late")[0]


def test_months_are_a_year_back_and_two_ahead(cast: SimpleNamespace, login: Callable) -> None:
    client, url = login(cast.clerk), due_url(cast.clerk)

    def neighbours(month: str) -> set[str]:
        return set(re.findall(r'href="\?month=([\d-]+)"', opened(client, f"{url}?month={month}")))

    assert neighbours("2026-10") == {"2026-09", "2026-11"}
    assert neighbours("2025-10") == {"2025-11"}
    assert neighbours("2028-10") == {"2028-09"}
    assert calendar.month_of("2025-09") == (date(2026, 10, 1), False)
    assert "2028年放假安排未录入" in words(opened(client, f"{url}?month=2028-10")).replace(" ", "")


@pytest.mark.parametrize(
    "day",
    ["2026-02-30", "2026-13-01", "x", "late.NONSENSE", "2026-10-20.", "20261020", "2026-W40-1", "late.",
     "\x00", "2026-10-20.reply", "0000-01-01"],
)  # fmt: skip
def test_a_day_that_is_none_finds_nothing_and_says_so(
    cast: SimpleNamespace, journey: Journey, login: Callable, day: str
) -> None:
    move_due(journey.submitted(), DAY)
    for user in (cast.clerk, cast.liaison):
        response = login(user).get(home_of(user), {"due": day})
        page = response.content.decode()
        assert response.status_code == 200
        assert numbers(page) == []
        assert "没有这个日期" in words(page)


def test_a_day_of_the_calendar_joins_the_other_filters(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    here, there = journey.submitted(title="路灯不亮"), journey.submitted(community=cast.other_community)
    for case in (here, there):
        move_due(case, DAY)
    clerk, liaison = login(cast.clerk), login(cast.liaison)

    assert numbers(opened(clerk, f"{home_of(cast.clerk)}?due={DAY}&venue={cast.station.pk}")) == [here.number]
    assert numbers(opened(liaison, f"/desk/?due={DAY}.ACCEPT&q=路灯")) == [here.number]
    assert numbers(opened(liaison, f"/desk/?due={DAY}&q=没有")) == []
    page = opened(liaison, f"/desk/?due={DAY}.ACCEPT")
    assert "2026年10月20日到期 · 受理审核" in words(page)


def test_a_case_with_two_running_clocks_counts_on_the_nearest_alone(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    act("take_back", case, cast.clerk, reason="重新交办")
    kinds = set(Clock.objects.filter(suggestion=case, stopped_at=None).values_list("kind", flat=True))
    assert kinds == {"ASSIGN", "REPLY"}

    found = figures(opened(login(cast.clerk), due_url(cast.clerk)))

    assert sum(count for _address, count in found.values()) == len(found) == 1


def test_the_calendar_costs_the_same_with_five_and_with_fifty_cases(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    everything(cast, journey)
    people = ("clerk", "liaison", "officer", "committee")
    pages = [(login(getattr(cast, who)), due_url(getattr(cast, who))) for who in people]
    few = [queries(*page) for page in pages]
    for case in Suggestion.objects.filter(due_on=DAY)[:3]:
        multiply(case, 15)
    for case in (journey.handling(), journey.handling()):
        move_due(case, DAY)

    assert [queries(*page) for page in pages] == few
    assert max(few) < 25


def test_a_due_says_itself_again() -> None:
    for text in ("late", "late.REPLY", "2026-10-20", "2026-10-20.PROMISE"):
        assert str(due.Due.parse(text)) == text
