"""The own list: who has each case, by when, what is new, and what waits for the resident."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress_portal.common import clock
from congress_portal.notices.models import Notice
from suggestions import dates, hands, own_list, tracking
from suggestions.models import Suggestion
from suggestions.services import available_moves
from suggestions.submissions import submit
from suggestions.workflow import RATINGS
from tests.conftest import Journey, act, as_actor, submission
from tests.suggestions.stage import Stage

from . import replies
from .conftest import action_url, text_of

pytestmark = pytest.mark.django_db
MINE = "/suggestions/mine/"
Login = Callable[[Any], Client]


def rows(client: Client) -> dict[str, own_list.Row]:
    return {row.case.number: row for row in client.get(MINE).context["rows"]}


def tell(user: Any, number: str, **changes: Any) -> Notice:
    """What the office would have told: in the inbox, not read yet."""
    return Notice.objects.create(
        token=f"{number}-{Notice.objects.count()}", kind="gone", channel="INBOX", status="SENT", to=user,
        number=number, written_at=clock.now(), posted_at=clock.now(), **changes,
    )  # fmt: skip


def every_state(cast: SimpleNamespace, journey: Journey) -> list[Suggestion]:
    stage = Stage(cast)
    promised = journey.handling()
    (promise,) = replies.promise(cast, promised, 20)
    act("rate_ok", promised, cast.resident, level="BASIC", process="BASIC")
    replies.keep(cast, promise)
    contacted = journey.replied()
    replies.contact(cast, contacted)
    lead, joined = journey.handling(), journey.submitted()
    act("merge", joined, cast.clerk, lead=lead)
    return [
        promised, contacted, joined, stage.supplementing().case, stage.handling().case, journey.replied(),
        stage.closed_and_promise_kept().case, journey.closed(), stage.withdrawn().case,
        stage.dispatched().case, stage.disputed().case, stage.to_confirm().case,
        stage.replied_a_second_time().case,
    ]  # fmt: skip


def test_what_waits_is_exactly_what_the_tables_allow(
    cast: SimpleNamespace, journey: Journey, login: Login
) -> None:
    cases = every_state(cast, journey)
    shown = rows(login(cast.resident))
    asked = {"supplement", "confirm_contact", "rate_kept_promise"}
    for case in cases:
        case.refresh_from_db()
        moves = {move.action for move in available_moves(as_actor(cast.resident), case)}
        wanted = {action_url(case, name) for name in moves & asked}
        wanted |= {action_url(case, "rate")} if moves & set(RATINGS) else set()
        assert {url for _label, url in shown[case.number].waits} == wanted, case.state


def test_it_says_the_same_as_the_page_of_the_case(
    cast: SimpleNamespace, journey: Journey, login: Login
) -> None:
    cases = every_state(cast, journey)
    shown = rows(login(cast.resident))
    for case in cases:
        fresh, row = tracking.load(case.pk), shown[case.number]
        assert (row.now_with, row.due, row.window) == (
            hands.now_with(fresh), dates.due(fresh), dates.window(fresh)
        )  # fmt: skip


def test_news_stands_on_its_row_until_the_case_is_opened(
    cast: SimpleNamespace, journey: Journey, login: Login
) -> None:
    case, other = journey.handling(), journey.handling()
    # What was told on the way here is read.
    Notice.objects.update(read_at=clock.now())
    tell(cast.resident, case.number)
    tell(cast.resident, other.number, read_at=clock.now())
    tell(cast.stranger, other.number)
    client = login(cast.resident)
    assert {number for number, row in rows(client).items() if row.is_new} == {case.number}
    client.get(case.get_absolute_url())
    assert [row.is_new for row in rows(client).values()] == [False, False]
    assert Notice.objects.filter(to=cast.stranger, read_at=None).count() == 1


def test_a_look_by_code_leaves_the_owners_news_unread(
    cast: SimpleNamespace, journey: Journey, holding: Callable[[Any], Client]
) -> None:
    case = journey.handling()
    notice = tell(cast.resident, case.number)
    holding(case).get(case.get_absolute_url())
    notice.refresh_from_db()
    assert notice.read_at is None


def test_no_word_of_the_office_stands_there(cast: SimpleNamespace, journey: Journey, login: Login) -> None:
    every_state(cast, journey)
    html = text_of(login(cast.resident).get(MINE))
    for word in ("交办", "待补正", "已并案", "待研判", "待复核"):
        assert word not in html


def test_others_cases_and_their_waits_are_not_there(
    cast: SimpleNamespace, journey: Journey, login: Login
) -> None:
    other = submit(submission(cast, title="别人的意见"), actor=as_actor(cast.stranger))
    act("ask_more", other, cast.liaison, question="哪一天？")
    journey.submitted()
    html = text_of(login(cast.resident).get(MINE))
    assert "别人的意见" not in html
    assert action_url(other, "supplement") not in html


def test_it_costs_the_same_however_many_there_are(
    cast: SimpleNamespace, journey: Journey, login: Login
) -> None:
    every_state(cast, journey)
    client = login(cast.resident)

    def queries() -> int:
        client.get(MINE)
        with CaptureQueriesContext(connection) as caught:
            client.get(MINE)
        return len([query for query in caught if "calendarday" not in query["sql"]])

    few = queries()
    for number in range(3):
        case = journey.handling()
        replies.contact(cast, case)
        tell(cast.resident, case.number)
        journey.assigned(journey.accepted(text=f"又一件事，第{number}件。"))
    assert queries() == few <= 22
