"""Venues on a drawing of the district: which sign stands where, and what it opens. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from . import outline, tiles
from .datum import to_gcj02
from .markers import Spot, spread
from .models import Venue, VenueKind

# On a phone of 390 pixels one unit is about one pixel, so a sign of 25 units can be hit by a finger.
WIDTH, SHAPE, MARGIN = 360, 0.9, 16
SIGN, FARTHEST = 25, 18
KILOMETRES = (0.2, 0.5, 1, 2, 5, 10)
DEGREE = 111.2  # kilometres of latitude
BAR = 60  # units the bar of the scale has at most


@dataclass(frozen=True, slots=True)
class Entry:
    """A venue with the number it has in the list and on the map."""

    number: int
    venue: Venue

    @property
    def is_on_map(self) -> bool:
        return self.venue.longitude is not None


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: `kind` names its shape (a venue's kind, or MANY), `dx`, `dy` how far it moved aside."""

    x: str
    y: str
    dx: str
    dy: str
    kind: str
    text: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws; all measures in units, written as attributes."""

    width: str
    height: str
    path: str
    signs: list[Sign]
    tiles: list[dict[str, str]]
    credit: str
    foot: str
    bar: str
    bar_text: str
    has_groups: bool


def entries(venues: Sequence[Venue]) -> list[Entry]:
    return [Entry(number, venue) for number, venue in enumerate(venues, 1)]


def drawing(rows: Sequence[Entry], *, street: str = "") -> Drawing | None:
    """The map of the entries that have a place; None if none has.

    `street`: the code of the street all of them belong to; the map then shows them larger, and signs that
    have no room lead to the list instead of to the map of the street.
    """
    # Homes first: they never lose their sign to others.
    order = list(VenueKind)
    placed = sorted(
        (row for row in rows if row.is_on_map), key=lambda row: order.index(VenueKind(row.venue.kind))
    )
    if not placed:
        return None
    points = [_point(row.venue) for row in placed]
    shown = points if street else outline.ring()
    frame = outline.frame_around(shown, width=WIDTH, margin=MARGIN + (SIGN if street else 0), shape=SHAPE)
    spots = spread(
        [frame.xy(point) for point in points],
        [row.venue.street_id for row in placed],
        size=SIGN, farthest=FARTHEST, box=(frame.width, frame.height),
        alone={at for at, row in enumerate(placed) if row.venue.kind == VenueKind.HOME},
    )  # fmt: skip
    signs = [(spot.members[0], _sign(spot, placed, street)) for spot in spots]
    bar = max(
        (length for length in KILOMETRES if length / DEGREE * frame.scale <= BAR), default=KILOMETRES[0]
    )
    return Drawing(
        width=_units(frame.width),
        height=_units(frame.height),
        path=frame.path(outline.ring()),
        # Keys go through the signs in the order of the list.
        signs=[sign for member, sign in sorted(signs, key=lambda pair: placed[pair[0]].number)],
        tiles=_tiles(frame),
        credit=settings.MAP_TILES_BY,
        foot=_units(frame.height - 8),
        bar=_units(bar / DEGREE * frame.scale),
        bar_text=_("%(length)s km") % {"length": bar},
        has_groups=any(sign.kind == "MANY" for _member, sign in signs),
    )


def _sign(spot: Spot, placed: Sequence[Entry], street: str) -> Sign:
    members = [placed[index] for index in spot.members]
    first = members[0]
    place = first.venue
    at = {
        "x": _units(spot.at[0]), "y": _units(spot.at[1]),
        "dx": _units(spot.at[0] - spot.place[0]), "dy": _units(spot.at[1] - spot.place[1]),
    }  # fmt: skip
    if len(members) == 1:
        # Alone on its map a place needs no number.
        number = str(first.number) if len(placed) > 1 else ""
        name = _("%(number)d %(venue)s, %(street)s") % {
            "number": first.number, "venue": place.name, "street": place.street.name,
        }  # fmt: skip
        return Sign(**at, kind=place.kind, text=number, name=name, url=place.get_absolute_url())
    names = ngettext(
        "%(count)d place close together in %(street)s: %(names)s",
        "%(count)d places close together in %(street)s: %(names)s",
        len(members),
    ) % {
        "count": len(members),
        "street": place.street.name,
        "names": pgettext("between names", ", ").join(row.venue.name for row in members),
    }  # fmt: skip
    code = place.street.code
    url = f"#street-{code}" if street else f"{reverse('map')}?{urlencode({'street': code})}"
    return Sign(
        **at, kind="MANY", text=pgettext("map", "%(count)d×") % {"count": len(members)}, name=names, url=url
    )


def _point(venue: Venue) -> outline.Point:
    assert venue.longitude is not None
    assert venue.latitude is not None
    return to_gcj02(float(venue.longitude), float(venue.latitude))


def _tiles(frame: outline.Frame) -> list[dict[str, str]]:
    if not settings.MAP_TILES:
        return []
    datum = to_gcj02 if settings.MAP_TILES_DATUM == "wgs84" else None
    return [
        {"url": row.url, "x": _units(row.x), "y": _units(row.y), "width": _units(row.width + 0.2),
         "height": _units(row.height + 0.2)}
        for row in tiles.under(frame, settings.MAP_TILES, datum)
    ]  # fmt: skip


def _units(value: float) -> str:
    return f"{value:.1f}"
