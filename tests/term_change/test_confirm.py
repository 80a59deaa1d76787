"""The next term is written ahead of its day, all of it or nothing, by somebody who did not prepare it."""

from datetime import date
from types import SimpleNamespace

import pytest

from congress_portal.accounts.models import Role, RoleGrant
from congress_portal.common import clock
from deputies.models import Congress, Deputy, Mandate, TermChange, TermChangeStatus, TermMatch
from deputies.selectors import mandates_by_level
from stations.models import Posting, PostingReason, VenueStatus
from suggestions.errors import Forbidden, Refused, WrongState
from suggestions.term_change.confirming import confirm
from suggestions.term_change.drafting import agree
from suggestions.term_change.plan import Plan
from tests.conftest import make_user

from .conftest import SWITCH, TODAY, bring_in, person_line


def test_everybody_elected_gets_a_mandate_from_the_day_on(confirmed: TermChange) -> None:
    seats = confirmed.new.mandates.order_by("pk")
    assert [(seat.deputy.name, seat.starts_on, seat.ends_on) for seat in seats] == [
        ("高示例", SWITCH, None), ("张伟", SWITCH, None), ("新示例", SWITCH, None)
    ]  # fmt: skip
    assert [row.mandate for row in confirmed.rows.all()] == list(seats)


def test_the_seats_of_the_old_term_end_that_day(world: SimpleNamespace, confirmed: TermChange) -> None:
    ends = set(world.congress.mandates.values_list("ends_on", flat=True))
    assert ends == {SWITCH}
    assert Mandate.objects.get(congress=world.city).ends_on is None
    assert Congress.objects.get(pk=world.congress.pk).ends_on == SWITCH


def test_a_seat_that_ended_before_keeps_its_end(world: SimpleNamespace, ready: TermChange) -> None:
    world.leaver.mandates.update(ends_on=date(2025, 5, 1))
    confirm(ready, user=world.head)
    assert world.leaver.mandates.get().ends_on == date(2025, 5, 1)


def test_who_is_reelected_stays_the_same_person_at_the_same_venue(
    world: SimpleNamespace, confirmed: TermChange
) -> None:
    seats = world.keeper.mandates.order_by("starts_on")
    assert [seat.congress.ordinal for seat in seats] == [19, 20]
    posting = world.keeper.postings.get()
    assert (posting.venue, posting.ends_on) == (world.other_station, None)


def test_new_people_get_a_key_of_their_own_and_their_posting(
    world: SimpleNamespace, confirmed: TermChange
) -> None:
    person = Deputy.objects.get(name="新示例")
    assert (person.key, person.gender, person.organisation) == ("D0001", "FEMALE", "示例医院")
    posting = person.postings.get()
    assert (posting.venue, posting.starts_on, posting.reason) == (
        world.station, SWITCH, PostingReason.TERM
    )  # fmt: skip
    assert person.history.get().history_user == world.head


def test_a_key_once_given_is_never_given_again(world: SimpleNamespace, ready: TermChange) -> None:
    Deputy.objects.create(key="D0041", name="甲示例").delete()
    confirm(ready, user=world.head)
    assert Deputy.objects.get(name="新示例").key == "D0042"


def test_who_names_venues_serves_there_and_nowhere_else(world: SimpleNamespace, change: TermChange) -> None:
    bring_in(change, [person_line(world.keeper, 进站点="TS1、TH1")], world.clerk)
    change.rows.update(is_confirmed=True)
    confirm(change, user=world.head)
    found = {(row.venue.code, row.starts_on == SWITCH, row.ends_on) for row in world.keeper.postings.all()}
    assert found == {("TS2", False, SWITCH), ("TS1", True, None), ("TH1", True, None)}


def test_a_venue_named_that_one_serves_at_already_goes_on(world: SimpleNamespace, change: TermChange) -> None:
    bring_in(change, [person_line(world.keeper, 进站点="TS2")], world.clerk)
    change.rows.update(is_confirmed=True)
    confirm(change, user=world.head)
    assert world.keeper.postings.get().ends_on is None


def test_somebody_known_from_the_city_gets_a_second_seat(world: SimpleNamespace, change: TermChange) -> None:
    world.both.mandates.filter(congress=world.congress).delete()
    bring_in(change, [person_line(world.both)], world.clerk)
    change.rows.update(is_confirmed=True)
    assert change.rows.get().match == TermMatch.SAME
    figures = Plan(change).figures
    assert (figures["reelected"], figures["known"], figures["new"]) == (0, 1, 0)
    confirm(change, user=world.head)
    assert world.both.mandates.count() == 2


def test_the_public_count_follows_the_date(confirmed: TermChange) -> None:
    before = [*mandates_by_level(TODAY).values()]
    assert before == [*mandates_by_level(date(2026, 12, 27)).values()] == [0, 0, 1, 5]
    assert [*mandates_by_level(SWITCH).values()] == [0, 0, 1, 3]


def test_the_effect_is_counted_before_and_kept_with_the_change(
    world: SimpleNamespace, ready: TermChange, followed: object
) -> None:
    shown = Plan(ready).figures
    assert shown == {
        "seats": 3, "reelected": 2, "known": 0, "new": 1, "leaving": 3, "staying": 1, "claims": 1,
        "turns": 1, "days": 1, "roles": 1, "postings_new": 1, "postings_ended": 2,
    }  # fmt: skip
    assert confirm(ready, user=world.head).result["figures"] == shown


def test_venues_that_would_have_nobody_are_named(world: SimpleNamespace, ready: TermChange) -> None:
    assert Plan(ready).empty == []
    Posting.objects.create(deputy=world.leaver, venue=world.home, starts_on=date(2024, 1, 1))
    assert Plan(ready).empty == [world.home]


@pytest.mark.parametrize("who", ["clerk", "clerk2", "admin", "resident", "deputy"])
def test_only_a_reviewer_or_the_head_confirms(world: SimpleNamespace, ready: TermChange, who: str) -> None:
    with pytest.raises(Forbidden):
        confirm(ready, user=getattr(world, who))
    ready.refresh_from_db()
    assert (ready.status, Mandate.objects.filter(congress=ready.new).count()) == ("DRAFT", 0)


def test_who_had_a_hand_in_it_does_not_confirm_it(world: SimpleNamespace, filled: TermChange) -> None:
    """Also when somebody else worked on it last."""
    both = make_user("both", is_staff=True)
    for role in (Role.CLERK, Role.HEAD):
        RoleGrant.objects.create(user=both, role=role)
    agree(filled, TermMatch.SAME, user=both)
    agree(filled, TermMatch.NEW, user=world.clerk2)
    with pytest.raises(Forbidden):
        confirm(filled, user=both)
    assert confirm(filled, user=world.head).confirmed_by == world.head


def test_nothing_is_written_while_a_row_is_open(world: SimpleNamespace, filled: TermChange) -> None:
    with pytest.raises(Refused):
        confirm(filled, user=world.head)
    assert not filled.new.mandates.exists()


def test_a_venue_that_closed_since_stops_it(world: SimpleNamespace, ready: TermChange) -> None:
    world.station.status, world.station.gone_on = VenueStatus.CLOSED, TODAY
    world.station.save()
    with pytest.raises(Refused, match="TS1"):
        confirm(ready, user=world.head)


def test_a_mandate_entered_by_hand_meanwhile_stops_it(world: SimpleNamespace, ready: TermChange) -> None:
    Mandate.objects.create(
        deputy=world.keeper, congress=ready.new, electoral_district="第9选区", starts_on=SWITCH
    )
    with pytest.raises(Refused, match="高示例"):
        confirm(ready, user=world.head)


def test_the_second_click_is_told_that_it_is_done(world: SimpleNamespace, ready: TermChange) -> None:
    confirm(ready, user=world.head)
    with pytest.raises(WrongState):
        confirm(ready, user=world.reviewer)
    assert ready.new.mandates.count() == 3


def test_a_day_that_is_here_already_takes_effect_at_once(world: SimpleNamespace, ready: TermChange) -> None:
    ready.switch_on = TODAY
    ready.save()
    confirm(ready, user=world.head)
    assert mandates_by_level(clock.today())["DISTRICT"] == 3
    assert TermChange.objects.get().status == TermChangeStatus.CONFIRMED
