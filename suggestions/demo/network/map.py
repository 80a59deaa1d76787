"""Invented places on the map for the demo's venues, and invented landmarks for the communities.

The middles of the streets are rough guesses, kept apart so that the map can be read; every place lies inside
the district's outline. Roads and estates are made up from the names of streets and communities. Only demo
venues without a place get one, and only communities without landmarks.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from math import cos, hypot, radians

from stations import outline
from stations.datum import to_gcj02
from stations.models import Community, Venue, VenueKind

Point = tuple[float, float]
# How fine the grid of possible places is, and how far from the border they stay, in degrees: 110, 160 metres.
STEP, BORDER = 0.001, 0.0015
# How far from its middle a street reaches, in degrees of latitude.
REACH = 0.016
# Longitude and latitude (WGS 84), by the street's code.
MIDDLES: dict[str, Point] = {
    "210103005": (123.452, 41.778),
    "210103006": (123.472, 41.775),
    "210103013": (123.443, 41.809),
    "210103014": (123.434, 41.815),
    "210103015": (123.431, 41.793),
    "210103017": (123.452, 41.794),
    "210103018": (123.439, 41.759),
    "210103019": (123.459, 41.760),
    "210103020": (123.489, 41.764),
    "210103022": (123.546, 41.818),
    "210103023": (123.517, 41.786),
}
SHORTENING = cos(radians(41.8))
ESTATES = ("花园", "新村", "小区")
# How many communities of a street its own road runs through.
ALONG_THE_ROAD = 3


def load() -> None:
    _place_venues()
    _name_landmarks()


def _place_venues() -> None:
    rows = Venue.objects.filter(is_demo=True, longitude=None, street__code__in=MIDDLES)
    order = list(VenueKind)
    # The home stands in the middle of its street, the others as far from each other as they can.
    venues = sorted(
        rows.select_related("street"),
        key=lambda row: (row.street.code, order.index(VenueKind(row.kind)), row.code),
    )
    if not venues:
        return
    grounds = _grounds()
    for street, members in groupby(venues, key=lambda row: row.street.code):
        places = _scattered(grounds[street], MIDDLES[street])
        for venue, (longitude, latitude) in zip(members, places, strict=False):
            venue.longitude, venue.latitude = Decimal(f"{longitude:.6f}"), Decimal(f"{latitude:.6f}")
    Venue.objects.bulk_update(venues, ["longitude", "latitude"])


def _grounds() -> dict[str, list[Point]]:
    """Points inside the district, each with the street whose middle is nearest."""
    border = outline.ring()
    found: dict[str, list[Point]] = {code: [] for code in MIDDLES}
    west, east = min(x for x, _y in border), max(x for x, _y in border)
    south, north = min(y for _x, y in border), max(y for _x, y in border)
    for column in range(int((east - west) / STEP)):
        for row in range(int((north - south) / STEP)):
            # The outline stands a little to the north-east of what WGS 84 says; the drawing's datum decides.
            point = (west - 0.006 + column * STEP, south - 0.002 + row * STEP)
            code = min(MIDDLES, key=lambda street: _apart(MIDDLES[street], point))
            if _apart(MIDDLES[code], point) < REACH and _well_inside(point, border):
                found[code].append(point)
    return found


def _well_inside(point: Point, border: Sequence[Point]) -> bool:
    x, y = to_gcj02(*point)
    wide = BORDER / SHORTENING
    around = ((x, y), (x + wide, y), (x - wide, y), (x, y + BORDER), (x, y - BORDER))
    return all(outline.inside(place, border) for place in around)


def _scattered(ground: Sequence[Point], middle: Point) -> Iterable[Point]:
    """The point nearest to the middle, then again and again the one farthest from all chosen ones."""
    place = min(ground, key=lambda point: _apart(point, middle))
    distances = [_apart(point, place) for point in ground]
    while True:
        yield place
        place = ground[distances.index(max(distances))]
        distances = [min(known, _apart(point, place)) for known, point in zip(distances, ground, strict=True)]


def _apart(one: Point, other: Point) -> float:
    return hypot((one[0] - other[0]) * SHORTENING, one[1] - other[1])


def _name_landmarks() -> None:
    rows = list(Community.objects.filter(landmarks="").select_related("street").order_by("code"))
    for _street, members in groupby(rows, key=lambda row: row.street_id):
        for number, community in enumerate(members):
            name = community.name.removesuffix("社区")
            lines = [f"{name}路", f"{name}{ESTATES[number % len(ESTATES)]}"]
            if number < ALONG_THE_ROAD:
                lines.append(f"{community.street.name.removesuffix('街道')}大街")
            community.landmarks = "\n".join(lines)
    Community.objects.bulk_update(rows, ["landmarks"])
