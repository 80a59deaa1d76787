"""The public calendar of reception days, one day, and the files for calendar programs."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from congress_portal.common import clock
from congress_portal.common.audience import public
from deputies import selectors as people
from stations import ics, reception_days, selectors
from stations.models import ReceptionSession, SessionChange, SessionStatus, Street, Venue, VenueKind
from stations.reception_forms import ReceptionFilter

from .places import not_here

FILTERS = ("street", "community", "venue", "deputy")
# A cell of the month names this many days; the list below has them all.
NAMED = 2
# A calendar program keeps what is past; a subscription need not send it for ever.
PAST_IN_FEED = timedelta(days=92)
YEARS = range(2000, 2100)
# What of a day's history everybody may read; leave and its reasons concern only those who booked.
PUBLIC_CHANGES = (
    SessionChange.Kind.ANNOUNCED, SessionChange.Kind.MOVED, SessionChange.Kind.CANCELLED,
    SessionChange.Kind.VENUE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month's table."""

    day: date
    in_month: bool
    is_today: bool
    named: list[ReceptionSession]
    more: int


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A month of reception days as a list, on wide screens under a table of the month."""
    month = _month(request.GET.get("month", ""))
    communities = selectors.communities()
    form = ReceptionFilter(
        request.GET, streets=list(Street.objects.all()), communities=communities,
        venues=list(selectors.network()),
    )  # fmt: skip
    chosen = form.chosen(*FILTERS)
    wanted = _narrowed(reception_days.public_days(), chosen)
    rows = wanted.filter(day__gte=month, day__lt=_after(month)).order_by("day", "starts_at", "pk")
    days = reception_days.shown(rows)
    by_date = {on: list(members) for on, members in groupby(days, key=lambda row: row.day)}
    nearest = None
    if not any(row.free for row in days) and month >= _first(clock.today()):  # type: ignore[attr-defined]
        ahead = _narrowed(reception_days.coming(), chosen).filter(day__gte=_after(month))
        nearest = ahead.first()
    query = {name: value for name, value in chosen.items() if value}
    context = {
        "form": form, "month": month, "month_label": _name(month),
        "weeks": _weeks(month, by_date), **_split(month, by_date),
        "weekdays": [date_format(date(2024, 1, 1) + timedelta(days=n), "D") for n in range(7)],
        "before": _page(_before(month), query), "after": _page(_after(month), query),
        "narrowed": bool(query), "nearest": nearest,
        "nearest_url": _page(_first(nearest.day), query)["url"] if nearest else "",
        "feed": _feed(query), "today": clock.today(),
    }  # fmt: skip
    return render(request, "reception/index.html", context)


@public
@require_safe
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """One day: when, where, who, what changed, the free times; afterwards what came of it."""
    found = _public_day(pk)
    if found is None:
        return not_here(request, "reception/not_here.html")
    context = {
        "day": found,
        "changes": [change for change in found.changes.all() if change.kind in PUBLIC_CHANGES],
        # Cases know days, not the other way round: here only how many there are.
        "matters": found.suggestions.count() if found.status == SessionStatus.HELD else 0,
    }
    return render(request, "reception/day.html", context)


@public
@require_safe
def day_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One day for a calendar program."""
    found = _public_day(pk)
    if found is None:
        return not_here(request, "reception/not_here.html")
    return ics.response(request, [found], name=str(found.venue), file=f"reception-{found.pk}")


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """All days of the district."""
    return _subscription(request, reception_days.public_days(), _("Deputy reception days"), "reception")


@public
@require_safe
def venue_feed(request: HttpRequest, code: str) -> HttpResponse:
    """The days of a venue; of one that is gone also those of who took over, where its own have moved.

    So a subscription goes on by itself.
    """
    venue = selectors.venue_by_code(code)
    if venue is None:
        return not_here(request)
    days = reception_days.public_days().filter(venue__in={venue, selectors.present(venue) or venue})
    name = _("Reception days: %(who)s") % {"who": venue.name}
    return _subscription(request, days, name, f"reception-{venue.pk}")


@public
@require_safe
def deputy_feed(request: HttpRequest, code: str) -> HttpResponse:
    """The days of a deputy in office."""
    deputy = selectors.deputy_by_key(code)
    if deputy is None:
        return not_here(request, "deputies/not_here.html")
    days = reception_days.public_days().filter(pk__in=reception_days.turns_of([deputy]))
    name = _("Reception days: %(who)s") % {"who": deputy.name}
    return _subscription(request, days, name, f"reception-d{deputy.pk}")


def _subscription(
    request: HttpRequest, days: QuerySet[ReceptionSession], name: str, file: str
) -> HttpResponse:
    recent = days.filter(day__gte=clock.today() - PAST_IN_FEED).order_by("day", "starts_at", "pk")
    return ics.response(
        request, reception_days.shown(recent.prefetch_related("changes")), name=name, file=file
    )


def _public_day(pk: int) -> ReceptionSession | None:
    # SQLite knows no larger number.
    if pk >= 2**63:
        return None
    rows = reception_days.public_days().filter(pk=pk).prefetch_related("changes")
    return next(iter(reception_days.shown(rows)), None)


def _split(month: date, by_date: dict[date, list[ReceptionSession]]) -> dict[str, Any]:
    """In the month we are in, what is over stands after what is to come."""
    first = clock.today() if month == _first(clock.today()) else month
    rows = by_date.items()
    return {
        "dates": [row for row in rows if row[0] >= first], "earlier": [row for row in rows if row[0] < first]
    }  # fmt: skip


def _narrowed(days: QuerySet[ReceptionSession], chosen: dict[str, str]) -> QuerySet[ReceptionSession]:
    if chosen["street"]:
        days = days.filter(venue__street__code=chosen["street"])
    if chosen["community"]:
        serving = Q(communities__code=chosen["community"])
        home = Q(kind=VenueKind.HOME, street__communities__code=chosen["community"])
        days = days.filter(venue__in=Venue.objects.filter(serving | home).values("pk"))
    if chosen["venue"]:
        days = days.filter(venue__code=chosen["venue"])
    if chosen["deputy"]:
        days = days.filter(pk__in=reception_days.turns_of(_deputies(chosen["deputy"])))
    return days


def _deputies(text: str) -> QuerySet[Any]:
    """In office, by key, name, pinyin, initials or work unit."""
    by_key = people.in_office().filter(key__iexact=text)
    rows = by_key if by_key.exists() else people.in_office(text=text)
    return rows.order_by().values("pk")


def _month(text: str) -> date:
    """The first of the month written as 2026-12; of this month if it is none."""
    year, _dash, number = text.partition("-")
    if len(text) == 7 and year.isascii() and year.isdigit() and number.isascii() and number.isdigit():
        if int(year) in YEARS and 1 <= int(number) <= 12:
            return date(int(year), int(number), 1)
    return _first(clock.today())


def _first(on: date) -> date:
    return on.replace(day=1)


def _before(month: date) -> date:
    return _first(month - timedelta(days=1))


def _after(month: date) -> date:
    return _first(month + timedelta(days=31))


def _page(month: date, query: dict[str, str]) -> dict[str, str]:
    """The address and the name of another month under the same filter."""
    url = f"{reverse('reception')}?{urlencode({**query, 'month': f'{month:%Y-%m}'})}"
    # The year stands in the heading between them.
    return {"url": url, "label": date_format(month, pgettext("date format: month", "F"))}


def _name(month: date) -> str:
    return date_format(month, pgettext("date format: month of a year", "F Y"))


def _weeks(month: date, by_date: dict[date, list[ReceptionSession]]) -> list[list[Cell]]:
    """The month by weeks from Monday on, its first and last week filled up."""

    def cell(on: date) -> Cell:
        here = by_date.get(on, [])
        return Cell(on, on.month == month.month, on == clock.today(), here[:NAMED], len(here[NAMED:]))

    return [
        [cell(on) for on in week] for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]


def _feed(query: dict[str, str]) -> str:
    """The file that fits what is shown: one venue's, or that of all."""
    return (
        reverse("venue_reception_ics", args=[query["venue"]])
        if "venue" in query
        else reverse("reception_ics")
    )
