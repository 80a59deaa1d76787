"""The page on which a venue is measured, and the filter of the board."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress_portal.common import clock
from congress_portal.common.forms import ClearTextField

from . import evidence
from .forms import Filter, MapFilter
from .models import Inspection, InspectionMark, StandardChecklist, StandardItem, Venue
from .selectors import venues
from .services.standards import Mark, version_of

MOST_STARS = 5
# Earlier is a slip of the pen.
EARLIEST = date(2000, 1, 1)


class ChooseForm(Filter):
    """Which venue by which standard; both by code, as links from the board give them."""

    venue = forms.ChoiceField(label=gettext_lazy("Venue"))
    standard = forms.ChoiceField(label=gettext_lazy("Standard"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.places = {row.code: row for row in venues()}
        self.checklists = {row.code: row for row in StandardChecklist.objects.filter(is_active=True)}
        groups = groupby(self.places.values(), key=lambda row: row.street)
        offered: list[Any] = [
            (street.name, [(row.code, row.name) for row in rows]) for street, rows in groups
        ]
        self._offer("venue", [("", _("Choose a venue")), *offered])
        self._offer(
            "standard",
            [("", _("Choose a standard")), *((row.code, row.name) for row in self.checklists.values())],
        )

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        venue, checklist = self.chosen_rows()
        if venue and checklist and not checklist.holds_for(venue.kind):
            text = _("%(standard)s is not for a venue of this kind.") % {"standard": checklist}
            self.add_error("standard", text)
        return self.cleaned_data

    def chosen_rows(self) -> tuple[Venue | None, StandardChecklist | None]:
        return (
            self.places.get(self.cleaned_data.get("venue", "")),
            self.checklists.get(self.cleaned_data.get("standard", "")),
        )


class BoardFilter(MapFilter):
    standard = forms.ChoiceField(label=gettext_lazy("Standard"), required=False)
    open = forms.BooleanField(label=gettext_lazy("Only what is not fully met"), required=False)

    def __init__(self, data: Any, *, streets: Sequence[Any], checklists: Sequence[StandardChecklist]) -> None:
        super().__init__(data, streets=streets)
        field = self.fields["standard"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All standards")), *((row.code, row.name) for row in checklists)]


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement on the page. `staged` is the name of a photo that waits for the form to be saved."""

    item: StandardItem
    met: BoundField
    note: BoundField
    photo: BoundField
    drop: BoundField | None
    mark: InspectionMark | None
    staged: str


class InspectionForm(forms.Form):
    """Date, inspector, stars and a tick, a note and a photo for each requirement.

    A new inspection has the requirements in use, a stored one those it was made with.
    """

    inspected_on = forms.DateField(
        label=gettext_lazy("inspected on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    inspector = ClearTextField(label=gettext_lazy("inspector"), single_line=True, max_length=40)
    stars = forms.TypedChoiceField(
        label=gettext_lazy("stars"), required=False, coerce=int, empty_value=None,
        choices=[("", "—"), *((str(count), str(count)) for count in range(MOST_STARS + 1))],
    )  # fmt: skip
    note = ClearTextField(label=gettext_lazy("note"), required=False, max_length=1000,
                          widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, files: Any = None, *, inspection: Inspection, inspector: str = ""
    ) -> None:
        self.inspection = inspection
        self.marks = {mark.item_id: mark for mark in _marks(inspection)}
        self.items = [mark.item for mark in self.marks.values()] or list(
            inspection.checklist.items.filter(is_active=True).order_by("order", "pk")
        )
        self.staged: dict[int, str] = {}
        initial = {
            "inspected_on": inspection.inspected_on or clock.today(),
            "inspector": inspection.inspector or inspector,
            "stars": "" if inspection.stars is None else str(inspection.stars),
            "note": inspection.note,
            "seen": str(version_of(inspection)),
        }
        super().__init__(data, files, initial=initial)
        for item in self.items:
            self._add(item, self.marks.get(item.pk))

    def _add(self, item: StandardItem, mark: InspectionMark | None) -> None:
        words = {"item": item.text}
        self.fields[f"met_{item.pk}"] = forms.BooleanField(
            label=item.text, required=False, initial=bool(mark and mark.is_met)
        )
        self.fields[f"note_{item.pk}"] = ClearTextField(
            label=_("Note on “%(item)s”") % words, required=False, single_line=True, max_length=200,
            initial=mark.note if mark else "",
        )  # fmt: skip
        self.fields[f"photo_{item.pk}"] = forms.FileField(
            label=_("Photo of “%(item)s”") % words, required=False, allow_empty_file=True,
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        )  # fmt: skip
        self.fields[f"staged_{item.pk}"] = forms.CharField(required=False, widget=forms.HiddenInput)
        if mark and mark.photo:
            self.fields[f"drop_{item.pk}"] = forms.BooleanField(label=_("Remove this photo"), required=False)

    def lines(self) -> Iterator[Line]:
        for item in self.items:
            yield Line(
                item=item,
                met=self[f"met_{item.pk}"],
                note=self[f"note_{item.pk}"],
                photo=self[f"photo_{item.pk}"],
                drop=self[f"drop_{item.pk}"] if f"drop_{item.pk}" in self.fields else None,
                mark=self.marks.get(item.pk),
                staged=self.staged.get(item.pk, ""),
            )

    def clean_inspected_on(self) -> date:
        day: date = self.cleaned_data["inspected_on"]
        if day > clock.today():
            raise ValidationError(_("This day is still to come."))
        gone = self.inspection.venue.gone_on
        if day < EARLIEST or (gone and day >= gone):
            raise ValidationError(_("The venue was not there on this day."))
        return day

    def clean(self) -> dict[str, Any]:
        # Whatever else is wrong: a photo that can be read is kept, nobody has to choose it again.
        for item in self.items:
            upload, waiting = (self.cleaned_data.get(f"{name}_{item.pk}") for name in ("photo", "staged"))
            try:
                if upload:
                    self.staged[item.pk] = evidence.stage(upload)
                elif waiting and evidence.is_staged(waiting):
                    self.staged[item.pk] = waiting
            except ValidationError as error:
                self.add_error(f"photo_{item.pk}", error)
        return self.cleaned_data

    def given(self) -> list[Mark]:
        """What was ticked, noted and shown, once the form is valid."""
        return [self._mark(item) for item in self.items]

    def seen_version(self) -> int:
        """`version_of` when the page was opened; what no version can be counts as an old one."""
        text = self.cleaned_data["seen"]
        return int(text) if text.isdecimal() and len(text) < 18 else -1

    def _mark(self, item: StandardItem) -> Mark:
        data, known = self.cleaned_data, self.marks.get(item.pk)
        kept = known.photo if known and not data.get(f"drop_{item.pk}") else ""
        return Mark(
            item=item,
            is_met=data[f"met_{item.pk}"],
            note=data[f"note_{item.pk}"],
            photo=self.staged.get(item.pk) or kept,
        )


def _marks(inspection: Inspection) -> list[InspectionMark]:
    if inspection.pk is None:
        return []
    return list(inspection.marks.select_related("item").order_by("item__order", "item"))
