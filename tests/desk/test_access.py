"""Who gets to the desk, and how soon somebody who left does not."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from congress_portal.common import clock
from stations.models import LiaisonOfficer, Posting
from suggestions.models import UnitMember
from tests.conftest import Journey, act, end, make_user, suspend

DESK = ("liaison", "deputy", "convener", "officer", "unitlead")
ELSEWHERE = ("other_liaison", "other_deputy", "other_officer", "other_unitlead")


def today() -> date:
    return clock.today()


@pytest.mark.parametrize(
    "page", ["/desk/", "/desk/register/", "/desk/{number}/", "/desk/{number}/do/accept/"]
)
def test_a_visitor_is_sent_to_the_sign_in_page(journey: Journey, page: str) -> None:
    page = page.format(number=journey.submitted().number)

    response = Client().get(page)

    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={page}")  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["resident", "stranger", "clerk", "reviewer", "head", "admin"])
def test_without_a_venue_or_a_unit_there_is_no_desk(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    case = journey.handling()
    client = login(getattr(cast, who))
    pages = ("/desk/", "/desk/register/", f"/desk/{case.number}/", f"/desk/{case.number}/do/comment/")

    assert [client.get(page).status_code for page in pages] == [403] * 4


@pytest.mark.parametrize("who", DESK)
def test_people_of_the_place_open_its_case(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    case = journey.handling()

    assert login(getattr(cast, who)).get(f"/desk/{case.number}/").status_code == 200


@pytest.mark.parametrize("who", ELSEWHERE)
def test_a_case_of_another_place_is_not_found_whatever_is_tried(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    case = journey.handling()
    row = case.assignments.get()
    client = login(getattr(cast, who))
    pages = [
        f"/desk/{case.number}/", f"/desk/{case.number}/do/comment/", f"/desk/{case.number}/contact/",
        f"/desk/row/{row.pk}/do/sign/", f"/desk/{case.number}/do/rate/",
    ]  # fmt: skip

    found = [client.get(page).status_code for page in pages]
    found += [client.post(page).status_code for page in pages[1:]]

    assert found == [404] * 9
    case.refresh_from_db()
    row.refresh_from_db()
    assert (case.version, row.state) == (3, "ISSUED")


def test_somebody_of_the_desk_does_not_find_the_staff_view_of_an_own_case_elsewhere(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted()
    case.resident = cast.other_deputy
    case.save()

    assert login(cast.other_deputy).get(f"/desk/{case.number}/").status_code == 404


def end_posting(cast: SimpleNamespace) -> None:
    Posting.objects.filter(deputy=cast.deputy_row).update(ends_on=today())


def end_mandate(cast: SimpleNamespace) -> None:
    end(cast.deputy_row.mandates.get())


def suspend_mandate(cast: SimpleNamespace) -> None:
    suspend(cast.deputy_row.mandates.get())


@pytest.mark.parametrize("leave", [end_posting, end_mandate, suspend_mandate])
def test_a_deputy_whose_service_ended_is_out_at_once(
    cast: SimpleNamespace, journey: Journey, login: Callable, leave: Callable
) -> None:
    case = journey.submitted()
    client = login(cast.deputy)
    assert client.get(f"/desk/{case.number}/").status_code == 200

    leave(cast)

    assert [client.get(page).status_code for page in ("/desk/", f"/desk/{case.number}/")] == [403, 403]


def test_a_liaison_officer_who_moved_sees_only_the_new_venue(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, there = journey.submitted(), journey.submitted(community=cast.other_community)
    client = login(cast.liaison)
    LiaisonOfficer.objects.filter(user=cast.liaison).update(ends_on=today())
    LiaisonOfficer.objects.create(user=cast.liaison, venue=cast.other_station, starts_on=today())

    assert client.get(f"/desk/{case.number}/").status_code == 404
    assert client.get(f"/desk/{there.number}/").status_code == 200


def test_a_member_who_left_the_unit_is_out_at_once(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    journey.handling()
    client = login(cast.officer)
    UnitMember.objects.filter(user=cast.officer).update(ends_on=today())

    assert client.get("/desk/").status_code == 403


def test_a_unit_that_handed_a_case_back_no_longer_finds_it(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    row = case.assignments.get()
    act("ask_return", row, cast.officer, reason="不属于我单位职责", proposed_unit=cast.other_unit)
    act("approve_return", row, cast.clerk)

    assert login(cast.officer).get(f"/desk/{case.number}/").status_code == 404


def test_registering_is_for_people_of_a_venue(cast: SimpleNamespace, login: Callable) -> None:
    found = {who: login(getattr(cast, who)).get("/desk/register/").status_code for who in DESK}

    assert found == {"liaison": 200, "deputy": 200, "convener": 200, "officer": 403, "unitlead": 403}


def test_the_desk_opens_empty_for_a_new_member(cast: SimpleNamespace, login: Callable) -> None:
    newcomer = make_user("newcomer")
    UnitMember.objects.create(user=newcomer, unit=cast.other_unit, starts_on=today())

    assert login(newcomer).get("/desk/").status_code == 200
