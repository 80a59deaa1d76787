"""The three small steps of making a suggestion. Each takes and gives plain answers that fit in a draft."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from congress_portal.common.forms import ClearTextField, PhoneField
from deputies.models import Deputy
from stations.models import Community, Street, Venue
from suggestions.models import Category
from suggestions.submissions import LIMITS, Submission

from .fields.base import PhotosField, PhotosInput

UNKNOWN = "unknown"
# In the list of communities: the street as a whole, for people who know no more.
STREET_ONLY = "street:"
PHOTO_TYPES = "image/jpeg,image/png,image/webp"


def photos_field() -> PhotosField:
    """Several photos at once; the view takes them in, so that a failed form keeps them."""
    attrs = {"accept": PHOTO_TYPES, "multiple": True, "data-preview": True, "data-max": "6"}
    return PhotosField(
        label=_("Photos"),
        help_text=_("Up to 6. Only the people who handle this see them."),
        required=False,
        widget=PhotosInput(attrs=attrs),
    )


class IconRadios(forms.RadioSelect):
    """Radio buttons that carry the name of their drawing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.icons: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["icon"] = self.icons.get(str(value), "question")
        return option


class StepForm(forms.Form):
    """One step. `venue` is the one whose code was scanned, if any."""

    # The summary above the form says what is wrong, in our words and without a script.
    use_required_attribute = False

    def __init__(self, *args: Any, venue: Venue | None = None, **kwargs: Any) -> None:
        self.venue = venue
        super().__init__(*args, **kwargs)

    def answers(self) -> dict[str, Any]:
        """The cleaned answers, to be kept and given to the same form again."""
        return {name: value for name, value in self.cleaned_data.items() if name != "photos"}

    def given(self) -> dict[str, Any]:
        """The part of a Submission this step fills."""
        return self.answers()


class WhatForm(StepForm):
    text = ClearTextField(
        label=_("What happened?"),
        help_text=_("One matter at a time. Say when, what, and what you would like to be done."),
        max_length=LIMITS["text"],
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Please write what happened.")},
    )
    title = ClearTextField(
        label=_("Title"),
        help_text=_("If you leave this empty, we take your first sentence."),
        max_length=LIMITS["title"],
        single_line=True,
        required=False,
    )
    category = forms.ChoiceField(
        label=_("What is it about?"), required=False, widget=IconRadios, initial=UNKNOWN
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        rows = self.categories.values()
        choices = [(row.code, row.name) for row in rows]
        field.choices = [*choices, (UNKNOWN, _("I don't know"))]  # type: ignore[attr-defined]
        field.widget.icons = {row.code: row.icon for row in rows}  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = _("Please choose one of the options.")

    @cached_property
    def categories(self) -> dict[str, Category]:
        return {row.code: row for row in Category.objects.filter(is_active=True)}

    @property
    def title_open(self) -> bool:
        """Whether the title is worth showing unfolded."""
        return bool(self["title"].value() or self["title"].errors)

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return data | {"category": self.categories.get(data["category"])}


class AskedField(forms.ChoiceField):
    """Not marked optional, yet another field may answer in its place."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class WhereForm(StepForm):
    street = AskedField(label=_("Street"), widget=forms.Select(attrs={"data-places": "id_community"}))
    community = AskedField(label=_("Community"), help_text=_("The community where it happened"))
    place_unknown = forms.BooleanField(label=_("I'm not sure which community it is"), required=False)
    place = ClearTextField(
        label=_("Which spot?"),
        help_text=_("For example the estate, the building or something beside it. No door number is needed."),
        max_length=LIMITS["place"],
        single_line=True,
        required=False,
    )
    photos = photos_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose = ("", _("Please choose"))
        for name in ("street", "community"):
            # With a scanned code the venue is known already.
            self.fields[name].required = self.venue is None
            self.fields[name].error_messages["invalid_choice"] = _("Please choose one of the options.")
        self.fields["street"].choices = [choose, *((s.code, s.name) for s in self.streets.values())]  # type: ignore[attr-defined]
        groups = [
            (street.name, [
                (STREET_ONLY + street.code, _("%(street)s, community not known") % {"street": street.name}),
                *((c.code, c.name) for c in self.communities.values() if c.street_id == street.pk),
            ])
            for street in self.streets.values()
        ]  # fmt: skip
        self.fields["community"].choices = [choose, *groups]  # type: ignore[attr-defined]

    @cached_property
    def streets(self) -> dict[str, Street]:
        return {row.code: row for row in Street.objects.order_by("code")}

    @cached_property
    def communities(self) -> dict[str, Community]:
        return {row.code: row for row in Community.objects.select_related("street").order_by("code")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        known = data.get("community") or data.get("street")
        if not (known or data.get("place_unknown") or self.venue or "community" in self.errors):
            self.add_error("community", _("Choose a community, or tick that you are not sure."))
        return data

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        community = self.communities.get(data["community"])
        street = self.streets.get(data["community"].removeprefix(STREET_ONLY)) or self.streets.get(
            data["street"]
        )
        return {
            "community": community,
            "street": community.street if community else street,
            "place_unknown": data["place_unknown"],
            "place": data["place"],
        }


class ContactForm(StepForm):
    name = ClearTextField(
        label=_("What may we call you?"),
        help_text=_("For example 王女士 or 老李. The full name is not needed."),
        max_length=20,
        single_line=True,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("Only to tell you the answer or to ask you something."),
        error_messages={"required": _("We need a phone number to tell you the answer.")},
    )
    notice_read = forms.BooleanField(
        label=_("I have read how my information is used"),
        error_messages={"required": _("Please read and tick this first.")},
    )
    may_publish = forms.BooleanField(
        label=_("The result may be made public, without name, phone or door number"), required=False
    )
    may_share = forms.BooleanField(
        label=_("The unit that handles it may see my name and phone and call me itself"), required=False
    )


STEPS: dict[str, type[StepForm]] = {"what": WhatForm, "where": WhereForm, "contact": ContactForm}
# Which step a wrong input of `submit` belongs to.
STEP_OF = {name: step for step, form in STEPS.items() for name in form.base_fields}


def assemble(
    token: str, forms_by_step: dict[str, StepForm], *, venue: Venue | None, deputy: Deputy | None, photos: Any
) -> Submission:
    """The three valid steps as one Submission."""
    given: dict[str, Any] = {}
    for form in forms_by_step.values():
        given |= form.given()
    return Submission(token=token, venue=venue, deputy=deputy, photos=tuple(photos), **given)
