"""One form on its way through its steps: where it stands, and its addresses."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from deputies.models import Deputy
from stations import selectors
from stations.models import Venue
from suggestions import drafts, staging
from suggestions.forms.submission import STEPS, StepForm, assemble
from suggestions.submissions import Submission

CHECK = "check"
ORDER = (*STEPS, CHECK)


@dataclass(slots=True)
class Filling:
    """A form's token, what it was opened with and what was answered so far."""

    token: str
    venue: Venue | None = None
    deputy: Deputy | None = None
    answers: drafts.Answers = field(default_factory=dict)

    def form(self, step: str, *args: Any, **kwargs: Any) -> StepForm:
        return STEPS[step](*args, venue=self.venue, **kwargs)

    def filled(self) -> dict[str, StepForm]:
        """Every step with the answers that were kept, checked as if they were sent now."""
        return {step: self.form(step, self.answers.get(step, {})) for step in STEPS}

    def first_open(self, forms: dict[str, StepForm]) -> str:
        """The first step not answered yet, or no longer valid; the last look if there is none."""
        return next(
            (step for step, form in forms.items() if step not in self.answers or not form.is_valid()), CHECK
        )

    def keep(self, step: str, answers: dict[str, Any]) -> None:
        drafts.keep(self.token, step, answers)
        self.answers[step] = answers

    def submission(self, forms: dict[str, StepForm]) -> Submission:
        return assemble(
            self.token, forms, venue=self.venue, deputy=self.deputy, photos=staging.staged(self.token)
        )

    def address(self, step: str) -> str:
        return address("suggestion_new", form=self.token, step=step)


def address(name: str, **query: str) -> str:
    return f"{reverse(name)}?{urlencode(query)}"


def of_request(request: HttpRequest) -> Filling | None:
    """The form named in the address, if it is one of this session's."""
    token = request.GET.get("form", "")
    context = drafts.context_of(request.session, token)
    if context is None or "case" in context:
        return None
    asked = Venue.objects.filter(code=context.get("venue") or "").first()
    # It may have been merged since the form was opened.
    venue = selectors.present(asked) if asked else None
    venue = venue if venue and venue.is_open else None
    deputy = Deputy.objects.filter(key=context.get("deputy") or "").first()
    return Filling(token, venue, deputy, drafts.answers_of(token))
