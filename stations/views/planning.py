"""The desk of reception days: what is to do at one's venues, and the steps of a day; staff use them too."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from congress_portal.common import clock
from congress_portal.common.audience import audience
from deputies.models import Deputy
from stations import daybook
from stations.daybook import Addresses
from stations.models import ReceptionDuty, ReceptionSession, SessionStatus, Venue
from stations.permissions import is_office, venues_kept_by, venues_run_by
from stations.planning_forms import FORMS, AnnounceManyForm
from stations.rota import announce_by, rules, with_turns
from stations.services import reception

DESK = Addresses("desk_planning_day", "desk_planning_step", "desk_planning_turn")
ROWS_A_PAGE = 20
# More are announced in several rounds.
MOST_AT_ONCE = 200
OFFERED = timedelta(weeks=6)
TO_DO, COMING, PAST = "todo", "coming", "past"
# SQLite knows no larger key.
LARGEST = 2**63
GRAVE = ("cancel",)


def receives(user: Any) -> bool:
    """Keeps a venue, or is a deputy in office; the office's staff open what is linked to them."""
    return (
        is_office(user)
        or venues_kept_by(user).exists()
        or Deputy.objects.serving(clock.today()).filter(user=user).exists()
    )


desk_only = audience("desk_planning", test=receives)


@desk_only
@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """What waits, all that is coming, what is past: days of one's venues, and one's own turns."""
    user: Any = request.user
    venues = daybook.venues_at_desk(user)
    if not venues and is_office(user):
        return redirect("admin:stations_receptionsession_changelist")
    days = daybook.at_desk(user)
    venue = next((each for each in venues if each.code == request.GET.get("venue")), None)
    if venue:
        days = days.filter(venue=venue)
    # Whoever only takes turns has nothing to prepare.
    offered = (TO_DO, COMING, PAST) if venues else (COMING, PAST)
    tab = request.GET.get("tab", "")
    tab = tab if tab in offered else offered[0]
    coming = daybook.lines(daybook.coming(days), DESK)
    # A notice that has weeks left is no work yet.
    urgent = [line for line in coming if line["level"] in ("overdue", "soon")]
    waiting = [line for line in urgent if line["session"].venue in venues]
    shown: Any = {TO_DO: waiting, COMING: coming}.get(tab)
    page = Paginator(daybook.past(days) if shown is None else shown, ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "lines": daybook.lines(page.object_list, DESK) if shown is None else page.object_list,
        "page": page, "tab": tab, "venue": venue, "venues": venues if len(venues) > 1 else [],
        "keeps": bool(venues),
        "tabs": [each for each in _tabs(tab, venue, len(waiting), len(coming)) if each["name"] in offered],
    }  # fmt: skip
    return render(request, "planning/index.html", context)


def _tabs(current: str, venue: Venue | None, waiting: int, coming: int) -> list[dict[str, Any]]:
    place = f"&venue={venue.code}" if venue else ""
    labels = {
        TO_DO: (pgettext("reception days", "To do"), waiting),
        COMING: (pgettext("reception days", "Coming"), coming),
        PAST: (pgettext("reception days", "Past"), None),
    }
    return [
        {
            "name": name,
            "label": label,
            "url": f"?tab={name}{place}",
            "current": name == current,
            "count": count,
        }
        for name, (label, count) in labels.items()
    ]


@desk_only
@require_safe
@never_cache
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """One day with who receives and every step that is open."""
    session = day_or_404(request.user, pk)
    return render(request, "planning/day.html", daybook.page(session, request.user, DESK))  # type: ignore[arg-type]


@desk_only
@require_http_methods(["GET", "POST"])
@never_cache
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of a day."""
    session = day_or_404(request.user, pk)
    return take_step(request, session, step, DESK, template="planning/step.html")


@desk_only
@require_http_methods(["GET", "POST"])
@never_cache
def turn(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of one deputy's turn."""
    duty = turn_or_404(request.user, pk)
    return take_step(request, duty.session, step, DESK, duty=duty, template="planning/step.html")


@desk_only
@require_http_methods(["GET", "POST"])
@never_cache
def announce(request: HttpRequest) -> HttpResponse:
    """The notices of several days at once."""
    user: Any = request.user
    if not venues_kept_by(user).exists():
        raise PermissionDenied
    days = ReceptionSession.objects.filter(venue__in=venues_kept_by(user).values("pk"))
    context = announce_many(request, soon(to_announce(days)))
    return render(request, "planning/announce.html", {**context, "back_url": reverse("desk_reception")})


@desk_only
@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as it hangs on the board, for printing."""
    session = day_or_404(request.user, pk)
    if not venues_run_by(request.user).filter(pk=session.venue_id).exists():
        raise PermissionDenied
    shown: Any = with_turns([session])[0]
    takers = [turn.substitute or turn for turn in shown.turns if turn.is_taken]
    context = {
        "session": session,
        "deputies": [turn.duty.deputy for turn in takers],
        "signed_on": clock.local_date(session.announced_at) if session.announced_at else clock.today(),
        "is_draft": session.status == SessionStatus.PROPOSED,
        "public_url": request.build_absolute_uri(session.get_absolute_url()),
    }
    return render(request, "planning/notice.html", context)


def day_or_404(user: Any, pk: int) -> ReceptionSession:
    """The day if the user may open it; 404 tells a stranger nothing."""
    rows = daybook.within_reach(user).select_related("venue__street", "plan")
    found = rows.filter(pk=pk).first() if pk < LARGEST else None
    if found is None:
        raise Http404
    return found


def turn_or_404(user: Any, pk: int) -> ReceptionDuty:
    rows = ReceptionDuty.objects.filter(session__in=daybook.within_reach(user).values("pk"))
    found = (
        rows.select_related("session__venue__street", "deputy").filter(pk=pk).first()
        if pk < LARGEST
        else None
    )
    if found is None:
        raise Http404
    return found


def take_step(
    request: HttpRequest, session: ReceptionSession, name: str, addresses: Addresses, *,
    template: str, duty: ReceptionDuty | None = None, frame: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show the form of the step, or take it and go back to the day. `frame` is what the template needs."""
    user: Any = request.user
    move = reception.BY_NAME.get(name)
    if move is None or move.of_turn != (duty is not None):
        raise Http404
    if not daybook.may_take(user, session, name, duty):
        raise PermissionDenied
    possible = any(each.name == name for each in reception.available(session))
    if request.method != "POST" and not possible:
        messages.warning(request, _("This is not possible any more. Here is how it stands now."))
        return redirect(addresses.day(session))
    form = FORMS[name](
        request.POST if request.method == "POST" else None, session=session, by=user, duty=duty
    )
    if request.method == "POST" and form.run():
        messages.success(request, _("Done: %(step)s.") % {"step": move.label})
        return redirect(addresses.day(session))
    context = {
        **(frame or {}),
        "session": session, "duty": duty, "form": form, "title": move.label, "advice": form.advice,
        "grave": name in GRAVE, "back_url": addresses.day(session),
    }  # fmt: skip
    return render(request, template, context, status=409 if form.refused else 200)


def to_announce(days: QuerySet[ReceptionSession]) -> QuerySet[ReceptionSession]:
    """Proposals with a settled date that are still ahead, the nearest first."""
    rows = days.filter(status=SessionStatus.PROPOSED, asks=False, day__gte=clock.today())
    return rows.select_related("venue").order_by("day", "starts_at", "pk")


def soon(days: QuerySet[ReceptionSession]) -> QuerySet[ReceptionSession]:
    """Days whose last date for the notice is at most six weeks ahead."""
    return days.filter(day__lte=clock.today() + timedelta(days=rules().notice_days) + OFFERED)


def announce_many(
    request: HttpRequest, days: QuerySet[ReceptionSession], *, all_marked: bool = False
) -> dict[str, Any]:
    """What the page for several notices shows: the form, and after sending it the outcome of each day.

    Marked are all, or the days whose last date for the notice comes near.
    """
    sessions = list(days[:MOST_AT_ONCE])
    setting, near = rules(), clock.today() + daybook.WARN
    marked = [str(each.pk) for each in sessions if all_marked or announce_by(each, setting) <= near]
    data = request.POST if request.method == "POST" else None
    form = AnnounceManyForm(data, sessions=sessions, initial={"days": marked})
    outcome = form.run(request.user) if data is not None and form.is_valid() else []  # type: ignore[arg-type]
    rows = [{"session": session, "problem": problem} for session, problem in outcome]
    return {"form": form, "outcome": rows, "failed": sum(bool(problem) for _day, problem in outcome)}
