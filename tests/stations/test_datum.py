"""From WGS 84 to GCJ-02, against values published for the open implementations of the formula."""

import pytest

from stations.datum import to_gcj02

KNOWN = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
]


@pytest.mark.parametrize(("earth", "drawn"), KNOWN)
def test_known_places_are_shifted_as_published(
    earth: tuple[float, float], drawn: tuple[float, float]
) -> None:
    assert to_gcj02(*earth) == pytest.approx(drawn, abs=1e-9)


def test_in_shenyang_the_shift_is_about_half_a_kilometre_to_the_north_east() -> None:
    longitude, latitude = to_gcj02(123.45, 41.8)
    assert 0.005 < longitude - 123.45 < 0.007
    assert 0.001 < latitude - 41.8 < 0.003
