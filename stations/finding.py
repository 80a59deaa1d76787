"""From what somebody types (a community, a road, an estate, a piece of an address) to communities and venues.

What is typed is compared and forgotten: nothing here stores or logs it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .models import Community, Street, Venue

LONGEST = 80
# A single character fits nearly everything as part of a longer text.
SHORTEST = 2
# Only whole names: 沈阳路 is a road.
ABOVE = ("中华人民共和国", "辽宁省", "沈阳市", "沈河区")
# What people put behind the name of the place they live in.
BEHIND = re.compile(r"(社区居委会|社区居民委员会|居民委员会|居委会|社区|小区|附近|旁边|对面|这边|那边)+$")
# Where house, block, unit and room begin: never needed to find the community.
HOUSE = re.compile(r"(\d+|[一二三四五六七八九十百甲乙丙丁a-z]+(?=号|栋|幢|座|单元|门|室|楼|期)).*$")
# 六〇六所, 六0六所 and 606所 are one place.
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


class By(StrEnum):
    """The rule by which a community was found."""

    NAME = "name"
    PART = "part"
    LANDMARK = "landmark"
    STREET = "street"


@dataclass(slots=True)
class Found:
    """Communities found by one rule, best first; or venues, where no community fits."""

    by: By | None = None
    communities: list[Community] = field(default_factory=list)
    venues: list[Venue] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.communities) + len(self.venues)


def plain(text: str) -> str:
    """Narrow letters and digits only, without the province, city and district in front."""
    kept = "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
    while front := next((name for name in ABOVE if kept.startswith(name) and kept != name), ""):
        kept = kept.removeprefix(front)
    return kept


def without_house(text: str) -> str:
    """The road or estate of a plain address; "" if nothing stands before the number."""
    return BEHIND.sub("", HOUSE.sub("", text))


def find(
    text: str, *, communities: Sequence[Community], venues: Callable[[], Iterable[Venue]], street: str = ""
) -> Found:
    """What the text may mean, narrowed to the street (a code) where that leaves something.

    In this order, the first rule that finds something wins: the code or whole name of a community; the name
    of a street alone; a part of a community's name; a name, road, estate or landmark the text holds (the
    longest) or is a part of; a part of a venue's name or address, or the whole name of a venue; the street
    the text begins with. `venues` is asked only if no community fits.
    """
    typed = plain(text[:LONGEST])
    if not typed:
        return Found()
    named, rest = _street_in(typed, communities)
    if named and not rest:
        exact = _exact(typed, communities)
        return Found(By.NAME, exact) if exact else Found(By.STREET, _within(communities, named.code))
    near = _within(communities, street or (named.code if named else ""))
    for rows, words in ((near, rest), (communities, rest), (communities, typed)):
        found = _communities(words, rows)
        if found.communities:
            return found
    places = _venues(typed, venues())
    if not places and named:
        return Found(By.STREET, _within(communities, named.code))
    return Found(venues=places)


def _communities(typed: str, rows: Sequence[Community]) -> Found:
    """By name, part of a name, landmark: the first of these that finds one among the rows."""
    exact = _exact(typed, rows)
    if exact:
        return Found(By.NAME, exact)
    short = _fold(BEHIND.sub("", typed))
    names = [(_name(row), row) for row in rows]
    part = [row for name, row in names if short and short in name]
    if part:
        return Found(By.PART, part)
    words = [(name, row) for name, row in names] + [
        (_fold(plain(line)), row) for row in rows for line in row.landmarks.splitlines()
    ]
    whole, road = _fold(typed), _fold(without_house(typed))
    held = [(word, row) for word, row in words if len(word) >= SHORTEST and word in whole]
    longest = max((len(word) for word, _row in held), default=0)
    fitting = [row for word, row in held if len(word) == longest]
    if not fitting and len(road) >= SHORTEST:
        fitting = [row for word, row in words if road in word]
    return Found(By.LANDMARK, list(dict.fromkeys(fitting)))


def _exact(typed: str, rows: Sequence[Community]) -> list[Community]:
    short = _fold(BEHIND.sub("", typed))
    return [row for row in rows if row.code == typed or (short and _name(row) == short)]


def _within(rows: Sequence[Community], street: str) -> list[Community]:
    return [row for row in rows if row.street.code == street]


def _venues(typed: str, rows: Iterable[Venue]) -> list[Venue]:
    short, road = _fold(BEHIND.sub("", typed)), _fold(without_house(typed))
    wanted = [word for word in dict.fromkeys((short, road)) if len(word) >= SHORTEST]
    found = []
    for row in rows:
        name, address = _fold(plain(row.name)), _fold(plain(row.address))
        if any(word in name or word in address for word in wanted) or (name and name in short):
            found.append(row)
    return found


def _street_in(typed: str, communities: Sequence[Community]) -> tuple[Street | None, str]:
    """The street the text begins with, and what stands behind it; all of the text without one."""
    streets = {row.street_id: row.street for row in communities}.values()
    for street in streets:
        name = plain(street.name)
        if name and typed.startswith(name):
            return street, typed.removeprefix(name)
    bare = next((row for row in streets if plain(row.name) == f"{typed}街道"), None)
    return (bare, "") if bare else (None, typed)


def _name(row: Community) -> str:
    return _fold(BEHIND.sub("", plain(row.name)))


def _fold(text: str) -> str:
    return text.translate(DIGITS)
