"""Registering for somebody: the same steps at the desk and in the office, with token and photos."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import drafts, staging
from .actors import Actor
from .cautions import Cautions, cautions
from .errors import DoorError
from .forms.desk import RegisterForm
from .models import Suggestion
from .submissions import Submission, register_answered, submit

# What the next form begins with, as parameters of its address.
KEPT = ("channel", "venue_code", "street", "community")


class Registering:
    """One request for the form. After `send`, `case` is the new suggestion, or None and the form says why."""

    def __init__(self, request: HttpRequest, seen: QuerySet[Suggestion], **places: Any) -> None:
        self.request, self.seen = request, seen
        self.case: Suggestion | None = None
        self.cautions: Cautions | None = None
        if request.method == "POST":
            self.token = str(request.POST.get("token", ""))[:40]
            self.form = RegisterForm(request.POST, request.FILES, **places)
        else:
            self.token = drafts.begin(request.session)
            kept = {name: request.GET[name][:40] for name in KEPT if name in request.GET}
            self.form = RegisterForm(initial=kept, **places)

    def send(self) -> None:
        """Store it; with cautions it has not shown yet, show them first."""
        form, request = self.form, self.request
        if drafts.context_of(request.session, self.token) is None:
            # Another session's form, or one that lay open too long: its photos are not ours to show.
            self.token = drafts.begin(request.session)
            form.add_error(None, _("This page was open for too long. Please check it and send it once more."))
            return
        for problem in drafts.add_photos(self.token, request.FILES.getlist("photos")):
            form.add_error("photos", problem)
        if not form.is_valid():
            return
        submission = form.submission(self.token, tuple(staging.staged(self.token)))
        if not Suggestion.objects.filter(form_token=self.token).exists():
            found = cautions(submission, self.seen)
            if found and request.POST.get("cautions") != found.stamp:
                self.cautions = found
                return
        self._store(submission)

    def _store(self, submission: Submission) -> None:
        form, actor = self.form, Actor(user=self.request.user)  # type: ignore[arg-type]
        try:
            if form.cleaned_data["answered"]:
                self.case = register_answered(submission, reply=form.cleaned_data["reply"], actor=actor)
            else:
                self.case = submit(submission, actor=actor)
        except ValidationError as error:
            form.add_door_errors(error)
        except DoorError as error:
            form.add_error(None, str(error))


def code_of(request: HttpRequest, case: Suggestion) -> str | None:
    """The query code, for the session that registered the case; "" once renewed, None for any other."""
    if drafts.context_of(request.session, case.form_token) is None:
        return None
    # The same form once more: it gives back the case it has made, with its code.
    again = submit(Submission(token=case.form_token, text=""), actor=Actor(user=request.user))  # type: ignore[arg-type]
    return str(again.fresh_code)  # type: ignore[attr-defined]


def like(case: Suggestion, *, with_venue: bool) -> str:
    """Parameters of the next form: it came the same way, from the same place."""
    found = {
        "channel": case.channel,
        "venue_code": case.venue.code if with_venue and case.venue else "",
        "street": case.street.code if case.street else "",
        "community": case.community.code if case.community else "",
    }
    return urlencode({name: value for name, value in found.items() if value})
