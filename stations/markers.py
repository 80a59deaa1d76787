"""Signs on a map that can be hit: no two overlap, and none stands far from its place. No queries."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from math import cos, floor, hypot, pi, sin

Point = tuple[float, float]


@dataclass(slots=True)
class Spot:
    """Where a sign stands, and which of the places (by their index) it stands for: the first at `place`."""

    at: Point
    place: Point
    members: list[int]


def spread(
    places: Sequence[Point],
    groups: Sequence[Hashable],
    *,
    size: float,
    farthest: float,
    box: Point,
    alone: Collection[int] = (),
) -> list[Spot]:
    """Signs `size` units wide whose centres keep `size` apart, in a drawing of `box` units.

    In the order given each place gets its sign, moved aside up to `farthest` where another one stands
    already; where there is no room it joins the nearest sign of its group, or of any if its group has none.
    The indexes in `alone` are joined only if there is no other sign of the group.
    Every index stands in exactly one sign; the same places always give the same signs.
    """
    spots: list[Spot] = []
    cells: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    of_group: dict[Hashable, list[Spot]] = defaultdict(list)

    def cell(point: Point) -> tuple[int, int]:
        return floor(point[0] / size), floor(point[1] / size)

    def is_free(point: Point) -> bool:
        column, row = cell(point)
        around = [(column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        return all(_apart(point, spot.at) >= size - 1e-6 for key in around for spot in cells.get(key, ()))

    rings = _rings(size, farthest)
    for index, raw in enumerate(places):
        place = _within(raw, size, box)
        moved = (_within((place[0] + dx, place[1] + dy), size, box) for dx, dy in rings)
        free = next(filter(is_free, moved), None)
        if free is None:
            own = of_group[groups[index]]
            others = [spot for spot in own if spot.members[0] not in alone] or own or spots
            _nearest(others, place).members.append(index)
            continue
        spot = Spot(free, place, [index])
        spots.append(spot)
        cells[cell(free)].append(spot)
        of_group[groups[index]].append(spot)
    return spots


def _rings(size: float, farthest: float) -> list[Point]:
    """Shifts to try, the smallest first."""
    step = size / 6
    shifts = [(0.0, 0.0)]
    for ring in range(1, int(farthest / step) + 1):
        count = 8 + 4 * ring
        turns = ((2 * pi * part / count, ring * step) for part in range(count))
        shifts += [(radius * cos(turn), radius * sin(turn)) for turn, radius in turns]
    return shifts


def _within(point: Point, size: float, box: Point) -> Point:
    half = size / 2
    x, y = point
    return min(max(x, half), max(half, box[0] - half)), min(max(y, half), max(half, box[1] - half))


def _nearest(spots: Sequence[Spot], place: Point) -> Spot:
    return min(spots, key=lambda spot: _apart(spot.at, place))


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
