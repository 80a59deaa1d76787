"""How much two texts say the same: the share of pairs of neighbouring signs they have in common.

Chinese needs no dictionary for this: 停车难 and 停车位 share 停车 whatever a word is.
"""

from itertools import pairwise

# Longer texts wander; what they are about stands at their beginning.
READ = 400


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters, digits and characters; punctuation and blanks do not part them."""
    signs = [sign for sign in text[:READ].casefold() if sign.isalnum()]
    return frozenset(first + second for first, second in pairwise(signs))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0.0, nothing in common, to 1.0, the same."""
    return len(one & other) / (len(one | other) or 1)
