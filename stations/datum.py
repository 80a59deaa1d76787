"""From WGS 84 to GCJ-02, the datum of China's public maps. It only goes this way: nothing is ever undone.

The published approximation, good to a few metres; enough for a drawing, not for a survey.
"""

from math import cos, pi, sin, sqrt

# The Krasovsky ellipsoid, which GCJ-02 is computed on.
AXIS, FLATTENING = 6378245.0, 0.00669342162296594323
# Where the shift is counted from.
WEST, NORTH = 105.0, 35.0


def to_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """(longitude, latitude) in degrees, for places inside China."""
    x, y = longitude - WEST, latitude - NORTH
    angle = latitude / 180 * pi
    flat = 1 - FLATTENING * sin(angle) ** 2
    root = sqrt(flat)
    east = _shift_east(x, y) * 180 / (AXIS / root * cos(angle) * pi)
    north = _shift_north(x, y) * 180 / (AXIS * (1 - FLATTENING) / (flat * root) * pi)
    return longitude + east, latitude + north


def _shift_east(x: float, y: float) -> float:
    """Metres."""
    return (
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
        + _waves((x, 6, 20), (x, 2, 20), (x, 1, 20), (x, 1 / 3, 40), (x, 1 / 12, 150), (x, 1 / 30, 300))
    )  # fmt: skip


def _shift_north(x: float, y: float) -> float:
    """Metres."""
    return (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
        + _waves((x, 6, 20), (x, 2, 20), (y, 1, 20), (y, 1 / 3, 40), (y, 1 / 12, 160), (y, 1 / 30, 320))
    )  # fmt: skip


def _waves(*terms: tuple[float, float, float]) -> float:
    return sum(height * sin(value * rate * pi) for value, rate, height in terms) * 2 / 3
