"""Short codes people read aloud, write down and type again."""

import hmac
import secrets
import unicodedata

from congress_portal.common.keys import keyed_digest

# Without 0 O, 1 I L and U V-like twins that are misread on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(length: int = 8) -> str:
    """A random code. 8 signs make 6.5e11: with a rate limit in front nobody guesses one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def derived_code(purpose: str, token: str, length: int = 8) -> str:
    """The code that belongs to a secret token: whoever has the token can be shown it again, unstored."""
    number = int(keyed_digest(purpose, token), 16)
    signs = []
    for _place in range(length):
        number, index = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[index])
    return "".join(signs)


def normalise_code(text: str) -> str:
    """Upper case, half width, nothing but letters and digits."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text or "").upper() if sign.isalnum())


def hash_code(code: str) -> str:
    """64 hex digits to store instead of the code; keyed, so a stolen table cannot be tried offline."""
    return keyed_digest("code", normalise_code(code))


def codes_match(code: str, stored: str) -> bool:
    """Whether the code has this hash, in constant time; an empty hash matches nothing."""
    return bool(stored) and hmac.compare_digest(hash_code(code).encode(), stored.encode())
