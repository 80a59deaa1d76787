"""The few figures residents see: this year on the home page, the last twelve months of a venue."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from congress_portal.common import clock
from deputies.models import Level
from deputies.selectors import mandates_by_level, people_in_office
from stations.models import Venue, VenueKind
from stations.selectors import venues_by_kind
from suggestions import metrics
from suggestions.enums import State
from suggestions.models import Suggestion


@dataclass(frozen=True, slots=True)
class Year:
    """This year so far: `received` by day of receipt, the others, like the closure rate, of acceptance."""

    year: int
    received: int
    accepted: int
    closed: int
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Record:
    """What came in at a venue since `since`, and how it stands: the three add up to `received`."""

    since: date
    received: int
    open: int
    closed: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Network:
    """Venues that exist today by kind; mandates in force by level, and the people who hold them."""

    venues: dict[VenueKind, int]
    mandates: dict[Level, int]
    people: int

    @property
    def all_mandates(self) -> int:
        return sum(self.mandates.values())


def this_year() -> Year:
    """Two queries."""
    today = clock.today()
    period = metrics.Period(today.replace(month=1, day=1), today.replace(day=1))
    counts = metrics.figures(period)
    return Year(
        year=today.year,
        received=_received(period.first).count(),
        accepted=counts["accepted"],
        closed=counts["closed"],
        rate=metrics.rate(counts, "closure"),
    )


def record_of(venue: Venue) -> Record:
    """The present month and the eleven before it: one query."""
    since = metrics.Period.latest(12).first
    ended = Q(state__in=(State.DECLINED, State.TRANSFERRED))
    counts = _received(since).filter(venue=venue).aggregate(
        received=Count("pk"),
        closed=Count("pk", filter=Q(state=State.CLOSED)),
        elsewhere=Count("pk", filter=ended),
    )  # fmt: skip
    still = counts["received"] - counts["closed"] - counts["elsewhere"]
    return Record(since=since, open=still, **counts)


def network() -> Network:
    """Three queries."""
    return Network(venues=venues_by_kind(), mandates=mandates_by_level(), people=people_in_office())


def _received(since: date) -> QuerySet[Suggestion]:
    """Received from that day on. Withdrawn ones and a person's repeats are in no figure (metrics.py)."""
    start = datetime.combine(since, time(), tzinfo=clock.SHANGHAI)
    rows = Suggestion.objects.filter(received_at__gte=start, is_repeat=False).exclude(state=State.WITHDRAWN)
    # Demo rows are test data wherever the site isn't itself a demo.
    return rows if settings.DEMO else rows.filter(is_demo=False)
