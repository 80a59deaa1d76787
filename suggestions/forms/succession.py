"""Ending a venue: into which other, why, and that the list was read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from congress_portal.accounts.models import User
from congress_portal.common.forms import ClearTextField
from stations.models import Venue, VenueChange
from stations.services import venues
from suggestions import succession
from suggestions.succession import Moving

KINDS = [
    (VenueChange.Kind.MERGED, pgettext_lazy("end of a venue", "It is merged into another venue")),
    (VenueChange.Kind.CLOSED, pgettext_lazy("end of a venue", "It is closed")),
]


class RetireForm(forms.Form):
    """`leaving` is what the page shows; its fingerprint goes along, so that nothing else moves."""

    kind = forms.ChoiceField(
        label=_("What happens"), choices=KINDS, widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )  # fmt: skip
    heir = forms.ModelChoiceField(
        label=_("Who takes over"), queryset=Venue.objects.none(), required=False,
        help_text=_("Only an empty venue can be closed without."),
    )  # fmt: skip
    reason = ClearTextField(
        label=_("reason"), single_line=True, max_length=venues.LONGEST_REASON,
        help_text=_("It stands in the history of the venue and of every case that moves."),
    )  # fmt: skip
    confirm = forms.BooleanField(
        label=_("I have read the list and know that this cannot be undone"),
        error_messages={"required": _("Please read and tick this first.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, data: Any = None, *, leaving: Moving) -> None:
        super().__init__(data, initial={"seen": leaving.fingerprint})
        self.leaving = leaving
        field = self.fields["heir"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Venue.objects.open().exclude(pk=leaving.venue.pk)
        field.choices = _by_street(leaving.venue)

    def retire(self, user: User) -> VenueChange | None:
        """Do it; None puts what was wrong on the form. Stale: something else would move by now."""
        if not self.is_valid():
            return None
        given = {name: self.cleaned_data[name] for name in ("heir", "kind", "reason", "seen")}
        try:
            return succession.retire(self.leaving.venue, by=user, **given)
        except ValidationError as error:
            self.add_error(None, error)
            return None


def _by_street(venue: Venue) -> list[tuple[str, Any]]:
    """Running venues: what it belongs to, those of its street, then the other streets; one query."""
    rows = Venue.objects.open().exclude(pk=venue.pk).select_related("street").order_by("street__code", "code")
    above = gettext("Belongs to")
    groups: dict[str, list[tuple[int, str]]] = {above: [], venue.street.name: []}
    for row in rows:
        group = above if row.pk == venue.parent_id else row.street.name
        groups.setdefault(group, []).append((row.pk, f"{row.code} {row.name}"))
    return [("", _("Nobody takes over")), *((name, rows) for name, rows in groups.items() if rows)]
