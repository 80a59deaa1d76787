"""manage.py verify_history: every tampering with a row is found, and true histories pass."""

from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from suggestions.history import problems
from suggestions.models import Assignment, Clock, Event, Publication, Rating, Reply, Suggestion
from tests.conftest import Journey, act
from tests.suggestions.stage import Stage
from tests.suggestions.states import ASSIGNMENTS, SUGGESTIONS


def found(case: Suggestion) -> list[str]:
    return [text.removeprefix(f"{case.number}: ") for text in problems(Suggestion.objects.filter(pk=case.pk))]


def test_every_state_and_every_scene_is_true_to_its_history(cast: SimpleNamespace) -> None:
    stage = Stage(cast)
    for builds in (*SUGGESTIONS.values(), *ASSIGNMENTS.values()):
        for build in builds:
            build(stage)

    assert list(problems(Suggestion.objects.all())) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"state": "HANDLING"}, "state is HANDLING, its events say REPLIED"),
        ({"version": 9}, "version is 9"),
        ({"round": 2}, "round is 2, its events say 1"),
        ({"redo_count": 1}, "redo_count is 1, its events say 0"),
        ({"accepted_at": None}, "accepted_at is empty"),
        ({"replied_at": None}, "replied_at is empty"),
        ({"told_at": None}, "told_at is empty"),
        ({"closed_at": timezone.now()}, "closed_at is 2"),
        ({"received_at": timezone.now()}, "received_at is 2"),
        ({"rating": "SATISFIED"}, "rating is SATISFIED, its events say empty"),
        ({"first_rating": "BASIC"}, "first_rating is BASIC, its events say empty"),
        ({"due_on": None}, "is due None RATING"),
        ({"due_kind": "REPLY"}, "REPLY, its clocks say"),
    ],
)
def test_a_changed_column_is_found(
    cast: SimpleNamespace, journey: Journey, changes: dict[str, Any], told: str
) -> None:
    case = journey.replied()
    assert found(case) == []

    Suggestion.objects.filter(pk=case.pk).update(**changes)

    assert [text for text in found(case) if told in text]


def _forge(case: Suggestion, **fields: Any) -> None:
    given = {
        "seq": case.events.count() + 1, "action": "comment", "from_state": "REPLIED", "to_state": "REPLIED",
        "role": "clerk", "round": 1, "happened_at": timezone.now(),
    }  # fmt: skip
    Event(suggestion=case, **given | fields).save()


TAMPERINGS: dict[str, tuple[Callable[[Suggestion], Any], str]] = {
    "a clock stopped by hand": (
        lambda case: Clock.objects.filter(suggestion=case).update(stopped_at=timezone.now()),
        "clocks is none, its events say RATING",
    ),
    "an assignment set back": (
        lambda case: Assignment.objects.filter(suggestion=case).update(state="IN_HAND"),
        "is IN_HAND, its events say RELEASED",
    ),
    "an assignment with another version": (
        lambda case: Assignment.objects.filter(suggestion=case).update(version=1),
        "has version 1 after 5 events",
    ),
    "an assignment that never ended": (
        lambda case: Assignment.objects.filter(suggestion=case).update(ended_at=None),
        "ended empty",
    ),
    "an assignment nobody issued": (
        lambda case: Assignment.objects.create(
            suggestion=case, round=1, kind="LEAD", unit=case.assignments.first().unit, state="ISSUED",
            unit_due=timezone.now().date(), issued_at=timezone.now(),
        ),
        "has no history",
    ),
    "a reply that is gone": (
        lambda case: Reply.objects.filter(suggestion=case).update(released_at=None),
        "without a reply of round 1",
    ),
    "a rating nobody gave": (
        lambda case: Rating.objects.create(
            suggestion=case, round=1, level="SATISFIED", rated_at=timezone.now()
        ),
        "1 ratings do not agree with 0 events",
    ),
    "a page nobody published": (
        lambda case: Publication.objects.create(
            suggestion=case, title="停车", summary="停车", prepared_by=case.resident,
            published_at=timezone.now(),
        ),
        "published is True, its events say False",
    ),
    "a gap in the numbers": (lambda case: _forge(case, seq=99), "its events are numbered 1, 2"),
    "an event from nowhere": (
        lambda case: _forge(case, from_state="CLOSED", to_state="CLOSED"),
        "starts from CLOSED, not from REPLIED",
    ),
    "an action the table does not know": (
        lambda case: _forge(case, action="decline", to_state="DECLINED"),
        "is no row of the table from REPLIED",
    ),
    "an action that ends elsewhere": (
        lambda case: _forge(case, to_state="CLOSED"),
        "ended in CLOSED, the table says REPLIED",
    ),
    "somebody who may not": (lambda case: _forge(case, role="resident"), "was done as resident"),
    "an event before its cause": (
        lambda case: _forge(case, happened_at=case.received_at.replace(year=2020)),
        "happened before event",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_forged_history_is_found(journey: Journey, name: str) -> None:
    tamper, told = TAMPERINGS[name]
    case = journey.replied()

    tamper(case)

    assert [text for text in found(case) if told in text], found(case)


def test_a_case_without_history_is_found(journey: Journey) -> None:
    case = journey.submitted()
    copy = Suggestion.objects.get(pk=case.pk)
    copy.pk, copy.number, copy.form_token = None, "X1", "other form"
    copy._state.adding = True
    copy.save()
    assert found(copy) == ["has no history"]


def test_a_case_in_hand_with_nobody_in_charge_is_found(journey: Journey) -> None:
    case = journey.handling()
    Assignment.objects.filter(suggestion=case).update(kind="ASSISTING")
    assert "is in hand and nobody is in charge" in found(case)


def test_the_command_says_how_many_agree(cast: SimpleNamespace, journey: Journey) -> None:
    journey.closed()
    case = journey.accepted()
    act("comment", case, cast.clerk, text="看过。")
    out = StringIO()

    call_command("verify_history", stdout=out)

    assert "2 cases agree" in out.getvalue()


def test_the_command_fails_and_lists_what_does_not_agree(journey: Journey) -> None:
    good, bad = journey.submitted(), journey.submitted()
    Suggestion.objects.filter(pk=bad.pk).update(state="CLOSED")
    errors = StringIO()

    with pytest.raises(CommandError, match=r"\d+ problems"):
        call_command("verify_history", stderr=errors)

    lines = errors.getvalue().splitlines()
    assert lines
    assert all(line.startswith(bad.number) for line in lines)
    call_command("verify_history", good.number, stdout=StringIO())
    with pytest.raises(CommandError, match="no such case"):
        call_command("verify_history", "19990001", stdout=StringIO())


def test_more_cases_cost_no_more_queries(journey: Journey) -> None:
    journey.closed()
    with CaptureQueriesContext(connection) as few:
        list(problems(Suggestion.objects.all()))
    for _ in range(5):
        journey.disputed()
    with CaptureQueriesContext(connection) as many:
        assert list(problems(Suggestion.objects.all())) == []
    assert len(many) == len(few) <= 8
