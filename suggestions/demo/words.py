"""Which of the corpus's lines suit one case: a line about buildings where there is one, winter in winter."""

from collections.abc import Callable, Sequence

from .shapes import Dispute
from .tale import Tale

Suits = Callable[[Tale], bool]
DRAWS = 40


def _of(*categories: str) -> Suits:
    return lambda tale: tale.draft.category in categories


def _never(tale: Tale) -> bool:
    return False


def _at_building(tale: Tale) -> bool:
    return "楼" in tale.draft.title + tale.draft.place


def _begun(tale: Tale) -> bool:
    """Somebody is at work on it, so that callers and workmen may have come."""
    return tale.case.state == "HANDLING"


def _cold_spell(tale: Tale) -> bool:
    return tale.draft.category == "HEATING" and tale.month in (11, 12, 1, 2)


# A line with the word is used only where the condition holds.
CONDITIONS: dict[str, Suits] = {
    "楼": _at_building,
    "单元": _at_building,
    "师傅": _begun,
    "社区的人": _begun,
    "降温": _cold_spell,
    # Whether there is a picture, and what it shows, nobody knows here.
    "照片": _never,
}
VISITS: dict[str, Suits] = {
    "检测": _of("NOISE"),
    "高龄": _of("ELDER_CARE", "ELDER_MEALS", "ELEVATOR"),
    "施工": _of("ROADS", "HEATING", "ELEVATOR"),
    "季节": _of("HEATING", "GREENING", "NOISE"),
    "出资": _of("ELEVATOR", "PROPERTY", "PARKING"),
    # This visit ends in another handling, not in a conclusion.
    "返工": _never,
}


# What the case itself knows better than the text it began with.
OWN = frozenset({"community", "street", "month", "last_month", "title", "unit"})


def say(tale: Tale, table: str, key: str, **known: str) -> str:
    """A line of procedure.toml, with the slots of the case and those `known`."""
    lines = tale.cast.corpus.procedure[table][key]
    line = lines if isinstance(lines, str) else tale.rng.choice(lines)
    slots = {name: value for name, value in tale.draft.slots.items() if name not in OWN}
    return tale.cast.corpus.fill(
        tale.rng, line, community=tale.community, month=tale.month,
        **(slots | {"title": tale.draft.title} | known),
    )  # fmt: skip


def fits(tale: Tale, line: str, conditions: dict[str, Suits]) -> bool:
    return all(suits(tale) for word, suits in conditions.items() if word in line)


def _line(tale: Tale, lines: Sequence[str]) -> str:
    return tale.rng.choice([line for line in lines if fits(tale, line, CONDITIONS)])


def comment(tale: Tale) -> str:
    """A deputy's remark that suits any matter."""
    return _line(tale, tale.cast.corpus.common["comments"]["any"])


def resident_note(tale: Tale) -> str:
    return _line(tale, tale.cast.corpus.common["resident_notes"]["texts"])


def thanks(tale: Tale) -> str:
    return _line(tale, tale.cast.corpus.common["thanks"]["any"])


def dissatisfied(tale: Tale) -> str:
    return _line(tale, tale.cast.corpus.common["dissatisfied"]["any"])


def dispute(tale: Tale) -> Dispute:
    """Visit and conclusion after the second bad rating."""
    for _draw in range(DRAWS):
        words = tale.cast.corpus.dispute(tale.rng)
        if fits(tale, words.visit, VISITS):
            return words
    return words
