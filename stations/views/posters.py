"""What hangs on a wall or stands on a desk: a code to scan, with what it is good for, ready to be printed."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congress_portal.common import clock
from congress_portal.common.audience import public
from deputies.models import Deputy
from stations import qr, selectors
from stations.models import GONE, HolidayPolicy, ReceptionMode, ReceptionPlan, Venue, during
from stations.plan_words import rhythm

from .places import not_here

# Cards on one page of A4; each is A6.
CARDS = 4
# Names up to this long have the largest type, up to the next a smaller one.
SHORT, LONG = 12, 24
# Of a deputy's venues: more would not fit beside the code.
PLACES = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of one poster or card. `address` is what people type who cannot scan."""

    kind: str
    name: str
    about: str
    code: str
    picture: str
    address: str
    page: str
    places: list[Venue]
    lines: list[str] = field(default_factory=list)

    @property
    def length(self) -> str:
        """How long the name is, for its size."""
        return "short" if len(self.name) <= SHORT else "long" if len(self.name) <= LONG else "longest"


@public
@require_safe
def venue_poster(request: HttpRequest, code: str) -> HttpResponse:
    """The venue's code on a page of A4. Of a venue that is gone there is none: its page says where to go."""
    return _of_venue(request, code, "poster")


@public
@require_safe
def venue_card(request: HttpRequest, code: str) -> HttpResponse:
    """The same as four cards of A6, to be cut."""
    return _of_venue(request, code, "card")


@public
@require_safe
def deputy_poster(request: HttpRequest, code: str) -> HttpResponse:
    """The code of a deputy in office on a page of A4, with the venues to go to and no phone of the deputy."""
    return _of_deputy(request, code, "poster")


@public
@require_safe
def deputy_card(request: HttpRequest, code: str) -> HttpResponse:
    """The same as four cards of A6, to be cut."""
    return _of_deputy(request, code, "card")


def _of_venue(request: HttpRequest, code: str, paper: str) -> HttpResponse:
    venue = selectors.venue_by_code(code)
    if venue is None:
        return not_here(request)
    if venue.status in GONE:
        return redirect(venue)
    sheet = Sheet(
        kind="venue",
        name=venue.name,
        about=f"{venue.street} · {venue.get_kind_display()}",
        code=venue.code,
        picture=reverse("venue_qr", args=[venue.code]),
        address=_typed(request, venue.code),
        page=venue.get_absolute_url(),
        places=[venue],
        lines=[
            _("Scan the code and write down what should change. It takes about two minutes."),
            _("You get a number and can see at any time who has it and what becomes of it."),
            _("Or come in or call: we write it down for you, without a phone of your own too."),
            *(_("Deputies receive residents here: %(days)s.") % {"days": days} for days in _days(venue)),
        ],
    )
    return _page(request, sheet, paper)


def _of_deputy(request: HttpRequest, code: str, paper: str) -> HttpResponse:
    deputy = selectors.deputy_by_key(code)
    if deputy is None:
        return not_here(request, "deputies/not_here.html")
    sheet = Sheet(
        kind="deputy",
        name=deputy.name,
        about=_seats(deputy),
        code=deputy.key,
        picture=reverse("deputy_qr", args=[deputy.key]),
        address=_typed(request, deputy.key),
        page=reverse("deputy", args=[deputy.key]),
        places=[posting.venue for posting in selectors.postings_of(deputy)][:PLACES],
        lines=[
            _("Scan the code and tell this deputy what should change. It takes about two minutes."),
            _("You get a number and can see at any time who has it and what becomes of it."),
            _("Or meet the deputy at the place below; there we also write it down for you."),
        ],
    )
    return _page(request, sheet, paper)


def _page(request: HttpRequest, sheet: Sheet, paper: str) -> HttpResponse:
    other = "card" if paper == "poster" else "poster"
    context = {
        "sheet": sheet,
        "cards": range(CARDS),
        "title": _("Poster, A4") if paper == "poster" else _("Desk cards, four on A4"),
        "other_url": reverse(f"{sheet.kind}_{other}", args=[sheet.code]),
        "other_label": _("Poster, A4") if other == "poster" else _("Desk cards, four on A4"),
    }
    return render(request, f"stations/poster/{paper}.html", context)


def _typed(request: HttpRequest, code: str) -> str:
    """The scan address as people type it."""
    return qr.address(request, code).partition("://")[2]


def _days(venue: Venue) -> list[str]:
    """The rule by which deputies receive here, in words; the first if there are several, [] without one."""
    plans = ReceptionPlan.objects.filter(during(clock.today()), venue=venue)
    return [_in_words(plan) for plan in plans.exclude(mode=ReceptionMode.ONLINE).order_by("pk")[:1]]


def _in_words(plan: ReceptionPlan) -> str:
    hours = f"{time_format(plan.starts_at, 'G:i')}–{time_format(plan.ends_at, 'G:i')}"
    days = f"{rhythm(plan)} {hours}"
    if plan.holiday_policy == HolidayPolicy.ASK:
        return days
    policy = plan.get_holiday_policy_display()
    return _("%(days)s; on days off: %(policy)s") % {"days": days, "policy": policy}


def _seats(deputy: Deputy) -> str:
    """The congresses the deputy sits in."""
    seats = deputy.seats  # type: ignore[attr-defined]
    return " · ".join(_("%(level)s deputy") % {"level": seat.congress.get_level_display()} for seat in seats)
