"""One more scan of a printed code: a number per code and day, nothing about who scanned."""

from typing import TypedDict

from django.db import IntegrityError, transaction
from django.db.models import F

from congress_portal.common import clock
from deputies.models import Deputy
from stations.models import ScanCount, Venue


class _Code(TypedDict, total=False):
    venue: Venue
    deputy: Deputy


def count(code: Venue | Deputy) -> None:
    """Add one to today's figure of the code of a venue or a deputy, however many scan at once."""
    of: _Code = {"venue": code} if isinstance(code, Venue) else {"deputy": code}
    day = clock.today()
    row = ScanCount.objects.filter(day=day, **of)
    if row.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            ScanCount.objects.create(day=day, count=1, **of)
    except IntegrityError:
        # Somebody else was the day's first in the same moment.
        row.update(count=F("count") + 1)
