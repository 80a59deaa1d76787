"""The day itself: the old record closes, what those who leave held comes free, cases stay as they are."""

from datetime import date, timedelta
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import Q

from congress_portal.common import clock
from deputies.models import MandateChange, TermChange
from deputies.services import record_change, strike_out
from stations.models import DutyStatus, ReceptionDuty, RoleDuty, RotaPlace
from suggestions import succession
from suggestions.errors import Refused, WrongState
from suggestions.history import problems
from suggestions.models import Claim, Suggestion
from suggestions.services import perform
from suggestions.term_change.carrying import carry_out, release_left_behind, run_due
from suggestions.term_change.confirming import confirm
from tests.conftest import act, as_actor

from .conftest import ON_THE_DAY, SWITCH, TODAY, bring_in, person_line


def test_the_record_of_the_old_term_is_closed(world: SimpleNamespace, done: TermChange) -> None:
    world.congress.refresh_from_db()
    assert (done.status, done.done_at, world.congress.frozen_at) == ("DONE", ON_THE_DAY, ON_THE_DAY)
    with clock.frozen(ON_THE_DAY), pytest.raises(ValidationError):
        record_change(world.leaver.mandates.get(), MandateChange.RESIGNED, TODAY, TODAY)


def test_a_followed_case_comes_free_with_an_event_and_is_else_untouched(
    world: SimpleNamespace, followed: Suggestion, confirmed: TermChange
) -> None:
    kept = ("number", "venue_id", "due_on", "state", "version", "received_at", "accepted_at")
    before = Suggestion.objects.values(*kept).get(pk=followed.pk)
    with clock.frozen(ON_THE_DAY):
        carry_out(confirmed)
    assert Claim.objects.get().released_at == ON_THE_DAY
    event = followed.events.last()
    assert (event.action, event.role, event.actor, event.data) == (
        "unclaim", "system", None, {"deputies": [world.leaver.pk]}
    )  # fmt: skip
    assert world.leaver.name in event.note
    assert Suggestion.objects.values(*kept).get(pk=followed.pk) == before
    assert list(problems(Suggestion.objects.all())) == []


def test_the_marks_of_those_who_stay_stay(
    world: SimpleNamespace, followed: Suggestion, confirmed: TermChange
) -> None:
    act("claim", followed, world.convener)
    with clock.frozen(ON_THE_DAY):
        carry_out(confirmed)
    assert [claim.deputy for claim in Claim.objects.filter(released_at=None)] == [world.both]


def test_postings_and_roles_of_those_who_leave_end(world: SimpleNamespace, done: TermChange) -> None:
    assert world.leaver.postings.get().ends_on == SWITCH
    assert RoleDuty.objects.get().ends_on == SWITCH
    assert world.other_zhang.postings.get().ends_on == SWITCH
    assert world.both.postings.get().ends_on is None
    assert world.keeper.postings.get().ends_on is None


def test_turns_are_taken_out_and_days_ahead_need_a_substitute(
    world: SimpleNamespace, done: TermChange
) -> None:
    assert [turn.deputy for turn in RotaPlace.objects.all()] == [world.both]
    before, after = ReceptionDuty.objects.order_by("session__day")
    assert (before.session, before.status) == (world.day_before, DutyStatus.PLANNED)
    assert (after.session, after.status, after.reason) == (world.day_after, DutyStatus.LEAVE, "换届")
    assert list(world.day_after.changes.values_list("kind", flat=True)) == ["LEAVE"]


def test_who_serves_elsewhere_in_the_new_term_gives_up_turns_and_days_there(
    world: SimpleNamespace, change: TermChange
) -> None:
    bring_in(change, [person_line(world.leaver, 进站点="TS2")], world.clerk)
    change.rows.update(is_confirmed=True)
    confirm(change, user=world.head)
    with clock.frozen(ON_THE_DAY):
        carry_out(change)
    assert not RotaPlace.objects.filter(deputy=world.leaver).exists()
    assert ReceptionDuty.objects.get(session=world.day_after).status == DutyStatus.LEAVE
    assert RoleDuty.objects.get().ends_on == SWITCH


@pytest.mark.parametrize(("heir", "keeps"), [("home", False), ("other_station", True)])
def test_a_merger_after_the_confirmation_changes_nothing_about_who_serves_elsewhere(
    world: SimpleNamespace, change: TermChange, heir: str, keeps: bool
) -> None:
    bring_in(change, [person_line(world.leaver, 进站点="TS2")], world.clerk)
    change.rows.update(is_confirmed=True)
    confirm(change, user=world.head)
    succession.retire(
        world.station, heir=getattr(world, heir), kind="MERGED", reason="两站合并", by=world.clerk
    )
    with clock.frozen(ON_THE_DAY):
        carry_out(change)
    assert RotaPlace.objects.filter(deputy=world.leaver).exists() == keeps
    assert ReceptionDuty.objects.get(session=world.day_after).status == ("PLANNED" if keeps else "LEAVE")
    lasting = Q(ends_on=None) | Q(ends_on__gt=SWITCH)
    assert RoleDuty.objects.filter(lasting).exists() == keeps
    served = world.leaver.postings.filter(lasting, starts_on__lte=SWITCH)
    assert [row.venue for row in served] == [world.other_station]


def test_what_the_file_says_about_known_people_holds_from_the_day(
    world: SimpleNamespace, filled: TermChange
) -> None:
    row = filled.rows.get(name="高示例")
    row.position, row.organisation = "厂长", "示例新工厂"
    row.save()
    filled.rows.update(is_confirmed=True)
    confirm(filled, user=world.head)
    world.keeper.refresh_from_db()
    assert (world.keeper.organisation, world.keeper.position) == ("示例工厂", "")
    with clock.frozen(ON_THE_DAY):
        carry_out(filled)
    world.keeper.refresh_from_db()
    assert (world.keeper.organisation, world.keeper.position) == ("示例新工厂", "厂长")


def test_who_left_years_ago_loses_what_is_still_open(world: SimpleNamespace, ready: TermChange) -> None:
    world.leaver.mandates.update(ends_on=date(2025, 5, 1))
    confirm(ready, user=world.head)
    with clock.frozen(ON_THE_DAY):
        carry_out(ready)
    assert world.leaver.postings.get().ends_on == SWITCH


def test_an_ending_struck_out_in_between_does_not_outlive_the_term(
    world: SimpleNamespace, ready: TermChange
) -> None:
    seat = world.leaver.mandates.get()
    event = record_change(seat, MandateChange.RESIGNED, date(2026, 11, 20), TODAY, by=world.clerk)
    confirm(ready, user=world.head)
    strike_out(event, reason="误记", by=world.clerk)
    with clock.frozen(ON_THE_DAY):
        carry_out(ready)
    seat.refresh_from_db()
    assert seat.ends_on == SWITCH


def test_before_its_day_nothing_is_done(confirmed: TermChange) -> None:
    with clock.frozen(ON_THE_DAY - timedelta(days=1)):
        assert run_due() == 0
        with pytest.raises(Refused):
            carry_out(confirmed)


def test_it_is_done_once(confirmed: TermChange, followed: Suggestion) -> None:
    with clock.frozen(ON_THE_DAY):
        assert (run_due(), run_due()) == (1, 0)
        with pytest.raises(WrongState):
            carry_out(confirmed)
    assert followed.events.filter(action="unclaim").count() == 1


def test_a_day_that_was_missed_is_made_up_for(world: SimpleNamespace, confirmed: TermChange) -> None:
    with clock.frozen(ON_THE_DAY + timedelta(days=9)):
        assert run_due() == 1
    assert world.leaver.postings.get().ends_on == SWITCH


def test_the_daily_command_does_it(confirmed: TermChange) -> None:
    said = StringIO()
    with clock.frozen(ON_THE_DAY):
        call_command("run_due", stdout=said)
    assert "1 changes of term carried out" in said.getvalue()
    confirmed.refresh_from_db()
    assert confirmed.status == "DONE"


def test_all_of_it_or_nothing(
    world: SimpleNamespace, followed: Suggestion, confirmed: TermChange, monkeypatch: Any
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("suggestions.term_change.carrying._update_people", broken)
    with clock.frozen(ON_THE_DAY), pytest.raises(RuntimeError):
        carry_out(confirmed)
    confirmed.refresh_from_db()
    assert (confirmed.status, Claim.objects.get().released_at) == ("CONFIRMED", None)
    assert RotaPlace.objects.filter(deputy=world.leaver).exists()


def test_marks_of_people_who_left_otherwise_come_off_at_night(
    world: SimpleNamespace, followed: Suggestion
) -> None:
    assert release_left_behind() == 0
    record_change(world.leaver.mandates.get(), MandateChange.RESIGNED, TODAY, TODAY, by=world.clerk)
    assert (release_left_behind(), release_left_behind()) == (1, 0)
    assert Claim.objects.get().released_at is not None


def test_who_is_suspended_keeps_the_marks(world: SimpleNamespace, followed: Suggestion) -> None:
    record_change(world.leaver.mandates.get(), MandateChange.SUSPENDED, TODAY, TODAY, by=world.clerk)
    assert release_left_behind() == 0


def test_a_person_takes_off_only_the_own_mark(world: SimpleNamespace, followed: Suggestion) -> None:
    act("claim", followed, world.convener)
    followed.refresh_from_db()
    perform("unclaim", target=followed, actor=as_actor(world.convener), seen_version=followed.version)
    assert [claim.deputy for claim in Claim.objects.filter(released_at=None)] == [world.leaver]
