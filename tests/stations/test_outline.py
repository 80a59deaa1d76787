"""The drawing of the district: what is inside stays inside, and shapes stay true."""

from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stations import outline
from stations.outline import frame_around

RING = outline.ring()
WEST, EAST = min(x for x, _y in RING), max(x for x, _y in RING)
SOUTH, NORTH = min(y for _x, y in RING), max(y for _x, y in RING)
degrees = st.tuples(st.floats(WEST, EAST), st.floats(SOUTH, NORTH))
places = st.lists(degrees, min_size=1, max_size=30)


def test_the_outline_is_closed_and_lies_in_shenyang() -> None:
    assert RING[0] == RING[-1]
    assert len(RING) == 253
    assert 123 < WEST < EAST < 124
    assert 41 < SOUTH < NORTH < 42


@pytest.mark.parametrize(
    ("point", "within"), [((0.5, 0.5), True), ((1.5, 0.5), False), ((0.5, -0.1), False), ((0.9, 0.2), False)]
)
def test_inside_is_told_for_a_shape_with_a_notch(point: tuple[float, float], within: bool) -> None:
    notched = [(0, 0), (0.8, 0), (0.8, 0.4), (1, 0.4), (1, 1), (0, 1), (0, 0)]
    assert outline.inside(point, notched) is within


@given(degrees)
def test_what_is_drawn_lies_in_the_box(point: tuple[float, float]) -> None:
    frame = frame_around(RING, width=360, margin=16, shape=0.9)
    x, y = frame.xy(point)
    assert 16 <= x + 1e-6 <= 344 + 2e-6
    assert 16 <= y + 1e-6 <= frame.height - 16 + 2e-6


@given(places, st.sampled_from([0, 0.5, 0.9, 1.4]))
def test_every_frame_holds_its_points_and_has_the_shape_asked_for(
    points: list[tuple[float, float]], shape: float
) -> None:
    frame = frame_around(points, width=360, margin=20, shape=shape)
    for point in points:
        x, y = frame.xy(point)
        assert 20 - 1e-6 <= x <= 340 + 1e-6
        assert 20 - 1e-6 <= y <= frame.height - 20 + 1e-6
    assert frame.height >= 360 * shape - 1e-6


def test_a_kilometre_is_as_long_to_the_east_as_to_the_north() -> None:
    frame = frame_around(RING, width=360, margin=16)
    x, y = frame.xy((123.5, 41.8))
    north = frame.xy((123.5, 41.8 + 1 / 111.2))
    east = frame.xy((123.5 + 1 / 111.2 / cos(radians(41.8)), 41.8))
    assert y - north[1] == pytest.approx(east[0] - x, rel=0.002)
    assert north[0] == x
    assert east[1] == y


def test_one_place_alone_is_shown_with_what_lies_around() -> None:
    frame = frame_around([(123.45, 41.8)], width=360, margin=16, shape=0.9)
    assert frame.xy((123.45, 41.8)) == pytest.approx((180, frame.height / 2))
    assert frame.north - frame.south > 0.005


def test_no_points_make_no_frame() -> None:
    with pytest.raises(ValueError, match="empty"):
        frame_around([], width=360, margin=16)


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=2, max_size=40),
    st.sampled_from([0.3, 2, 20]),
)
def test_the_simplified_line_leaves_no_point_far_away(line: list[tuple[int, int]], tolerance: float) -> None:
    kept = outline.simplified(line, tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    for point in line:
        near = min(
            outline._distance(point, start, end) for start, end in zip(kept, kept[1:] or kept, strict=False)
        )
        assert near <= tolerance + 1e-9


def test_the_path_is_short_and_closed() -> None:
    path = frame_around(RING, width=360, margin=16).path(RING)
    assert path.startswith("M")
    assert path.endswith("Z")
    assert len(path) < 2500


def test_a_distance_is_measured_to_the_stretch_and_not_beyond() -> None:
    assert outline._distance((0, 3), (0, 0), (10, 0)) == 3
    assert outline._distance((13, 4), (0, 0), (10, 0)) == hypot(3, 4)
    assert outline._distance((3, 4), (0, 0), (0, 0)) == 5
