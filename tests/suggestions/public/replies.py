"""Replies with points, promises and what became of them, by the shortest way the tables allow."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from congress_portal.common import clock
from suggestions.inputs import Target
from suggestions.models import Assignment, ContactLog, Promise, Suggestion
from tests.conftest import Journey, act

OPENING = "您好，您反映的问题收悉，现答复如下。"
POINTS = ["小区车位不够", "消防通道被占用"]
ANSWERS = ["已划出三十个车位。", "已设置禁停标志。\n物业每天巡查。"]


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def with_points(cast: SimpleNamespace, *targets: Target) -> Suggestion:
    """A case of two points, given to the unit."""
    journey = Journey(cast)
    case = journey.submitted()
    act("accept", case, cast.clerk, category=cast.category, level="L2", points=POINTS)
    return journey.assigned(case, *targets)


def draft(cast: SimpleNamespace, case: Suggestion, **given: Any) -> Assignment:
    """The unit's reply as it goes to its leader."""
    row = case.assignments.filter(state="ISSUED", unit=cast.unit).get()
    act("sign", row, cast.officer)
    words = {"text": OPENING, "answer_class": "A"}
    if case.points.exists():
        words["answers"] = ANSWERS  # type: ignore[assignment]
    return act("draft", row, cast.officer, **words | given)


def reply(cast: SimpleNamespace, case: Suggestion, **given: Any) -> Assignment:
    """The unit's reply, released; the row it belongs to."""
    row = draft(cast, case, **given)
    act("sign_off", row, cast.unitlead)
    return act("release", row, cast.reviewer, publicity="OPEN")


def promise(cast: SimpleNamespace, case: Suggestion, *days: int) -> list[Promise]:
    """A reply of class B that promises something for each of so many days from now."""
    promised = [(f"第{number}件事", in_days(day)) for number, day in enumerate(days, 1)]
    row = reply(cast, case, answer_class="B", promises=promised)
    return list(row.promises.all())


def keep(cast: SimpleNamespace, promised: Promise, **given: Any) -> None:
    """The unit reports, the congress settles it as kept."""
    row = promised.assignment
    act("report_promise", row, cast.officer, promise=promised, report="已经办好，请您查看。")
    act("settle_promise", row, cast.reviewer, promise=promised, verdict="KEPT", **given)


def contact(cast: SimpleNamespace, case: Suggestion, **changes: Any) -> ContactLog:
    """The unit says it was in touch; what it says was spoken is for the office alone."""
    fields: dict[str, Any] = {
        "assignment": case.assignments.first(), "phase": "BEFORE", "mode": "PHONE",
        "happened_on": clock.today(), "persons": "赵示例科长", "summary": "居民情绪激动，已安抚。",
        "logged_by": cast.officer, "logged_at": clock.now(),
    }  # fmt: skip
    return ContactLog.objects.create(**fields | changes)
