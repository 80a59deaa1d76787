"""What a resident fills in to follow a suggestion: number and code, a rating, the small form of an action."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congress_portal.common.codes import normalise_code
from congress_portal.common.forms import ClearTextField
from suggestions.actors import Actor
from suggestions.enums import RatingLevel
from suggestions.inputs import LIMITS
from suggestions.models import Suggestion
from suggestions.workflow import Move

from .actions import ActionForm
from .fields import ON_BEHALF, Context
from .submission import ContactForm, photos_field

REQUIRED = _("Please fill this in.")


class TrackForm(forms.Form):
    """Number and query code, however they were typed."""

    use_required_attribute = False
    number = forms.CharField(
        label=_("Number"),
        help_text=_("10 digits, on your confirmation"),
        max_length=40,
        error_messages={"required": REQUIRED},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-private": True}),
    )
    code = forms.CharField(
        label=_("Query code"),
        help_text=_("8 letters and digits, below the number"),
        max_length=40,
        error_messages={"required": REQUIRED},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-private": True,
            }
        ),
    )

    # Which page of the case was asked for; the view knows the names.
    then = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_number(self) -> str:
        """Digits only; full-width ones, spaces and hyphens are the same number."""
        text = unicodedata.normalize("NFKC", self.cleaned_data["number"])
        return "".join(sign for sign in text if sign.isascii() and sign.isdigit())

    def clean_code(self) -> str:
        return normalise_code(self.cleaned_data["code"])


class RateForm(forms.Form):
    """Two questions with three large buttons each, and a sentence."""

    use_required_attribute = False
    # A bad rating of a reply sets off a second handling, which must know what is wrong.
    needs_reason = True
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    level = forms.ChoiceField(
        label=_("Are you satisfied with the result?"),
        choices=RatingLevel.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose one of the three."),
            "invalid_choice": _("Please choose one of the three."),
        },
    )
    process = forms.ChoiceField(
        label=_("And with the way it was handled?"),
        choices=RatingLevel.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose one of the three."),
            "invalid_choice": _("Please choose one of the three."),
        },
    )
    reason = ClearTextField(
        label=_("Would you like to say why?"),
        help_text=_("If you are not satisfied, please say what is still missing."),
        max_length=LIMITS["reason"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            self.needs_reason
            and data.get("level") == RatingLevel.DISSATISFIED
            and not data.get("reason")
            and "reason" not in self.errors
        ):
            self.add_error("reason", _("Please say what is not right yet, so that it can be handled again."))
        return data


class PromiseRateForm(RateForm):
    """The same two questions about what was promised and has been done since."""

    needs_reason = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].label = _("Are you satisfied with what was done?")
        self.fields["reason"].help_text = ""


class ResidentForm(ActionForm):
    """The form of one row as its resident sees it; photos wait under a token of the session instead."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("form_token", None)
        if "photos" in self.fields:
            self.fields["photos"] = photos_field()
        for name in {"may_publish", "may_share"} & self.fields.keys():
            # The words agreed to when it was sent.
            self.fields[name].label = ContactForm.base_fields[name].label
        if "reason" in self.fields:
            self.fields["reason"].label = _("Reason")
        for name in {"name", "phone"} & self.fields.keys():
            self.fields[name].required = False
            self.fields[name].help_text = _("Leave this empty to keep what we have.")

    def clean_photos(self) -> list[Any]:
        # The view takes them in: a photo is kept even if the rest of the form is wrong.
        return []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "phone" in self.fields and not (self.errors or data.get("name") or data.get("phone")):
            self.add_error("phone", REQUIRED)
        return data

    def given(self) -> dict[str, Any]:
        values = super().given()
        if "contact" in values:
            stored = self.context.case.contact
            values["contact"] = {
                "name": values["contact"]["name"] or stored.name,
                "phone": values["contact"]["phone"] or stored.phone,
            }
        return values


def resident_form(
    move: Move, actor: Actor, case: Suggestion, data: Any, *, initial: dict[str, Any] | None = None
) -> ResidentForm:
    """The small form of one row of the tables, for the one who raised the case."""
    context = Context(move, case, actor, True)
    names = [name for name in (*move.needs, *move.may) if name not in ON_BEHALF]
    return ResidentForm(context, names=names, data=data, initial=initial)
