"""A text column nobody can read without the key, and a way to look such a value up."""

from typing import Any

from cryptography.fernet import InvalidToken
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import IsNull

from congress_portal.common.keys import fernet, keyed_digest
from congress_portal.common.phones import normalise_phone


class FieldKeyError(Exception):
    """A stored value opens with none of the keys: wrong FIELD_KEYS, or a damaged or unencrypted value."""


class EncryptedTextField(models.TextField):
    """Text stored as a Fernet token; None and "" are stored as they are.

    Reading with a wrong key raises FieldKeyError. Two tokens of one text differ, so only `isnull` can be
    looked up; keep a `blind_index` beside it to find a value.
    """

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return fernet().encrypt(value.encode()).decode("ascii") if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        if not value:
            return value
        try:
            return fernet().decrypt(value.encode()).decode()
        except InvalidToken:
            raise FieldKeyError(
                f"{self.model.__name__}.{self.name} cannot be read with FIELD_KEYS."
            ) from None

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return IsNull
        raise FieldError(f"{self.name} is encrypted: it cannot be looked up by {lookup_name}.")

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is encrypted: it cannot be looked up by {lookup_name}.")


def blind_index(value: str) -> str:
    """64 hex digits, the same for every way of writing one phone number; for equality look-ups. "" for ""."""
    value = normalise_phone(value).casefold()
    return keyed_digest("blind index", value) if value else ""
