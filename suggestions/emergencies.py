"""Words that must not wait for a working day: which of them a text holds, and whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass

from .models import EmergencyWord


@dataclass(frozen=True, slots=True)
class Call:
    """A number to call at once, and the words that say so."""

    number: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{'、'.join(self.words)} → {self.number}"


def calls_for(*texts: str) -> list[Call]:
    """Whom to call for what the texts say, in the order of the rows; blanks inside a word do not hide it."""
    text = "\n".join("".join(each.split()) for each in texts).casefold()
    found: dict[str, list[str]] = {}
    if text.strip():
        for number, word in EmergencyWord.objects.filter(is_active=True).values_list("call", "word"):
            if "".join(word.split()).casefold() in text:
                found.setdefault(number, []).append(word)
    return [Call(number, tuple(words)) for number, words in found.items()]


def in_words(calls: Sequence[Call]) -> str:
    """One line for whoever is alerted."""
    return "；".join(map(str, calls))
