"""Booking a visit without an account, and looking after it with the code."""

from typing import Any

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress_portal.common import codes, ratelimit
from congress_portal.common.audience import public
from stations import reception_days
from stations.models import Booking, ReceptionMode, ReceptionSession
from stations.reception_forms import BookingForm, CodeForm
from stations.rota import rules
from stations.services import booking as desk
from stations.services.reception import SessionError

from .places import not_here

# Scope → attempts, seconds. Many phones share one address of a mobile network, so these are generous.
LIMITS = {"reception-book": (30, 3600), "reception-code": (20, 600)}
FORMS, HELD = "reception_forms", "reception_booking"
MAX_FORMS = 8


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a time, say who comes; the next page shows the code."""
    day = _day(pk)
    if day is None:
        return not_here(request, "reception/not_here.html")
    if request.method != "POST":
        form = BookingForm(slots=day.slots, initial={"slot": request.GET.get("slot", "")})  # type: ignore[attr-defined]
        return _ask(request, day, form, _begin(request.session, day))
    token = str(request.POST.get("token", ""))[:60]
    if _day_of(request.session, token) != day.pk:
        # Another browser's form, or one that lay open too long: what was typed goes on under a new one.
        token = _begin(request.session, day)
    return _take(request, day, token)


def _take(request: HttpRequest, day: ReceptionSession, token: str) -> HttpResponse:
    """Book what was sent; what is wrong stands on the form. Sent twice, it is the same booking."""
    row, form, status = _made(day.pk, token), BookingForm(request.POST, slots=day.slots), 200  # type: ignore[attr-defined]
    if row is None and form.is_valid():
        if _allowed(request, "reception-book"):
            row = _book(day, form, token)
        else:
            form.add_error(None, _("Many bookings came from your network just now. Please try again later."))
            status = 429
    if row is None:
        day = _day(day.pk) or day
        form.offer(day.slots)  # type: ignore[attr-defined]
        return _ask(request, day, form, token, status=status)
    request.session[HELD] = row.pk
    return redirect(f"{reverse('reception_booked')}?{urlencode({'form': token})}")


def _book(day: ReceptionSession, form: BookingForm, token: str) -> Booking | None:
    try:
        return desk.book(day, token=token, **form.given())
    except ValidationError as error:
        for name, problems in error.error_dict.items():
            form.add_error(name if name in form.fields else None, problems)
    except SessionError as error:
        form.add_error(None, error.message)
    return None


@public
@never_cache
@require_safe
def booked(request: HttpRequest) -> HttpResponse:
    """Time, place and code, for the browser that sent the form."""
    token = request.GET.get("form", "")
    row = _made(_day_of(request.session, token), token)
    if row is None:
        return redirect("reception_booking")
    context = _about(row) | {"code": desk.code_of(row.session, token)}
    return render(request, "reception/booked.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest) -> HttpResponse:
    """How a booking stands: for the browser that made it, or after its code was typed."""
    if request.method != "POST":
        row = _held(request.session)
        if row is None or "other" in request.GET:
            return render(request, "reception/code.html", {"form": CodeForm()})
        return render(request, "reception/booking.html", _about(row))
    form, status = CodeForm(request.POST), 200
    if form.is_valid():
        if _allowed(request, "reception-code"):
            row = desk.by_code(form.cleaned_data["code"])
            if row is not None:
                request.session[HELD] = row.pk
                return redirect("reception_booking")
            form.add_error("code", _("There is no booking with this code. Please check it."))
        else:
            form.add_error(None, _("Too many tries. Please wait a few minutes, or call the home or station."))
            status = 429
    return render(request, "reception/code.html", {"form": form}, status=status)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest) -> HttpResponse:
    """Asks once, then gives the place back."""
    row = _held(request.session)
    if row is None:
        return redirect("reception_booking")
    if request.method != "POST" and desk.may_cancel(row):
        return render(request, "reception/cancel.html", _about(row))
    try:
        desk.cancel(row)
    except SessionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Your booking is cancelled. The time is free for somebody else."))
    return redirect("reception_booking")


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the booking in this browser: for people who share it."""
    request.session.pop(HELD, None)
    request.session.pop(FORMS, None)
    return redirect("reception_booking")


def _day(pk: int) -> ReceptionSession | None:
    if pk >= 2**63:
        return None
    return next(iter(reception_days.shown(reception_days.public_days().filter(pk=pk))), None)


def _ask(
    request: HttpRequest, day: ReceptionSession, form: BookingForm, token: str, *, status: int = 200
) -> HttpResponse:
    context = {"day": day, "form": form, "token": token, "keep_days": rules().booking_keep_days}
    return render(request, "reception/book.html", context, status=status)


def _begin(session: SessionBase, day: ReceptionSession) -> str:
    """A new form of this session. Its token gives the code, so it is as long as a password."""
    token = get_random_string(32)
    forms = {**session.get(FORMS, {}), token: day.pk}
    session[FORMS] = dict(list(forms.items())[-MAX_FORMS:])
    return token


def _day_of(session: SessionBase, token: str) -> int | None:
    """The day the form was opened for; None: it is not a form of this session."""
    return session.get(FORMS, {}).get(token)


def _made(day_pk: int | None, token: str) -> Booking | None:
    """The booking this form has made already."""
    if day_pk is None:
        return None
    code = desk.code_of(ReceptionSession(pk=day_pk), token)
    rows = Booking.objects.select_related("session__venue__street")
    return rows.filter(session=day_pk, code_hash=codes.hash_code(code)).first()


def _held(session: SessionBase) -> Booking | None:
    rows = Booking.objects.select_related("session__venue__street")
    return rows.filter(pk=session.get(HELD, 0)).first()


def _about(row: Booking) -> dict[str, Any]:
    """What its holder may read: also the address of an online meeting, and who looked at the phone."""
    day = reception_days.shown([row.session])[0]
    until = next((slot.until for slot in day.slots if slot.at == row.slot), None)  # type: ignore[attr-defined]
    changes = desk.news(day).filter(made_at__gt=row.booked_at)
    return {
        "booking": row, "day": day, "until": until, "changes": changes,
        "online_url": day.online_url if day.mode != ReceptionMode.ON_SITE else "",
        "may_cancel": desk.may_cancel(row), "looks": row.reveals.select_related("user"),
    }  # fmt: skip


def _allowed(request: HttpRequest, scope: str) -> bool:
    limit, seconds = LIMITS[scope]
    return ratelimit.hit(request, scope=scope, limit=limit, seconds=seconds)
