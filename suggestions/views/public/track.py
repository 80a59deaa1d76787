"""Following a suggestion without an account: number and query code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from congress_portal.common import codes
from congress_portal.common.audience import public
from suggestions.forms.tracking import TrackForm
from suggestions.models import Suggestion
from suggestions.workflow import RATE

from . import access
from .limits import allowed
from .pages import ACTIONS

# A hash no code has.
NOBODYS = "0" * 64


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; the right ones open the case, or the page of it that was asked for."""
    if request.method != "POST":
        return ask_code(request)
    form = TrackForm(request.POST)
    status = 200
    if form.is_valid():
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        # Both count before anything is looked up, so a refusal says nothing about the number either.
        if allowed(request, "track") and allowed(number, "track-number"):
            case = _find(number, code)
            if case is not None:
                access.hold(request.session, case)
                return _go_on(case, form.cleaned_data["then"])
            form.add_error(None, _("Number and query code do not belong together. Please check both."))
        else:
            form.add_error(
                None, _("Too many tries. Please wait a few minutes, or ask at your home or station.")
            )
            status = 429
    context = {"form": form, "rating": request.POST.get("then") == RATE}
    return render(request, "suggestions/track.html", context, status=status)


def ask_code(request: HttpRequest, number: str = "", *, then: str = "", desk_url: str = "") -> HttpResponse:
    """The empty form; the same for every number, whether there is such a case or not.

    `then` is the action whose page was asked for, `desk_url` leads staff who may see the case to where they
    work on it.
    """
    context = {
        "form": TrackForm(initial={"number": number, "then": then}),
        "number": number,
        "rating": then == RATE,
        "desk_url": desk_url,
    }
    return render(request, "suggestions/track.html", context)


@public
@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Forget the case in this browser: for people who share it."""
    case = Suggestion.objects.filter(number=number).only("pk").first()
    if case is not None:
        access.let_go(request.session, case.pk)
    return redirect("suggestion_track")


def _go_on(case: Suggestion, then: str) -> HttpResponse:
    if then == RATE or then in ACTIONS:
        return redirect("suggestion_action", number=case.number, action=then)
    return redirect("suggestion", number=case.number)


def _find(number: str, code: str) -> Suggestion | None:
    """The case of this number if the code is its own; a wrong number takes as long as a wrong code."""
    case = Suggestion.objects.filter(number=number).first() if len(number) <= 16 else None
    stored = case.query_code_hash if case else NOBODYS
    return case if codes.codes_match(code, stored) and case else None
