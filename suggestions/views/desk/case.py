"""One case, and the look at its contact."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from suggestions import contacts, desk
from suggestions.actors import Actor
from suggestions.errors import DoorError
from suggestions.forms.desk import RevealForm
from suggestions.views.lists import marks

from . import casefile
from .doors import desk_only


@desk_only
@require_GET
@never_cache
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one case, and exactly the buttons that may be pressed."""
    found = desk.get_case(request.user, number)  # type: ignore[arg-type]
    context = casefile.context(found, Actor(user=request.user))  # type: ignore[arg-type]
    context |= marks.panel(request, found, reverse("desk_mark", args=[found.number]))
    return render(request, "desk/case.html", context)


@desk_only
@require_http_methods(["GET", "POST"])
@never_cache
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Name and phone in clear, for a reason that is written down; shown in the answer and kept nowhere."""
    found = desk.get_case(request.user, number)  # type: ignore[arg-type]
    actor = Actor(user=request.user)  # type: ignore[arg-type]
    if contacts.reveal_role(actor, found) is None:
        raise PermissionDenied
    form, shown = RevealForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            shown = contacts.reveal(found, actor=actor, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        except DoorError as error:
            form.add_error(None, str(error))
    back_url = reverse("desk_case", args=[found.number])
    masked = contacts.masked(found)
    context = {"case": found, "form": form, "shown": shown, "masked": masked, "back_url": back_url}
    return render(request, "desk/contact.html", context)
