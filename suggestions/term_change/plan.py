"""What a change of term would do, worked out from the rows and the rosters; nothing is written here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress_portal.common import clock
from deputies.models import Deputy, Mandate, TermChange, TermMatch, TermRow
from stations.models import (
    GONE,
    DutyStatus,
    Posting,
    ReceptionDuty,
    RoleDuty,
    RotaPlace,
    SessionStatus,
    Venue,
    during,
)
from suggestions.models import Claim

BETWEEN = "、"
UPCOMING = (SessionStatus.PROPOSED, SessionStatus.ANNOUNCED)


def from_day_on(day: Any) -> Q:
    """Dated rows that still hold on `day` or begin later."""
    return Q(ends_on=None) | Q(ends_on__gt=day)


def leaving(change: TermChange) -> QuerySet[Deputy]:
    """People whose seat ends with the old term and who are not in the file."""
    seats = change.old.mandates.filter(Q(ends_on=None) | Q(ends_on__gte=change.switch_on))
    return Deputy.objects.filter(pk__in=seats.values("deputy")).exclude(pk__in=_elected(change))


def departing(change: TermChange) -> QuerySet[Deputy]:
    """People of the old term who hold no mandate at all from the day on; those who left before it too."""
    held = Mandate.objects.exclude(congress=change.old_id).filter(from_day_on(change.switch_on))
    people = (
        Deputy.objects.filter(pk__in=change.old.mandates.values("deputy"))
        .exclude(pk__in=_elected(change))
        .exclude(pk__in=held.values("deputy"))
    )
    # Named one by one, a few hundred at most: nested into the questions asked of them, a database without
    # fresh statistics works these conditions out again for every row.
    return Deputy.objects.filter(pk__in=list(people.values_list("pk", flat=True)))


def _elected(change: TermChange) -> QuerySet[TermRow, Any]:
    return change.rows.filter(deputy__isnull=False).values("deputy")


def _lost(change: TermChange, venue: str, moved: Iterable[int]) -> Combinable:
    """Condition on rows of a deputy at a place: people who leave, and re-elected ones who serve elsewhere."""
    gone = Posting.objects.filter(pk__in=list(moved), deputy=OuterRef("deputy"), venue=OuterRef(venue))
    return Q(deputy__in=departing(change)) | Exists(gone)


def moved(change: TermChange) -> list[int]:
    """Ids of postings of re-elected people that end with the old term, where a merger took them too.

    Whoever goes on at the same venue by another posting loses nothing there.
    """
    ended = [int(key) for key in change.result.get("undo", {}).get("ended_postings", {})]
    people = Posting.objects.filter(pk__in=ended).values("deputy")
    stays = Posting.objects.filter(
        from_day_on(change.switch_on), deputy=OuterRef("deputy"), venue=OuterRef("venue")
    ).exclude(ends_on=F("starts_on"))
    rows = Posting.objects.filter(Q(pk__in=ended) | Q(deputy__in=people, ends_on=change.switch_on))
    return list(rows.exclude(Exists(stays)).order_by().values_list("pk", flat=True))


def turns(change: TermChange, moved: Iterable[int] = ()) -> QuerySet[RotaPlace]:
    """Places in a rota of people who leave; `moved`: postings of others that end with the old term."""
    return RotaPlace.objects.filter(_lost(change, "plan__venue", moved))


def days(change: TermChange, moved: Iterable[int] = ()) -> QuerySet[ReceptionDuty]:
    """Turns on reception days from the day on, as `turns`."""
    return ReceptionDuty.objects.filter(
        _lost(change, "session__venue", moved), status=DutyStatus.PLANNED, session__status__in=UPCOMING,
        session__day__gte=change.switch_on,
    )  # fmt: skip


def roles(change: TermChange, moved: Iterable[int] = ()) -> QuerySet[RoleDuty]:
    """Five roles, as `turns`."""
    return RoleDuty.objects.filter(from_day_on(change.switch_on), _lost(change, "venue", moved))


def postings(change: TermChange) -> QuerySet[Posting]:
    return Posting.objects.filter(from_day_on(change.switch_on), deputy__in=departing(change))


def claims(change: TermChange) -> QuerySet[Claim]:
    return Claim.objects.filter(released_at=None, deputy__in=departing(change))


@dataclass(slots=True)
class Moves:
    """`wanted`: postings that begin with the term; `ended`: those of people who serve elsewhere then."""

    wanted: list[tuple[TermRow, Venue]]
    ended: list[Posting]


class Plan:
    """The change as it stands now, for the page that shows its effect and for the step that writes it."""

    def __init__(self, change: TermChange) -> None:
        self.change = change

    @cached_property
    def rows(self) -> list[TermRow]:
        return list(self.change.rows.select_related("deputy"))

    @cached_property
    def venues(self) -> dict[str, Venue]:
        return {venue.code: venue for venue in Venue.objects.all()}

    @cached_property
    def moves(self) -> Moves:
        """Who names venues serves there and nowhere else; who names none stays."""
        current: dict[tuple[int, int], Posting] = {}
        of_people = Posting.objects.filter(
            from_day_on(self.change.switch_on), deputy__in=_elected(self.change)
        )
        for posting in of_people.select_related("deputy", "venue"):
            current[posting.deputy_id, posting.venue_id] = posting
        moves = Moves([], [])
        named: dict[int, set[int]] = {}
        for row in self.rows:
            places = [self.venues[code] for code in codes_of(row) if code in self.venues]
            moves.wanted += [
                (row, place) for place in places if (row.deputy_id or 0, place.pk) not in current
            ]
            if row.deputy_id and places:
                named[row.deputy_id] = {place.pk for place in places}
        moves.ended = [
            posting
            for (deputy, venue), posting in current.items()
            if deputy in named and venue not in named[deputy]
        ]
        return moves

    @cached_property
    def figures(self) -> dict[str, int]:
        """What the page shows before it is confirmed, and what is kept with the change afterwards."""
        change, kinds = self.change, Counter(row.match for row in self.rows)
        before = set(change.old.mandates.values_list("deputy", flat=True))
        reelected = sum(row.deputy_id in before for row in self.rows)
        leaves, departs = leaving(change).count(), departing(change)
        moved = [posting.pk for posting in self.moves.ended]
        return {
            "seats": len(self.rows),
            "reelected": reelected,
            "known": kinds[TermMatch.SAME] - reelected,
            "new": kinds[TermMatch.NEW],
            "leaving": leaves,
            "staying": leaves - leaving(change).filter(pk__in=departs.values("pk")).count(),
            "claims": claims(change).count(),
            "turns": turns(change, moved).count(),
            "days": days(change, moved).count(),
            "roles": roles(change, moved).count(),
            "postings_new": len(self.moves.wanted),
            "postings_ended": postings(change).count() + len(self.moves.ended),
        }

    @cached_property
    def unposted(self) -> list[TermRow]:
        """Rows whose person would serve nowhere."""
        day = self.change.switch_on
        served = set(
            Posting.objects.filter(from_day_on(day), deputy__in=_elected(self.change))
            .exclude(pk__in=[posting.pk for posting in self.moves.ended])
            .values_list("deputy", flat=True)
        )
        posted = {row.pk for row, _venue in self.moves.wanted}
        return [row for row in self.rows if row.pk not in posted and row.deputy_id not in served]

    @cached_property
    def empty(self) -> list[Venue]:
        """Venues with deputies today that would have none from the day on."""
        day = self.change.switch_on
        others = Mandate.objects.exclude(congress=self.change.old_id).in_force(day)
        staying = Posting.objects.filter(
            Q(deputy__in=others.values("deputy")) | Q(deputy__in=_elected(self.change)), during(day)
        ).exclude(pk__in=[posting.pk for posting in self.moves.ended])
        after = set(staying.values_list("venue", flat=True)) | {place.pk for _row, place in self.moves.wanted}
        before = Posting.objects.live(clock.today()).values("venue")
        rows = Venue.objects.filter(pk__in=before).exclude(status__in=GONE).order_by("code")
        return [venue for venue in rows if venue.pk not in after]

    @cached_property
    def obstacles(self) -> list[str]:
        """Why it cannot be confirmed as it stands."""
        if not self.rows:
            return [_("No file has been taken over yet.")]
        undecided = sum(not row.is_confirmed for row in self.rows)
        text = ngettext(
            "%(count)d row is still to be decided.", "%(count)d rows are still to be decided.", undecided
        )
        found = [text % {"count": undecided}] if undecided else []
        return [*found, *self._impossible()]

    def _impossible(self) -> list[str]:
        """What became impossible since the file was checked."""
        seated = set(self.change.new.mandates.values_list("deputy", flat=True))
        found = []
        for row in self.rows:
            lost = [
                code for code in codes_of(row)
                if code not in self.venues or self.venues[code].status in GONE
            ]  # fmt: skip
            if lost:
                text = _(
                    "Row %(line)d: the venue %(codes)s is gone. Correct the file and take it over again."
                )
                found.append(text % {"line": row.line, "codes": BETWEEN.join(lost)})
            if row.deputy_id in seated:
                text = _("Row %(line)d: %(name)s has a mandate of this term already.")
                found.append(text % {"line": row.line, "name": row.name})
        return found


def codes_of(row: TermRow) -> list[str]:
    """Codes of the venues a row names."""
    return [code for code in row.venues.split(BETWEEN) if code]
