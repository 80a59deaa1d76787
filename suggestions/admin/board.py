"""The index of the office: queues, figures that link to their lists, and who is late."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress_portal.accounts.models import Role, User
from congress_portal.common import clock, workdays
from suggestions import metrics, queues, recalculation, supervising
from suggestions.lateness import LATE, OVERDUE
from suggestions.selectors import enters_office, sees_all, visible_to

from . import workbench

# Queues with a way to the workbench beside them.
WORKED_OFF = ("to_accept", "to_assign")
PERIODS = (3, 12, 24)
USUAL_PERIOD = 12
# The drawing is this high; a bar's height is its share of accepted cases that are concluded.
SPARK_HEIGHT, SPARK_STEP, SPARK_BAR = 40, 10, 7


@dataclass(frozen=True, slots=True)
class Figure:
    """One rate with the two numbers it is made of, each a link to exactly the cases it counts."""

    label: str | Promise
    rate: Decimal | None
    part: int
    part_url: str
    whole: int
    whole_url: str


def list_url(**parameters: Any) -> str:
    """The case list narrowed to `parameters`."""
    return f"{reverse('admin:suggestions_suggestion_changelist')}?{urlencode(parameters)}"


def context(user: User, *, months: str = "", by: str = "") -> dict[str, Any]:
    """The board for this user; without a district-wide duty only the notice about the calendar."""
    known = {"calendar_missing": workdays.missing_ahead()}
    if not enters_office(user):
        return known
    own, others = queues.for_user(user)
    chosen = int(months) if months in map(str, PERIODS) else USUAL_PERIOD
    period = metrics.Period.latest(chosen)
    by = by if by in (*metrics.SPLITS, "month") else "month"
    lines = metrics.by_month(period)
    return {
        **known,
        "own": [_queue(line) | _way_to_work(line, user) for line in own],
        "others": [_queue(line) for line in others if line.count],
        "cut_off": clock.now(),
        "figures": _figures(period),
        "spark": _spark(lines),
        "periods": [
            _tab(_("%(count)d months") % {"count": count}, by, count, count == chosen) for count in PERIODS
        ],
        "splits": [_tab(label, key, chosen, key == by) for key, label in _splits()],
        "lines": [
            _line(line, by, period) for line in (lines[::-1] if by == "month" else metrics.split(period, by))
        ],
        "owners": [_owner(owner) for owner in queues.overdue_by_owner(visible_to(user))],
        "calendar_changed": recalculation.is_needed(),
        "oversight": supervising.figures(user) if sees_all(user) else None,
    }


def _splits() -> list[tuple[str, str | Promise]]:
    return [("month", _("Month")), *((key, label) for key, (label, _column, _name) in metrics.SPLITS.items())]


def _tab(label: str | Promise, by: str, months: int, current: bool) -> dict[str, Any]:
    query = urlencode({"by": by, "months": months})
    return {"label": label, "url": f"?{query}#figures", "current": current}


def _queue(line: queues.Waiting) -> dict[str, Any]:
    days = (clock.today() - clock.local_date(line.oldest)).days if line.oldest else 0
    age = ngettext("oldest: %(days)d day", "oldest: %(days)d days", days) % {"days": days}
    return {
        "key": line.queue.key,
        "label": line.queue.label,
        "count": line.count,
        "late": line.late,
        "age": age if line.oldest else "",
        "url": list_url(queue=line.queue.key),
    }


def _way_to_work(line: queues.Waiting, user: User) -> dict[str, str]:
    """The workbench, for the queues of intake and whoever does it."""
    at_bench = line.queue.key in WORKED_OFF and user.has_role(Role.CLERK)
    return {"work_url": workbench.address(line.queue.key) if at_bench else ""}


def _figures(period: metrics.Period) -> list[Figure]:
    counts = metrics.figures(period)
    urls = {name: list_url(figure=name, accepted=period) for name in metrics.FIGURES}
    return [
        Figure(label, metrics.rate(counts, name), counts[part], urls[part], counts[whole], urls[whole])
        for name, (label, part, whole) in metrics.RATES.items()
    ]


def _line(line: metrics.Line, by: str, period: metrics.Period) -> dict[str, Any]:
    where = {"accepted": line.label} if by == "month" else {"accepted": period, by: line.key or "none"}
    return {
        "label": line.label or _("not named"),
        "rate": line.rate,
        "accepted": line.accepted,
        "accepted_url": list_url(figure="accepted", **where),
        "closed": line.closed,
        "closed_url": list_url(figure="closed", **where),
    }


def _spark(lines: list[metrics.Line]) -> dict[str, Any]:
    bars = [
        {
            "x": index * SPARK_STEP,
            "height": height,
            "y": SPARK_HEIGHT - height,
            "title": f"{line.label} {line.rate}%" if line.rate is not None else f"{line.label} —",
        }
        for index, line in enumerate(lines)
        for height in [max(1, round(SPARK_HEIGHT * (line.rate or 0) / 100))]
    ]
    return {"bars": bars, "width": len(bars) * SPARK_STEP, "height": SPARK_HEIGHT, "bar": SPARK_BAR,
            "first": lines[0].label, "last": lines[-1].label}  # fmt: skip


def _owner(owner: queues.Owner) -> dict[str, Any]:
    return {
        "label": owner.row or queues.OFFICE_LABEL,
        "count": owner.count,
        "due": owner.oldest,
        "url": list_url(queue="overdue", owner=owner.key),
        "red": owner.red,
        "red_url": list_url(queue="overdue", owner=owner.key, late=OVERDUE),
        "yellow": owner.yellow,
        "yellow_url": list_url(queue="overdue", owner=owner.key, late=LATE),
    }
