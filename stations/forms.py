"""The small GET forms of the directories. A value nobody offered narrows nothing."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.common.forms import ClearTextField
from deputies.models import DeputyGroup, Level

from .finding import LONGEST
from .models import Community, FiveRole, Street, VenueKind


class Filter(forms.Form):
    """A filter: fields that hold something impossible count as empty."""

    def chosen(self, *names: str) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in names}


class MapFilter(Filter):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    street = forms.ChoiceField(label=gettext_lazy("Street"), required=False)

    def __init__(self, data: Any, *, streets: Sequence[Street]) -> None:
        super().__init__(data)
        _choices(self, "kind", [("", _("All kinds")), *VenueKind.choices])
        _choices(self, "street", _street_choices(streets))


class VenueFilter(MapFilter):
    name = ClearTextField(
        label=gettext_lazy("Name or address"), single_line=True, max_length=40, required=False
    )


class DeputyFilter(Filter):
    name = ClearTextField(
        label=gettext_lazy("Name, pinyin or work unit"), single_line=True, max_length=40, required=False
    )
    street = forms.ChoiceField(label=gettext_lazy("Serves in"), required=False)
    delegation = forms.ChoiceField(label=gettext_lazy("Delegation"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Deputy group"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Holds one of the five roles"), required=False)
    level = forms.ChoiceField(choices=Level.choices, widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any, *, streets: Sequence[Street], delegations: Sequence[str],
        groups: Sequence[DeputyGroup],
    ) -> None:  # fmt: skip
        super().__init__(data)
        _choices(self, "street", _street_choices(streets))
        _choices(self, "delegation", [("", _("All delegations")), *((name, name) for name in delegations)])
        _choices(self, "group", [("", _("All groups")), *_group_choices(groups)])
        _choices(self, "role", [("", _("With or without a role")), *FiveRole.choices])


class PlaceForm(Filter):
    """Where somebody lives, typed or picked: a community is enough, the street only shortens the list."""

    place = ClearTextField(
        label=gettext_lazy("Community, road or estate"), single_line=True, max_length=LONGEST, required=False
    )
    street = forms.ChoiceField(label=gettext_lazy("Street"), required=False)
    community = forms.ChoiceField(label=gettext_lazy("Community"), required=False)

    def __init__(self, data: Any = None, *, communities: Iterable[Community]) -> None:
        super().__init__(data)
        groups = [(street, list(rows)) for street, rows in groupby(communities, key=lambda row: row.street)]
        _choices(self, "street", _street_choices([street for street, _rows in groups]))
        offered = [(street.name, [(row.code, row.name) for row in rows]) for street, rows in groups]
        _choices(self, "community", [("", _("Choose a community")), *offered])
        self.fields["place"].widget.attrs["autocomplete"] = "off"
        self.fields["street"].widget.attrs["data-places"] = self["community"].id_for_label


def _group_choices(groups: Sequence[DeputyGroup]) -> list[tuple[str, list[tuple[str, str]]]]:
    kinds = {kind: [(row.name, row.name) for row in groups if row.kind == kind] for kind in DeputyGroup.Kind}
    return [(str(kind.label), rows) for kind, rows in kinds.items() if rows]


def _street_choices(streets: Sequence[Street]) -> list[tuple[str, str]]:
    return [("", _("All streets")), *((street.code, street.name) for street in streets)]


def _choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
