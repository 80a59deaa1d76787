"""History is only ever added to."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, models, transaction

from suggestions.models import Event
from suggestions.models.event import AppendOnly
from tests.conftest import Journey, act


@pytest.fixture
def event(journey: Journey) -> Event:
    return journey.accepted().events.get(seq=2)


def test_an_event_is_never_saved_again(event: Event) -> None:
    event.note = "别的"
    with pytest.raises(AppendOnly):
        event.save()


def test_an_event_is_never_deleted(event: Event) -> None:
    with pytest.raises(AppendOnly):
        event.delete()


def test_no_queryset_changes_events(event: Event) -> None:
    events = Event.objects.filter(pk=event.pk)
    for change in (
        lambda: events.update(note="别的"),
        lambda: Event.objects.bulk_update([event], ["note"]),
        lambda: Event.objects.update_or_create(pk=event.pk, defaults={"note": "别的"}),
        lambda: Event.objects.bulk_create([event], update_conflicts=True),
        lambda: event.suggestion.events.update(note="别的"),
        events.delete,
        event.suggestion.events.all().delete,
    ):
        with pytest.raises(AppendOnly), transaction.atomic():
            change()
    event.refresh_from_db()
    assert event.note == ""


def test_a_case_with_a_history_cannot_be_deleted(event: Event) -> None:
    with pytest.raises(models.ProtectedError):
        event.suggestion.delete()


def test_two_events_never_share_a_place_in_history(event: Event) -> None:
    twin = Event(
        suggestion=event.suggestion, seq=event.seq, action="comment", from_state="ACCEPTED",
        to_state="ACCEPTED", round=1, role="clerk", happened_at=event.happened_at,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_every_line_says_who_did_what_in_which_role(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    act("ask_more", case, cast.liaison, question="是哪一号楼?")

    event = case.events.last()

    assert (event.seq, event.actor, event.role, event.from_state, event.to_state) == (
        2, cast.liaison, "liaison", "SUBMITTED", "SUPPLEMENTING"
    )  # fmt: skip
    assert (event.note, event.is_public) == ("是哪一号楼?", True)


def test_a_comment_stays_inside(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    act("comment", case, cast.deputy, text="此人多次来访。")
    assert case.events.last().is_public is False
