"""A venue measured by a standard: what was met, counted and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress_portal.common.db import lock
from stations import evidence
from stations.models import Inspection, InspectionMark, StandardItem, Venue

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Mark:
    """What the inspector says about one requirement. `photo`: name of a staged or kept picture, or ""."""

    item: StandardItem
    is_met: bool
    note: str = ""
    photo: str = ""


def score(marks: Sequence[InspectionMark]) -> Decimal | None:
    """Points met of all points in percent, one decimal, half up; None if there are no points."""
    total = sum(mark.points for mark in marks)
    if not total:
        return None
    met = sum(mark.points for mark in marks if mark.is_met)
    return (Decimal(met) * 100 / total).quantize(TENTH, ROUND_HALF_UP)


def version_of(inspection: Inspection) -> int:
    """What tells whether somebody saved the inspection since the page was opened; 0 for a new one."""
    newest = inspection.history.first() if inspection.pk else None
    return newest.history_id if newest else 0


@transaction.atomic
def save_inspection(inspection: Inspection, marks: Sequence[Mark], *, seen: int) -> Inspection:
    """Save a new or changed inspection with its marks and figures.

    `seen` is `version_of` when the page was opened. ValidationError by field: the day is taken, somebody was
    faster, nothing to tick. A changed inspection keeps the lines and points it was made with.
    """
    # One after the other at a venue, so that two forms for one day do not both pass the check.
    lock(Venue.objects.filter(pk=inspection.venue_id)).get()
    if version_of(inspection) != seen:
        raise ValidationError(
            _("Somebody has saved this inspection meanwhile. Look at it again before you save.")
        )
    twin = Inspection.objects.filter(
        venue=inspection.venue_id, checklist=inspection.checklist_id, inspected_on=inspection.inspected_on
    )
    if twin.exclude(pk=inspection.pk).exists():
        text = _("There is an inspection by this standard on this day already. Change that one.")
        raise ValidationError({"inspected_on": text})
    if not marks:
        raise ValidationError(_("This standard has no requirements in use."))
    stored = {mark.item_id: mark for mark in inspection.marks.all()} if inspection.pk else {}
    rows = [_marked(stored.get(mark.item.pk) or InspectionMark(item=mark.item), mark) for mark in marks]
    inspection.met = sum(row.is_met for row in rows)
    inspection.total = len(rows)
    inspection.score = score(rows) or Decimal(0)
    inspection.save()
    for row, mark in zip(rows, marks, strict=True):
        row.inspection = inspection
        _save(row, mark)
    return inspection


def _marked(row: InspectionMark, mark: Mark) -> InspectionMark:
    """The row as the inspector says, its photo still the old one; points stay those of the first time."""
    if row.pk is None:
        row.points = mark.item.points
    row.is_met, row.note = mark.is_met, mark.note
    return row


def _save(row: InspectionMark, mark: Mark) -> None:
    """Save a row if something about it is new, so that its history holds changes only."""
    if row.photo != mark.photo:
        if mark.photo:
            evidence.keep(mark.photo)
        if row.photo:
            evidence.forget(row.photo)
        row.photo = mark.photo
    before = InspectionMark.objects.filter(
        pk=row.pk, is_met=row.is_met, note=row.note, photo=row.photo, points=row.points
    )
    if row.pk is None or not before.exists():
        row.save()
