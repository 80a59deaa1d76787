"""Which pictures of a tiled map (Web Mercator, 256 pixels) lie under a drawing, and where. No queries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import asinh, atan, ceil, degrees, floor, log2, pi, radians, sinh, tan

from .outline import Frame, Point

LEAST_ZOOM, MOST_ZOOM = 3, 18
# How many pictures side by side are about right for a drawing on a desk.
ACROSS = 4
# More than this many in all is a wrong setting or a wrong frame, not a map.
MOST = 64


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture and its place on the drawing, in units."""

    url: str
    x: float
    y: float
    width: float
    height: float


def corner(column: float, row: float, zoom: int) -> Point:
    """(longitude, latitude) in degrees of the upper left corner of a tile."""
    count = 2**zoom
    return column / count * 360 - 180, degrees(atan(sinh(pi * (1 - 2 * row / count))))


def number(point: Point, zoom: int) -> Point:
    """(column, row) of the tile a place lies in, with the fraction inside it."""
    longitude, latitude = point
    count = 2**zoom
    return (longitude + 180) / 360 * count, (1 - asinh(tan(radians(latitude))) / pi) / 2 * count


def zoom_of(frame: Frame) -> int:
    """The zoom at which about `ACROSS` pictures stand side by side."""
    zoom = round(log2(360 * ACROSS / (frame.east - frame.west)))
    return min(max(zoom, LEAST_ZOOM), MOST_ZOOM)


def under(frame: Frame, template: str, datum: Callable[[float, float], Point] | None = None) -> list[Tile]:
    """The tiles that cover the frame; `datum` turns the tiles' degrees into the drawing's."""
    return list(_under(frame, template, datum or (lambda longitude, latitude: (longitude, latitude))))


def _under(frame: Frame, template: str, datum: Callable[[float, float], Point]) -> Iterator[Tile]:
    zoom = zoom_of(frame)
    # A tile more on each side, because the datum may shift them by a part of one.
    left, top = number((frame.west, frame.north), zoom)
    right, bottom = number((frame.east, frame.south), zoom)
    columns, rows = range(floor(left) - 1, ceil(right) + 1), range(floor(top) - 1, ceil(bottom) + 1)
    if len(columns) * len(rows) > MOST:
        return
    for row in rows:
        for column in columns:
            x, y = frame.xy(datum(*corner(column, row, zoom)))
            x2, y2 = frame.xy(datum(*corner(column + 1, row + 1, zoom)))
            if x2 > 0 and y2 > 0 and x < frame.width and y < frame.height:
                url = template.replace("{z}", str(zoom)).replace("{x}", str(column)).replace("{y}", str(row))
                yield Tile(url, x, y, x2 - x, y2 - y)
