"""The cases of the demo: every history true, every state, queue and action shown, nothing loaded twice."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from django.test import override_settings

from congress_portal.accounts.models import User
from congress_portal.common import workdays
from congress_portal.common.clock import SHANGHAI, local_date
from congress_portal.notices.models import Notice
from suggestions import desk, queues, workflow
from suggestions.demo import loader
from suggestions.demo.plan import GREAT_CLUSTER
from suggestions.demo.staged import ESSENTIAL, FURTHER
from suggestions.enums import (
    AssignmentKind,
    AssignmentState,
    ContactPhase,
    PromiseStatus,
    RequestKind,
    State,
)
from suggestions.history import problems
from suggestions.models import (
    Assignment,
    ContactLog,
    Event,
    HandlingRequest,
    Photo,
    Promise,
    Publication,
    Reply,
    SubmitterContact,
    Suggestion,
    SupervisionLetter,
)
from tests.demo.waiting import ALWAYS_EMPTY, DESK, empty_queues, idle_work

pytestmark = pytest.mark.slow
# All that was set up; what follows it in the plan is history.
SAMPLE = GREAT_CLUSTER + sum(row.size for row in (*ESSENTIAL, *FURTHER))
# Actions no story can show: they follow from a changed calendar, and from a venue that goes with its cases.
ELSEWHERE = {"recalculate", "recount", "hand_over"}


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    """The sample, loaded once for all tests of this file and rolled back after them."""
    media = tmp_path_factory.mktemp("media")
    settings = override_settings(
        DEMO=True,
        MEDIA_ROOT=media,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    refused: list[str] = []
    listener = logging.Handler(logging.WARNING)
    listener.emit = lambda record: refused.append(record.getMessage())  # type: ignore[method-assign]
    with settings, django_db_blocker.unblock(), transaction.atomic():
        loader.logger.addHandler(listener)
        yield SimpleNamespace(count=loader.load(SAMPLE), media=media, refused=refused)
        loader.logger.removeHandler(listener)
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: SimpleNamespace, db: Any, settings: Any) -> int:
    """How many cases the sample has."""
    settings.DEMO, settings.MEDIA_ROOT = True, loaded.media
    return loaded.count


def test_no_story_asks_for_what_the_door_refuses(demo, loaded):
    assert loaded.refused == []


def test_every_history_agrees_with_its_case(demo):
    assert list(problems(Suggestion.objects.all())) == []


def test_every_state_of_a_case_and_of_an_assignment_is_shown(demo):
    assert demo == SAMPLE
    assert set(Suggestion.objects.values_list("state", flat=True)) == set(State.values)
    assert set(Assignment.objects.values_list("state", flat=True)) == set(AssignmentState.values)


def test_every_action_that_somebody_takes_happens(demo):
    moves = (*workflow.SUGGESTION_MOVES, *workflow.ASSIGNMENT_MOVES)
    taken = {move.action for move in moves if move.who != (workflow.FOLLOWS,)} - ELSEWHERE
    assert taken - set(Event.objects.values_list("action", flat=True)) == set()


def test_every_kind_of_assignment_request_visit_and_end_of_a_promise_is_shown(demo):
    assert set(Assignment.objects.values_list("kind", flat=True)) == set(AssignmentKind.values)
    assert set(HandlingRequest.objects.values_list("kind", flat=True)) == set(RequestKind.values)
    assert set(ContactLog.objects.values_list("phase", flat=True)) == set(ContactPhase.values)
    assert set(Promise.objects.values_list("status", flat=True)) == set(PromiseStatus.values)


@pytest.mark.parametrize("login", DESK)
def test_everybody_at_the_desk_finds_work(demo, login):
    duties = desk.duties_of(User.objects.get(username=login))
    assert desk.waiting(duties).count() >= 3


def test_every_kind_of_work_the_desk_knows_waits_for_one_of_the_logins(demo):
    assert idle_work() == set()


def test_the_secrecy_officer_and_the_head_each_find_a_refusal_to_confirm(demo):
    for login in ("secrecy", "head"):
        own, _others = queues.for_user(User.objects.get(username=login))
        assert next(line.count for line in own if line.queue.key == "sensitive") >= 1, login


@pytest.mark.parametrize("login", ["clerk", "reviewer", "head"])
def test_everybody_in_the_office_finds_work(demo, login):
    own, _others = queues.for_user(User.objects.get(username=login))
    assert sum(line.count for line in own) >= 3
    assert any(line.late for line in own)


def test_no_queue_but_that_of_unstaffed_venues_is_empty(demo):
    assert empty_queues() == ALWAYS_EMPTY


def test_the_resident_has_a_case_of_every_stage_and_one_to_rate(demo):
    cases = User.objects.get(username="resident").suggestions.all()
    assert set(cases.values_list("state", flat=True)) >= {
        State.SUBMITTED, State.SUPPLEMENTING, State.ACCEPTED, State.HANDLING, State.REPLIED, State.CLOSED,
        State.DECLINED,
    }  # fmt: skip
    assert cases.filter(round=2).exists()
    assert Publication.objects.filter(suggestion__in=cases, published_at__isnull=False).exists()


def test_a_second_reply_of_a_unit_is_signed_by_its_principal(demo):
    redone = Event.objects.filter(action="rate_bad").values("suggestion")
    second = Reply.objects.filter(suggestion__in=redone, assignment__unit__isnull=False, assignment__round=2)
    signed = second.exclude(signed_by=None)
    assert signed.exists()
    for reply in signed.select_related("assignment__unit"):
        assert reply.assignment.unit.members.filter(user=reply.signed_by, is_principal=True).exists()


def test_the_unit_of_the_demo_has_a_leader_below_its_principal(demo):
    signed = Reply.objects.filter(assignment__unit__code="HOUSING").exclude(signed_by=None)
    assert set(signed.values_list("signed_by__username", flat=True)) == {"unitlead", "leader-housing"}


def test_what_was_returned_twice_is_given_out_by_the_office(demo):
    twice = Suggestion.objects.filter(assignments__state=AssignmentState.RETURNED)
    twice = twice.annotate(returns=Count("assignments")).filter(returns__gte=2)
    assert twice.exists()
    for case in twice:
        assert case.events.filter(action="assign").last().role == "clerk"


def test_a_case_of_several_points_is_answered_point_by_point(demo):
    reply = Reply.objects.exclude(answers=[]).exclude(released_at=None).first()
    assert reply is not None
    points = list(reply.suggestion.points.all())
    assert len(reply.answers) == len(points) >= 2
    assert all(point.text in reply.text for point in points)


def test_letters_of_supervision_speak_of_their_case(demo):
    letter = SupervisionLetter.objects.select_related("assignment__suggestion").first()
    assert letter is not None
    assert letter.assignment.suggestion.title in letter.text
    assert "{" not in letter.text


def test_nothing_that_is_written_shows_a_slot(demo):
    written = [*Event.objects.values_list("note", flat=True), *Reply.objects.values_list("text", flat=True)]
    written += Promise.objects.values_list("report", flat=True)
    assert [text for text in written if "{" in text or "}" in text] == []


def test_only_what_is_fresh_is_told_to_anybody(demo):
    present = User.objects.get(username="admin").date_joined
    assert Notice.objects.exists()
    assert not Notice.objects.filter(written_at__lt=present - timedelta(days=7)).exists()


def test_letters_and_copies_of_the_hotline_carry_their_own_number(demo):
    copies = Suggestion.objects.filter(channel__in=("HOTLINE", "LETTER"))
    assert copies.exists()
    assert not copies.filter(outside_number="").exists()


def test_all_of_it_is_marked_as_demo_and_no_number_is_anybodys(demo):
    assert not Suggestion.objects.filter(is_demo=False).exists()
    phones = [contact.phone for contact in SubmitterContact.objects.all()]
    assert all(phone.startswith("1990000") for phone in phones if phone)
    assert len({phone for phone in phones if phone}) > 40


def test_nothing_happens_after_the_present_and_staff_keep_office_hours(demo):
    present = User.objects.get(username="admin").date_joined
    for event in Event.objects.exclude(role__in=("resident", "system", "follows")).exclude(actor=None):
        moment = event.happened_at.astimezone(SHANGHAI)
        assert event.happened_at <= present
        if event.role != "deputy" or event.action not in ("claim", "unclaim", "comment"):
            assert workdays.is_workday(local_date(moment)), event
            assert 8 <= moment.hour <= 17, event


def test_drawn_pictures_stand_for_photos(demo):
    photo = Photo.objects.first()
    assert photo is not None
    assert (photo.width, photo.height) == (480, 360)
    assert Path(photo.file.path).stat().st_size < 40_000


def test_a_second_run_changes_nothing(demo, settings):
    def everything() -> tuple[int, ...]:
        return (
            User.objects.count(),
            Suggestion.objects.count(),
            Event.objects.count(),
            Photo.objects.count(),
        )

    before = everything()
    output = StringIO()
    call_command("demo", "--first", str(SAMPLE), stdout=output)

    assert everything() == before
    assert output.getvalue() == ""


def test_a_larger_amount_adds_what_is_missing_and_says_so(demo, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    output = StringIO()
    call_command("demo", "--suggestions", str(SAMPLE + 10), stdout=output)

    assert SAMPLE < Suggestion.objects.count() <= SAMPLE + 10
    assert f"{Suggestion.objects.count() - demo} new cases" in output.getvalue()
    assert list(problems(Suggestion.objects.all())) == []
