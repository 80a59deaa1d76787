"""Signs on the map: none overlaps another, none is lost, none strays."""

from itertools import combinations
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from stations.markers import spread

BOX = (360.0, 324.0)
points = st.tuples(st.floats(0, BOX[0]), st.floats(0, BOX[1]))
many = st.lists(st.tuples(points, st.integers(0, 3)), max_size=80)


@settings(deadline=None)
@given(many)
def test_signs_keep_apart_and_every_place_has_exactly_one(
    rows: list[tuple[tuple[float, float], int]],
) -> None:
    places, groups = [place for place, _group in rows], [group for _place, group in rows]
    spots = spread(places, groups, size=25, farthest=18, box=BOX)
    assert sorted(index for spot in spots for index in spot.members) == list(range(len(rows)))
    for one, other in combinations(spots, 2):
        assert hypot(one.at[0] - other.at[0], one.at[1] - other.at[1]) >= 25 - 1e-6
    for spot in spots:
        assert hypot(spot.at[0] - spot.place[0], spot.at[1] - spot.place[1]) <= 18 + 1e-6
        assert 12.5 <= spot.at[0] <= BOX[0] - 12.5
        assert 12.5 <= spot.at[1] <= BOX[1] - 12.5


def test_who_has_room_stays_where_it_is() -> None:
    spots = spread([(50, 50), (100, 50)], "ab", size=25, farthest=18, box=BOX)
    assert [(spot.at, spot.members) for spot in spots] == [((50, 50), [0]), ((100, 50), [1])]


def test_a_neighbour_moves_aside_no_farther_than_it_must() -> None:
    _first, second = spread([(50, 50), (60, 50)], "aa", size=25, farthest=18, box=BOX)
    assert second.at[0] > 60
    assert hypot(second.at[0] - 50, second.at[1] - 50) < 30


def test_without_room_a_place_joins_its_own_group_even_if_another_is_nearer() -> None:
    places = [(50, 50), (100, 50), *[(100 + step, 50) for step in range(1, 40)], (51, 51)]
    groups = ["far", "near", *["near"] * 39, "far"]
    spots = spread(places, groups, size=25, farthest=0, box=BOX)
    assert next(spot for spot in spots if 41 in spot.members).members[0] == 0


def test_a_home_is_joined_only_if_its_street_has_no_other_sign() -> None:
    places = [(50, 50), (80, 50), (52, 50)]
    assert [spot.members for spot in spread(places, "aaa", size=25, farthest=0, box=BOX)] == [[0, 2], [1]]
    spots = spread(places, "aaa", size=25, farthest=0, box=BOX, alone={0})
    assert [spot.members for spot in spots] == [[0], [1, 2]]


def test_ten_times_the_network_is_placed_too() -> None:
    places = [(17.0 * number % 360, 29.0 * number % 324) for number in range(620)]
    spots = spread(places, [number % 11 for number in range(620)], size=25, farthest=18, box=BOX)
    assert sum(len(spot.members) for spot in spots) == 620
