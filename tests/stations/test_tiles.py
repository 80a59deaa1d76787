"""Pictures of a tiled map under the drawing: the right ones, in the right place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stations import outline, tiles
from stations.datum import to_gcj02

TEMPLATE = "https://tiles.example/{z}/{x}/{y}.png"
FRAME = outline.frame_around(outline.ring(), width=360, margin=16, shape=0.9)


def test_known_tiles_have_their_known_corners() -> None:
    assert tiles.corner(0, 0, 0) == pytest.approx((-180, 85.0511287798))
    assert tiles.corner(1, 1, 1) == pytest.approx((0, 0))
    assert tiles.number((0, 0), 1) == pytest.approx((1, 1))


@given(st.floats(73, 136), st.floats(3, 54), st.integers(3, 18))
def test_a_place_lies_in_the_tile_it_is_given(longitude: float, latitude: float, zoom: int) -> None:
    column, row = tiles.number((longitude, latitude), zoom)
    assert tiles.corner(column, row, zoom) == pytest.approx((longitude, latitude), abs=1e-9)


@pytest.mark.parametrize("datum", [None, to_gcj02])
def test_the_tiles_cover_the_drawing_without_gaps(datum: object) -> None:
    found = tiles.under(FRAME, TEMPLATE, datum)  # type: ignore[arg-type]
    assert 4 <= len(found) <= 36
    assert min(tile.x for tile in found) <= 0
    assert min(tile.y for tile in found) <= 0
    assert max(tile.x + tile.width for tile in found) >= FRAME.width
    assert max(tile.y + tile.height for tile in found) >= FRAME.height
    area = sum(
        (min(tile.x + tile.width, 360) - max(tile.x, 0))
        * (min(tile.y + tile.height, FRAME.height) - max(tile.y, 0))
        for tile in found
    )
    # The datum bends each picture by a few metres.
    assert area == pytest.approx(360 * FRAME.height, rel=0.005)


def test_the_address_names_zoom_column_and_row() -> None:
    zoom = tiles.zoom_of(FRAME)
    column, row = tiles.number((123.45, 41.8), zoom)
    wanted = f"https://tiles.example/{zoom}/{int(column)}/{int(row)}.png"
    assert wanted in {tile.url for tile in tiles.under(FRAME, TEMPLATE)}


def test_a_frame_far_too_high_gets_no_flood_of_pictures() -> None:
    high = outline.Frame(123.4, 20, 123.5, 50, 360)
    assert tiles.under(high, TEMPLATE) == []
