"""The days that were at a venue before it went: whoever took over reads them and writes what is missing."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal.accounts.models import User
from stations.models import LiaisonOfficer, ReceptionDuty, SessionStatus
from stations.permissions import venues_kept_by
from suggestions.enums import State
from tests.conftest import LONG_AGO

from .conftest import merge, reception_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def yesterday(cast: SimpleNamespace) -> Any:
    day = reception_day(cast.station, ahead=-1)
    ReceptionDuty.objects.create(session=day, deputy=cast.deputy_row)
    return day


@pytest.mark.parametrize("name", ["liaison", "other_liaison", "convener"])
def test_a_day_of_before_is_open_to_who_keeps_the_successor(
    cast: SimpleNamespace, login: Callable[[User], Client], yesterday: Any, name: str
) -> None:
    held = reception_day(cast.station, ahead=-30, status=SessionStatus.HELD)
    merge(cast)
    desk = login(getattr(cast, name))
    for day in (held, yesterday):
        assert desk.get(f"/desk/reception/{day.pk}/").status_code == 200
        assert desk.get(f"/desk/reception/days/{day.pk}/").status_code == 200
    waiting = desk.get("/desk/reception/").content.decode()
    assert f"/desk/reception/days/{yesterday.pk}/" in waiting
    assert f"/desk/reception/days/{held.pk}/" not in waiting


def test_its_record_is_written_and_what_was_raised_goes_to_the_successor(
    cast: SimpleNamespace, login: Callable[[User], Client], yesterday: Any
) -> None:
    merge(cast)
    desk, url = login(cast.liaison), f"/desk/reception/{yesterday.pk}/record/"
    given = {
        "token": desk.get(url).context["token"], "visitors": "1", "summary": "", "do": "save", "matters": "1",
        "attended": [yesterday.duties.get().pk], "m0-text": "路灯不亮。", "m0-category": cast.category.code,
        "m0-street": cast.street.code, "m0-place": "三号楼",
    }  # fmt: skip
    assert desk.post(url, given).status_code == 302
    yesterday.refresh_from_db()
    assert (yesterday.status, yesterday.venue) == (SessionStatus.HELD, cast.station)
    case = yesterday.suggestions.get()
    assert (case.venue, case.state) == (cast.other_station, State.SUBMITTED)


def test_after_two_mergers_too(cast: SimpleNamespace) -> None:
    keeper = cast.stranger
    LiaisonOfficer.objects.create(user=keeper, venue=cast.home, starts_on=LONG_AGO)
    assert set(venues_kept_by(keeper)) == {cast.home}
    merge(cast)
    assert set(venues_kept_by(keeper)) == {cast.home}
    merge(cast, cast.other_station, cast.home)
    assert set(venues_kept_by(keeper)) == {cast.home, cast.other_station, cast.station}


def test_others_still_find_no_such_day(
    cast: SimpleNamespace, login: Callable[[User], Client], yesterday: Any
) -> None:
    LiaisonOfficer.objects.create(user=cast.stranger, venue=cast.home, starts_on=LONG_AGO)
    merge(cast)
    assert login(cast.stranger).get(f"/desk/reception/{yesterday.pk}/").status_code == 404
