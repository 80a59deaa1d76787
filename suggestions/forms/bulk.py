"""What is chosen once for many cases."""

import hashlib
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.forms import ClearTextField
from stations.models import Venue
from suggestions import bulk, clocks
from suggestions.bulk import Line
from suggestions.enums import CaseLevel, State
from suggestions.inputs import LIMITS
from suggestions.models import Category, ClockRule, HandlingUnit, Suggestion
from suggestions.selectors import visible_to

from .fields.base import date_field


class BulkForm(forms.Form):
    """`lines` says for each case what the choices mean for it."""

    use_required_attribute = False
    action = ""

    def __init__(self, *args: Any, cases: list[Suggestion], user: User, **kwargs: Any) -> None:
        self.cases, self.user = cases, user
        super().__init__(*args, **kwargs)

    def lines(self) -> list[Line]:
        raise NotImplementedError

    def stamp(self) -> str:
        """The same for the same choices: what is done must be what was shown."""
        typed = {name: str(self.data.get(name, "")) for name in self.fields}
        return hashlib.sha256(json.dumps([self.action, typed], sort_keys=True).encode()).hexdigest()[:32]


class AcceptForm(BulkForm):
    action = "accept"
    category = forms.ModelChoiceField(
        Category.objects.filter(is_active=True), label=_("Category"), required=False,
        empty_label=_("As the resident gave it"),
    )  # fmt: skip
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("Usual for its category")), *CaseLevel.choices]
    )

    def lines(self) -> list[Line]:
        data = self.cleaned_data
        return bulk.accepting(self.cases, category=data["category"], level=data["level"])


class AssignForm(BulkForm):
    action = "assign"
    unit = forms.ModelChoiceField(
        HandlingUnit.objects.filter(is_active=True, coordination_only=False), label=_("Lead unit"),
        required=False, empty_label=_("Usual for its category"),
    )  # fmt: skip
    venue = forms.ModelChoiceField(
        Venue.objects.none(), label=_("or a venue"), required=False, empty_label=_("No venue")
    )
    due = date_field(_("Due"))
    instructions = ClearTextField(
        label=_("Instructions"), required=False, max_length=LIMITS["instructions"],
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = Venue.objects.open()  # type: ignore[attr-defined]
        self.fields["due"].initial = clocks.limit(ClockRule.Key.REPLY, clock.today())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("unit") and data.get("venue"):
            self.add_error("venue", _("Choose a unit or a venue, not both."))
        return data

    def lines(self) -> list[Line]:
        return bulk.assigning(self.cases, **self.cleaned_data)


class MergeForm(BulkForm):
    action = "merge"
    lead = forms.ChoiceField(label=_("Which of them is the lead?"), required=False, widget=forms.RadioSelect)
    number = forms.CharField(
        label=_("or the number of another case"), required=False, max_length=20,
        help_text=_("Number of the case that answers for all"),
    )  # fmt: skip
    same_person = forms.BooleanField(
        label=_("The same person raised it again (not counted again)"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [case for case in self.cases if case.state in (State.ACCEPTED, State.HANDLING)]
        self.fields["lead"].choices = [(str(case.pk), str(case)) for case in able]  # type: ignore[attr-defined]
        if able:
            self.fields["lead"].initial = str(able[0].pk)
        else:
            del self.fields["lead"]
            self.fields["number"].label = _("Number of the lead case")
            self.fields["number"].help_text = _(
                "None of the chosen is accepted yet, so none can answer for the others: name another case."
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        number = (data.get("number") or "").strip()
        if number:
            found = visible_to(self.user).filter(number=number).first()
            if found is None:
                raise ValidationError({"number": _("There is no case with this number.")})
        else:
            found = next((case for case in self.cases if str(case.pk) == data.get("lead")), None)
            if found is None:
                raise ValidationError({"number": _("Choose the lead case or give its number.")})
        return data | {"found": found}

    def lines(self) -> list[Line]:
        data = self.cleaned_data
        return bulk.merging(self.cases, lead=data["found"], same_person=data["same_person"])


FORMS: dict[str, type[BulkForm]] = {form.action: form for form in (AcceptForm, AssignForm, MergeForm)}
