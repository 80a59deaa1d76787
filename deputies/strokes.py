"""姓氏笔画: the order of names in official lists, as text every database sorts alike.

Characters compare by number of strokes, then by the strokes themselves (横竖撇点折), then the next character.
`data/strokes.txt` holds on line n the characters of n strokes in that order. Source: cn-sort 0.14.0 (MIT).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "strokes.txt"
# Each character becomes this many digits; digits alone, because collations differ about everything else.
WIDTH = 7
# Between two neighbours of the table there is room for so many characters entered by hand.
STEP = 100
UNKNOWN = 3_000_000
DOT = "·"
# Family names of two characters.
COMPOUND = frozenset(
    re.findall(
        "..",
        "欧阳上官司徒诸葛慕容司马夏侯东方尉迟长孙令狐皇甫宇文公孙轩辕呼延南宫万俟闻人申屠太史端木百里"
        "独孤鲜于钟离澹台第五濮阳赫连拓跋公冶宗政淳于单于仲孙司空司寇闾丘巫马公西漆雕乐正壤驷公良夹谷"
        "宰父谷梁段干东郭南门羊舌微生梁丘左丘东门西门叶赫完颜",
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a character stands: its number of strokes, and its value in the order (multiples of STEP)."""

    strokes: int
    value: int


@dataclass(frozen=True, slots=True)
class Rare:
    """A character the table lacks: behind `after`, which is in the table; "": behind all of its strokes."""

    character: str
    strokes: int
    after: str = ""


@lru_cache(maxsize=1)
def table() -> Mapping[str, Place]:
    """All 20,897 characters of the table."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    placed = ((character, strokes) for strokes, line in enumerate(lines, 1) for character in line)
    return {character: Place(strokes, number * STEP) for number, (character, strokes) in enumerate(placed, 1)}


@lru_cache(maxsize=1)
def _last_values() -> list[int]:
    """Item n: the value of the last character of at most n strokes."""
    last: dict[int, int] = {place.strokes: place.value for place in table().values()}
    values = [0]
    for strokes in range(1, max(last) + 1):
        values.append(last.get(strokes, values[-1]))
    return values


def placed(rare: Iterable[Rare]) -> dict[str, int]:
    """The value of each character entered by hand; several at one place stand in the order of Unicode."""
    values: dict[str, int] = {}
    taken: dict[int, int] = {}
    last = _last_values()
    for row in sorted(rare, key=lambda row: (bool(row.after), row.character)):
        place = table().get(row.after)
        before = place.value if place else last[min(row.strokes, len(last) - 1)]
        taken[before] = min(taken.get(before, 0) + 1, STEP - 1)
        values[row.character] = before + taken[before]
    return values


def surname_of(name: str) -> str:
    """The first character, or the first two if they are a compound surname and something follows."""
    return name[:2] if len(name) > 2 and name[:2] in COMPOUND else name[:1]


def sort_key(
    name: str, *, single_first: bool = True, rare: Mapping[str, int] | None = None, number: int = 0
) -> str:
    """Digits that sort as the name does in official lists. `rare`: values out of `placed`.

    `single_first`: within a family name, given names of one character come before longer ones (高富 before
    高大富); else character by character. The dot of longer names comes before any character, what nobody has
    entered after all of them. `number` (0 to 99) parts names that are otherwise equal.
    """
    values = [_value(character, rare or {}) for character in name]
    if single_first:
        family = len(surname_of(name))
        values.insert(family, 1 if len(name) - family == 1 else 2)
    if number:
        values.append(number)
    return "".join(f"{value:0{WIDTH}d}" for value in values)


def _value(character: str, rare: Mapping[str, int]) -> int:
    if character == DOT:
        return 0
    place = table().get(character)
    if place:
        return place.value
    return rare.get(character) or UNKNOWN + ord(character)
