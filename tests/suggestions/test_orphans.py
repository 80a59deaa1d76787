"""A case with nobody in service where it stands shows in the district office's queue."""

from types import SimpleNamespace

from congress_portal.common import clock
from stations.models import LiaisonOfficer, Posting
from suggestions.inputs import Target
from suggestions.models import Suggestion, UnitMember
from suggestions.permissions import is_orphaned
from tests.conftest import Journey, suspend


def orphans() -> list[str]:
    return list(Suggestion.objects.filter(is_orphaned()).order_by("pk").values_list("number", flat=True))


def test_a_venue_is_not_empty_while_one_of_its_people_is_in_service(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    LiaisonOfficer.objects.filter(venue=cast.station).update(ends_on=clock.today())
    suspend(cast.deputy_row.mandates.get())
    assert orphans() == []

    Posting.objects.filter(venue=cast.station).update(ends_on=clock.today())

    assert orphans() == [case.number]


def test_a_unit_that_lost_its_people_orphans_what_it_was_to_reply_to(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case, other = journey.handling(), journey.assigned(journey.accepted(), Target(unit=cast.other_unit))
    done = journey.replied()
    UnitMember.objects.filter(unit=cast.unit).update(ends_on=clock.today())

    assert orphans() == [case.number]
    assert other.number not in orphans()
    assert done.number not in orphans()


def test_a_venue_that_was_given_a_case_and_lost_its_people_orphans_it(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.assigned(journey.accepted(), Target(venue=cast.other_station))
    LiaisonOfficer.objects.filter(venue=cast.other_station).update(ends_on=clock.today())
    Posting.objects.filter(venue=cast.other_station).update(ends_on=clock.today())
    assert orphans() == [case.number]


def test_what_has_no_venue_is_no_orphan_it_waits_in_the_district_pool(journey: Journey) -> None:
    journey.submitted(community=None, place_unknown=True)
    assert orphans() == []
