"""Venues and who serves there now. A deputy serves while both the posting and a mandate are in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Case, Count, IntegerField, Model, Q, QuerySet, When
from django.utils.translation import gettext as _

from congress_portal.common import clock
from congress_portal.common.templatetags.portal import zh_date
from deputies.models import Deputy
from deputies.selectors import LevelGroup, by_level, current_seats, in_office, level_of

from .models import (
    GONE,
    Community,
    Posting,
    PostingRole,
    RoleDuty,
    Street,
    Venue,
    VenueChange,
    VenueKind,
    VenueStatus,
)

# Homes, then stations, then points: the larger house first.
BY_KIND = Case(
    *(When(kind=kind, then=place) for place, kind in enumerate(VenueKind)), output_field=IntegerField()
)
ROLE_ORDER = {PostingRole.HEAD: 0, PostingRole.CONVENER: 1, PostingRole.RESIDENT: 2}
Team = list[LevelGroup[Posting]]
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Served:
    """One venue that serves a place, with its deputies by level."""

    venue: Venue
    team: Team


def venues() -> QuerySet[Venue]:
    """Open venues with their street, by street, then kind, then code."""
    return _in_order(Venue.objects.open())


def network() -> QuerySet[Venue]:
    """The venues there are today, suspended ones too, in the same order."""
    return _in_order(Venue.objects.existing(clock.today()))


def _in_order(rows: QuerySet[Venue]) -> QuerySet[Venue]:
    return rows.select_related("street").order_by("street__code", BY_KIND, "code")


def directory(*, kind: str = "", street: str = "", name: str = "") -> QuerySet[Venue]:
    """Venues of the network, suspended too, narrowed by kind, code of the street, part of name or address.

    Each has `.deputies`: how many people serve there now.
    """
    today = clock.today()
    serving = Posting.objects.live(today).values("pk")
    rows = network().annotate(
        deputies=Count("postings__deputy", filter=Q(postings__in=serving), distinct=True)
    )
    if kind:
        rows = rows.filter(kind=kind)
    if street:
        rows = rows.filter(street__code=street)
    if name:
        rows = rows.filter(Q(name__icontains=name) | Q(address__icontains=name))
    return rows


def venue_by_code(code: str) -> Venue | None:
    """The venue of the code, however its letters are written; closed ones too."""
    return _by_code(Venue.objects.select_related("street", "parent"), "code", code)


def present(venue: Venue) -> Venue | None:
    """The venue itself while it is not gone, else who took over from it in the end; None: nobody did."""
    passed = set()
    while venue.status in GONE:
        passed.add(venue.pk)
        heir = _heir(venue)
        if heir is None or heir.pk in passed:
            return None
        venue = heir
    return venue


def end_of(venue: Venue) -> VenueChange | None:
    """The line of history by which the venue was merged or closed."""
    return _last_change(venue, VenueChange.Kind.MERGED, VenueChange.Kind.CLOSED)


def suspension_of(venue: Venue) -> VenueChange | None:
    """The line of history that says why the venue is suspended, if it is and somebody wrote one."""
    return _last_change(venue, VenueChange.Kind.SUSPENDED) if venue.status == VenueStatus.SUSPENDED else None


def _last_change(venue: Venue, *kinds: str) -> VenueChange | None:
    rows = venue.changes.filter(kind__in=kinds)
    return rows.select_related("venue", "heir__street", "heir__parent").first()


def farewell(venue: Venue) -> str:
    """What became of a venue that is gone, in one sentence for residents."""
    end = end_of(venue)
    day = zh_date(end.effective_on if end else venue.gone_on)
    if end is None or end.heir is None:
        return _("“%(old)s” was closed on %(date)s.") % {"old": venue.name, "date": day}
    words, last = farewell_words(end.kind, venue, end.heir, day), present(end.heir)
    if last is None or last.pk == end.heir_id:
        return words
    return f"{words}{_('Today that is “%(venue)s”.') % {'venue': last.name}}"


def farewell_words(kind: str, venue: Venue, heir: Venue, day: str) -> str:
    text = (
        _("“%(old)s” was merged into “%(new)s” on %(date)s.")
        if kind == VenueChange.Kind.MERGED
        else _("“%(old)s” was closed on %(date)s; “%(new)s” takes over.")
    )
    return text % {"old": venue.name, "new": heir.name, "date": day}


def joined_to(venue: Venue) -> list[VenueChange]:
    """The venues that went over to this one, the latest first."""
    ends = (VenueChange.Kind.MERGED, VenueChange.Kind.CLOSED)
    rows = VenueChange.objects.filter(heir=venue, kind__in=ends).select_related("venue")
    return list(rows.order_by("-effective_on", "-pk"))


def _heir(venue: Venue) -> Venue | None:
    end = end_of(venue)
    return end.heir if end else venue.successor


def deputy_by_key(key: str) -> Deputy | None:
    """The deputy in office of the key, however its letters are written; with `.seats`."""
    return _by_code(in_office(), "key", key)


def portrait_of(key: str) -> str:
    """The name of the portrait of the deputy in office of this key, written as it is stored; "" without."""
    if "\x00" in key:
        return ""
    rows = Deputy.objects.serving(clock.today()).filter(key=key)
    return rows.order_by().values_list("portrait", flat=True).first() or ""


def community_by_code(code: str) -> Community | None:
    return Community.objects.select_related("street").filter(code=code).first()


def homes_of(street: Street) -> QuerySet[Venue]:
    return Venue.objects.open().filter(kind=VenueKind.HOME, street=street).order_by("code")


def teams(places: Iterable[Venue], day: date | None = None) -> dict[int, Team]:
    """Deputies in service at each venue (by its id), each once under the highest level held: two queries.

    Heads come first, then conveners, then the others, each in the official order; `posting.deputy.seats` are
    the mandates in force.
    """
    day = day or clock.today()
    places = list(places)
    rows = (
        Posting.objects.live(day)
        .filter(venue__in=places)
        .select_related("deputy")
        .prefetch_related(current_seats("deputy__mandates", day))
        .order_by("deputy__sort_key", "deputy__key")
    )
    found: dict[int, dict[int, Posting]] = {place.pk: {} for place in places}
    for posting in sorted(rows, key=lambda row: ROLE_ORDER[PostingRole(row.role)]):
        # Sorted by role, so of two postings of one person the weightier one stays.
        found[posting.venue_id].setdefault(posting.deputy_id, posting)
    return {
        place: by_level((level_of(row.deputy), row) for row in members.values())
        for place, members in found.items()
    }


def head_of(team: Team) -> Posting | None:
    """The deputy who is the head, if the head is one."""
    members = (row for group in team for row in group.members)
    return next((row for row in members if row.role == PostingRole.HEAD), None)


def serving(community: Community) -> list[Served]:
    """Who serves a community: its stations and points, then the home of its street, with their deputies.

    The first is where a suggestion from there goes.
    """
    rows = Venue.objects.open().filter(
        Q(communities=community) | Q(kind=VenueKind.HOME, street=community.street_id)
    )
    order = (VenueKind.STATION, VenueKind.POINT, VenueKind.HOME)
    places = sorted(
        rows.select_related("street").distinct(), key=lambda row: (order.index(VenueKind(row.kind)), row.code)
    )
    found = teams(places)
    return [Served(place, found[place.pk]) for place in places]


def postings_of(deputy: Deputy) -> list[Posting]:
    """The deputy's postings in force at open venues, homes first."""
    rows = Posting.objects.live(clock.today()).filter(deputy=deputy, venue__in=Venue.objects.open())
    rows = rows.select_related("venue__street").order_by("venue__kind", "venue__code")
    once = {row.venue_id: row for row in rows}
    order = list(VenueKind)
    return sorted(once.values(), key=lambda row: (order.index(VenueKind(row.venue.kind)), row.venue.code))


def serving_in(street: str) -> QuerySet[Posting]:
    """Postings in force at the open venues of a street (by its code)."""
    here = Venue.objects.open().filter(street__code=street)
    return Posting.objects.live(clock.today()).filter(venue__in=here)


def holding(role: str, street: str = "") -> QuerySet[RoleDuty]:
    """Who holds one of the five roles now, at all open venues or at those of a street (by its code)."""
    rows = RoleDuty.objects.live(clock.today()).filter(role=role)
    return rows.filter(venue__street__code=street) if street else rows


def venues_by_kind(day: date | None = None) -> dict[VenueKind, int]:
    """Venues of each kind that the network had on `day`, suspended ones too, kinds without one too."""
    rows = Venue.objects.existing(day or clock.today()).order_by().values("kind")
    counts = dict(rows.annotate(count=Count("pk")).values_list("kind", "count"))
    return {kind: counts.get(kind, 0) for kind in VenueKind}


def communities() -> list[Community]:
    """All communities with their streets, in the order of the streets: one query."""
    return list(Community.objects.select_related("street").order_by("street__code", "code"))


def _by_code(rows: QuerySet[Row], column: str, code: str) -> Row | None:
    # Databases refuse NUL; no code holds one.
    if "\x00" in code:
        return None
    found = list(rows.filter(**{f"{column}__iexact": code})[:2])
    return next((row for row in found if getattr(row, column) == code), found[0] if found else None)
