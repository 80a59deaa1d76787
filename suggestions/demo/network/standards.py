"""Invented inspections: most venues meet most of the standards, some were never looked at."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from simple_history.utils import bulk_create_with_history

from congress_portal.common import clock
from stations.models import Inspection, InspectionMark, StandardChecklist, Venue
from stations.services.standards import score

INSPECTORS = ("区人大代工委检查组", "街道人大工委", "区人大办公室")
# What is said about a line that is not met.
NOTES = ("正在补办", "材料不全，下月复查", "位置不明显，已提醒调整", "")
# Of ten venues so many were inspected, and of a hundred lines so many are met.
INSPECTED, MET = 9, 91
# Days back of the newest round, and of the one before.
ROUNDS = ((20, 120), (250, 400))


def load() -> None:
    venues = list(Venue.objects.filter(is_demo=True).order_by("code"))
    if not venues or Inspection.objects.exists():
        return
    made = list(_invented(venues))
    stored = bulk_create_with_history([inspection for inspection, _marks in made], Inspection, batch_size=500)
    marks = []
    for inspection, (_draft, of_one) in zip(stored, made, strict=True):
        for mark in of_one:
            mark.inspection = inspection
            marks.append(mark)
    bulk_create_with_history(marks, InspectionMark, batch_size=500)


def _invented(venues: list[Venue]) -> Iterator[tuple[Inspection, list[InspectionMark]]]:
    random = Random("standards")
    checklists = list(StandardChecklist.objects.filter(is_active=True).prefetch_related("items"))
    for venue in venues:
        if random.randrange(10) >= INSPECTED:
            continue
        # One visit looks at all standards; every third venue had one the year before too.
        for nearest, farthest in ROUNDS[: 1 + (random.randrange(3) == 0)]:
            day = clock.today() - timedelta(days=random.randint(nearest, farthest))
            inspector = random.choice(INSPECTORS)
            for checklist in checklists:
                if not checklist.holds_for(venue.kind):
                    continue
                marks = [
                    InspectionMark(item=item, points=item.points, is_met=random.randrange(100) < MET)
                    for item in checklist.items.all()
                    if item.is_active
                ]
                for mark in marks:
                    mark.note = "" if mark.is_met else random.choice(NOTES)
                met = sum(mark.is_met for mark in marks)
                yield Inspection(
                    venue=venue, checklist=checklist, inspected_on=day, inspector=inspector, met=met,
                    total=len(marks), score=score(marks) or 0, stars=_stars(met, len(marks)),
                ), marks  # fmt: skip


def _stars(met: int, total: int) -> int | None:
    return 5 - min(total - met, 3) if total else None
