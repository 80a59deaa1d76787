"""Forms of the staff's pages: a person with the portrait, a mandate, and what happens to a mandate."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress_portal.accounts.forms import LoginNameField, LoginNameForm
from congress_portal.accounts.models import User
from congress_portal.common.forms import ClearTextField

from . import portraits, services
from .models import Mandate, MandateChange, MandateEvent

ACCEPTED = "image/jpeg,image/png,image/webp"
# As in rosters (resources.TERMS); a term lasts five years.
LAST_TERM = 99


class DeputyForm(LoginNameForm):
    user = LoginNameField(label=_("account"), required=False)
    portrait_file = forms.FileField(
        label=_("new portrait"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_(
            "JPG, PNG or WebP, at least 240 × 320 pixels; cut to 3:4 around the head. "
            "Place and camera are taken out of the file."
        ),
    )
    portrait_remove = forms.BooleanField(label=_("take the portrait away"), required=False)

    class Meta:
        labels = {"name": pgettext_lazy("person", "name")}

    def clean_portrait_file(self) -> dict[int, bytes] | None:
        upload = self.cleaned_data.get("portrait_file")
        return portraits.cut(upload) if isinstance(upload, UploadedFile) else None

    def save(self, commit: bool = True) -> Any:
        # A new one replaces the old one, whatever else is ticked.
        if pictures := self.cleaned_data.get("portrait_file"):
            portraits.keep(self.instance, pictures)
        elif self.cleaned_data.get("portrait_remove"):
            portraits.forget(self.instance)
        return super().save(commit)


class CongressForm(forms.ModelForm):
    """A term. Names are written with its number, so one nobody can mean is refused before it is used."""

    ordinal = forms.IntegerField(label=_("term number"), min_value=1, max_value=LAST_TERM)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("This is not after the first day. Correct one of the two dates."))
        return data


class MandateForm(forms.ModelForm):
    """A mandate's own facts. Whose it is and of which term is settled; the rest of a closed term too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        self.before = self.instance.ends_on
        closed = self.instance.congress.frozen_at is not None
        for name, field in self.fields.items():
            field.disabled = closed or name in ("deputy", "congress")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        congress = data.get("congress") or getattr(self.instance, "congress", None)
        if congress is None or "starts_on" not in data or "ends_on" not in data:
            return data
        if data["ends_on"] and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("This is before the first day. Correct one of the two dates."))
        elif self.instance.pk is None:
            if congress.frozen_at is not None:
                self.add_error("congress", _("The record of this term is closed."))
        elif self.has_changed():
            self._check_dates(data, congress)
        return data

    def _check_dates(self, data: dict[str, Any], congress: Any) -> None:
        planned = Mandate(starts_on=data["starts_on"], ends_on=data["ends_on"])
        said = list(self.instance.events.standing().order_by("effective_on", "pk"))
        if problem := services.against_changes(planned, said):
            self.add_error(*problem)
        elif services.ends_unannounced(self.before, data["ends_on"], congress):
            self.add_error(
                "ends_on",
                _("Only the last day of the whole term is written here. Record everything else as a change."),
            )


class ChangeForm(forms.Form):
    """What the standing committee announced about one mandate."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("mandate", "What happened"),
        error_messages={"required": _("Choose what happened.")},
    )
    effective_on = forms.DateField(
        label=_("Effective on"),
        error_messages={"required": _("Please fill this in.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first day on which it counts; for an ending the first day out of office."),
    )
    announced_on = forms.DateField(
        label=_("Announced on"),
        error_messages={"required": services.NOT_ANNOUNCED},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "The day of the standing committee's announcement; only what is announced takes effect. "
            "A death counts from its own day and may be announced later."
        ),
    )
    document_number = ClearTextField(
        label=_("Number of the announcement"),
        single_line=True,
        max_length=services.LONGEST["document_number"],
        required=False,
        help_text=_("For example 沈河人大发〔2026〕3号"),
    )
    note = ClearTextField(
        label=_("Note"), single_line=True, max_length=services.LONGEST["note"], required=False,
        help_text=_("For the office; residents never see it."),
    )  # fmt: skip

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandate = mandate
        kinds = services.possible_changes(mandate)
        field: Any = self.fields["kind"]
        field.choices = [("", _("Please choose")), *((kind.value, kind.label) for kind in kinds)]
        self.is_possible = bool(kinds)
        self.fields["announced_on"].required = self.data.get("kind") != MandateChange.DIED

    def record(self, by: User) -> MandateEvent | None:
        """Write it down; None with the reasons beside the fields."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        try:
            return services.record_change(
                self.mandate, given["kind"], given["effective_on"], given["announced_on"],
                document_number=given["document_number"], note=given["note"], by=by,
            )  # fmt: skip
        except ValidationError as error:
            self.add_error(None, error)
            return None


class StrikeForm(forms.Form):
    """Why a recorded change is taken back."""

    reason = ClearTextField(
        label=_("What was wrong"), single_line=True, max_length=services.LONGEST["reason"],
        help_text=_("The change stays readable with this reason; it only counts no more."),
    )  # fmt: skip

    def strike(self, event: MandateEvent, by: User) -> bool:
        """Take it back; False with the reasons beside the field."""
        if not self.is_valid():
            return False
        try:
            services.strike_out(event, reason=self.cleaned_data["reason"], by=by)
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True
