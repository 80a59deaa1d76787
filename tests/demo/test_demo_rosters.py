"""The rosters of the demo: real places, invented people, nobody without a place, no doors left open."""

import re
from datetime import date
from io import StringIO

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command

from congress_portal.accounts.models import User
from deputies.models import Deputy, Level, Mandate
from stations.models import (
    CommitteeMember,
    Community,
    LiaisonOfficer,
    Posting,
    PostingRole,
    Street,
    Venue,
    VenueKind,
)
from suggestions.demo import network, people, places
from suggestions.demo.network import offices
from suggestions.models import (
    Category,
    HandlingUnit,
    OfficeSetting,
    Suggestion,
    TransferBody,
    UnitMember,
)
from tests.conftest import make_user


def test_the_district_has_its_streets_communities_and_venues(rosters):
    assert (Street.objects.count(), Community.objects.count()) == (11, 111)
    kinds = [
        Venue.objects.filter(kind=kind).count()
        for kind in (VenueKind.HOME, VenueKind.STATION, VenueKind.POINT)
    ]
    assert kinds == [11, 41, 10]
    assert Street.objects.filter(venues__kind=VenueKind.HOME).distinct().count() == 11
    assert all(
        community.venues.filter(kind=VenueKind.STATION).exists() for community in Community.objects.all()
    )


def test_every_point_belongs_to_a_station_and_every_station_to_the_home_of_its_street(rosters):
    for venue in Venue.objects.exclude(kind=VenueKind.HOME).select_related("parent"):
        assert venue.parent is not None
        assert venue.parent.street_id == venue.street_id
    assert not Venue.objects.filter(is_demo=False).exists()


def test_there_are_3_11_47_and_269_mandates_held_by_fewer_people(rosters):
    in_force = Mandate.objects.in_force(date(2026, 1, 5))
    counts = [in_force.filter(congress__level=level).count() for level in Level.values]
    assert counts == [3, 11, 47, 269]
    assert Deputy.objects.count() == 318
    assert not Deputy.objects.filter(is_demo=False).exists()


def test_district_mandates_name_an_electoral_district_and_the_others_who_elects(rosters):
    for mandate in Mandate.objects.select_related("congress"):
        mandate.clean()
        assert bool(mandate.electing_unit) != bool(mandate.electoral_district)
        assert mandate.delegation


def test_everybody_is_posted_and_every_venue_is_staffed(rosters):
    day = date(2026, 1, 5)
    live = Posting.objects.live(day)
    assert live.values("deputy").distinct().count() == 318
    for venue in Venue.objects.all():
        assert live.filter(venue=venue).count() >= 2, venue
        assert live.filter(venue=venue, role=PostingRole.CONVENER).count() == 1, venue
        assert LiaisonOfficer.objects.filter(venue=venue).count() == 1, venue
    for unit in HandlingUnit.objects.filter(coordination_only=False):
        assert set(UnitMember.objects.filter(unit=unit).values_list("is_leader", flat=True)) == {True, False}


def test_only_the_demo_logins_have_a_password(rosters, client):
    usable = {user.username for user in User.objects.all() if user.has_usable_password()}
    assert usable == set(people.LOGINS)
    assert not User.objects.filter(is_demo=False).exists()
    for login in people.LOGINS:
        assert User.objects.get(username=login).check_password("a password of our own"), login


def test_only_the_administrator_is_a_superuser_and_only_the_office_is_staff(rosters):
    assert list(User.objects.filter(is_superuser=True).values_list("username", flat=True)) == ["admin"]
    staff = set(User.objects.filter(is_staff=True).values_list("username", flat=True))
    assert staff == {"admin", *people.STAFF}


def test_every_street_has_a_committee_and_the_login_that_of_the_demo_station(rosters):
    assert CommitteeMember.objects.values("street").distinct().count() == Street.objects.count()
    own = CommitteeMember.objects.get(user__username="committee")
    assert own.street.venues.filter(code=people.HOME_STATION).exists()


def test_the_coordinator_works_for_the_office_of_the_government_and_its_leader_signs(rosters):
    unit = HandlingUnit.objects.get(is_coordinator=True)
    assert unit.name == "区政府办公室"
    assert unit.members.filter(user__username="coordinator", is_leader=False).exists()
    assert unit.members.filter(is_leader=True, is_principal=True).exists()


def test_every_unit_has_one_principal_and_that_of_the_demo_a_leader_below(rosters):
    for unit in HandlingUnit.objects.filter(coordination_only=False):
        assert unit.members.filter(is_leader=True, is_principal=True).count() == 1, unit
    leaders = UnitMember.objects.filter(unit__code=people.DEMO_UNIT, is_leader=True)
    assert set(leaders.values_list("user__username", "is_principal")) == {
        ("unitlead", True), ("leader-housing", False),
    }  # fmt: skip


def test_units_number_their_letters_each_with_a_mark_of_its_own(rosters):
    marks = list(HandlingUnit.objects.filter(coordination_only=False).values_list("document_mark", flat=True))
    assert all(marks)
    assert len(set(marks)) == len(marks)


def test_categories_know_their_usual_unit_and_level_where_the_district_settles_them(rosters):
    heating = Category.objects.get(code="HEATING")
    assert heating.usual_unit is not None
    assert (heating.usual_unit.code, heating.usual_level) == ("HOUSING", "L3")
    assert not Category.objects.filter(usual_level="").exists()


def test_the_duty_phone_is_invented_and_nobodys(rosters):
    assert OfficeSetting.load().duty_phone == "19900009999"


def test_what_the_office_set_up_itself_is_kept(rosters):
    OfficeSetting.objects.update(duty_phone="024-00000099")
    HandlingUnit.objects.filter(code="EDU").update(document_mark="自定建")
    before = User.objects.count()

    offices.load()

    assert User.objects.count() == before
    assert OfficeSetting.load().duty_phone == "024-00000099"
    assert HandlingUnit.objects.get(code="EDU").document_mark == "自定建"


def test_an_older_demo_gets_the_offices_that_came_later(db, settings):
    settings.DEMO = True
    places.load_district()
    places.load_venues()
    people.load_people()
    assert not User.objects.filter(username="committee").exists()

    network.load()

    assert set(people.LOGINS) <= set(User.objects.values_list("username", flat=True))


def test_all_logins_are_told_at_the_start_and_in_the_readme():
    readme = (site.BASE_DIR / "README.md").read_text(encoding="utf-8")
    table = readme.partition("## Demo logins")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(people.LOGINS)
    start = (site.BASE_DIR / "tools/run.py").read_text(encoding="utf-8")
    assert set(re.findall(r'^    \("(\w+)", "/', start, re.MULTILINE)) == set(people.LOGINS)


def test_the_convener_serves_at_a_second_venue_too(rosters):
    posts = Posting.objects.filter(deputy__user__username="convener")
    assert {people.HOME_STATION, people.SECOND_VENUE} <= set(posts.values_list("venue__code", flat=True))


def test_facts_can_be_loaded_without_anybody_invented(db):
    call_command("load_district", stdout=StringIO())

    assert (Street.objects.count(), Community.objects.count(), HandlingUnit.objects.count()) == (11, 111, 44)
    assert TransferBody.objects.filter(name="和平区").exists()
    assert not TransferBody.objects.filter(name="沈河区").exists()
    assert not Venue.objects.exists()
    assert not User.objects.exists()


def test_loading_facts_again_keeps_what_the_office_changed(db):
    places.load_district()
    Street.objects.filter(code="210103005").update(name="滨河街道（新）")

    assert set(places.load_district().values()) == {0}
    assert Street.objects.get(code="210103005").name == "滨河街道（新）"


def test_without_demo_nothing_is_loaded(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert not User.objects.exists()


def test_a_real_account_with_a_demo_login_is_never_touched(db, settings):
    settings.DEMO = True
    real = make_user("clerk")

    with pytest.raises(CommandError, match="clerk"):
        call_command("demo", "--first", "1")

    real.refresh_from_db()
    assert not real.is_demo
    assert User.objects.count() == 1
    assert not Street.objects.exists()
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("amount", ["0", "-3", "2001"])
def test_an_amount_the_plan_does_not_have_is_refused(db, settings, amount):
    settings.DEMO = True
    with pytest.raises(CommandError, match="from 1 to 2000"):
        call_command("demo", "--suggestions", amount)
