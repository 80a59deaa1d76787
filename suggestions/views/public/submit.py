"""Making a suggestion: three small steps, each with an address of its own, so back and reload always work."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congress_portal.common import clock
from congress_portal.common.audience import public
from congress_portal.common.text import clean_line
from deputies.models import Deputy
from stations import selectors
from stations.models import Venue
from suggestions import drafts, emergencies, staging
from suggestions.forms.submission import STEPS, StepForm
from suggestions.models import Suggestion

from . import sending
from .filling import CHECK, ORDER, Filling, address, of_request
from .limits import allowed

# A half-filled field is kept as typed up to this length while photos are added.
TYPED = 500


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A form begins here and every step of it comes here; without `?form=` a new one is opened."""
    if "form" not in request.GET:
        return _begin(request)
    filling = of_request(request)
    if filling is None:
        if request.method != "POST":
            return _unknown(request)
        # The session is gone, the words are not: they go on under a new form.
        filling = Filling(drafts.begin(request.session))
        messages.info(request, _("This page was open for a long time. Please look at the steps once more."))
    elif Suggestion.objects.filter(form_token=filling.token).exists():
        return redirect(address("suggestion_sent", form=filling.token))
    step = request.GET.get("step", "")
    if step not in ORDER:
        return redirect(filling.address(filling.first_open(filling.filled())))
    if step == CHECK:
        return sending.check(request, filling)
    return _take(request, filling, step) if request.method == "POST" else _ask(request, filling, step)


def again(request: HttpRequest) -> HttpResponse:
    """A step sent with an expired page, shown again as it was filled in, photos kept; status 403.

    For the CSRF failure view. The request proves nothing about its sender, so no answer is stored.
    """
    filling = of_request(request) or Filling(drafts.begin(request.session))
    step = request.GET.get("step", "")
    notice = _(
        "The page was open for too long, so nothing was sent. "
        "Everything is still here: please press the button once more."
    )
    if step not in STEPS:
        return sending.check(request, filling, notice=notice)
    form = filling.form(step, request.POST, request.FILES)
    form.is_valid()
    if step == "where" and request.FILES and allowed(request, "kept-photos"):
        _add_photos(request, filling, form)
    return _page(request, filling, step, form, notice=notice, status=403)


def _begin(request: HttpRequest) -> HttpResponse:
    """Open a form for this session, with the venue and the deputy of a scanned code."""
    venue_code, deputy_key = (clean_line(request.GET.get(name, ""))[:20] for name in ("venue", "deputy"))
    venue = _venue_of(request, venue_code) if venue_code else None
    deputy = Deputy.objects.serving(clock.today()).filter(key=deputy_key).first() if deputy_key else None
    if deputy_key and deputy is None:
        messages.info(
            request,
            _("The deputy of this code is not in office. Your suggestion goes where the place belongs."),
        )
    token = drafts.begin(
        request.session, venue=venue.code if venue else "", deputy=deputy.key if deputy else ""
    )
    query = {"form": token, "step": ORDER[0]} | ({"again": "1"} if "again" in request.GET else {})
    return redirect(address("suggestion_new", **query))


def _venue_of(request: HttpRequest, code: str) -> Venue | None:
    """The open venue of the code, or who took over from it; a message says where it goes instead."""
    asked = selectors.venue_by_code(code)
    now = selectors.present(asked) if asked else None
    if asked is None or now is None or not now.is_open:
        text = _(
            "The home or station of this code is not open. Your suggestion goes where the place belongs."
        )
        messages.info(request, text)
        return None
    if now.pk != asked.pk:
        text = _("Your suggestion goes to “%(venue)s”.") % {"venue": now.name}
        messages.info(request, f"{selectors.farewell(asked)}{text}")
    return now


def _unknown(request: HttpRequest) -> HttpResponse:
    """Somebody else's form, or an old one. A browser that keeps no cookies would come here for ever."""
    if "again" in request.GET and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return render(request, "suggestions/no_cookies.html")
    messages.info(request, _("That form is no longer open, so here is a new one."))
    return redirect(address("suggestion_new", again="1"))


def _ask(request: HttpRequest, filling: Filling, step: str) -> HttpResponse:
    reached = filling.first_open(filling.filled())
    if ORDER.index(step) > ORDER.index(reached):
        return redirect(filling.address(reached))
    initial = filling.answers.get(step) or _suggested(filling, step)
    return _page(request, filling, step, filling.form(step, initial=initial))


def _suggested(filling: Filling, step: str) -> dict[str, Any]:
    """The place a scanned code already tells: the community the venue serves, if it is only one."""
    if step != "where" or filling.venue is None:
        return {}
    codes = list(filling.venue.communities.values_list("code", flat=True)[:2])
    return {"community": codes[0]} if len(codes) == 1 else {}


def _take(request: HttpRequest, filling: Filling, step: str) -> HttpResponse:
    """Keep what was sent and go on; photos are kept whatever else is wrong."""
    form = filling.form(step, request.POST, request.FILES)
    valid = form.is_valid()
    status = 200
    if step == "where":
        if "remove" in request.POST:
            drafts.remove_photo(filling.token, request.POST["remove"])
        if request.FILES:
            status = _add_photos(request, filling, form)
    photos_only = step == "where" and ("remove" in request.POST or request.POST.get("do") == "photos")
    if photos_only and not form.has_error("photos"):
        filling.keep(step, form.answers() if valid else _as_typed(form))
        return redirect(filling.address(step) + "#photos")
    if valid:
        filling.keep(step, form.answers())
    if form.errors:
        return _page(request, filling, step, form, status=status)
    # Somebody who came back from the last look to change one thing goes straight there again.
    done = filling.first_open(filling.filled()) == CHECK
    return redirect(filling.address(CHECK if done else ORDER[ORDER.index(step) + 1]))


def _add_photos(request: HttpRequest, filling: Filling, form: StepForm) -> int:
    """Keep the photos of the request, put what is wrong with them on the form; the status of the answer."""
    if not allowed(request, "photos"):
        form.add_error("photos", _("Too many photos in a short time. Please wait a few minutes."))
        return 429
    for problem in drafts.add_photos(filling.token, request.FILES.getlist("photos")):
        form.add_error("photos", problem)
    return 200


def _said(filling: Filling) -> list[str]:
    what = filling.answers.get("what", {})
    return [str(what.get(name) or "") for name in ("title", "text")]


def _as_typed(form: StepForm) -> dict[str, Any]:
    values = {name: form[name].value() for name in form.fields if name != "photos"}
    return {name: value[:TYPED] if isinstance(value, str) else value for name, value in values.items()}


def _page(
    request: HttpRequest, filling: Filling, step: str, form: StepForm, *, notice: str = "", status: int = 200
) -> HttpResponse:
    place = ORDER.index(step)
    context = {
        "form": form,
        "step": step,
        "step_number": place + 1,
        "steps": len(STEPS),
        "back_url": filling.address(ORDER[place - 1]) if place else "",
        "action_url": filling.address(step),
        "filling": filling,
        "photos": staging.staged(filling.token) if step == "where" else [],
        "notice": notice,
        # Not only at the end: who writes of a fire must not fill in two more pages first.
        "calls": emergencies.calls_for(*_said(filling)) if place else [],
    }
    return render(request, f"suggestions/step_{step}.html", context, status=status)
