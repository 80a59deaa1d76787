"""What a small table says, kept by each process for a short while: pages ask for it hundreds of times."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

T = TypeVar("T")
# Another process may have changed the table; this is how long we may not notice.
TTL_SECONDS = 15.0


class Remembered(Generic[T]):
    """Call it for the value that `load` makes of the rows of `model`. What equals the old value keeps it."""

    every: list["Remembered"] = []

    def __init__(self, load: Callable[[], T], model: type[models.Model]) -> None:
        self.load = load
        # At most one entry: when the table was read, and what it said.
        self._kept: list[tuple[float, T]] = []
        self.every.append(self)
        # A table's own cache, not another app's business: a signal also catches imports and the shell.
        for signal in (post_save, post_delete):
            signal.connect(self._changed, sender=model)

    def __call__(self) -> T:
        # While this transaction holds unsaved changes its view is right for itself and wrong for all others.
        if any(entry[1] == self.forget for entry in transaction.get_connection().run_on_commit):
            return self.load()
        read_at, kept = next(iter(self._kept), (0.0, None))
        if kept is None or time.monotonic() - read_at > TTL_SECONDS:
            fresh = self.load()
            kept = fresh if kept is None or kept != fresh else kept
            self._kept[:] = [(time.monotonic(), kept)]
        return kept

    def forget(self) -> None:
        """Drop what this process remembers."""
        self._kept.clear()

    def _changed(self, **kwargs: object) -> None:
        self.forget()
        transaction.on_commit(self.forget)


def forget_all() -> None:
    """Drop everything this process remembers of any table."""
    for each in Remembered.every:
        each.forget()
