"""After the day: its record, and a slip with number and code for every matter raised."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from congress_portal.common import clock
from stations.models import ReceptionSession, SessionStatus
from stations.permissions import venues_kept_by
from stations.services import booking as bookings
from stations.services.reception import SessionError
from suggestions import drafts, reception_record
from suggestions.errors import DoorError
from suggestions.forms.record import Matters, RecordForm, typed
from suggestions.papers.receipt import receipt
from suggestions.views.papers import track_address

from .doors import reception_only
from .reception import get_day

SAVE = "save"


@reception_only
@require_http_methods(["GET", "POST"])
@never_cache
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; sent twice it writes one record, and what is wrong keeps everything that was typed."""
    day = get_day(request.user, pk)  # type: ignore[arg-type]
    if day.status != SessionStatus.ANNOUNCED or day.day > clock.today():
        # Written already, perhaps by the first of two clicks: the page of the day shows it.
        return redirect("desk_reception_day", pk=day.pk)
    if request.method == "GET":
        expected = {"visitors": _came(day), "attended": _expected(day)}
        form = RecordForm(duties=day.duties.select_related("deputy"), initial=expected)
        return _page(request, day, form, Matters(day), drafts.begin(request.session, reception=day.pk))
    token, judged = str(request.POST.get("token", ""))[:40], request.POST.get("do", SAVE) == SAVE
    matters, form = _sent(request, day, judged)
    if not _is_ours(request, token, day):
        token = drafts.begin(request.session, reception=day.pk)
        messages.info(request, _("This page was open for too long. Please check it and send it once more."))
        return _page(request, day, form, matters, token)
    if judged and _write(request, day, form, matters, token):
        messages.success(request, _("The record is written."))
        if matters.forms:
            return redirect(f"{reverse('desk_reception_slips', args=[day.pk])}?{urlencode({'form': token})}")
        return redirect("desk_reception_day", pk=day.pk)
    return _page(request, day, form, matters, token)


@reception_only
@require_GET
@never_cache
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and code of every matter, for the browser that wrote the record."""
    day = get_day(request.user, pk)  # type: ignore[arg-type]
    token = request.GET.get("form", "")
    if not _is_ours(request, token, day):
        raise Http404
    cases, track_url = reception_record.registered(day, token), track_address(request)
    papers = [receipt(case, code=case.fresh_code, track_url=track_url) for case in cases]  # type: ignore[attr-defined]
    context = {"day": day, "cases": cases, "track_url": track_url, "papers": papers}
    return render(request, "reception/desk_slips.html", context)


def _sent(request: HttpRequest, day: ReceptionSession, judged: bool) -> tuple[Matters, RecordForm]:
    duties = day.duties.select_related("deputy")
    matters = Matters(day, request.POST if _may_register(request, day) else None, judged=judged)
    if judged:
        return matters, RecordForm(request.POST, duties=duties)
    shown: dict[str, Any] = typed(request.POST) | {"attended": request.POST.getlist("attended")}
    return matters, RecordForm(duties=duties, initial=shown)


def _write(
    request: HttpRequest, day: ReceptionSession, form: RecordForm, matters: Matters, token: str
) -> bool:
    """Write it all, or put on the forms why not."""
    day_is_valid, matters_are_valid = form.is_valid(), matters.are_valid()
    if not (day_is_valid and matters_are_valid):
        return False
    try:
        reception_record.record(
            day, **form.given(), matters=[each.matter() for each in matters.forms], token=token,
            user=request.user,  # type: ignore[arg-type]
        )  # fmt: skip
    except reception_record.MatterError as problem:
        matters.forms[problem.place].add_door_errors(problem.error)
    except ValidationError as error:
        for name, problems in error.error_dict.items():
            form.add_error(name if name in form.fields else None, problems)
    except (DoorError, SessionError) as error:
        form.add_error(None, str(error.message))
    return form.is_valid() and matters.are_valid()


def _page(
    request: HttpRequest, day: ReceptionSession, form: RecordForm, matters: Matters, token: str
) -> HttpResponse:
    context = {
        "day": day, "form": form, "matters": matters, "token": token,
        "may_register": _may_register(request, day),
    }  # fmt: skip
    return render(request, "reception/desk_record.html", context)


def _is_ours(request: HttpRequest, token: str, day: ReceptionSession) -> bool:
    context = drafts.context_of(request.session, token)
    return context is not None and context.get("reception") == day.pk


def _may_register(request: HttpRequest, day: ReceptionSession) -> bool:
    """Registering for somebody is a duty of the venue's people, not of the office."""
    return venues_kept_by(request.user).filter(pk=day.venue_id).exists()


def _came(day: ReceptionSession) -> int:
    return bookings.arrived(day).count()


def _expected(day: ReceptionSession) -> list[int]:
    """Ids of the duties of those who were to come; whoever left the venue or the office is not ticked."""
    turns = day.turns  # type: ignore[attr-defined]
    return [one.duty.pk for turn in turns for one in (turn, *turn.substitutes) if one.stands]
