"""The record of a reception day and the matters raised in it, as many as there were."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from congress_portal.common.forms import ClearTextField
from stations.models import DutyStatus, ReceptionDuty, ReceptionSession, Venue
from stations.services import booking
from suggestions.reception_record import MOST_MATTERS, Matter
from suggestions.submissions import Submission

from .desk import RegisterForm
from .submission import WhereForm

MORE = "more"


class RecordForm(forms.Form):
    """How many came, what was done, who of the deputies was there."""

    use_required_attribute = False
    visitors = forms.IntegerField(
        label=_("People received"),
        help_text=_("With and without an appointment"),
        validators=[MinValueValidator(0), MaxValueValidator(booking.MOST_VISITORS)],
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Please fill this in."), "invalid": _("Please enter a number.")},
    )
    summary = ClearTextField(
        label=_("Record"), required=False, max_length=booking.LIMITS["summary"],
        help_text=_("What was talked about; without names of residents. It stays inside."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    attended = forms.TypedMultipleChoiceField(
        label=_("Deputies who were there"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, duties: Iterable[ReceptionDuty], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.duties = [duty for duty in duties if duty.status != DutyStatus.LEAVE]
        field = self.fields["attended"]
        field.choices = [(duty.pk, duty.deputy.name) for duty in self.duties]  # type: ignore[attr-defined]
        if not self.duties:
            del self.fields["attended"]

    def given(self) -> dict[str, Any]:
        """What `reception_record.record` takes, without the matters."""
        there = set(self.cleaned_data.get("attended", ()))
        return {
            "visitors": self.cleaned_data["visitors"], "summary": self.cleaned_data["summary"],
            "attended": {duty.pk: duty.pk in there for duty in self.duties},
        }  # fmt: skip


class MatterForm(RegisterForm):
    """One matter: the register form of the desk, with venue and channel known."""

    def __init__(self, *args: Any, venue: Venue, like: "MatterForm | None" = None, **kwargs: Any) -> None:
        if like is not None:
            # One look at the catalogues for all matters of a record.
            self.categories, self.streets, self.communities = like.categories, like.streets, like.communities
        super().__init__(*args, venues=[venue], **kwargs)
        for name in ("venue_code", "channel", "photos", "outside_number"):
            del self.fields[name]
        self.fields["street"].widget.attrs["data-places"] = self["community"].id_for_label

    def matter(self) -> Matter:
        data = self.cleaned_data
        submission = Submission(
            token="", text=data["text"], title=data["title"], category=self.categories.get(data["category"]),
            name=data["name"], phone=data["phone"], notice_read=data["notice_read"],
            may_publish=data["may_publish"], may_share=data["may_share"], **WhereForm.given(self),
        )  # fmt: skip
        return Matter(submission, data["reply"] if data["answered"] else "")


class Matters:
    """The matters of one record. Without a script a button asks for one more, or takes one away.

    Then (`judged=False`) what was typed so far is only shown again.
    """

    def __init__(self, day: ReceptionSession, data: Any = None, *, judged: bool = False) -> None:
        places = list(range(_count(data.get("matters", "")))) if data is not None else []
        wish = "" if data is None or judged else data.get("do", "")
        self.forms: list[MatterForm] = []
        for place in places:
            if wish == f"drop-{place}":
                continue
            self._add(day, data if judged else None, initial=None if judged else typed(data, f"m{place}-"))
        if wish == MORE and len(self.forms) < MOST_MATTERS:
            self._add(day, None)
        self.is_full = len(self.forms) >= MOST_MATTERS

    def _add(self, day: ReceptionSession, data: Any, **kwargs: Any) -> None:
        like = self.forms[0] if self.forms else None
        prefix = f"m{len(self.forms)}"
        self.forms.append(MatterForm(data, prefix=prefix, venue=day.venue, like=like, **kwargs))

    def are_valid(self) -> bool:
        # Every form is looked at, so that all errors are shown at once.
        valid = [form.is_valid() for form in self.forms]
        return all(valid)


def typed(data: Any, prefix: str = "") -> dict[str, Any]:
    """What was typed, to be shown in a form that does not judge it."""
    names = (key.removeprefix(prefix) for key in data if key.startswith(prefix))
    return {name: data.get(prefix + name) for name in names}


def _count(text: str) -> int:
    return min(int(text), MOST_MATTERS) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
