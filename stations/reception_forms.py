"""The filter of the calendar, the booking of a visit, and the code of a booking."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.common.codes import normalise_code
from congress_portal.common.forms import ClearTextField, PhoneField

from .forms import Filter
from .models import Community, Street, Venue
from .reception_days import Slot
from .services.booking import LIMITS


class ReceptionFilter(Filter):
    """Which days to show. `deputy` is a key, or what `deputies.selectors.named` finds."""

    street = forms.ChoiceField(label=gettext_lazy("Street"), required=False)
    community = forms.ChoiceField(label=gettext_lazy("Community"), required=False)
    venue = forms.ChoiceField(label=gettext_lazy("Home or station"), required=False)
    deputy = ClearTextField(
        label=gettext_lazy("Deputy's name or pinyin"), single_line=True, max_length=40, required=False
    )

    def __init__(
        self, data: Any, *, streets: Sequence[Street], communities: Sequence[Community],
        venues: Sequence[Venue],
    ) -> None:  # fmt: skip
        super().__init__(data)
        self._offer("street", _("All streets"), [(street.code, street.name) for street in streets])
        self._offer("community", _("All communities"), _by_street(communities))
        self._offer("venue", _("All homes and stations"), _by_street(venues))

    def _offer(self, name: str, everything: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]


def _by_street(rows: Sequence[Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = groupby(rows, key=lambda row: row.street)
    return [(street.name, [(row.code, row.name) for row in members]) for street, members in groups]


class BookingForm(forms.Form):
    """A time, a name and a phone. Only times with a free place are offered."""

    use_required_attribute = False
    slot = forms.ChoiceField(
        label=gettext_lazy("When would you like to come?"), widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please choose one of the times."),
            "invalid_choice": gettext_lazy("This time is not free. Please choose another."),
        },
    )  # fmt: skip
    name = ClearTextField(
        label=gettext_lazy("What may we call you?"), max_length=LIMITS["name"], single_line=True,
        help_text=gettext_lazy("For example 李女士"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    phone = PhoneField(
        label=gettext_lazy("Phone"),
        help_text=gettext_lazy("We call you only if the day changes."),
    )
    topic = ClearTextField(
        label=gettext_lazy("What would you like to talk about?"), max_length=LIMITS["topic"],
        single_line=True, required=False,
        help_text=gettext_lazy("A few words help the deputies to prepare, for example 加装电梯."),
    )  # fmt: skip
    notice_read = forms.BooleanField(
        label=gettext_lazy("I have read how my information is used"),
        error_messages={"required": gettext_lazy("Please read and tick this first.")},
    )

    def __init__(self, data: Any = None, *, slots: Sequence[Slot], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer(slots)

    def offer(self, slots: Sequence[Slot]) -> None:
        """These times; again after somebody else was faster."""
        free = {f"{slot.at:%H:%M}": slot for slot in slots if slot.free}
        self.times = {value: slot.at for value, slot in free.items()}
        choices = [(value, f"{value}–{slot.until:%H:%M}") for value, slot in free.items()]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What `services.booking.book` takes."""
        data = self.cleaned_data
        return {
            "slot": self.times[data["slot"]], "name": data["name"], "phone": data["phone"],
            "topic": data["topic"],
        }  # fmt: skip


class CodeForm(forms.Form):
    """The code of a booking, however it was typed."""

    use_required_attribute = False
    code = forms.CharField(
        label=gettext_lazy("Booking code"),
        help_text=gettext_lazy("8 letters and digits, shown when you booked"),
        max_length=40,
        error_messages={"required": gettext_lazy("Please fill this in.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
                "data-private": True,
            }
        ),
    )  # fmt: skip

    def clean_code(self) -> str:
        return normalise_code(self.cleaned_data["code"])
