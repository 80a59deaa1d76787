"""Invented scans of the printed codes over the last sixty days."""

from datetime import timedelta
from random import Random

from congress_portal.common import clock
from congress_portal.common.workdays import is_workday
from deputies.models import Deputy
from stations.models import ScanCount, Venue, VenueKind

DAYS = 60
# On a working day at most; on a day off a third of it.
MOST = {VenueKind.HOME: 6, VenueKind.STATION: 4, VenueKind.POINT: 9}
MOST_OF_DEPUTY = 2
# Every so many deputies has a card on a desk.
CARDS = 4


def load() -> None:
    venues = list(Venue.objects.filter(is_demo=True).order_by("code"))
    if not venues or ScanCount.objects.exists():
        return
    random = Random("scans")
    today = clock.today()
    deputies = list(Deputy.objects.filter(is_demo=True).order_by("key"))[::CARDS]
    rows = []
    for back in range(DAYS):
        day = today - timedelta(days=back)
        share = 1 if is_workday(day) else 3
        for venue in venues:
            count = random.randint(0, MOST[VenueKind(venue.kind)]) // share
            rows.append(ScanCount(day=day, venue=venue, count=count))
        for deputy in deputies:
            count = random.randint(0, MOST_OF_DEPUTY) // share
            rows.append(ScanCount(day=day, deputy=deputy, count=count))
    ScanCount.objects.bulk_create([row for row in rows if row.count], batch_size=1000)
