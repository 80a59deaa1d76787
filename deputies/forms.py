"""The page of a deputy in the admin: the roster's fields, and the portrait beside them."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress_portal.accounts.forms import LoginNameField, LoginNameForm

from . import portraits

ACCEPTED = "image/jpeg,image/png,image/webp"


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
