"""One venue is merged into another: everything open moves, everything past stays."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from congress_portal.common import clock
from deputies.models import Deputy
from stations.models import (
    LiaisonOfficer,
    Posting,
    PostingRole,
    ReceptionSession,
    RoleDuty,
    SessionChange,
    Venue,
    VenueChange,
)
from suggestions import succession
from suggestions.errors import Stale
from suggestions.inputs import Target
from suggestions.models import Suggestion
from suggestions.permissions import roles_for
from tests.conftest import LONG_AGO, Journey, act, as_actor

from .conftest import CLOSED, MERGED, WHY, merge, reception_day

pytestmark = pytest.mark.django_db


def test_the_venue_is_gone_since_today_and_names_its_successor(world: SimpleNamespace) -> None:
    change = merge(world)

    world.station.refresh_from_db()
    assert (world.station.status, world.station.gone_on) == ("MERGED", clock.today())
    assert world.station.successor == world.other_station
    assert (change.kind, change.heir, change.reason) == (MERGED, world.other_station, WHY)
    assert (change.made_by, change.effective_on) == (world.clerk, clock.today())
    assert change.moved == {
        "cases": 4, "assignments": 2, "sessions": 1, "bookings": 1, "plans": 1, "postings": 2, "roles": 0,
        "officers": 1, "children": 1, "communities": 1,
    }  # fmt: skip


def test_open_cases_go_with_their_numbers_states_and_dates(world: SimpleNamespace) -> None:
    def told() -> list[tuple[object, ...]]:
        rows = Suggestion.objects.order_by("pk")
        return list(rows.values_list("number", "state", "version", "round", "due_on", "due_kind"))

    before = told()
    merge(world)

    assert told() == before
    for case in (world.waiting, world.accepted, world.with_unit, world.with_station, world.elsewhere):
        case.refresh_from_db()
        assert case.venue == world.other_station
    event = world.waiting.events.last()
    assert (event.action, event.role, event.actor) == ("move_venue", "system", world.clerk)
    assert WHY in event.note


def test_a_concluded_case_stays_where_it_was_concluded(world: SimpleNamespace) -> None:
    merge(world)
    world.closed.refresh_from_db()
    assert world.closed.venue == world.station


def test_what_the_venue_handles_goes_on_as_it_stands(world: SimpleNamespace) -> None:
    row = world.with_station.assignments.get()
    merge(world)

    after = world.with_station.assignments.get()
    assert (after.pk, after.venue, after.state) == (row.pk, world.other_station, "SIGNED")
    assert (after.unit_due, after.version) == (row.unit_due, 4)
    assert after.replies.count() == 1
    act("release", after, world.reviewer, publicity="OPEN")
    world.with_station.refresh_from_db()
    assert world.with_station.state == "REPLIED"


def test_nobody_has_a_case_twice(world: SimpleNamespace, journey: Journey) -> None:
    """The heir handled it too: the weightier row is kept, the other recalled."""
    case = journey.accepted()
    journey.assigned(
        case, Target("LEAD", venue=world.station), Target("ASSISTING", venue=world.other_station)
    )
    both = journey.accepted()
    journey.assigned(
        both, Target("SEPARATE", venue=world.station), Target("SEPARATE", venue=world.other_station)
    )
    act("sign", both.assignments.get(venue=world.other_station), world.other_liaison)
    merge(world)

    live = list(case.assignments.exclude(state="RECALLED"))
    assert [(row.kind, row.venue) for row in live] == [("LEAD", world.other_station)]
    (kept,) = both.assignments.exclude(state="RECALLED")
    assert (kept.state, kept.venue) == ("IN_HAND", world.other_station)
    for row in (case, both):
        row.refresh_from_db()
        assert row.state == "HANDLING"


def test_days_ahead_and_their_bookings_go_and_say_so(world: SimpleNamespace) -> None:
    merge(world)

    world.day.refresh_from_db()
    assert (world.day.venue, world.day.room, world.day.status) == (world.other_station, "", "ANNOUNCED")
    assert list(world.day.bookings.all()) == [world.booking]
    assert [duty.deputy for duty in world.day.duties.all()] == [world.deputy_row]
    change = world.day.changes.get()
    assert change.kind == SessionChange.Kind.VENUE
    assert "乙社区代表联络站" in change.text
    world.plan.refresh_from_db()
    assert world.plan.venue == world.other_station
    assert [turn.deputy for turn in world.plan.rota.all()] == [world.deputy_row]


def test_days_that_were_held_stay_under_the_old_name(world: SimpleNamespace) -> None:
    merge(world)
    assert list(ReceptionSession.objects.filter(venue=world.station)) == [world.past]


def test_deputies_go_on_at_the_heir_from_today(world: SimpleNamespace) -> None:
    merge(world)

    today = clock.today()
    old = Posting.objects.filter(venue=world.station)
    assert {row.ends_on for row in old} == {today}
    new = Posting.objects.get(venue=world.other_station, deputy=world.deputy_row)
    assert (new.starts_on, new.ends_on, new.reason, new.role) == (today, None, "MERGER", "RESIDENT")
    assert roles_for(as_actor(world.convener), Suggestion.objects.get(pk=world.waiting.pk)) == {"deputy"}
    assert new.history.get().history_user == world.clerk


def test_the_old_head_is_a_deputy_in_residence_at_the_heir(world: SimpleNamespace) -> None:
    Posting.objects.filter(deputy=world.deputy_row).update(role=PostingRole.HEAD)
    merge(world)
    roles = dict(Posting.objects.filter(venue=world.other_station).values_list("deputy__name", "role"))
    assert roles == {"林示例": "RESIDENT", "何示例": "CONVENER", "高示例": "RESIDENT"}


def test_whoever_serves_at_the_heir_already_is_not_posted_twice(world: SimpleNamespace) -> None:
    there = Posting.objects.create(
        deputy=world.deputy_row, venue=world.other_station, starts_on=LONG_AGO,
        ends_on=clock.today() + timedelta(days=30),
    )  # fmt: skip
    merge(world)

    rows = Posting.objects.filter(deputy=world.deputy_row, venue=world.other_station).order_by("starts_on")
    assert list(rows.values_list("starts_on", "ends_on")) == [
        (LONG_AGO, there.ends_on), (there.ends_on, None)
    ]  # fmt: skip


def test_roles_and_liaison_officers_go_too(world: SimpleNamespace) -> None:
    RoleDuty.objects.create(deputy=world.deputy_row, venue=world.station, role="MEDIATOR", starts_on=LONG_AGO)
    merge(world)
    today = clock.today()
    assert RoleDuty.objects.live(today).get().venue == world.other_station
    officers = LiaisonOfficer.objects.filter(venue=world.other_station, ends_on=None)
    assert {row.user for row in officers} == {world.liaison, world.other_liaison}
    assert not LiaisonOfficer.objects.filter(venue=world.station, ends_on=None).exists()


def test_its_points_and_communities_belong_to_the_heir(world: SimpleNamespace) -> None:
    merge(world)
    world.point.refresh_from_db()
    assert world.point.parent == world.other_station
    assert set(world.other_station.communities.all()) == {world.community, world.other_community}
    # What it served once is part of its past.
    assert list(world.station.communities.all()) == [world.community]


def test_a_home_may_be_merged_into_its_own_point(world: SimpleNamespace) -> None:
    """The heir takes its place; nobody hangs below itself."""
    merge(world, world.station, world.point)
    merge(world, world.home, world.point)
    world.point.refresh_from_db()
    assert world.point.parent is None


def test_a_future_posting_moves_with_its_own_dates(world: SimpleNamespace) -> None:
    person = Deputy.objects.create(key="T0009", name="新示例")
    later = clock.today() + timedelta(days=10)
    Posting.objects.create(deputy=person, venue=world.station, starts_on=later)
    merge(world)
    old, new = Posting.objects.filter(deputy=person).order_by("pk")
    assert (old.venue, old.starts_on, old.ends_on) == (world.station, later, later)
    assert (new.venue, new.starts_on, new.ends_on) == (world.other_station, later, None)


def test_it_stops_where_the_world_is_not_as_it_was_shown(world: SimpleNamespace) -> None:
    seen = succession.moving(world.station).fingerprint
    case = world.journey.submitted()
    with pytest.raises(Stale):
        merge(world, seen=seen)
    case.refresh_from_db()
    assert case.venue == world.station
    assert not VenueChange.objects.exists()
    merge(world, seen=succession.moving(world.station).fingerprint)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "长" * 201}, "reason"),
        ({"kind": "SUSPENDED"}, "kind"),
    ],
)
def test_what_is_missing_is_named(world: SimpleNamespace, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        merge(world, **wrong)
    assert list(refused.value.error_dict) == [field]
    assert not VenueChange.objects.exists()


def test_the_heir_is_another_venue_that_is_running(world: SimpleNamespace) -> None:
    for heir in (world.station, Venue(pk=world.home.pk), None):
        Venue.objects.filter(pk=world.home.pk).update(status="SUSPENDED")
        with pytest.raises(ValidationError) as refused:
            succession.retire(world.station, heir=heir, kind=MERGED, reason=WHY, by=world.clerk)
        assert list(refused.value.error_dict) == ["heir"]
    world.station.refresh_from_db()
    assert world.station.is_open


def test_what_is_gone_does_not_go_again(world: SimpleNamespace) -> None:
    merge(world)
    with pytest.raises(ValidationError):
        merge(world, new=world.home)
    assert VenueChange.objects.count() == 1


def test_a_suspended_venue_may_be_merged(world: SimpleNamespace) -> None:
    Venue.objects.filter(pk=world.station.pk).update(status="SUSPENDED")
    merge(world)
    world.waiting.refresh_from_db()
    assert world.waiting.venue == world.other_station


# Closing -----------------------------------------------------------------------------------------


def test_closing_with_something_open_asks_who_takes_over(world: SimpleNamespace) -> None:
    with pytest.raises(ValidationError) as refused:
        succession.retire(world.station, heir=None, kind=CLOSED, reason=WHY, by=world.clerk)
    assert list(refused.value.error_dict) == ["heir"]
    succession.retire(world.station, heir=world.home, kind=CLOSED, reason=WHY, by=world.clerk)
    world.station.refresh_from_db()
    world.waiting.refresh_from_db()
    assert (world.station.status, world.station.successor) == ("CLOSED", None)
    assert world.waiting.venue == world.home


def test_an_empty_venue_is_closed_without_an_heir(cast: SimpleNamespace) -> None:
    empty = Venue.objects.create(code="TP9", kind="POINT", name="空联系点", street=cast.street)
    LiaisonOfficer.objects.create(user=cast.liaison, venue=empty, starts_on=LONG_AGO)
    change = succession.retire(empty, heir=None, kind=CLOSED, reason=WHY, by=cast.clerk)
    assert (empty.status, change.heir) == ("CLOSED", None)
    assert not LiaisonOfficer.objects.filter(venue=empty, ends_on=None).exists()


# Afterwards --------------------------------------------------------------------------------------


def test_a_reopened_case_goes_to_who_took_over_in_the_end(world: SimpleNamespace) -> None:
    merge(world)
    merge(world, world.other_station, world.home)
    act("reopen", world.closed, world.clerk, note="又出现了")
    world.closed.refresh_from_db()
    assert (world.closed.state, world.closed.venue) == ("ACCEPTED", world.home)
    assert [event.action for event in world.closed.events.all()][-2:] == ["reopen", "move_venue"]


def test_a_restored_case_without_any_taker_goes_to_the_district(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    act("decline", case, cast.clerk, code=cast.decline_reason, text="说明", where_to_go="12348")
    Venue.objects.all().update(status="CLOSED", gone_on=clock.today())
    act("restore", case, cast.clerk2, note="误判")
    case.refresh_from_db()
    assert (case.state, case.venue, case.routing) == ("SUBMITTED", None, "POOL")


def test_a_second_round_is_given_to_who_took_over(world: SimpleNamespace, journey: Journey) -> None:
    act("release", world.with_station.assignments.get(), world.reviewer, publicity="OPEN")
    merge(world)
    act("rate_bad", world.with_station, world.resident, reason="没有解决", process="BASIC")
    again = world.with_station.assignments.get(round=2)
    assert (again.venue, again.state) == (world.other_station, "ISSUED")


def test_a_suggestion_for_the_old_code_comes_to_who_took_over(
    world: SimpleNamespace, journey: Journey
) -> None:
    old = Venue.objects.get(pk=world.station.pk)
    merge(world)
    merge(world, world.other_station, world.home)
    # The page was opened while the station was running.
    case = journey.submitted(venue=old)
    assert (case.venue, case.routing) == (world.home, "QR")


def test_a_day_at_the_heir_does_not_stop_another_one(world: SimpleNamespace) -> None:
    own = reception_day(world.other_station)
    merge(world)
    days = ReceptionSession.objects.filter(venue=world.other_station)
    assert set(days) == {own, world.day}
