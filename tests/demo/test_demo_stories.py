"""The cases of the demo: every history true, every state and queue shown, nothing loaded twice."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from congress_portal.accounts.models import User
from congress_portal.common import workdays
from congress_portal.common.clock import SHANGHAI, local_date
from suggestions import desk, queues
from suggestions.demo.loader import load
from suggestions.enums import AssignmentState, State
from suggestions.history import problems
from suggestions.models import Assignment, Event, Photo, Publication, SubmitterContact, Suggestion

pytestmark = pytest.mark.slow
SAMPLE = 60


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
    with settings, django_db_blocker.unblock(), transaction.atomic():
        yield SimpleNamespace(count=load(SAMPLE), media=media)
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: SimpleNamespace, db: Any, settings: Any) -> int:
    """How many cases the sample has."""
    settings.DEMO, settings.MEDIA_ROOT = True, loaded.media
    return loaded.count


def test_every_history_agrees_with_its_case(demo):
    assert list(problems(Suggestion.objects.all())) == []


def test_every_state_of_a_case_and_of_an_assignment_is_shown(demo):
    assert 50 <= demo <= SAMPLE
    assert set(Suggestion.objects.values_list("state", flat=True)) == set(State.values)
    assert set(Assignment.objects.values_list("state", flat=True)) == set(AssignmentState.values)


@pytest.mark.parametrize("login", ["liaison", "deputy", "convener", "unit", "unitlead"])
def test_everybody_at_the_desk_finds_work(demo, login):
    duties = desk.duties_of(User.objects.get(username=login))
    assert desk.waiting(duties).count() >= 3


@pytest.mark.parametrize("login", ["clerk", "reviewer", "head"])
def test_everybody_in_the_office_finds_work(demo, login):
    own, _others = queues.for_user(User.objects.get(username=login))
    assert sum(line.count for line in own) >= 3
    assert any(line.late for line in own)


def test_no_queue_but_that_of_unstaffed_venues_is_empty(demo):
    assert [line.queue.key for line in queues.waiting(Suggestion.objects.all()) if not line.count] == [
        "orphaned"
    ]


def test_the_resident_has_a_case_of_every_stage_and_one_to_rate(demo):
    cases = User.objects.get(username="resident").suggestions.all()
    assert set(cases.values_list("state", flat=True)) >= {
        State.SUBMITTED, State.SUPPLEMENTING, State.ACCEPTED, State.HANDLING, State.REPLIED, State.CLOSED,
        State.DECLINED,
    }  # fmt: skip
    assert cases.filter(round=2).exists()
    assert Publication.objects.filter(suggestion__in=cases, published_at__isnull=False).exists()


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
        if event.role != "deputy" or event.action not in ("claim", "comment"):
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
    call_command("demo", "--suggestions", "80", stdout=output)

    assert 70 <= Suggestion.objects.count() <= 80
    assert f"{Suggestion.objects.count() - demo} new cases" in output.getvalue()
    assert list(problems(Suggestion.objects.all())) == []
