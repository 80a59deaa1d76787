"""What somebody should know before sending: whom to call in an emergency, what was sent already."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from suggestions import emergencies, repeats, workflow
from suggestions.enums import State
from suggestions.models import Suggestion
from suggestions.submissions import Submission

from . import access
from .limits import allowed

# The three ends the five steps do not name, and what waits for the resident.
OTHERWISE: dict[str, str | Promise] = {
    State.SUPPLEMENTING: _("Waits for your answer"),
    State.DECLINED: _("Not accepted"),
    State.TRANSFERRED: _("Belongs to another office"),
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """One of the same phone. Whoever may not follow it here reads the number and nothing else."""

    number: str
    state: str | Promise = ""
    url: str = ""


def hints(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    """For the last look before sending."""
    return {
        "calls": emergencies.calls_for(submission.title, submission.text, submission.place),
        "earlier": _earlier(request, submission),
    }


def _earlier(request: HttpRequest, submission: Submission) -> list[Earlier]:
    words = f"{submission.title}{submission.text}"
    own = repeats.earlier(submission.phone, words, proven=access.own_cases(request))
    found = [Earlier(case.number, _state(case), reverse("suggestion", args=[case.number])) for case in own]
    # A number alone proves nothing, and asking about it is limited.
    if not found and allowed(request, "repeats"):
        found = [Earlier(case.number) for case in repeats.earlier(submission.phone, words)]
    return found


def _state(case: Suggestion) -> str | Promise:
    if case.state in OTHERWISE:
        return OTHERWISE[case.state]
    return next(label for label, states in workflow.STEPS if case.state in states)
