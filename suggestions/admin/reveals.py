"""The contact in clear, for a reason that is written down, and the list of all such looks."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from congress_portal.common.forms import ClearTextField
from suggestions import contacts
from suggestions.actors import Actor
from suggestions.errors import DoorError, Forbidden
from suggestions.models import Suggestion

from . import casefile


class ReasonForm(forms.Form):
    """Why somebody needs the contact."""

    reason = ClearTextField(
        label=_("Why do you need it?"), max_length=200, single_line=True,
        help_text=_("The resident can read your name, the time and this reason."),
    )  # fmt: skip


def contact_view(request: HttpRequest, cases: Any, case: Suggestion) -> HttpResponse:
    """Asks for the reason; the answer is shown in this one response and stored nowhere else."""
    actor = Actor(user=request.user)  # type: ignore[arg-type]
    if contacts.reveal_role(actor, case) is None:
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    shown = None
    if form.is_valid():
        try:
            shown = contacts.reveal(case, actor=actor, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error("reason", error.error_dict["reason"])
        except Forbidden as error:
            raise PermissionDenied from error
        except DoorError as error:
            form.add_error(None, str(error))
    context = {
        **cases.frame(request),
        **casefile.brief(case, actor),
        "title": _("Name and phone"),
        "heading": _("Name and phone"),
        "form": form,
        "shown": shown,
        "case_url": cases.address(request, case),
    }
    return TemplateResponse(request, "admin/suggestions/contact.html", context)
