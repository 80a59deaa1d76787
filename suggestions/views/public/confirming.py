"""Contacts a unit says it had: the resident says of each whether it happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from suggestions import tracking
from suggestions.forms.tracking import resident_form
from suggestions.models import ContactLog, Suggestion
from suggestions.workflow import Move

from . import access
from .doing import done, performed
from .pages import ACTIONS

CONFIRM = "confirm_contact"


def page(request: HttpRequest, mine: Suggestion, moves: dict[str, Move], notice: str) -> HttpResponse | None:
    """Every contact that waits for a yes or no, each answered by one press; None when none does."""
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None and not notice and _answered_already(mine, sent.get("contact_log", "")):
        return _go_on(request, mine)
    move = moves.get(CONFIRM)
    if move is None:
        return None
    form = resident_form(move, access.actor_for(request, mine), mine, sent)
    if sent is not None and not notice and form.is_valid() and performed(
        request, form, mine, move, form.given()
    ):  # fmt: skip
        return _go_on(request, mine)
    context = {
        "case": mine, "page": ACTIONS[CONFIRM], "form": form, "notice": notice,
        "contacts": tracking.contacts_to_confirm(mine),
    }  # fmt: skip
    return render(request, "suggestions/confirm_contact.html", context, status=403 if notice else 200)


def _go_on(request: HttpRequest, mine: Suggestion) -> HttpResponse:
    """To the next one that waits, or back to the case."""
    answer = done(request, mine, CONFIRM)
    if tracking.contacts_to_confirm(mine):
        return redirect("suggestion_action", number=mine.number, action=CONFIRM)
    return answer


def _answered_already(mine: Suggestion, sent: str) -> bool:
    """A second click, or the page sent again."""
    if not (sent.isascii() and sent.isdigit() and len(sent) < 19):
        return False
    logs = ContactLog.objects.filter(pk=int(sent), assignment__suggestion=mine, confirmed__isnull=False)
    return logs.exists()
