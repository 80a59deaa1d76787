"""How often the printed codes were scanned lately."""

from datetime import timedelta

from django.db.models import IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from congress_portal.common import clock
from deputies.models import Deputy

from .models import ScanCount, Venue

# Days back from today, today included.
PERIODS = {"week": 7, "month": 30, "year": 365}


def of_venues() -> QuerySet[Venue]:
    """Venues scanned in 365 days with `.week`, `.month` and `.year`; the most scanned of the month first."""
    return _summed(Venue.objects.all(), "code")


def of_deputies() -> QuerySet[Deputy]:
    """Deputies, as `of_venues`."""
    return _summed(Deputy.objects.all(), "key")


def of_venue(venue: Venue) -> dict[str, int]:
    """Period → scans of this venue's code."""
    sums = {name: Coalesce(Sum("count", filter=_since(days)), 0) for name, days in PERIODS.items()}
    return ScanCount.objects.filter(venue=venue).aggregate(**sums)


def _summed(rows: QuerySet, code: str) -> QuerySet:
    none = Value(0, output_field=IntegerField())
    sums = {
        name: Coalesce(Sum("scans__count", filter=_since(days, "scans__")), none)
        for name, days in PERIODS.items()
    }
    return rows.annotate(**sums).filter(year__gt=0).order_by("-month", "-year", code)


def _since(days: int, lookup: str = "") -> Q:
    return Q(**{f"{lookup}day__gt": clock.today() - timedelta(days=days)})
