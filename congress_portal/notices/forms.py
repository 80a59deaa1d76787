"""What somebody sets about the own notices, and what staff say about a parked one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.models import User
from congress_portal.common.forms import ClearTextField, PhoneField
from congress_portal.common.phones import is_mobile

from . import preferences
from .enums import Channel
from .kinds import Kind
from .models import ContactWay


class MobileField(PhoneField):
    """A number that can receive an SMS."""

    def validate(self, value: Any) -> None:
        if value and not is_mobile(value):
            raise ValidationError(
                _("Enter a mobile number with 11 digits; a landline cannot receive an SMS."), code="mobile"
            )
        super().validate(value)


@dataclass(frozen=True, slots=True)
class Line:
    """One kind with its boxes, as the page shows it."""

    kind: Kind
    boxes: list[tuple[str | Promise, BoundField]]


class SettingsForm(forms.Form):
    """Where the person is reached, and a box for every channel of every kind offered to the person."""

    mobile = MobileField(
        label=_("Mobile number"), required=False, max_length=40,
        help_text=_("Stored encrypted. An SMS names a number and a page, never the matter itself."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Also used to reset a forgotten password. Leave it empty to get no e-mail."),
        error_messages={"invalid": _("Enter an e-mail address such as name@example.cn.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, user: User) -> None:
        way = ContactWay.objects.filter(user=user).first()
        kept = {"email": user.email, "mobile": way.mobile if way else ""}
        super().__init__(data, initial=kept)
        self.user, self.kinds = user, preferences.offered(user)
        set_now = preferences.chosen(user)
        for kind in self.kinds:
            for channel in Channel:
                self.fields[_name(kind, channel)] = forms.BooleanField(
                    label=f"{kind.label}: {channel.label}",
                    required=False,
                    initial=set_now[kind.key, channel],
                    # Whatever a browser sends for it, a disabled box keeps what stands here.
                    disabled=preferences.is_fixed(kind, channel),
                )

    @property
    def lines(self) -> list[Line]:
        return [
            Line(kind, [(channel.label, self[_name(kind, channel)]) for channel in Channel])
            for kind in self.kinds
        ]

    def save(self) -> None:
        data = self.cleaned_data
        choices = {
            (kind.key, channel): data[_name(kind, channel)]
            for kind in self.kinds
            for channel in Channel.values
        }
        preferences.save(user=self.user, email=data["email"], mobile=data["mobile"], choices=choices)


def _name(kind: Kind, channel: str) -> str:
    return f"{kind.key}-{channel.lower()}"


class WhyForm(forms.Form):
    """Why a parked notice is sent again or settled."""

    why = ClearTextField(
        label=_("Reason"), max_length=200, single_line=True,
        help_text=_("For example: asked the resident by phone, nothing has arrived. Kept with your name."),
    )  # fmt: skip
