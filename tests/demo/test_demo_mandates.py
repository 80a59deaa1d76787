"""The demo of mandates: groups, leaders, a seat filled anew, a suspension long over, and the same counts."""

from typing import Any

import pytest

from congress_portal.common import clock
from deputies.models import Deputy, DeputyGroup, Level, Mandate, MandateChange, MandateEvent
from deputies.selectors import in_office, mandates_by_level, people_in_office
from stations.models import Posting
from suggestions.demo.network import mandates


@pytest.fixture
def loaded(rosters: None) -> None:
    mandates.load()


def test_still_3_11_47_and_269_mandates_are_held_by_318_people(loaded: None) -> None:
    assert mandates_by_level() == dict(zip(Level, (3, 11, 47, 269), strict=True))
    assert people_in_office() == 318
    assert Mandate.objects.count() == 331
    assert not Deputy.objects.filter(is_demo=False).exists()


def test_a_seat_that_became_free_was_filled_by_election(loaded: None) -> None:
    old = MandateEvent.objects.get(kind=MandateChange.RESIGNED).mandate
    new = MandateEvent.objects.get(kind=MandateChange.BY_ELECTION).mandate
    assert old.electoral_district == new.electoral_district
    assert old.ends_on is not None
    assert old.ends_on < new.starts_on <= clock.today()
    assert old.ends_on.year == clock.today().year - 1
    assert not Posting.objects.live(clock.today()).filter(deputy=old.deputy).exists()


def test_everybody_in_office_is_still_posted(loaded: None) -> None:
    assert Posting.objects.live(clock.today()).values("deputy").distinct().count() == 318


def test_a_suspension_is_over_and_announced(loaded: None) -> None:
    suspended = MandateEvent.objects.get(kind=MandateChange.SUSPENDED)
    assert suspended.until is not None
    assert suspended.until < clock.today()
    assert Mandate.objects.in_force(clock.today()).filter(pk=suspended.mandate_id).exists()
    for event in MandateEvent.objects.all():
        assert event.announced_on
        assert event.document_number
        assert event.recorded_by


def test_leaders_come_first_and_groups_have_members(loaded: None) -> None:
    first = list(in_office(level=Level.DISTRICT)[:4])
    assert [person.leader_order for person in first] == [1, 2, 3, None]
    for group in DeputyGroup.objects.all():
        assert group.mandates.count() >= 3, group
    assert {group.kind for group in DeputyGroup.objects.all()} == {"AREA", "FIELD"}


def test_a_second_run_adds_nothing(loaded: None) -> None:
    before = [model.objects.count() for model in (Deputy, Mandate, MandateEvent, DeputyGroup, Posting)]
    mandates.load()
    assert before == [
        model.objects.count() for model in (Deputy, Mandate, MandateEvent, DeputyGroup, Posting)
    ]


def test_without_demo_people_nothing_is_loaded(db: Any) -> None:
    mandates.load()
    assert not DeputyGroup.objects.exists()
