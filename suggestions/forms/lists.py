"""The small forms of what people keep for themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress_portal.common.forms import ClearTextField

LONGEST_NAME, LONGEST_NOTE = 30, 100


class NameForm(forms.Form):
    """What a saved filter is called."""

    name = ClearTextField(
        label=_("name"), max_length=LONGEST_NAME, single_line=True,
        error_messages={"required": _("Give it a name.")},
    )  # fmt: skip


class NoteForm(forms.Form):
    """What somebody writes beside the own mark."""

    note = ClearTextField(
        label=_("My note"), max_length=LONGEST_NOTE, single_line=True, required=False,
        help_text=_("Only you can read this."),
    )  # fmt: skip
