"""Forms of the desk that are more than one row of the tables."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress_portal.common import clock
from congress_portal.common.forms import ClearTextField, PhoneField
from stations.models import Street, Venue
from suggestions.actors import Actor
from suggestions.enums import Channel, RatingLevel, ToldBy
from suggestions.models import StagedPhoto, Suggestion
from suggestions.submissions import LIMITS, Submission
from suggestions.workflow import Move

from .actions import action_form, run
from .fields.base import LABELS, date_field
from .submission import WhatForm, WhereForm


class RevealForm(forms.Form):
    """Why somebody needs the contact in clear."""

    reason = ClearTextField(
        label=_("Why do you need it?"), max_length=200, single_line=True,
        help_text=_("Your name, the time and this reason are recorded; the resident can read them."),
    )  # fmt: skip


class RateForm(forms.Form):
    """The resident's rating as told to the desk; the answer decides which row of the table it is."""

    level = forms.ChoiceField(
        label=_("What does the resident say of the result?"), choices=RatingLevel.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    process = forms.ChoiceField(
        label=_("And of the attitude and process?"), choices=RatingLevel.choices, widget=forms.RadioSelect
    )
    reason = ClearTextField(
        label=_("In the resident's words"), required=False, max_length=1000,
        help_text=_("Needed if dissatisfied"), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    who = ClearTextField(
        label=LABELS["who"],
        max_length=40,
        single_line=True,
        help_text=_("For example 王女士 herself, or her son"),
    )
    how = forms.ChoiceField(
        label=_("How"), widget=forms.RadioSelect,
        choices=[(way.value, way.label) for way in (ToldBy.DESK, ToldBy.PHONE, ToldBy.VISIT)],
    )  # fmt: skip
    when = date_field(_("When it was said"), initial=clock.today)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, moves: list[Move], *, actor: Actor, target: Suggestion, data: Any = None) -> None:
        super().__init__(data=data, initial={"version": target.version})
        self.moves, self.actor, self.target = moves, actor, target
        self.stale = False

    def run(self) -> Suggestion | None:
        """Do it; None: the errors are on the form."""
        if not self.is_valid():
            return None
        content = self.cleaned_data["level"] != RatingLevel.DISSATISFIED
        move = next((move for move in self.moves if (move.action == "rate_ok") == content), self.moves[0])
        inner = action_form(move, actor=self.actor, target=self.target, data=self.data)
        done = run(inner)
        self.stale = getattr(inner, "stale", False)
        for name, errors in inner.errors.items():
            self.add_error(name if name in self.fields else None, list(errors))
        return done  # type: ignore[return-value]


class RegisterForm(WhatForm, WhereForm):
    """A suggestion registered for somebody (代录), answered on the spot or not."""

    venue_code = forms.ChoiceField(label=_("Venue"), widget=forms.RadioSelect)
    channel = forms.ChoiceField(
        label=_("How did it come?"), widget=forms.RadioSelect,
        choices=[option for option in Channel.choices if option[0] != Channel.ONLINE],
        initial=Channel.VISIT,
    )  # fmt: skip
    outside_number = ClearTextField(
        label=_("Number of the letter or of the hotline"), max_length=LIMITS["outside_number"],
        single_line=True, required=False, help_text=_("As the other register has it. May stay empty."),
    )  # fmt: skip
    name = ClearTextField(
        label=_("Name or form of address"), max_length=20, single_line=True, required=False,
        help_text=_("For example 王女士 or 老李. May stay empty."),
    )  # fmt: skip
    phone = PhoneField(
        label=_("Phone"), required=False, help_text=_("May stay empty; then the answer is told at the venue.")
    )
    notice_read = forms.BooleanField(
        label=_("I have read aloud how the information is used, and the resident agrees"), required=False
    )
    may_publish = forms.BooleanField(
        label=_("The resident agrees that the result may be made public without personal data"),
        required=False,
    )
    may_share = forms.BooleanField(
        label=_("The resident agrees that the handling unit may see name and phone"), required=False
    )
    answered = forms.BooleanField(label=_("It was answered on the spot"), required=False)
    reply = ClearTextField(
        label=_("What was answered"), required=False, max_length=LIMITS["reply"],
        widget=forms.Textarea(attrs={"rows": 5}), help_text=_("Only if it was answered on the spot"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, venues: Sequence[Venue] = (), streets: Sequence[Street] | None = None, **kwargs: Any
    ) -> None:
        """`venues`: where the writer serves; `streets`: those of a working committee, None for every street.

        Without a venue, or where none of them is chosen, the place decides where it goes.
        """
        self.venues = {venue.code: venue for venue in venues}
        self.by_place = not venues or bool(streets)
        if not venues and streets is not None:
            self.streets = {street.code: street for street in streets}
            self.communities = {code: row for code, row in self.communities.items() if row.street in streets}
        super().__init__(*args, venue=venues[0] if venues else None, **kwargs)
        choices: list[tuple[str, str | Promise]] = [(venue.code, venue.name) for venue in venues]
        if venues and self.by_place:
            choices.append(("", _("Where the place belongs")))
        self.fields["venue_code"].choices = choices  # type: ignore[attr-defined]
        self.fields["venue_code"].required = not self.by_place
        if len(choices) < 2:
            self.fields["venue_code"].widget = forms.HiddenInput()
        self.fields["venue_code"].initial = venues[0].code if venues else ""
        if venues or streets:
            self.fields["street"].initial = (venues[0].street if venues else streets[0]).code  # type: ignore[index]
        if venues or streets is not None:
            # Whoever registers for the whole district may not know the place; all others know their street.
            self.fields["place_unknown"].widget = forms.HiddenInput()
        self.fields["text"].help_text = _("One matter at a time, in the resident's words.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("name") or data.get("phone")) and not data.get("notice_read"):
            self.add_error(
                "notice_read", _("Name and phone may be kept only after the notice was read aloud.")
            )
        placed = data.get("venue_code") or data.get("community") or data.get("street")
        if self.venue and self.by_place and not placed and "community" not in self.errors:
            self.add_error("community", _("Choose a community, or a venue."))
        if data.get("answered") and not data.get("reply"):
            self.add_error("reply", _("Write what was answered."))
        if (
            data.get("answered")
            and "category" not in self.errors
            and data.get("category") not in self.categories
        ):
            self.add_error("category", _("What was answered on the spot needs a category."))
        return data

    def submission(self, token: str, photos: tuple[StagedPhoto, ...]) -> Submission:
        """What `submit` and `register_answered` take."""
        data = self.cleaned_data
        return Submission(
            token=token, text=data["text"], title=data["title"], photos=photos,
            category=self.categories.get(data["category"]), outside_number=data["outside_number"],
            venue=self.venues.get(data["venue_code"]), channel=data["channel"],
            name=data["name"], phone=data["phone"], notice_read=data["notice_read"],
            may_publish=data["may_publish"], may_share=data["may_share"],
            **WhereForm.given(self),
        )  # fmt: skip

    def add_door_errors(self, error: ValidationError) -> None:
        for name, problems in error.error_dict.items():
            self.add_error(name if name in self.fields else None, problems)
