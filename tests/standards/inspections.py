"""Venues measured, as a test needs them."""

import io
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from stations import evidence
from stations.models import Inspection, StandardChecklist, Venue
from stations.services.standards import Mark, save_inspection, version_of

DAY = date(2026, 10, 12)


def jpeg(name: str = "p.jpg", colour: str = "navy", **saved: Any) -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "JPEG", **saved)
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def standard(code: str = "WUYOU") -> StandardChecklist:
    return StandardChecklist.objects.get(code=code)


def inspect(
    venue: Venue, *, met: int = 5, code: str = "WUYOU", day: date = DAY, photo: bool = False, **fields: Any
) -> Inspection:
    """The first `met` lines of the standard are met; with `photo` the first has one."""
    given = {"inspector": "检查组", **fields}
    inspection = Inspection(venue=venue, checklist=standard(code), inspected_on=day, **given)
    marks = [
        Mark(item, is_met=place < met, photo=evidence.stage(jpeg()) if photo and not place else "")
        for place, item in enumerate(inspection.checklist.items.filter(is_active=True))
    ]
    return save_inspection(inspection, marks, seen=version_of(inspection))
