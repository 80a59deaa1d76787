"""The only source of the time. Tests and the demo loader move it; nothing else may."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

# Law, working days and due dates count Chinese days, whatever language or zone a request has active.
SHANGHAI = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("frozen_moment", default=None)


def now() -> datetime:
    """The aware current moment, or the moment of the innermost `frozen` block."""
    return _frozen.get() or timezone.now()


def today() -> date:
    """The calendar day in China at `now()`."""
    return local_date(now())


def local_date(moment: datetime) -> date:
    """The calendar day in China at an aware moment. ValueError for a naive one."""
    if timezone.is_naive(moment):
        raise ValueError("A moment needs a time zone.")
    return moment.astimezone(SHANGHAI).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Inside the block `now()` is the aware `moment`; blocks nest. ValueError for a naive moment."""
    if timezone.is_naive(moment):
        raise ValueError("A moment needs a time zone.")
    token = _frozen.set(moment)
    try:
        yield moment
    finally:
        _frozen.reset(token)
