"""A reception day as those who run it see it: what is to do, who takes the turns, which steps are open.

The same page stands at the desk and in the staff's site; `Addresses` says where its links lead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from congress_portal.accounts.models import User
from congress_portal.common import clock

from .models import (
    BookingStatus,
    DutyStatus,
    ReceptionDuty,
    ReceptionSession,
    ReceptionSetting,
    SessionChange,
    SessionStatus,
    Venue,
    unheard,
)
from .permissions import venues_kept_by, venues_run_by
from .plan_words import with_weekday
from .rota import OPEN, Turn, announce_by, rules, with_turns
from .services import reception
from .services.telling import NO_NEWS

# So long before the last day for the notice a line begins to warn.
WARN = timedelta(days=7)
# A record may still be written, and a forgotten proposal tidied up.
LOOK_BACK = timedelta(days=60)
TAGS = {"PROPOSED": "waiting", "ANNOUNCED": "moving", "HELD": "done", "CANCELLED": "stopped"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Names of the addresses of one side: the day, a step of the day, a step of a turn."""

    day_name: str
    step_name: str
    turn_name: str

    def day(self, session: ReceptionSession) -> str:
        return reverse(self.day_name, args=[session.pk])

    def step(self, session: ReceptionSession, name: str) -> str:
        return reverse(self.step_name, args=[session.pk, name])

    def turn(self, duty: ReceptionDuty, name: str) -> str:
        return reverse(self.turn_name, args=[duty.pk, name])


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that waits at a day, with the step, or the name of the page, where it is done."""

    text: str
    level: str = "ok"
    step: str = ""
    page: str = ""


def own_days(user: User) -> QuerySet[ReceptionSession]:
    """Days on which the user has a turn, or had one before taking leave."""
    return ReceptionSession.objects.filter(duties__deputy__user=user)


def at_desk(user: User) -> QuerySet[ReceptionSession]:
    """Days of the venues the user keeps, and the user's own turns."""
    rows = Q(venue__in=venues_kept_by(user).values("pk")) | Q(pk__in=own_days(user).values("pk"))
    return ReceptionSession.objects.filter(rows)


def within_reach(user: User) -> QuerySet[ReceptionSession]:
    """Days the user may open; the office every one."""
    rows = Q(venue__in=venues_run_by(user).values("pk")) | Q(pk__in=own_days(user).values("pk"))
    return ReceptionSession.objects.filter(rows)


def coming(days: QuerySet[ReceptionSession]) -> QuerySet[ReceptionSession]:
    """Days that can still change or whose record is not written, the nearest first; ready for `lines`."""
    rows = days.filter(status__in=OPEN, day__gte=clock.today() - LOOK_BACK)
    return with_bookings(rows).select_related("venue").order_by("day", "starts_at", "pk")


def past(days: QuerySet[ReceptionSession]) -> QuerySet[ReceptionSession]:
    """Days that were held or cancelled, the latest first."""
    rows = days.exclude(status__in=OPEN)
    return with_bookings(rows).select_related("venue").order_by("-day", "-starts_at", "-pk")


def with_bookings(days: QuerySet[ReceptionSession]) -> QuerySet[ReceptionSession]:
    """Each with `.booked`, and `.untold`: bookers who have not heard of the last change."""
    news = SessionChange.objects.filter(session=OuterRef("pk")).exclude(kind__in=NO_NEWS).order_by("-pk")
    days = days.annotate(news=Subquery(news.values("pk")[:1]), news_at=Subquery(news.values("made_at")[:1]))
    booked = Q(bookings__status=BookingStatus.BOOKED) & ~Q(bookings__phone_index="")
    return days.annotate(
        booked=Count("bookings", filter=booked, distinct=True),
        untold=Count("bookings", filter=unheard(F("news"), F("news_at"), of="bookings__"), distinct=True),
    )


def is_over(session: ReceptionSession) -> bool:
    return datetime.combine(session.day, session.ends_at, clock.SHANGHAI) <= clock.now()


def to_do(session: Any, setting: ReceptionSetting) -> list[ToDo]:
    """What waits, the weightiest first. The day comes from `coming` through `with_turns`."""
    if session.status not in OPEN:
        return _to_tell(session)
    if is_over(session):
        if session.status == SessionStatus.ANNOUNCED:
            return [ToDo(_("Write the record"), "overdue", page="desk_reception_record")]
        return [ToDo(_("Was never announced: cancel it and say why"), "overdue", "cancel")]
    found = []
    if session.asks:
        found.append(ToDo(_("Falls on a day off: decide on the date"), "soon", "decide"))
    elif session.status == SessionStatus.PROPOSED:
        found.append(_notice(session, setting))
    if not session.is_manned:
        found.append(ToDo(_("Nobody is on duty"), "overdue", "" if session.gaps else "add"))
    elif session.gaps:
        text = ngettext("%(count)d turn is open", "%(count)d turns are open", len(session.gaps))
        found.append(ToDo(text % {"count": len(session.gaps)}, "soon"))
    return found + _to_tell(session)


def _notice(session: ReceptionSession, setting: ReceptionSetting) -> ToDo:
    last = announce_by(session, setting)
    if last < clock.today():
        return ToDo(_("The notice is late: publish it with a reason"), "overdue", "announce")
    level = "soon" if last - clock.today() <= WARN else "ok"
    text = _("Publish the notice by %(day)s") % {
        "day": date_format(last, pgettext("short date format", "j M"))
    }
    return ToDo(text, level, "announce")


def _to_tell(session: Any) -> list[ToDo]:
    if not session.untold:
        return []
    text = ngettext(
        "%(count)d person who booked is to be told", "%(count)d people who booked are to be told",
        session.untold,
    )  # fmt: skip
    return [ToDo(text % {"count": session.untold}, "overdue", page="desk_reception_day")]


def lines(days: Iterable[ReceptionSession], addresses: Addresses) -> list[dict[str, Any]]:
    """Each day as a line of a list. Four queries for all."""
    setting = rules()
    return [_line(session, setting, addresses) for session in with_turns(days)]


def _line(session: Any, setting: ReceptionSetting, addresses: Addresses) -> dict[str, Any]:
    waiting = to_do(session, setting)
    return {
        "session": session,
        "url": addresses.day(session),
        "names": [turn.deputy.name for turn in session.turns if turn.is_taken],
        "to_do": waiting,
        "level": level_of(waiting),
        "tag": TAGS[session.status],
    }


def level_of(waiting: list[ToDo]) -> str:
    return next(
        (level for level in ("overdue", "soon", "ok") if any(one.level == level for one in waiting)), "none"
    )


def page(session: ReceptionSession, user: User, addresses: Addresses) -> dict[str, Any]:
    """All that the page of a day shows to the user, who may open it."""
    found: Any = with_turns(
        with_bookings(ReceptionSession.objects.filter(pk=session.pk)).select_related("venue")
    )[0]
    runs = venues_run_by(user).filter(pk=found.venue_id).exists()
    open_now = reception.available(found)
    names = {move.name for move in open_now if move.of_turn}
    return {
        "session": found,
        "title": with_weekday(found.day),
        "tag": TAGS[found.status],
        "runs": runs,
        "to_do": [_with_address(one, found, addresses) for one in to_do(found, rules())] if runs else [],
        "steps": [
            {"name": move.name, "label": move.label, "url": addresses.step(found, move.name)}
            for move in open_now
            if runs and not move.of_turn
        ],
        "turns": [row for turn in found.turns for row in _turn_rows(turn, user, names, addresses, runs=runs)],
        "changes": found.changes.select_related("made_by").order_by("-pk"),
        # Who is booked, who came, and the record.
        "bookings_url": reverse("desk_reception_day", args=[found.pk]) if runs and found.announced_at else "",
        "notice_url": reverse("desk_planning_notice", args=[found.pk]) if runs else "",
        "public_url": found.get_absolute_url() if found.announced_at else "",
    }


def _with_address(one: ToDo, session: ReceptionSession, addresses: Addresses) -> dict[str, str]:
    url = label = ""
    if one.step:
        url, label = addresses.step(session, one.step), str(reception.BY_NAME[one.step].label)
    elif one.page:
        url, label = reverse(one.page, args=[session.pk]), pgettext("button", "Open")
    return {"text": one.text, "level": one.level, "url": url, "label": label}


def _turn_rows(
    turn: Turn, user: User, open_now: set[str], addresses: Addresses, *, runs: bool
) -> list[dict[str, Any]]:  # fmt: skip
    """The turn and those who stand in for it, each with its buttons."""
    rows = []
    for own in (turn, *turn.substitutes):
        duty = own.duty
        mine = duty.deputy.user_id == user.pk
        buttons = _buttons(turn, own, mine=mine, runs=runs) & open_now
        rows.append({
            "deputy": duty.deputy,
            "says": _says(turn, own),
            "is_open": own is turn and not turn.is_taken,
            "reason": duty.reason if runs or mine else "",
            "for": turn.duty.deputy.name if own is not turn else "",
            "buttons": [
                {"name": move.name, "label": move.label, "url": addresses.turn(duty, move.name)}
                for move in reception.MOVES
                if move.name in buttons
            ],
        })  # fmt: skip
    return rows


def _buttons(turn: Turn, own: Turn, *, mine: bool, runs: bool) -> set[str]:
    found = set()
    if (runs or mine) and own.duty.status == DutyStatus.PLANNED and not own.is_out:
        found.add("leave")
    if (runs or mine) and own.duty.status == DutyStatus.LEAVE and not own.is_out and not turn.is_taken:
        found.add("back")
    if runs and own is turn and not turn.is_taken:
        found.add("substitute")
    return found


def _says(turn: Turn, own: Turn) -> str:
    """How it stands with one who was to receive."""
    if own.is_out:
        said = _("Not in office or not at this venue on that day")
    else:
        said = str(own.duty.get_status_display())
    return f"{said} · {_('no substitute yet')}" if own is turn and not turn.is_taken else said


def may_take(user: User, session: ReceptionSession, step: str, duty: ReceptionDuty | None) -> bool:
    """Whether the step is the user's to take: those who run the venue any, a deputy leave of the own turn."""
    if venues_run_by(user).filter(pk=session.venue_id).exists():
        return True
    return step in ("leave", "back") and duty is not None and duty.deputy.user_id == user.pk


def venues_at_desk(user: User) -> list[Venue]:
    return list(venues_kept_by(user).order_by("code"))
