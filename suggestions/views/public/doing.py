"""What every action of the resident shares: through the door, once, and back with a word of thanks."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from congress_portal.common import clock
from suggestions.errors import DoorError
from suggestions.models import Suggestion
from suggestions.services import perform
from suggestions.workflow import RESIDENT, Move

from . import access
from .pages import ACTIONS

# A second click or a reload within this time is the same wish, not a new one.
SAME_WISH = timedelta(minutes=10)


def performed(request: HttpRequest, form: Any, mine: Suggestion, move: Move, given: dict[str, Any]) -> bool:
    """Through the door; what it refuses stands on the form, which then has the version of now."""
    version = form.cleaned_data.get("version")
    try:
        perform(
            move.action, target=mine, actor=access.actor_for(request, mine),
            seen_version=-1 if version is None else version, **given,
        )  # fmt: skip
    except ValidationError as error:
        for name, problems in error.error_dict.items():
            form.add_error(name if name in form.fields else None, problems)
    except DoorError as error:
        form.add_error(None, error.message)
        form.data["version"] = Suggestion.objects.values_list("version", flat=True).get(pk=mine.pk)
    return not form.errors


def just_done(mine: Suggestion, actions: tuple[str, ...], text: str | None = None) -> bool:
    """Whether the resident did just this a moment ago: a second click, or the page sent again."""
    since = clock.now() - SAME_WISH
    return any(
        event.action in actions
        and event.role == RESIDENT
        and event.happened_at >= since
        and (text is None or event.note == text)
        for event in mine.events.all()
    )


def done(request: HttpRequest, mine: Suggestion, action: str) -> HttpResponse:
    """Back to the case with a word; whoever has left it has nothing to come back to."""
    page = ACTIONS.get(action)
    messages.success(request, str(page.done) if page else _("Thank you for your rating."))
    if action == "leave":
        access.let_go(request.session, mine.pk)
        return redirect("suggestion_track")
    return redirect("suggestion", number=mine.number)
