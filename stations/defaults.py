"""The standards a new office starts with. They are rows from then on: the admin is where they change.

A table that already has rows is left alone, so nothing an office removed comes back.
"""

from typing import Any

from .models import StandardChecklist, StandardItem, VenueKind

# No national text; this is the wording met most often.
STANDARDS = (
    # code, name, kinds of venue (none: all), points a line, lines
    ("WUYOU", "五有", (), 20, ("有场所", "有标识", "有设施", "有制度", "有档案")),
    (
        "BAYOU",
        "八有",
        (VenueKind.HOME, VenueKind.STATION),
        10,
        ("有场所", "有标牌", "有设施", "有制度", "有计划", "有活动", "有记录", "有成效"),
    ),
    (
        "LIUGONGKAI",
        "六公开",
        (),
        10,
        ("公开代表信息", "公开接待时间", "公开接待地点", "公开联系方式", "公开工作制度", "公开意见办理结果"),
    ),
)


def install(**kwargs: Any) -> None:
    """Fill the standards if there are none; runs after every migrate, also after one back to before them."""
    migrated = kwargs.get("apps")
    if migrated is not None and "standardchecklist" not in migrated.all_models["stations"]:
        return
    if StandardChecklist.objects.exists():
        return
    for order, (code, name, kinds, points, lines) in enumerate(STANDARDS):
        checklist = StandardChecklist.objects.create(
            code=code, name=name, kinds=[kind.value for kind in kinds], order=order
        )
        StandardItem.objects.bulk_create(
            StandardItem(checklist=checklist, text=text, points=points, order=place)
            for place, text in enumerate(lines)
        )
