"""进站率: who in office is posted to a venue, who is not, and which venues are near those."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from congress_portal.common import clock
from congress_portal.common.percent import percentage
from deputies.models import Deputy, Level, Mandate
from deputies.selectors import in_office

from .models import Posting, Venue, VenueKind, during

NEAR = 3
# What a resident would turn to first.
ORDER = (VenueKind.STATION, VenueKind.HOME, VenueKind.POINT)
# "万莲" is said of 万莲街道, but one character says nothing.
SHORTEST = 2
ENDINGS = ("街道", "社区")


@dataclass(frozen=True, slots=True)
class Share:
    """Posted of those in office, as people or as mandates."""

    posted: int
    all: int

    @property
    def rate(self) -> Decimal | None:
        return percentage(self.posted, self.all)


@dataclass(frozen=True, slots=True)
class Shares:
    """People and mandates of the whole district, and the mandates of each level, highest first."""

    people: Share
    mandates: Share
    levels: list[tuple[Level, Share]]


def postings(day: date) -> QuerySet[Posting]:
    """Postings in force on `day` at venues of the network; a suspended one keeps its deputies."""
    return Posting.objects.filter(during(day), venue__in=Venue.objects.existing(day))


def shares(day: date | None = None) -> Shares:
    """How many are posted: two queries."""
    day = day or clock.today()
    rows = Mandate.objects.in_force(day)
    posted = Q(deputy__in=postings(day).values("deputy"))
    people = rows.aggregate(
        all=Count("deputy", distinct=True), posted=Count("deputy", distinct=True, filter=posted)
    )
    found = rows.order_by().values("congress__level")
    by_level = {
        row["congress__level"]: Share(row["posted"], row["all"])
        for row in found.annotate(all=Count("pk"), posted=Count("pk", filter=posted))
    }
    return Shares(
        people=Share(people["posted"], people["all"]),
        mandates=Share(
            sum(share.posted for share in by_level.values()), sum(share.all for share in by_level.values())
        ),
        levels=[(level, by_level.get(level, Share(0, 0))) for level in Level],
    )


def unposted(*, level: str = "", day: date | None = None) -> QuerySet[Deputy]:
    """Deputies in office without a posting in force, in the official order; each with `.seats`."""
    day = day or clock.today()
    return in_office(level=level, day=day).exclude(pk__in=postings(day).values("deputy"))


def near(people: Sequence[Deputy], day: date | None = None) -> dict[int, list[Venue]]:
    """Up to three venues for each (by id): five queries, however many people. They need `.seats`.

    A district deputy belongs where the electoral district says, or where those elected with him or her
    serve; all others where their unit is, or in the street where they served last.
    """
    day = day or clock.today()
    if not people:
        return {}
    network = _Network(day)
    return {person.pk: network.near(person) for person in people}


class _Network:
    """Running venues by the words that tell where they are, and where each electoral district serves."""

    def __init__(self, day: date) -> None:
        rows = Venue.objects.open().select_related("street").prefetch_related("communities")
        self.venues = sorted(rows, key=lambda venue: (ORDER.index(VenueKind(venue.kind)), venue.code))
        self.words = [(venue, list(_words(venue))) for venue in self.venues]
        self.by_id = {venue.pk: venue for venue in self.venues}
        self.served = self._served(day)
        self.former = self._former(day)

    def _served(self, day: date) -> dict[tuple[int, str], list[int]]:
        """(congress, electoral district) → venues of those elected there, most deputies first."""
        rows = Mandate.objects.in_force(day).exclude(electoral_district="").order_by()
        places = dict.fromkeys(self.by_id, 0)
        counts: dict[tuple[int, str], dict[int, int]] = {}
        posted: dict[int, set[int]] = {}
        for deputy, venue in postings(day).values_list("deputy", "venue"):
            posted.setdefault(deputy, set()).add(venue)
        for congress, district, deputy in rows.values_list("congress", "electoral_district", "deputy"):
            for venue in posted.get(deputy, ()):
                if venue in places:
                    found = counts.setdefault((congress, district), {})
                    found[venue] = found.get(venue, 0) + 1
        return {key: sorted(found, key=lambda pk: (-found[pk], pk)) for key, found in counts.items()}

    def _former(self, day: date) -> dict[int, Venue]:
        """Where each deputy served last, of those whose postings have ended."""
        rows = Posting.objects.filter(ends_on__lte=day).select_related("venue").order_by("ends_on", "pk")
        return {row.deputy_id: row.venue for row in rows}

    def near(self, person: Deputy) -> list[Venue]:
        seats: list[Mandate] = person.seats  # type: ignore[attr-defined]
        district = next((seat for seat in seats if seat.electoral_district), None)
        found: list[Venue] = []
        if district:
            found += self._named(district.electoral_district)
            colleagues = self.served.get((district.congress_id, district.electoral_district), ())
            found += [self.by_id[pk] for pk in colleagues]
            found += self._named(district.delegation)
        found += self._named(person.organisation)
        if last := self.former.get(person.pk):
            street = [venue for venue in self.venues if venue.street_id == last.street_id]
            found += [venue for venue in (last, *street) if venue.pk in self.by_id]
        return list(dict.fromkeys(found))[:NEAR]

    def _named(self, text: str) -> list[Venue]:
        """Venues whose community, landmark or street the text names, those with the longest word first."""
        best = [
            (max((len(word) for word in words if word in text), default=0), venue)
            for venue, words in self.words
        ]
        return [venue for length, venue in sorted(best, key=lambda pair: -pair[0]) if length]


def _words(venue: Venue) -> Iterator[str]:
    names: Iterable[str] = [venue.street.name]
    for community in venue.communities.all():
        names = [*names, community.name, *community.landmarks.splitlines()]
    for name in (text.strip() for text in names):
        for word in (name, *(name.removesuffix(ending) for ending in ENDINGS)):
            if len(word) >= SHORTEST:
                yield word
