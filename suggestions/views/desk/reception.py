"""The day itself at the desk: who is booked, who came, who must be told of a change."""

from datetime import time
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.choosing import LONGEST_KEY
from congress_portal.common.masking import mask_phone, mask_text, public_name
from stations import reception_days
from stations.models import Booking, BookingStatus, ReceptionSession, SessionStatus
from stations.permissions import venues_run_by
from stations.services import booking as bookings
from stations.services.reception import SessionError
from suggestions.forms.desk import RevealForm
from suggestions.models import Suggestion
from suggestions.selectors import HIDDEN, visible_to

from .doors import reception_only

TAGS = {BookingStatus.BOOKED: "moving", BookingStatus.ARRIVED: "done", BookingStatus.MISSED: "stopped"}


@reception_only
@require_GET
@never_cache
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of a day; after it, the record."""
    found = get_day(request.user, pk)  # type: ignore[arg-type]
    waiting = {row.pk for row in bookings.to_tell(found)}
    rows = [_line(row, row.pk in waiting) for row in _booked(found)]
    today = found.status == SessionStatus.ANNOUNCED and found.day <= clock.today()
    context = {
        "day": found, "slots": _by_slot(found, rows), "waiting": [row for row in rows if row["waits"]],
        "news": list(bookings.news(found)) if waiting else [], "is_today": today,
        "walk_ins": bookings.walk_ins(found).count(), "count": len(rows),
        "came": sum(row["status"] == BookingStatus.ARRIVED for row in rows),
        "may_reveal": bookings.may_reveal(request.user, found.venue),  # type: ignore[arg-type]
        "duties": found.duties.select_related("deputy"),
        "matters": _matters(request.user, found),  # type: ignore[arg-type]
        "back_url": reverse("desk_reception"),
    }  # fmt: skip
    return render(request, "reception/desk_day.html", context)


@reception_only
@require_POST
def mark(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Came, did not come, or was told of the change."""
    row = get_booking(request.user, pk)  # type: ignore[arg-type]

    def do() -> None:
        if what == "told":
            bookings.told(row, user=request.user, seen=_seen(request))  # type: ignore[arg-type]
        else:
            bookings.mark(row, came=what == "came")

    return _done(request, row.session, do)


@reception_only
@require_POST
def walk_in(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One more visitor without an appointment, or one less."""
    found = get_day(request.user, pk)  # type: ignore[arg-type]
    return _done(
        request, found,
        (lambda: bookings.walk_in(found)) if what == "more" else (lambda: bookings.walk_in_back(found)),
    )  # fmt: skip


@reception_only
@require_http_methods(["GET", "POST"])
@never_cache
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Name and phone of a booker in clear, for a reason that is written down; shown in this answer only."""
    row = get_booking(request.user, pk)  # type: ignore[arg-type]
    if not bookings.may_reveal(request.user, row.session.venue):  # type: ignore[arg-type]
        raise PermissionDenied
    form, shown = RevealForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            shown = bookings.reveal(row, user=request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
    back_url = reverse("desk_reception_day", args=[row.session_id])
    context = {
        "day": row.session, "masked": _line(row, False), "form": form, "shown": shown, "back_url": back_url
    }  # fmt: skip
    return render(request, "reception/desk_contact.html", context)


def get_day(user: User, pk: int) -> ReceptionSession:
    """The day with `.people` and `.turns`, if the user runs its venue and it was announced; else 404."""
    rows = ReceptionSession.objects.filter(venue__in=venues_run_by(user), announced_at__isnull=False)
    found = rows.select_related("venue__street", "held_by").filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return reception_days.shown([found])[0]


def get_booking(user: User, pk: int) -> Booking:
    """A booking, with its day, at a venue the user runs; else 404."""
    rows = Booking.objects.filter(session__venue__in=venues_run_by(user)).exclude(phone_index="")
    row = rows.select_related("session__venue").filter(pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise Http404
    return row


def _seen(request: HttpRequest) -> int:
    """The last change that stood on the page; 0 for what no id can be."""
    text = str(request.POST.get("seen", ""))
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else 0


def _done(request: HttpRequest, found: ReceptionSession, do: Any) -> HttpResponse:
    try:
        do()
    except SessionError as error:
        messages.error(request, error.message)
    return redirect("desk_reception_day", pk=found.pk)


def _booked(found: ReceptionSession) -> list[Booking]:
    rows = found.bookings.exclude(status=BookingStatus.CANCELLED)
    # Visitors without an appointment have a number of their own; forgotten ones still had a time.
    rows = rows.exclude(phone_index="", forgotten_at=None)
    return list(rows.select_related("told_by").order_by("slot", "pk"))


def _line(row: Booking, waits: bool) -> dict[str, Any]:
    """One booking as the desk reads it: masked."""
    return {
        "pk": row.pk, "slot": row.slot, "status": row.status, "label": row.get_status_display(),
        "tag": TAGS.get(BookingStatus(row.status), "stopped"), "name": public_name(row.name),
        "phone": mask_phone(row.phone) if row.phone else "", "topic": mask_text(row.topic),
        "is_demo": row.is_demo, "waits": waits, "told_at": row.told_at, "told_by": row.told_by,
    }  # fmt: skip


def _by_slot(found: ReceptionSession, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every time of the day, and whatever was booked at another one before the hours moved."""
    # Once it is over, a free time is of no use to anybody.
    over = found.status in (SessionStatus.HELD, SessionStatus.CANCELLED)
    times: dict[time, time | None] = {} if over else dict(reception_days.hours_of(found))
    for row in rows:
        times.setdefault(row["slot"], None)
    return [
        {"at": at, "until": times[at], "rows": [row for row in rows if row["slot"] == at]}
        for at in sorted(times)
    ]


def _matters(user: User, found: ReceptionSession) -> list[dict[str, Any]]:
    """What was raised that day; title and link only for whoever may see the case; nothing hidden."""
    mine = set(visible_to(user).filter(reception=found).values_list("pk", flat=True))
    rows = Suggestion.objects.filter(Q(pk__in=mine) | ~HIDDEN, reception=found).order_by("number")
    return [
        {"number": row.number, "state": row.state, "label": row.get_state_display(),
         **({"title": row.title, "url": _case_url(user, row)} if row.pk in mine else {})}
        for row in rows
    ]  # fmt: skip


def _case_url(user: User, row: Suggestion) -> str:
    if user.is_staff:
        return reverse("admin:suggestions_suggestion_change", args=[row.pk])
    return reverse("desk_case", args=[row.number])
