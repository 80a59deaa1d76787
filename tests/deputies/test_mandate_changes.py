"""What happens to a mandate between two elections: the list follows the date, and nothing is lost."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from congress_portal.common import clock
from deputies.models import ENDINGS, Congress, Mandate, MandateChange, MandateEvent, MandateStatus
from deputies.selectors import in_office, mandates_by_level, people_in_office
from deputies.services import possible_changes, record_change, strike_out
from tests.conftest import LONG_AGO, end, restore, suspend

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def mandate(cast: SimpleNamespace) -> Mandate:
    return cast.deputy_row.mandates.get()


def today() -> date:
    return clock.today()


def is_listed(day: date) -> bool:
    return in_office(day=day).filter(key="T0001").exists()


def status(mandate: Mandate, day: date) -> str:
    return Mandate.objects.with_status(day).get(pk=mandate.pk).status  # type: ignore[attr-defined]


def refused(*given: Any, **more: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        record_change(*given, **more)
    return error.value.message_dict


def test_who_resigns_in_three_days_is_public_today_and_gone_then(mandate: Mandate) -> None:
    end(mandate, today() + 3 * DAY)
    assert [is_listed(today() + day * DAY) for day in range(5)] == [True, True, True, False, False]
    assert status(mandate, today() + 2 * DAY) == MandateStatus.ACTIVE
    assert status(mandate, today() + 3 * DAY) == MandateStatus.ENDED


def test_suspended_then_restored_loses_nothing(mandate: Mandate, cast: SimpleNamespace) -> None:
    before = Mandate.objects.filter(pk=mandate.pk).values().get()
    postings = list(cast.deputy_row.postings.values())
    suspend(mandate, today() - 20 * DAY)
    assert not is_listed(today())
    assert status(mandate, today()) == MandateStatus.SUSPENDED
    restore(mandate, today() - 5 * DAY)
    assert [is_listed(today() - day * DAY) for day in (21, 20, 6, 5, 0)] == [True, False, False, True, True]
    assert Mandate.objects.filter(pk=mandate.pk).values().get() == before
    assert list(cast.deputy_row.postings.values()) == postings


def test_the_figures_of_any_day_are_those_of_that_day(mandate: Mandate) -> None:
    end(mandate, today() - 10 * DAY)
    assert (people_in_office(today() - 11 * DAY), people_in_office(today())) == (3, 2)
    assert sum(mandates_by_level(today() - 11 * DAY).values()) == 3


@pytest.mark.parametrize("kind", ENDINGS)
def test_every_ending_sets_the_first_day_out_of_office(mandate: Mandate, kind: str) -> None:
    record_change(mandate, kind, today(), today())
    mandate.refresh_from_db()
    assert mandate.ends_on == today()
    assert not is_listed(today())


def test_who_and_when_are_written_with_a_change_and_in_the_history_of_the_mandate(
    mandate: Mandate, cast: SimpleNamespace
) -> None:
    event = record_change(
        mandate, MandateChange.RESIGNED, today(), today() - DAY,
        document_number="沈河人大发〔2026〕3号", note="本人申请", by=cast.clerk,
    )  # fmt: skip
    assert (event.recorded_by, event.announced_on) == (cast.clerk, today() - DAY)
    assert (event.document_number, event.note) == ("沈河人大发〔2026〕3号", "本人申请")
    line = mandate.history.first()
    assert (line.history_user, line.ends_on) == (cast.clerk, today())


def test_nothing_follows_an_ending(mandate: Mandate) -> None:
    end(mandate)
    for kind in (*ENDINGS, MandateChange.SUSPENDED, MandateChange.RESTORED):
        assert list(refused(mandate, kind, today(), today())) == ["kind"]
    assert possible_changes(mandate) == []


def test_only_a_suspension_is_ended_by_a_restoration(mandate: Mandate) -> None:
    assert list(refused(mandate, MandateChange.RESTORED, today(), today())) == ["kind"]
    suspend(mandate)
    assert list(refused(mandate, MandateChange.SUSPENDED, today() + DAY, today())) == ["kind"]
    assert list(refused(mandate, MandateChange.RESTORED, today(), today())) == ["effective_on"]
    assert MandateChange.RESTORED in possible_changes(mandate)
    assert MandateChange.SUSPENDED not in possible_changes(mandate)


def test_days_outside_the_mandate_and_out_of_order_are_refused(mandate: Mandate) -> None:
    early = refused(mandate, MandateChange.RESIGNED, LONG_AGO - DAY, today())
    assert list(early) == ["effective_on"]
    suspend(mandate, today() - 5 * DAY)
    assert list(refused(mandate, MandateChange.RESIGNED, today() - 6 * DAY, today())) == ["effective_on"]
    Mandate.objects.filter(pk=mandate.pk).update(ends_on=today() + DAY)
    assert list(refused(mandate, MandateChange.RESIGNED, today() + DAY, today())) == ["effective_on"]


def test_only_a_death_counts_before_it_is_announced(mandate: Mandate) -> None:
    for kind in MandateChange.values:
        if kind not in (MandateChange.DIED, MandateChange.BY_ELECTION):
            assert "announced_on" in refused(mandate, kind, today())
    assert list(refused(mandate, MandateChange.SUSPENDED, today(), today() + DAY)) == ["announced_on"]
    assert list(refused(mandate, MandateChange.DIED, today() + DAY)) == ["effective_on"]
    assert record_change(mandate, MandateChange.DIED, today()).announced_on is None


def test_a_by_election_belongs_to_the_first_day_of_a_mandate_within_the_term(
    mandate: Mandate, cast: SimpleNamespace
) -> None:
    assert list(refused(mandate, MandateChange.BY_ELECTION, LONG_AGO, today())) == ["kind"]
    Mandate.objects.filter(pk=mandate.pk).update(starts_on=today() - DAY)
    mandate.refresh_from_db()
    assert MandateChange.BY_ELECTION in possible_changes(mandate)
    assert list(refused(mandate, MandateChange.BY_ELECTION, today(), today())) == ["effective_on"]
    record_change(mandate, MandateChange.BY_ELECTION, today() - DAY, today() - DAY)
    assert list(refused(mandate, MandateChange.BY_ELECTION, today() - DAY, today())) == ["kind"]
    assert [is_listed(today() - 2 * DAY), is_listed(today())] == [False, True]


def test_a_closed_term_no_longer_changes(mandate: Mandate, cast: SimpleNamespace) -> None:
    event = suspend(mandate)
    Congress.objects.filter(pk=cast.congress.pk).update(frozen_at=clock.now())
    with pytest.raises(ValidationError):
        restore(mandate, today() + DAY)
    with pytest.raises(ValidationError):
        strike_out(event, reason="录错")
    assert possible_changes(Mandate.objects.get(pk=mandate.pk)) == []


def test_texts_too_long_are_refused_by_name(mandate: Mandate) -> None:
    found = refused(
        mandate, MandateChange.RESIGNED, today(), today(), document_number="号" * 41, note="注" * 201
    )
    assert sorted(found) == ["document_number", "note"]
    assert "kind" in refused(mandate, "VANISHED", today(), today())


def test_a_struck_out_ending_gives_the_mandate_its_old_end_back(
    mandate: Mandate, cast: SimpleNamespace
) -> None:
    planned = today() + 100 * DAY
    Mandate.objects.filter(pk=mandate.pk).update(ends_on=planned)
    event = strike_out(end(mandate), reason="对象录错", by=cast.clerk)
    mandate.refresh_from_db()
    assert (mandate.ends_on, is_listed(today())) == (planned, True)
    assert (event.struck_out_by, event.struck_out_reason) == (cast.clerk, "对象录错")
    assert MandateEvent.objects.count() == 1


def test_a_struck_out_restoration_opens_the_suspension_again(mandate: Mandate) -> None:
    first = suspend(mandate, today() - 10 * DAY)
    strike_out(restore(mandate, today() - 5 * DAY), reason="日期录错")
    first.refresh_from_db()
    assert (first.until, is_listed(today())) == (None, False)
    restore(mandate, today() - DAY)
    assert is_listed(today())


def test_only_the_last_change_can_be_struck_out_once_and_for_a_reason(mandate: Mandate) -> None:
    first = suspend(mandate, today() - 10 * DAY)
    last = restore(mandate, today() - 5 * DAY)
    with pytest.raises(ValidationError):
        strike_out(first, reason="录错")
    with pytest.raises(ValidationError) as error:
        strike_out(last, reason="  ")
    assert list(error.value.message_dict) == ["reason"]
    strike_out(last, reason="录错")
    with pytest.raises(ValidationError):
        strike_out(last, reason="录错")
    strike_out(first, reason="录错")
    assert is_listed(today() - 7 * DAY)


def test_what_is_recorded_keeps_its_mandate_and_its_order(mandate: Mandate) -> None:
    event = suspend(mandate)
    with pytest.raises(ProtectedError):
        mandate.delete()
    with transaction.atomic(), pytest.raises(IntegrityError), transaction.atomic():
        MandateEvent.objects.filter(pk=event.pk).update(until=today() - DAY)


def test_the_day_is_the_one_in_china(mandate: Mandate) -> None:
    end(mandate, date(2027, 1, 10))
    with clock.frozen(datetime(2027, 1, 9, 23, 59, tzinfo=clock.SHANGHAI)):
        assert in_office().filter(key="T0001").exists()
    with clock.frozen(datetime(2027, 1, 10, 0, 1, tzinfo=clock.SHANGHAI)):
        assert not in_office().filter(key="T0001").exists()
