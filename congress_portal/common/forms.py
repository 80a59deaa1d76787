"""Form fields that take what people really type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from congress_portal.common.phones import normalise_phone, validate_phone
from congress_portal.common.text import clean_line, clean_text


class ClearTextField(forms.CharField):
    """Cleaned text; `single_line=True` for one line. `max_length` counts characters after cleaning.

    The widget gets data-maxlength, not maxlength: a browser cuts pasted text off without a word.
    """

    default_error_messages = {"required": _("Please fill this in.")}

    def __init__(self, *, single_line: bool = False, max_length: int | None = None, **kwargs: Any) -> None:
        self.single_line = single_line
        self.limit = max_length
        kwargs.setdefault("widget", forms.TextInput if single_line else forms.Textarea)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        value = super().to_python(value)
        return clean_line(value) if self.single_line else clean_text(value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.limit is not None and len(value) > self.limit:
            message = ngettext(
                "Please shorten this to %(limit)d character; it now has %(length)d.",
                "Please shorten this to %(limit)d characters; it now has %(length)d.",
                self.limit,
            )
            params = {"limit": self.limit, "length": len(value)}
            raise ValidationError(message, code="max_length", params=params)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        return attrs if self.limit is None else {**attrs, "data-maxlength": str(self.limit)}


class PhoneField(forms.CharField):
    """A telephone number in its one written form."""

    default_error_messages = {"required": _("Enter a phone number so that we can reach you.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "tel", "autocomplete": "tel"}
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", **attrs}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return normalise_phone(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value:
            validate_phone(value)
