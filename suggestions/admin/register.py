"""Paper, calls and copies from the hotline, entered by the office: the register form of the desk."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from suggestions import registering, staging
from suggestions.models import Suggestion
from suggestions.papers.receipt import receipt
from suggestions.registering import Registering
from suggestions.selectors import visible_to
from suggestions.views.papers import track_address

from .workbench import may_work


def view(request: HttpRequest, cases: Any) -> HttpResponse:
    """Sent twice it makes one suggestion. The place decides which venue it goes to."""
    if not may_work(request):
        raise PermissionDenied
    work = Registering(request, visible_to(request.user))  # type: ignore[arg-type]
    if request.method == "POST":
        work.send()
        if work.case is not None:
            return redirect("admin:suggestions_suggestion_registered", pk=work.case.pk)
    context = {
        **cases.frame(request),
        "title": _("Register for somebody"),
        "form": work.form,
        "token": work.token,
        "kept": [{"url": reverse("staged_photo", args=[photo.pk])} for photo in staging.staged(work.token)],
        "cautions": work.cautions,
        "list_url": reverse("admin:suggestions_suggestion_changelist"),
    }
    return TemplateResponse(request, "admin/suggestions/register.html", context)


def slip(request: HttpRequest, cases: Any, case: Suggestion) -> HttpResponse:
    """The receipt in large type, for the session that registered the case."""
    code = registering.code_of(request, case)
    if code is None:
        raise Http404
    context = {
        **cases.frame(request),
        "title": _("Registered"),
        "case": case,
        "paper": receipt(case, code=code, track_url=track_address(request)),
        "again_url": (
            f"{reverse('admin:suggestions_suggestion_register')}?{registering.like(case, with_venue=False)}"
        ),
    }
    return TemplateResponse(request, "admin/suggestions/registered.html", context)
