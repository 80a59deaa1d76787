"""The district's outline and how places on the earth become places on a drawing. No queries.

The outline is a plain drawing, most likely in GCJ-02 like the public maps it comes from, and no survey map:
everything is drawn in its datum.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path

FILE = Path(__file__).parent / "data" / "outline.csv"
Point = tuple[float, float]
# A drawing never shows less than this, in degrees of latitude: about 900 metres.
LEAST = 0.008


@lru_cache(maxsize=1)
def ring() -> tuple[Point, ...]:
    """(longitude, latitude) in degrees; the last point is the first one. Read once."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple((float(row["longitude"]), float(row["latitude"])) for row in csv.DictReader(file))


def inside(point: Point, border: Sequence[Point]) -> bool:
    """Whether the point lies within the closed ring: a line to the east crosses it an odd number of times."""
    x, y = point
    within = False
    for (x1, y1), (x2, y2) in pairwise(border):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            within = not within
    return within


def simplified(line: Sequence[Point], tolerance: float) -> list[Point]:
    """The line with fewer points, none of the others farther away than `tolerance` (Douglas, Peucker)."""
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        between = range(first + 1, last)
        far, at = max(((_distance(line[i], line[first], line[last]), i) for i in between), default=(0.0, 0))
        if far > tolerance:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [line[i] for i in sorted(kept)]


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the earth, in degrees, on a drawing `width` units wide; north is up.

    Degrees of longitude are shortened by the cosine of the middle latitude, which is true to shape for a
    district. Half a degree of latitude away from the middle it would be off by one part in a hundred.
    """

    west: float
    south: float
    east: float
    north: float
    width: float

    @property
    def scale(self) -> float:
        """Units per degree of latitude."""
        return self.width / ((self.east - self.west) * self.shortening)

    @property
    def shortening(self) -> float:
        return cos(radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.scale

    def xy(self, point: Point) -> Point:
        """Units from the left and from the top."""
        longitude, latitude = point
        return (longitude - self.west) * self.shortening * self.scale, (self.north - latitude) * self.scale

    def path(self, line: Iterable[Point], tolerance: float = 0.3) -> str:
        """A closed ring as the `d` of an SVG path, in tenths of a unit."""
        points = simplified([self.xy(point) for point in line], tolerance)
        return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in points[:-1])}Z"


def frame_around(points: Iterable[Point], *, width: float, margin: float, shape: float = 0) -> Frame:
    """The frame of the points with `margin` units on each side; made higher to at least `shape` × width.

    ValueError without points.
    """
    rows = list(points)
    west, east = min(x for x, _y in rows), max(x for x, _y in rows)
    south, north = min(y for _x, y in rows), max(y for _x, y in rows)
    shortening = cos(radians((south + north) / 2))
    wide, high = max((east - west) * shortening, LEAST), max(north - south, LEAST * shape)
    # In one direction the points fill the drawing up to its margin, in the other they stand in its middle.
    inner = width - 2 * margin
    scale = inner / wide
    if shape:
        scale = min(scale, (width * shape - 2 * margin) / high)
    half_wide = width / scale / shortening / 2
    half_high = max(high * scale + 2 * margin, width * shape) / scale / 2
    x, y = (west + east) / 2, (south + north) / 2
    return Frame(x - half_wide, y - half_high, x + half_wide, y + half_high, width)


def _distance(point: Point, start: Point, end: Point) -> float:
    """From the point to the stretch between the two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    along = (x2 - x1) ** 2 + (y2 - y1) ** 2
    part = 0.0 if along == 0 else min(1.0, max(0.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / along))
    return hypot(x - x1 - part * (x2 - x1), y - y1 - part * (y2 - y1))
