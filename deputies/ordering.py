"""A person's place in official lists, and the readings by which the person is found; both are stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from . import readings, strokes

# What they are computed from, and what is computed.
SOURCES = ("name", "sort_override", "leader_order")
DERIVED = ("sort_key", "pinyin", "initials")
# A name, and perhaps a number that parts equal names.
OVERRIDE = re.compile(r"(?P<name>\D{2,20})(?P<number>[1-9]\d?)?")
LAST_POST = 998
# Three digits of the post, 20 characters, whether the given name is short, the number.
LONGEST = 3 + (20 + 2) * strokes.WIDTH
LONGEST_READING = 500


class Placed(Protocol):
    name: str
    sort_override: str
    leader_order: int | None
    sort_key: str
    pinyin: str
    initials: str


@dataclass(frozen=True, slots=True)
class Rules:
    """`rare`: values of characters entered by hand, from `strokes.placed`."""

    single_first: bool = True
    rare: Mapping[str, int] | None = None

    def knows(self, sign: str) -> bool:
        return sign in strokes.table() or sign in (self.rare or {}) or sign == strokes.DOT

    def key(self, person: Placed) -> str:
        """Leaders by post, everybody else behind them by strokes."""
        found = OVERRIDE.fullmatch(person.sort_override)
        name, number = (found["name"], int(found["number"] or 0)) if found else (person.name, 0)
        post = LAST_POST + 1 if person.leader_order is None else min(person.leader_order, LAST_POST)
        return f"{post:03d}" + strokes.sort_key(
            name, single_first=self.single_first, rare=self.rare, number=number
        )


def place(person: Placed, rules: Rules) -> bool:
    """Put the computed fields into the row; whether one of them changed."""
    before = person.sort_key, person.pinyin, person.initials
    whole, first = readings.forms(person.name)
    after = rules.key(person), _whole_words(whole), _whole_words(first)
    person.sort_key, person.pinyin, person.initials = after
    return before != after


def _whole_words(text: str) -> str:
    """As many words as the column holds."""
    if len(text) <= LONGEST_READING:
        return text
    return text[: LONGEST_READING + 1].rpartition(" ")[0]
