"""Who runs a venue, and whose days somebody may open and change."""

from datetime import date

import pytest

from congress_portal.accounts.models import User
from stations.models import LiaisonOfficer, Posting, PostingRole
from stations.permissions import venues_run_by
from tests.planning.conftest import lines

YESTERDAY, LONG_AGO = date(2026, 1, 7), date(2020, 1, 1)


def fresh(user):
    """As a request would load it."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("name", ["clerk", "reviewer", "head", "admin"])
def test_the_office_runs_every_venue(cast, name):
    assert set(venues_run_by(fresh(getattr(cast, name)))) == {cast.home, cast.station, cast.other_station}


@pytest.mark.parametrize("name", ["liaison", "convener"])
def test_liaison_officers_and_conveners_run_their_own(cast, name):
    assert list(venues_run_by(fresh(getattr(cast, name)))) == [cast.station]


@pytest.mark.parametrize("name", ["resident", "stranger", "deputy", "officer"])
def test_others_run_none(cast, name):
    assert not venues_run_by(fresh(getattr(cast, name))).exists()


def test_the_head_of_a_station_runs_it(cast):
    Posting.objects.filter(deputy=cast.deputy_row).update(role=PostingRole.HEAD)
    assert list(venues_run_by(fresh(cast.deputy))) == [cast.station]


def test_whose_duty_is_over_runs_nothing_any_more(cast):
    LiaisonOfficer.objects.filter(user=cast.liaison).update(ends_on=YESTERDAY)
    cast.convener.deputy.mandates.update(ends_on=YESTERDAY)
    assert not venues_run_by(fresh(cast.liaison)).exists()
    assert not venues_run_by(fresh(cast.convener)).exists()


def test_an_account_that_was_closed_runs_nothing(cast):
    User.objects.filter(pk__in=[cast.liaison.pk, cast.clerk.pk]).update(is_active=False)
    assert not venues_run_by(fresh(cast.liaison)).exists()
    assert not venues_run_by(fresh(cast.clerk)).exists()


def test_another_venues_officer_finds_no_such_day(announced, cast, login):
    day = announced()
    client = login(cast.other_liaison)
    duty = day.duties.get()
    for address in (
        f"/desk/reception/days/{day.pk}/", f"/desk/reception/days/{day.pk}/cancel/",
        f"/desk/reception/days/{day.pk}/notice/", f"/desk/reception/turns/{duty.pk}/leave/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": "取消"}).status_code in (404, 405)
    day.refresh_from_db()
    assert day.status == "ANNOUNCED"
    assert len(lines(day)) == 1


def test_a_deputy_takes_leave_of_the_own_turn_and_does_nothing_else(announced, rota, cast, login):
    day = announced(deputies=rota[:2])
    own, other = day.duties.order_by("pk")
    client = login(cast.deputy)
    for address in (
        f"/desk/reception/days/{day.pk}/cancel/", f"/desk/reception/days/{day.pk}/move/",
        f"/desk/reception/turns/{other.pk}/leave/", f"/desk/reception/turns/{own.pk}/substitute/",
        f"/desk/reception/days/{day.pk}/notice/", "/desk/reception/announce/",
    ):  # fmt: skip
        assert client.get(address).status_code == 403
    assert client.post(f"/desk/reception/turns/{own.pk}/leave/", {"reason": "出差"}).status_code == 302
    own.refresh_from_db()
    assert (own.status, own.reason) == ("LEAVE", "出差")


def test_a_deputy_does_not_read_why_another_is_on_leave(announced, rota, cast, login):
    day = announced(deputies=rota[:2])
    login(cast.convener).post(f"/desk/reception/turns/{day.duties.last().pk}/leave/", {"reason": "住院手术"})
    address = f"/desk/reception/days/{day.pk}/"
    assert "住院手术" not in login(cast.deputy).get(address).content.decode()
    assert "住院手术" in login(cast.liaison).get(address).content.decode()


def test_a_deputy_sees_only_days_with_an_own_turn(announced, rota, cast, login):
    own, other = announced(day=date(2026, 1, 20)), announced(day=date(2026, 1, 21), deputies=rota[1:])
    client = login(cast.deputy)
    page = client.get("/desk/reception/").content.decode()
    assert "?tab=todo" not in page
    assert f"/days/{own.pk}/" in page
    assert f"/days/{other.pk}/" not in page
    assert client.get(f"/desk/reception/days/{other.pk}/").status_code == 404


def test_who_left_office_does_not_come_in_any_more(announced, cast, login):
    announced()
    cast.deputy_row.mandates.update(ends_on=YESTERDAY)
    assert login(cast.deputy).get("/desk/reception/").status_code == 403


def test_the_office_is_led_to_its_own_list(cast, login):
    response = login(cast.clerk).get("/desk/reception/")
    assert response["Location"] == "/admin/stations/receptionsession/"


@pytest.mark.parametrize("key", ["99999999", "9" * 30])
def test_a_key_nobody_has_is_not_found(cast, login, key):
    client = login(cast.liaison)
    assert client.get(f"/desk/reception/days/{key}/").status_code == 404
    assert client.get(f"/desk/reception/turns/{key}/leave/").status_code == 404
