"""Text as typed, made safe to store and to show."""

import re
import unicodedata

from django.utils.translation import pgettext

NEWLINES = re.compile(r"\r\n|[\r\u0085\u2028\u2029\v\f]")
# Joiners inside an emoji are part of it; anywhere else they only hide something.
EMOJI = r"[\u00a9\u00ae\u2190-\u2bff\u3030-\u3299\U0001f000-\U0001faff\U0001f3fb-\U0001f3ff\ufe0f]"
EMOJI_JOINER = re.compile(rf"(?<={EMOJI})\u200d(?={EMOJI})")
UNSEEN = frozenset({"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u3164", "\uffa0", "\ufffc"})
SENTENCE_END = re.compile(r"(?<=[。！？!?；;…])|(?<=[.])(?=\s)|\n")
SHORTEST_SENTENCE = 4


def clean_text(text: str) -> str:
    """Several lines: one kind of newline, at most one empty line in a row, no unseen characters.

    Control characters go (PostgreSQL refuses NUL), as do zero-width and direction marks; emoji and rare
    characters stay as they were typed, without Unicode normalisation, which would change some names.
    """
    text = NEWLINES.sub("\n", text or "").replace("\t", " ")
    lines = [line.rstrip() for line in _visible(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """One line: as `clean_text`, every run of white space one space."""
    return " ".join(clean_text(text).split())


def first_sentence(text: str, limit: int = 30) -> str:
    """The first sentence that says something, without its full stop, in `limit` characters; may be ""."""
    sentences = [clean_line(part) for part in SENTENCE_END.split(clean_text(text))]
    sentences = [sentence for sentence in sentences if sentence]
    # "您好。" is a greeting, not a title.
    chosen = next((s for s in sentences if len(s) > SHORTEST_SENTENCE), sentences[0] if sentences else "")
    chosen = chosen.rstrip("。；;.…!！") or chosen
    if len(chosen) <= limit:
        return chosen
    return chosen[: limit - 1].rstrip("\u200d\ufe0f ，,、") + "…"


def _visible(text: str) -> str:
    pieces = EMOJI_JOINER.split(text)
    return "\u200d".join("".join(sign for sign in piece if _is_visible(sign)) for piece in pieces)


def _is_visible(sign: str) -> bool:
    # Cc control, Cf format (zero-width, direction, tags), Cs half of a pair, which UTF-8 cannot hold.
    return sign == "\n" or (unicodedata.category(sign) not in {"Cc", "Cf", "Cs"} and sign not in UNSEEN)


def sentences(*parts: str) -> str:
    """Those that are not empty, one after the other; Chinese puts no space between them."""
    joined = ""
    for part in filter(None, parts):
        pair = {"first": joined, "second": part}
        joined = pgettext("two sentences", "%(first)s %(second)s") % pair if joined else part
    return joined
