"""Forms of rows that say who is at a venue for a time: dates in order, and the same never twice at a time."""

from collections.abc import Collection
from itertools import combinations
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from stations.models.periods import Period, meet
from stations.services.venues import hold


class DatedLineForm(forms.ModelForm):
    """A line of a table: its dates in order; DatedFormSet looks at the rest."""

    # What makes two rows the same thing, the venue among it, and what is said of two that meet.
    same: ClassVar[tuple[str, ...]]
    already: ClassVar[Any]
    twice: ClassVar[Any]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("This is before the first day."))
        return given

    def _get_validation_exclusions(self) -> set[str]:
        # The constraint knows open rows only and has no words; `check` sees every overlap and says which.
        return {*super()._get_validation_exclusions(), *self.same[:1]}  # type: ignore[misc]

    def as_row(self) -> Any:
        """The row as the form would write it; None while something of it is missing or wrong."""
        given, row = self.cleaned_data, self.instance
        meant = {name: given.get(name) or _stored(row, name) for name in self.same}
        if self.errors or given.get("DELETE") or not given.get("starts_on") or not all(meant.values()):
            return None
        return type(row)(pk=row.pk, starts_on=given["starts_on"], ends_on=given.get("ends_on"), **meant)

    def check(self, row: Any, but: Collection[int] = ()) -> None:
        """Put what is wrong with the row on the form, in the transaction that saves it.

        The venue is held: of two people who enter the same at once the second sees what the first wrote.
        `but`: ids of rows that are saved together with this one.
        """
        if None in _key(self, row):
            # Somebody or something new on the same page: nothing is stored of it yet.
            return
        (venue,) = hold(row.venue)
        gone = venue.gone_on
        if gone is not None and (row.ends_on is None or row.ends_on > gone):
            field = "venue" if "venue" in self.fields else "starts_on"
            self.add_error(field, _("This venue was merged or closed. Choose the one that took over."))
            return
        others = type(row).objects.filter(**dict(zip(self.same, _key(self, row), strict=True)))
        for other in others.exclude(pk__in={row.pk, *but} - {None}).order_by("starts_on"):
            if meet(_period(row), _period(other)):
                until = other.ends_on.isoformat() if other.ends_on else "…"
                given = {"from": other.starts_on.isoformat(), "until": until}
                self.add_error("starts_on", ValidationError(self.already, params=given))
                return


class DatedForm(DatedLineForm):
    """A row on a page of its own."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        row = self.as_row()
        if row is not None and self.has_changed():
            self.check(row)
        return given


class DatedFormSet(forms.BaseInlineFormSet):
    """Several lines at once, none of which may meet another."""

    def clean(self) -> None:
        super().clean()
        changed: Any = [form for form in self.forms if form.is_valid() and form.has_changed()]
        lines = [(form, form.as_row()) for form in changed]
        rows = [(form, row) for form, row in lines if row is not None]
        # All venues at once, in the order of everybody.
        hold(*(row.venue for _form, row in rows if row.venue.pk))
        together = {row.pk for _form, row in rows if row.pk}
        for form, row in rows:
            form.check(row, together)
        for (one, first), (other, second) in combinations(rows, 2):
            same = _key(one, first) == _key(other, second)
            if same and not other.errors and meet(_period(first), _period(second)):
                other.add_error("starts_on", other.twice)


def _stored(row: models.Model, name: str) -> Any:
    field: Any = row._meta.get_field(name)  # noqa: SLF001  Django documents it
    return getattr(row, name) if getattr(row, field.attname) else None


def _key(form: DatedLineForm, row: Any) -> tuple[Any, ...]:
    """What tells whether two rows are the same; None in it for what is new on the same page."""
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in form.same)  # noqa: SLF001


def _period(row: Any) -> Period:
    return row.starts_on, row.ends_on
