"""The rows of an assignment as a tree, requests, promises and letters, with many hands at the same moment."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from congress_portal.common import clock
from suggestions import defaults
from suggestions.history import problems
from suggestions.inputs import Target
from suggestions.models import HandlingRequest, Promise, Suggestion, SupervisionLetter
from tests.conftest import Journey, act, as_actor, build_cast
from tests.races import RACES, click, outcomes, together
from tests.suggestions.stage import Stage

pytestmark = RACES
TIMES = 12


@pytest.fixture
def stage() -> Iterator[Stage]:
    defaults.install()
    yield Stage(build_cast())
    assert list(problems(Suggestion.objects.all())) == []


def signed_by_both(stage: Stage, case: Suggestion) -> list:  # type: ignore[type-arg]
    c = stage.cast
    rows = list(case.assignments.filter(unit__in=(c.unit, c.other_unit)).order_by("pk"))
    people = ((c.officer, c.unitlead), (c.other_officer, c.other_unitlead))
    for row, (officer, leader) in zip(rows, people, strict=True):
        act("sign", row, officer)
        act("draft", row, officer, text="已经解决。", answer_class="A")
        act("sign_off", row, leader)
    return rows


def test_two_dispatched_units_released_at_once_end_the_office_and_the_case_once(stage: Stage) -> None:
    c = stage.cast
    for _ in range(TIMES):
        scene = stage.on(stage.to_an_office(), ("sign", "coordinator"))
        both = [Target("SEPARATE", unit=unit) for unit in (c.unit, c.other_unit)]
        act("dispatch", scene.target, c.coordinator, assignments=both, due=scene.target.unit_due)
        rows = signed_by_both(stage, scene.case)

        results = together(*(click("release", row, as_actor(c.reviewer), publicity="OPEN") for row in rows))

        assert outcomes(results) == {"done": 2}
        scene.case.refresh_from_db()
        assert scene.case.state == "REPLIED"
        actions = list(scene.case.events.values_list("action", flat=True))
        assert (actions.count("child_done"), actions.count("all_replied")) == (1, 1)


def test_a_dispatched_unit_that_replies_while_the_office_is_recalled_leaves_no_row_at_work(
    stage: Stage,
) -> None:
    c = stage.cast
    for _ in range(TIMES):
        scene = stage.on(stage.to_an_office(), ("sign", "coordinator"))
        both = [Target("SEPARATE", unit=unit) for unit in (c.unit, c.other_unit)]
        act("dispatch", scene.target, c.coordinator, assignments=both, due=scene.target.unit_due)
        first, _second = signed_by_both(stage, scene.case)

        together(
            click("release", first, as_actor(c.reviewer), publicity="OPEN"),
            click("recall", scene.target, as_actor(c.clerk), reason="改派"),
        )

        scene.case.refresh_from_db()
        assert scene.case.state in ("REPLIED", "ACCEPTED")
        assert not scene.case.assignments.filter(
            state__in=("ISSUED", "IN_HAND", "DRAFTED", "SIGNED")
        ).exists()


def test_no_reply_is_released_while_an_opinion_is_missing(stage: Stage) -> None:
    c = stage.cast
    for _ in range(TIMES):
        case = stage.journey.accepted()
        stage.journey.assigned(case, Target(unit=c.unit), Target("ASSISTING", unit=c.other_unit))
        lead, helper = case.assignments.order_by("pk")
        act("sign", helper, c.other_officer)
        act("sign", lead, c.officer)
        act("draft", lead, c.officer, text="已经解决。", answer_class="A")
        act("sign_off", lead, c.unitlead)

        results = together(
            click("give_opinion", helper, as_actor(c.other_officer), text="同意。"),
            click("release", lead, as_actor(c.reviewer), publicity="OPEN"),
        )

        told = case.events.filter(action__in=("give_opinion", "release")).order_by("seq")
        assert list(told.values_list("action", flat=True)) in (["give_opinion"], ["give_opinion", "release"])
        assert outcomes(results)["done"] == told.count()


def test_of_two_answers_to_one_request_one_counts(stage: Stage) -> None:
    c = stage.cast
    for _ in range(TIMES):
        row = stage.on(stage.issued(), ("sign", "officer"), ("ask_extension", "officer")).target
        results = together(
            click("grant_extension", row, as_actor(c.clerk), due=row.unit_due + timedelta(days=5)),
            click("refuse_extension", row, as_actor(c.clerk2), reason="期限足够"),
        )
        assert outcomes(results) == {"done": 1, "Refused": 1}
        assert HandlingRequest.objects.filter(assignment=row, answered_at=None).count() == 0


def test_more_time_is_asked_for_once_however_many_press(stage: Stage) -> None:
    c = stage.cast
    row = stage.on(stage.issued(), ("sign", "officer")).target
    given = {"due": row.unit_due + timedelta(days=5), "reason": "施工期长"}
    results = together(*(click("ask_extension", row, as_actor(c.officer), **given) for _ in range(6)))
    assert outcomes(results) == {"done": 1, "Refused": 5}


def test_a_promise_is_settled_once(stage: Stage) -> None:
    c = stage.cast
    for _ in range(TIMES):
        row = stage.on(stage.promised(), ("report_promise", "officer")).target
        promise = row.promises.get()
        results = together(
            click("settle_promise", row, as_actor(c.reviewer), promise=promise, verdict="KEPT"),
            click("settle_promise", row, as_actor(c.reviewer), promise=promise, verdict="BROKEN",
                  reply="没有完成。"),
        )  # fmt: skip
        assert outcomes(results) == {"done": 1, "Refused": 1}
        promise.refresh_from_db()
        assert promise.status in ("KEPT", "BROKEN")
        assert row.suggestion.replies.filter(follows_promises=promise).count() == 1
    assert Promise.objects.filter(status="OPEN").count() == 0


def test_letters_written_at_once_have_numbers_without_twins_or_gaps(stage: Stage) -> None:
    rows = [stage.issued().target for _ in range(8)]
    due = clock.today() + timedelta(days=5)
    clerk = as_actor(stage.cast.clerk)

    together(*(click("urge", row, clerk, text="请抓紧办理。", due=due) for row in rows))

    numbers = sorted(
        int(number.split("〕")[1].removesuffix("号"))
        for number in SupervisionLetter.objects.values_list("number", flat=True)
    )
    assert numbers == list(range(1, 9))


def test_a_refusal_and_an_acceptance_at_once_do_one_of_them(stage: Stage) -> None:
    c = stage.cast
    for _ in range(TIMES):
        case = Journey(c).submitted()
        given = {"code": c.accusation, "text": "请拨打专线。", "where_to_go": "12388"}
        results = together(
            click("propose_decline", case, as_actor(c.liaison), **given),
            click("accept", case, as_actor(c.clerk), category=c.category, level="L2"),
        )
        found = outcomes(results)
        assert found["done"] == 1
        # Whoever came too late to what is hidden now is told no more than that it is not possible.
        assert set(found) <= {"done", "Stale", "Forbidden"}


def test_many_cases_told_to_the_same_people_wait_for_each_other_in_no_circle(stage: Stage) -> None:
    c = stage.cast
    cases = [stage.journey.submitted() for _ in range(10)]
    given = {"category": c.category, "level": "L3"}
    results = together(*(click("accept", case, as_actor(c.clerk), **given) for case in cases))
    assert outcomes(results) == {"done": 10}
