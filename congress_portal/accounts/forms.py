"""Choosing an account without a list of all accounts: residents have accounts too."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.models import User


class LoginNameField(forms.ModelChoiceField):
    """An account by the login name somebody types; works without JavaScript."""

    default_error_messages = {"invalid_choice": _("There is no active account with this login name.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=User.objects.filter(is_active=True),
            to_field_name="username",
            widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
            help_text=kwargs.pop("help_text", _("The login name of the account.")),
            **kwargs,
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (getattr(initial, "username", initial) or "") != (data or "").strip()


class LoginNameForm(forms.ModelForm):
    """A form of a row with a `user`; load the row with its user, or each form costs a query."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields and self.instance.user_id:
            self.initial["user"] = self.instance.user
