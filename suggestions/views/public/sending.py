"""The last look before sending, the sending itself, and the page with the number."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congress_portal.common import clock
from congress_portal.common.audience import public
from congress_portal.common.text import first_sentence
from suggestions import drafts, tracking, why
from suggestions.actors import Actor
from suggestions.forms.submission import STEP_OF
from suggestions.models import ClockRule, Suggestion
from suggestions.papers.receipt import receipt, what_happens_next
from suggestions.routing import route
from suggestions.submissions import Submission, submit
from suggestions.views.papers import track_address

from . import access
from .filling import CHECK, Filling, address, of_request
from .hints import hints
from .limits import allowed

Key = ClockRule.Key


def check(request: HttpRequest, filling: Filling, *, notice: str = "") -> HttpResponse:
    """Everything once more, and who will see it; a POST sends it. `notice`: the request was refused."""
    forms = filling.filled()
    missing = filling.first_open(forms)
    if missing != CHECK:
        return redirect(filling.address(missing))
    submission = filling.submission(forms)
    if notice:
        return _last_look(request, filling, submission, problems=[notice], status=403)
    if request.method != "POST":
        return _last_look(request, filling, submission)
    if not allowed(request, "submit"):
        wait = _("Many suggestions came from your network just now. Please try again in a few minutes.")
        return _last_look(request, filling, submission, problems=[wait], status=429)
    try:
        case = submit(submission, actor=Actor(user=access.user_of(request)))
    except ValidationError as error:
        # The steps said yes; what the door refuses all the same is shown at its step.
        for problem in error.messages:
            messages.error(request, problem)
        field = next(iter(getattr(error, "error_dict", {})), "")
        return redirect(filling.address(STEP_OF.get(field, CHECK)))
    drafts.discard(filling.token)
    access.hold(request.session, case)
    return redirect(address("suggestion_sent", form=filling.token))


def _last_look(
    request: HttpRequest,
    filling: Filling,
    submission: Submission,
    *,
    problems: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    venue, rule = route(venue=submission.venue, community=submission.community, street=submission.street)
    place = [submission.street, submission.community, submission.place]
    what, where, contact = (filling.address(step) for step in ("what", "where", "contact"))
    yes, no = _("Yes"), _("No")
    rows = [
        (_("Title"), submission.title or first_sentence(submission.text), what),
        (_("What happened"), submission.text, what),
        (_("Category"), submission.category or _("I don't know"), what),
        (_("Place"), " ".join(str(part) for part in place if part) or _("Not sure"), where),
        (_("How we call you"), submission.name, contact),
        (_("Phone"), submission.phone, contact),
        (_("May the result be made public?"), yes if submission.may_publish else no, contact),
        (_("May the unit see name and phone?"), yes if submission.may_share else no, contact),
    ]
    context: dict[str, Any] = {
        "rows": rows,
        "photos": submission.photos,
        "photos_url": where + "#photos",
        "action_url": filling.address(CHECK),
        "back_url": contact,
        "venue": venue,
        "rule": rule,
        "deputies": tracking.deputies_at(venue),
        "deputy_asked": submission.deputy,
        "first_due": why.of_rule(ClockRule.objects.get(key=Key.ACCEPT), clock.today()),
        "problems": problems,
        **hints(request, submission),
    }
    return render(request, "suggestions/check.html", context, status=status)


@public
@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Number and query code, for the browser that sent the form."""
    filling = of_request(request)
    case = (
        Suggestion.objects.select_related("venue").filter(form_token=filling.token).first()
        if filling
        else None
    )
    if filling is None or case is None:
        messages.info(request, _("Have number and query code ready to follow your suggestion."))
        return redirect("suggestion_track")
    # The form's own code, known again from its token; "" once another one was given out.
    code = submit(Submission(token=filling.token, text=""), actor=Actor()).fresh_code  # type: ignore[attr-defined]
    context = {
        "case": case,
        "code": code,
        "next": what_happens_next(case),
        "paper": receipt(case, code=code, track_url=track_address(request)),
    }
    return render(request, "suggestions/sent.html", context)
