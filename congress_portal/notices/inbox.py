"""Somebody's own notices on this site."""

from datetime import datetime

from django.db.models import QuerySet

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.pages import capped_count

from .enums import Channel
from .models import UNREAD, Notice

MOST_SHOWN = 99


def notices_of(user: User) -> QuerySet[Notice]:
    """What the person has been told until now, newest first."""
    own = Notice.objects.filter(to=user, channel=Channel.INBOX, posted_at__lte=clock.now())
    return own.order_by("-posted_at", "-pk")


def unread_count(user: User) -> str:
    """As the header says it: "3", "99+", nothing for none; one query that never counts further than that."""
    count = capped_count(notices_of(user).filter(UNREAD), MOST_SHOWN)
    return "" if count == "0" else count


def mark_read(
    user: User, *, upto: datetime | None = None, pk: int | None = None, number: str | None = None
) -> int:
    """Mark one notice, those about one number, or all up to the date of the newest the person has seen.

    How many were unread.
    """
    rows = notices_of(user).filter(UNREAD)
    if pk is not None:
        rows = rows.filter(pk=pk)
    if number is not None:
        rows = rows.filter(number=number)
    if upto is not None:
        rows = rows.filter(posted_at__lte=upto)
    return rows.order_by().update(read_at=clock.now())
