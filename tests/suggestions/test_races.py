"""Many hands at the same moment, on PostgreSQL: SQLite lets only one write at a time and proves nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from congress_portal.common.sequences import next_value
from suggestions import defaults
from suggestions.actors import Actor
from suggestions.errors import DoorError
from suggestions.history import problems
from suggestions.inputs import Target
from suggestions.models import Suggestion
from suggestions.submissions import submit
from tests.conftest import Journey, act, as_actor, build_cast, submission
from tests.races import RACES, click, outcomes, together

pytestmark = RACES
TIMES = 20


@pytest.fixture
def stage() -> Iterator[SimpleNamespace]:
    """The cast with rows that other connections see; `journey` walks cases for it."""
    defaults.install()
    cast = build_cast()
    yield SimpleNamespace(cast=cast, journey=Journey(cast))
    assert list(problems(Suggestion.objects.all())) == []


def test_of_ten_clicks_on_accept_one_wins_and_nine_are_told(stage: SimpleNamespace) -> None:
    case = stage.journey.submitted()
    clerks = [as_actor(stage.cast.clerk), as_actor(stage.cast.clerk2), as_actor(stage.cast.liaison)]
    given = {"category": stage.cast.category, "level": "L2"}

    results = together(*(click("accept", case, clerks[n % 3], **given) for n in range(10)))

    assert outcomes(results) == {"done": 1, "Stale": 9}
    case.refresh_from_db()
    assert (case.state, case.version, case.events.count()) == ("ACCEPTED", 2, 2)


def test_accepting_and_declining_at_once_does_one_of_them(stage: SimpleNamespace) -> None:
    c = stage.cast
    for _ in range(TIMES):
        case = stage.journey.submitted()
        results = together(
            click("accept", case, as_actor(c.clerk), category=c.category, level="L2"),
            click("decline", case, as_actor(c.clerk2), code=c.decline_reason, text="已进入诉讼。",
                  where_to_go="请拨打 12368。"),
            click("withdraw", case, as_actor(c.resident)),
        )  # fmt: skip
        assert outcomes(results) == {"done": 1, "Stale": 2}


def test_two_separate_replies_released_at_once_end_in_replied(stage: SimpleNamespace) -> None:
    c, journey = stage.cast, stage.journey
    for _ in range(TIMES):
        case = journey.accepted()
        both = [Target("SEPARATE", unit=unit) for unit in (c.unit, c.other_unit)]
        journey.assigned(case, *both)
        rows = list(case.assignments.all())
        for row, officer, leader in zip(
            rows, (c.officer, c.other_officer), (c.unitlead, c.other_unitlead), strict=True
        ):
            act("sign", row, officer)
            act("draft", row, officer, text="已经解决。", answer_class="A")
            act("sign_off", row, leader)

        results = together(*(click("release", row, as_actor(c.reviewer), publicity="OPEN") for row in rows))

        assert outcomes(results) == {"done": 2}
        case.refresh_from_db()
        assert case.state == "REPLIED"
        assert case.events.filter(action="all_replied").count() == 1


def test_a_release_and_a_recall_of_the_other_row_at_once_end_in_replied(stage: SimpleNamespace) -> None:
    c, journey = stage.cast, stage.journey
    for _ in range(TIMES):
        case = journey.accepted()
        both = [Target("SEPARATE", unit=unit) for unit in (c.unit, c.other_unit)]
        journey.assigned(case, *both)
        own, other = journey.signed(case), case.assignments.last()

        together(
            click("release", own, as_actor(c.reviewer), publicity="OPEN"),
            click("recall", other, as_actor(c.clerk), reason="改派"),
        )

        case.refresh_from_db()
        assert case.state == "REPLIED"


def test_one_form_sent_ten_times_at_once_makes_one_suggestion(stage: SimpleNamespace) -> None:
    for _ in range(5):
        form = submission(stage.cast)
        results = together(*(lambda: submit(form, actor=Actor()) for _ in range(10)))  # noqa: B023 - runs at once
        assert outcomes(results) == {"done": 10}
        assert len({case.number for case in results}) == 1
        assert len({case.fresh_code for case in results}) == 1
    assert Suggestion.objects.count() == 5


def test_different_forms_at_once_get_different_numbers_without_a_gap(stage: SimpleNamespace) -> None:
    forms = [submission(stage.cast) for _ in range(10)]

    results = together(*(lambda form=form: submit(form, actor=Actor()) for form in forms))

    numbers = sorted(int(case.number) for case in results)
    assert numbers == list(range(numbers[0], numbers[0] + 10))


def test_the_first_numbers_of_a_new_sequence_have_no_twins(stage: SimpleNamespace) -> None:
    results = together(*(lambda: next_value("race") for _ in range(10)))
    assert sorted(results) == list(range(1, 11))


def test_joining_while_the_lead_is_released_loses_nobody(stage: SimpleNamespace) -> None:
    """Either the case is joined first and gets the reply, or the lead has replied and takes nobody."""
    c, journey = stage.cast, stage.journey
    seen: Counter[str] = Counter()
    for _ in range(TIMES):
        lead, child = journey.handling(), journey.submitted()
        row = journey.signed(lead)

        results = together(
            click("release", row, as_actor(c.reviewer), publicity="OPEN"),
            click("merge", child, as_actor(c.clerk), lead=lead),
        )

        assert all(result is None or not isinstance(result, Exception) or isinstance(result, DoorError)
                   for result in results), results  # fmt: skip
        lead.refresh_from_db()
        child.refresh_from_db()
        seen[f"{lead.state} {child.state}"] += 1
        if child.state == "MERGED":
            assert lead.state == "HANDLING"
    # A release that met a fresh child is told to look again; nobody is ever left joined to a replied lead.
    assert set(seen) <= {"REPLIED REPLIED", "REPLIED SUBMITTED", "HANDLING MERGED"}


def test_two_leads_joined_crosswise_do_not_lock_each_other_out(stage: SimpleNamespace) -> None:
    for _ in range(TIMES):
        one, two = stage.journey.accepted(), stage.journey.accepted()

        results = together(
            click("merge", one, as_actor(stage.cast.clerk), lead=two),
            click("merge", two, as_actor(stage.cast.clerk2), lead=one),
        )

        assert outcomes(results)["done"] == 1
        assert all(not isinstance(result, Exception) or isinstance(result, DoorError) for result in results)
        one.refresh_from_db()
        two.refresh_from_db()
        assert sorted((one.state, two.state)) == ["ACCEPTED", "MERGED"]


def test_ten_comments_at_once_all_find_a_place_in_history(stage: SimpleNamespace) -> None:
    case = stage.journey.submitted()
    deputy = as_actor(stage.cast.deputy)

    results = together(*(click("comment", case, deputy, text=f"第{n}次看现场。") for n in range(10)))

    assert outcomes(results) == {"done": 10}
    assert [event.seq for event in case.events.all()] == list(range(1, 12))


def test_one_deputy_follows_once_however_often_the_button_is_pressed(stage: SimpleNamespace) -> None:
    case = stage.journey.submitted()
    deputy = as_actor(stage.cast.deputy)

    results = together(*(click("claim", case, deputy) for _ in range(5)))

    assert outcomes(results) == {"done": 1, "Refused": 4}
    assert case.claims.count() == 1


def test_a_rating_and_its_lapse_at_once_do_one_of_them(stage: SimpleNamespace) -> None:
    from datetime import timedelta

    from congress_portal.common import clock
    from suggestions.actors import SYSTEM

    for _ in range(5):
        case = stage.journey.replied()
        rate = click("rate_ok", case, as_actor(stage.cast.resident), level="BASIC", process="BASIC")
        lapse = click("lapse", case, SYSTEM)

        def later(job: Callable[[], Any]) -> Any:
            with clock.frozen(clock.now() + timedelta(days=60)):
                return job()

        results = together(lambda: later(rate), lambda: later(lapse))  # noqa: B023 - runs at once
        assert outcomes(results) == {"done": 1, "Stale": 1}
