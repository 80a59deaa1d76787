"""What differs between the two databases, in one place."""

from typing import TypeVar

from django.db import connections, models

Model = TypeVar("Model", bound=models.Model)


def lock(
    queryset: "models.QuerySet[Model]", *, may_be_named: bool = False, skip_locked: bool = False
) -> "models.QuerySet[Model]":
    """The queryset with its own rows locked until the transaction ends; joined tables stay free.

    `may_be_named`: others may still write rows that refer to these; nobody waits for a mere reference.
    `skip_locked`: without the rows somebody else has locked.
    On SQLite the same queryset: there the transaction itself (IMMEDIATE) is the lock.
    """
    features = connections[queryset.db].features
    if not features.has_select_for_update:
        return queryset
    return queryset.select_for_update(
        of=("self",) if features.has_select_for_update_of else (),
        no_key=may_be_named and features.has_select_for_no_key_update,
        skip_locked=skip_locked and features.has_select_for_update_skip_locked,
    )
