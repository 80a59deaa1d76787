"""Keys for personal data, all from `settings.FIELD_KEYS`.

Rotation: put a new key in front and restart; new rows use it, old rows stay readable. Look-up values (blind
indexes, code hashes) must come out the same for years, so they derive from the last, oldest key. Before that
one is dropped every encrypted row must be saved again and every look-up value computed anew.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def field_key_problems(keys: Sequence[str]) -> list[str]:
    """What is wrong with the keys, as sentences that never contain a key; empty when all is well."""
    if isinstance(keys, str) or not keys:
        return ["FIELD_KEYS must be a list of at least one key."]
    problems = []
    for position, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except (ValueError, TypeError):
            problems.append(f"FIELD_KEYS: key {position} is not 32 bytes in url-safe base64.")
    if len(set(keys)) != len(keys):
        problems.append("FIELD_KEYS names a key twice.")
    return problems


def fernet() -> MultiFernet:
    """Encrypts with the first key, decrypts with any. ImproperlyConfigured for bad keys."""
    return _fernet(tuple(settings.FIELD_KEYS))


def keyed_digest(purpose: str, value: str) -> str:
    """64 hex digits: HMAC-SHA256 of the value under a key only this purpose has."""
    key = _derived_key(settings.FIELD_KEYS[-1], purpose)
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    problems = field_key_problems(keys)
    if problems:
        raise ImproperlyConfigured(" ".join(problems))
    return MultiFernet([Fernet(key) for key in keys])


@lru_cache(maxsize=32)
def _derived_key(key: str, purpose: str) -> bytes:
    return hmac.new(base64.urlsafe_b64decode(key), b"derived:" + purpose.encode(), hashlib.sha256).digest()
