"""The demo on the map: every venue inside the district, near its street, and never a guess for real rows."""

from statistics import mean
from typing import Any

import pytest

from stations import outline
from stations.datum import to_gcj02
from stations.models import Community, Street, Venue, VenueKind
from suggestions.demo import places
from suggestions.demo.network import map as demo_map

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosters(db: Any) -> None:
    places.load_district()
    places.load_venues()


def where() -> dict[str, tuple[float, float]]:
    rows = Venue.objects.exclude(longitude=None).values_list("code", "longitude", "latitude")
    return {code: (float(longitude), float(latitude)) for code, longitude, latitude in rows}


def test_all_62_stand_inside_the_outline_each_at_its_own_place(rosters: None) -> None:
    demo_map.load()
    found = where()
    assert len(found) == len(set(found.values())) == 62
    assert [
        code for code, point in found.items() if not outline.inside(to_gcj02(*point), outline.ring())
    ] == []


def test_venues_of_a_street_stand_together(rosters: None) -> None:
    demo_map.load()
    found = where()
    for street in Street.objects.all():
        codes = list(street.venues.values_list("code", flat=True))
        middle = tuple(mean(found[code][axis] for code in codes) for axis in (0, 1))
        assert max(demo_map._apart(found[code], middle) for code in codes) < 0.02


def test_a_second_run_and_a_second_site_give_the_same(rosters: None) -> None:
    demo_map.load()
    first = where()
    demo_map.load()
    assert where() == first
    Venue.objects.update(longitude=None, latitude=None)
    demo_map.load()
    assert where() == first


def test_what_the_office_entered_stays_and_real_venues_get_no_guess(rosters: None) -> None:
    Venue.objects.filter(code="H01").update(longitude="123.500000", latitude="41.780000")
    Venue.objects.filter(code="H02").update(is_demo=False)
    Community.objects.filter(name="清泉社区").update(landmarks="办公室写的路")
    demo_map.load()
    assert where()["H01"] == (123.5, 41.78)
    assert "H02" not in where()
    assert Community.objects.get(name="清泉社区").landmarks == "办公室写的路"


def test_a_street_the_demo_does_not_know_is_left_alone(rosters: None) -> None:
    street = Street.objects.create(code="210103999", name="新街道")
    Venue.objects.create(code="N1", kind=VenueKind.POINT, name="新点", street=street, is_demo=True)
    demo_map.load()
    assert "N1" not in where()


def test_every_community_has_landmarks_made_of_known_names(rosters: None) -> None:
    demo_map.load()
    willow = Community.objects.get(name="万柳塘社区")
    assert willow.landmarks.splitlines() == ["万柳塘路", "万柳塘新村", "万莲大街"]
    assert not Community.objects.filter(landmarks="").exists()
