"""What people read of a case that moved: who did what before the merger still stands under the old name."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from suggestions import timeline
from suggestions.letters import letters
from suggestions.levels import Levels
from suggestions.models import Suggestion
from tests.conftest import act

from .conftest import merge

pytestmark = pytest.mark.django_db


def test_the_office_reads_who_had_it_when(world: SimpleNamespace) -> None:
    case = world.with_station
    merge(world)
    act("send_back", case.assignments.get(), world.reviewer, reason="请写明期限")

    with translation.override("en"):
        told = [entry["what"] for entry in timeline.entries(case, show=str, levels=Levels())]

    assert told[:3] == [
        "Send back · 乙社区代表联络站",
        "Hand over to another venue · 乙社区代表联络站",
        "Move to another venue",
    ]  # fmt: skip
    assert [line for line in told if "甲社区代表联络站" in line] == [
        "Sign off · 甲社区代表联络站", "Draft the reply · 甲社区代表联络站", "Sign for · 甲社区代表联络站",
        "Issue · 甲社区代表联络站",
    ]  # fmt: skip


def test_the_last_thing_a_person_did_names_who_had_it_then(world: SimpleNamespace) -> None:
    merge(world)
    with translation.override("en"):
        last = timeline.latest_by_people(world.with_station, show=str, levels=Levels())
    assert last is not None
    assert last["what"] == "Sign off · 甲社区代表联络站"


def test_the_resident_reads_the_answer_of_the_station_that_gave_it(world: SimpleNamespace) -> None:
    act("answer_direct", world.accepted, world.liaison, reply="已经约定本周清理。")
    merge(world)
    case = Suggestion.objects.get(pk=world.accepted.pk)
    current, _earlier = letters(case)
    assert [letter.signer for letter in current] == ["甲社区代表联络站"]
