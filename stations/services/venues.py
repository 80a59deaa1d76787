"""A venue's life: suspended, resumed, merged into another, closed. Cases move in `suggestions.succession`."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.db import lock
from congress_portal.common.templatetags.portal import zh_date
from congress_portal.common.text import clean_line
from stations import selectors
from stations.models import (
    GONE,
    BookingStatus,
    Community,
    LiaisonOfficer,
    Posting,
    PostingReason,
    PostingRole,
    ReceptionPlan,
    ReceptionSession,
    RoleDuty,
    SessionChange,
    SessionStatus,
    Venue,
    VenueChange,
    VenueStatus,
)
from stations.models.periods import gaps

from .telling import tell_bookers

Kind = VenueChange.Kind
AHEAD = (SessionStatus.PROPOSED, SessionStatus.ANNOUNCED)
# What a venue may leave without anybody to take it over.
NEEDS_NO_HEIR = ("officers", "communities")
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Estate:
    """What a venue that is to go leaves: rows of today and of the days to come. Days carry `.booked`."""

    sessions: list[ReceptionSession]
    plans: list[ReceptionPlan]
    postings: list[Posting]
    roles: list[RoleDuty]
    officers: list[LiaisonOfficer]
    children: list[Venue]
    communities: list[Community]

    def rows(self) -> dict[str, list[Any]]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def counts(self) -> dict[str, int]:
        found = {name: len(rows) for name, rows in self.rows().items()}
        return found | {"bookings": sum(day.booked for day in self.sessions)}  # type: ignore[attr-defined]

    def needs_heir(self) -> bool:
        return any(rows for name, rows in self.rows().items() if name not in NEEDS_NO_HEIR)


def estate(venue: Venue) -> Estate:
    """What would move if the venue went today: seven queries."""
    today = clock.today()
    # What was taken back before it began ends on its first day.
    lasting = Q(ends_on=None) | (Q(ends_on__gt=today) & Q(ends_on__gt=F("starts_on")))
    booked = Count("bookings", filter=Q(bookings__status=BookingStatus.BOOKED))
    return Estate(
        sessions=list(days_ahead(venue, today).annotate(booked=booked)),
        plans=list(venue.reception_plans.filter(lasting).order_by("pk")),
        postings=list(
            venue.postings.filter(lasting).select_related("deputy").order_by("deputy__sort_key", "pk")
        ),
        roles=list(venue.role_duties.filter(lasting).select_related("deputy").order_by("pk")),
        officers=list(venue.liaison_officers.filter(lasting).select_related("user").order_by("pk")),
        children=list(venue.children.exclude(status__in=GONE).order_by("code")),
        communities=list(venue.communities.order_by("code")),
    )


def days_ahead(venue: Venue, day: date) -> models.QuerySet[ReceptionSession]:
    """Reception days from `day` on that are neither held nor cancelled."""
    rows = ReceptionSession.objects.filter(venue=venue, status__in=AHEAD, day__gte=day)
    return rows.order_by("day", "starts_at", "pk")


def hold(*venues: Venue) -> list[Venue]:
    """The venues as they are now, locked until the transaction ends: none of them can go meanwhile.

    Whoever puts something new at a venue holds it first and looks at its status. Everybody locks cases before
    venues, venues before plans, plans before days.
    """
    rows = Venue.objects.filter(pk__in={venue.pk for venue in venues}).order_by("pk")
    found = {row.pk: row for row in lock(rows, may_be_named=True)}
    return [found[venue.pk] for venue in venues]


def hold_present(venue: Venue) -> Venue | None:
    """The venue or who took over from it in the end, held and not gone; None: nobody took over."""
    while True:
        (row,) = hold(venue)
        if row.status not in GONE:
            return row
        heir = selectors.present(row)
        if heir is None:
            return None
        venue = heir


def hold_estate(venue: Venue) -> None:
    """Lock the plans and the days ahead of the venue, which is held."""
    list(lock(ReceptionPlan.objects.filter(venue=venue).order_by("pk")))
    list(lock(ReceptionSession.objects.filter(venue=venue, status__in=AHEAD).order_by("pk")))


@transaction.atomic
def suspend(venue: Venue, *, reason: str, by: User | None) -> VenueChange:
    """Residents are not received for a time; cases and days stay. ValidationError by field."""
    return _switch(venue, VenueStatus.RUNNING, VenueStatus.SUSPENDED, reason, by)


@transaction.atomic
def resume(venue: Venue, *, reason: str, by: User | None) -> VenueChange:
    """Residents are received again. ValidationError by field."""
    return _switch(venue, VenueStatus.SUSPENDED, VenueStatus.RUNNING, reason, by)


def _switch(venue: Venue, old: str, new: str, reason: str, by: User | None) -> VenueChange:
    reason = clean_reason(reason)
    (row,) = hold(venue)
    if row.status != old:
        raise ValidationError(_("Somebody was faster: the venue is “%s” now.") % row.get_status_display())
    row.status = venue.status = new
    deed = _switching(row, reason, by)
    deed.save(row)
    return deed.record(row, {})


def record_switch(venue: Venue, reason: str, by: User | None) -> VenueChange:
    """The line of history of a venue that was just suspended or resumed, and saved, elsewhere."""
    return _switching(venue, reason, by).record(venue, {})


def _switching(venue: Venue, reason: str, by: User | None) -> "Deed":
    kind = Kind.RESUMED if venue.status == VenueStatus.RUNNING else Kind.SUSPENDED
    return Deed(kind, None, reason, by, clock.today())


def check_end(venue: Venue, *, heir: Venue | None, kind: str) -> None:
    """ValidationError by field if the venue, held, cannot end like this."""
    errors: dict[str, str] = {}
    if venue.status in GONE:
        raise ValidationError(_("Somebody was faster: the venue is “%s” now.") % venue.get_status_display())
    if kind not in (Kind.MERGED, Kind.CLOSED):
        errors["kind"] = _("Please choose one of the options.")
    if kind == Kind.MERGED and heir is None:
        errors["heir"] = _("Choose the venue it is merged into.")
    if heir is not None and heir.pk == venue.pk:
        errors["heir"] = _("A venue cannot take over from itself.")
    elif heir is not None and not heir.is_open:
        errors["heir"] = _("This venue is not running.")
    if errors:
        raise ValidationError(errors)


def clean_reason(reason: str) -> str:
    reason = clean_line(reason)
    if not reason:
        raise ValidationError({"reason": _("Please fill this in.")})
    if len(reason) > LONGEST_REASON:
        text = _("At most %(limit)d characters; this has %(length)d.")
        raise ValidationError({"reason": text % {"limit": LONGEST_REASON, "length": len(reason)}})
    return reason


@dataclass(frozen=True, slots=True)
class Deed:
    """One decision about a venue: who takes over (None: nobody), what it is, why, by whom, on which day."""

    kind: str
    heir: Venue | None
    reason: str
    by: User | None
    day: date

    def save(self, row: Any) -> None:
        # The names by which simple_history takes them.
        row._history_user, row._change_reason = self.by, self.reason[:100]  # noqa: SLF001
        row.save()

    def record(self, venue: Venue, moved: dict[str, int]) -> VenueChange:
        return VenueChange.objects.create(
            venue=venue, kind=self.kind, effective_on=self.day, heir=self.heir, reason=self.reason,
            made_by=self.by, made_at=clock.now(), moved=moved,
        )  # fmt: skip


def hand_over(venue: Venue, deed: Deed, *, moved: dict[str, int]) -> VenueChange:
    """End the venue: its estate goes to the heir, its past stays. The caller has moved the cases.

    `venue` and the heir are held rows, in the transaction that moved the cases. `moved`: counts of those.
    """
    left, heir = estate(venue), deed.heir
    if heir is None and left.needs_heir():
        refuse_without_heir()
    is_merger = deed.kind == Kind.MERGED
    venue.status, venue.gone_on = (VenueStatus.MERGED if is_merger else VenueStatus.CLOSED), deed.day
    venue.successor = heir if is_merger else None
    deed.save(venue)
    if heir is not None:
        words = selectors.farewell_words(deed.kind, venue, heir, zh_date(deed.day))
        _move_days(left, heir, words, deed)
        _move_places(venue, left, heir, deed)
    _move_people(left, deed)
    return deed.record(venue, moved | left.counts())


def refuse_without_heir() -> NoReturn:
    raise ValidationError({"heir": _("Choose who takes over what is still open here.")})


def _move_days(left: Estate, heir: Venue, words: str, deed: Deed) -> None:
    for plan in left.plans:
        # A room of the old house is not one of the new.
        plan.venue, plan.room = heir, ""
        deed.save(plan)
    now = clock.now()
    for day in left.sessions:
        day.venue, day.room = heir, ""
        day.save(update_fields=["venue", "room"])
        change = SessionChange.objects.create(
            session=day, kind=SessionChange.Kind.VENUE, text=words[:300], made_by=deed.by, made_at=now
        )
        tell_bookers(day, change)


def _move_places(venue: Venue, left: Estate, heir: Venue, deed: Deed) -> None:
    if _stands_below(heir, venue):
        # The heir was a part of the venue: it takes the venue's own place, else they would hang in the air.
        heir.parent = venue.parent
        deed.save(heir)
    for child in left.children:
        if child.pk != heir.pk:
            child.parent = heir
            deed.save(child)
    heir.communities.add(*left.communities)


def _stands_below(venue: Venue, other: Venue) -> bool:
    above, seen = venue.parent, {venue.pk}
    while above is not None and above.pk not in seen:
        if above.pk == other.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


def _move_people(left: Estate, deed: Deed) -> None:
    for posting in left.postings:
        # The new house has its own head.
        role = PostingRole.RESIDENT if posting.role == PostingRole.HEAD else posting.role
        _carry(posting, deed, ("deputy_id",), role=role, reason=PostingReason.MERGER)
    for duty in left.roles:
        _carry(duty, deed, ("deputy_id", "role"))
    for officer in left.officers:
        _carry(officer, deed, ("user_id",))


def _carry(row: Any, deed: Deed, keys: Iterable[str], **changes: Any) -> None:
    """End a dated row and go on at the heir, on the days on which the same is not there already."""
    wanted = (max(row.starts_on, deed.day), row.ends_on)
    row.ends_on = wanted[0]
    deed.save(row)
    if deed.heir is None:
        return
    same = {name: getattr(row, name) for name in keys}
    taken = type(row).objects.filter(venue=deed.heir, **same).values_list("starts_on", "ends_on")
    for starts_on, ends_on in gaps(wanted, taken):
        deed.save(type(row)(venue=deed.heir, starts_on=starts_on, ends_on=ends_on, **(same | changes)))
