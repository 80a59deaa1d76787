"""Who takes a turn on a reception day, which turns nobody takes, and who has received how often.

A turn is taken by the deputy of the rota or by a substitute, if he or she is in office on the day itself; a
deputy of the rota is also posted to the venue then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Count, DateField, Q, QuerySet, Value

from congress_portal.common import clock
from deputies.models import Deputy, Mandate

from .models import (
    DutyStatus,
    Posting,
    ReceptionDuty,
    ReceptionSession,
    ReceptionSetting,
    SessionStatus,
    Venue,
)

# A day that still can be changed.
OPEN = (SessionStatus.PROPOSED, SessionStatus.ANNOUNCED)
# What one query may ask about; SQLite joins at most 500 selects.
MOST_DAYS = 400
# (deputy, day) and (deputy, venue, day), by id.
Pairs = set[tuple[int, date]]
Places = set[tuple[int, int, date]]


@dataclass(slots=True)
class Turn:
    """One turn of a day: the duty dealt by the rota, who stands in, and whether anybody comes."""

    duty: ReceptionDuty
    # Neither on leave nor out of service that day.
    stands: bool
    # Out of office, or no longer at the venue, on the day.
    is_out: bool
    substitutes: list["Turn"] = field(default_factory=list)

    @property
    def substitute(self) -> "Turn | None":
        return next((turn for turn in self.substitutes if turn.stands), None)

    @property
    def is_taken(self) -> bool:
        return self.stands or self.substitute is not None

    @property
    def deputy(self) -> Deputy:
        """Who comes; if nobody does, whose turn it is."""
        substitute = self.substitute
        return substitute.duty.deputy if substitute else self.duty.deputy


def rules() -> ReceptionSetting:
    """The local rules; as shipped as long as nobody has saved them."""
    return ReceptionSetting.load()


def announce_by(session: ReceptionSession, rules: ReceptionSetting) -> date:
    """The last day on which the notice needs no reason for being late."""
    return session.day - timedelta(days=rules.notice_days)


def with_turns(sessions: Iterable[ReceptionSession]) -> list[ReceptionSession]:
    """The days with `.turns` (see `Turn`), `.gaps` (turns nobody takes) and `.is_manned`. Three queries."""
    sessions = list(sessions)
    by_day: dict[int, list[ReceptionDuty]] = {session.pk: [] for session in sessions}
    for duty in ReceptionDuty.objects.filter(session__in=by_day).select_related("deputy").order_by("pk"):
        by_day[duty.session_id].append(duty)
    open_days = [session for session in sessions if session.status in OPEN]
    asked: dict[date, set[int]] = {}
    for session in open_days:
        asked.setdefault(session.day, set()).update(duty.deputy_id for duty in by_day[session.pk])
    in_office, posted = _in_office(asked), _posted(asked)
    for session in sessions:
        turns = _turns(session, by_day[session.pk], in_office, posted)
        session.turns = turns  # type: ignore[attr-defined]
        session.is_manned = any(turn.is_taken for turn in turns)  # type: ignore[attr-defined]
        session.gaps = [  # type: ignore[attr-defined]
            turn for turn in turns if session.status in OPEN and not turn.is_taken
        ]
    return sessions


def _turns(
    session: ReceptionSession, duties: list[ReceptionDuty], in_office: Pairs, posted: Places
) -> list[Turn]:
    found: dict[int, Turn] = {}
    for duty in duties:
        came = duty.status == DutyStatus.ATTENDED
        if session.status in OPEN:
            # Whoever stands in may come from another venue.
            is_out = (duty.deputy_id, session.day) not in in_office or (
                duty.stands_in_for_id is None
                and (duty.deputy_id, session.venue_id, session.day) not in posted
            )
            turn = Turn(duty, duty.status == DutyStatus.PLANNED and not is_out, is_out)
        else:
            turn = Turn(duty, came or duty.status == DutyStatus.PLANNED, is_out=False)
        found[duty.pk] = turn
        if duty.stands_in_for_id in found:
            found[duty.stands_in_for_id].substitutes.append(turn)
    return [turn for turn in found.values() if turn.duty.stands_in_for_id is None]


def _in_office(asked: dict[date, set[int]]) -> Pairs:
    parts = [
        Mandate.objects.in_force(day).filter(deputy__in=deputies).order_by()
        .values_list("deputy", Value(day, DateField()))
        for day, deputies in asked.items()
    ]  # fmt: skip
    return set(_joined(parts))


def _posted(asked: dict[date, set[int]]) -> Places:
    parts = [
        Posting.objects.live(day).filter(deputy__in=deputies).order_by()
        .values_list("deputy", "venue", Value(day, DateField()))
        for day, deputies in asked.items()
    ]  # fmt: skip
    return set(_joined(parts))


def _joined(parts: list[QuerySet]) -> list[tuple]:
    """The rows of all the queries: one round for every 400 of them."""
    rows: list[tuple] = []
    for start in range(0, len(parts), MOST_DAYS):
        first, *others = parts[start : start + MOST_DAYS]
        rows += list(first.union(*others, all=True)) if others else list(first)
    return rows


def on_duty_elsewhere(day: date, starts_at: time, ends_at: time, *, but: int | None = None) -> set[int]:
    """Ids of deputies who receive somewhere at these hours; the session `but` does not count."""
    rows = ReceptionDuty.objects.filter(
        session__day=day, session__starts_at__lt=ends_at, session__ends_at__gt=starts_at,
        session__status__in=OPEN, status=DutyStatus.PLANNED,
    )  # fmt: skip
    return set(rows.exclude(session=but).order_by().values_list("deputy", flat=True))


def overlapping(venue: Venue, day: date, starts_at: time, ends_at: time) -> QuerySet[ReceptionSession]:
    """Days of the venue, not cancelled, that share the date and some of the hours."""
    rows = ReceptionSession.objects.exclude(status=SessionStatus.CANCELLED)
    return rows.filter(venue=venue, day=day, starts_at__lt=ends_at, ends_at__gt=starts_at)


def may_stand_in(session: ReceptionSession) -> QuerySet[Deputy]:
    """Deputies in office on the day, posted in the street of the venue, who have no turn at these hours."""
    there = Posting.objects.live(session.day).filter(venue__street=session.venue.street_id).values("deputy")
    busy = on_duty_elsewhere(session.day, session.starts_at, session.ends_at, but=session.pk)
    return (
        Deputy.objects.filter(pk__in=there)
        .exclude(pk__in=busy)
        .exclude(pk__in=session.duties.values("deputy"))
        .order_by("sort_key", "key")
    )


def attended_days(year: int) -> QuerySet[Deputy]:
    """Deputies in office today with `.days`: on how many days of the year they received."""
    there = Q(reception_duties__status=DutyStatus.ATTENDED, reception_duties__session__day__year=year)
    there &= Q(reception_duties__session__status=SessionStatus.HELD)
    return (
        Deputy.objects.serving(clock.today())
        .annotate(days=Count("reception_duties__session", filter=there, distinct=True))
        .order_by("days", "sort_key", "key")
    )


def below_minimum(year: int, minimum: int) -> QuerySet[Deputy]:
    """Those who received on fewer days than the rule asks, the fewest first."""
    rows: Any = attended_days(year)
    return rows.filter(days__lt=minimum)
