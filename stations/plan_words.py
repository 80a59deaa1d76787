"""A plan and its coming days in words."""

from collections.abc import Iterable
from datetime import date

from chinese_calendar import constants
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from congress_portal.common.models import CalendarDay

from .models import ReceptionPlan, Recurrence
from .recurrence import LAST, Outcome, Settled

CHINESE = {holiday.value: holiday.chinese for holiday in constants.Holiday}


def with_weekday(day: date) -> str:
    """2026年2月24日 星期二, or as the language writes it."""
    return f"{date_format(day, 'DATE_FORMAT')} {date_format(day, 'l')}"


def rhythm(plan: ReceptionPlan) -> str:
    """每月 15 日: how days come round."""
    words = {
        "day": plan.day_of_month,
        "weekday": plan.get_weekday_display() if plan.weekday is not None else "",
        "nth": plan.nth,
    }
    if plan.recurrence == Recurrence.WEEKLY:
        return _("every %(weekday)s") % words
    if plan.recurrence == Recurrence.NTH_WEEKDAY:
        text = (
            _("the last %(weekday)s of every month")
            if plan.nth == LAST
            else _("%(weekday)s no. %(nth)d of every month")
        )
        return text % words
    if plan.recurrence == Recurrence.ODD_MONTHS:
        return _("on day %(day)d of odd months") % words
    return _("on day %(day)d of every month") % words


def in_words(plan: ReceptionPlan) -> str:
    """The whole rule in one sentence."""
    said = {
        "rhythm": rhythm(plan),
        "from": f"{plan.starts_at:%H:%M}",
        "until": f"{plan.ends_at:%H:%M}",
        "policy": plan.get_holiday_policy_display(),
    }
    text = ngettext("%(count)d deputy", "%(count)d deputies", plan.deputies_per_day)
    said["deputies"] = text % {"count": plan.deputies_per_day}
    return _("%(rhythm)s, %(from)s–%(until)s, %(deputies)s each time; on days off: %(policy)s") % said


def outlook(rows: Iterable[Settled]) -> list[dict[str, str]]:
    """Each planned day with what becomes of it and why: {"day", "becomes", "tone"}. One query."""
    rows = list(rows)
    names = _names([row.planned_on for row in rows])
    return [
        {"day": with_weekday(row.planned_on), "becomes": _becomes(row, names), "tone": _tone(row)}
        for row in rows
    ]


def _becomes(row: Settled, names: dict[date, str]) -> str:
    because = names.get(row.planned_on) or _("day off")
    if row.outcome == Outcome.MOVED and row.day:
        return _("moved to %(day)s (%(because)s)") % {"day": with_weekday(row.day), "because": because}
    if row.outcome == Outcome.LEFT_OUT:
        return _("left out (%(because)s)") % {"because": because}
    if row.outcome == Outcome.TOGETHER:
        return _("left out: falls together with another day of the venue")
    if row.outcome == Outcome.ASKS:
        return _("to be decided (%(because)s)") % {"because": because}
    return _("as planned")


def _tone(row: Settled) -> str:
    return "ok" if row.outcome == Outcome.KEPT else "soon"


def _names(days: list[date]) -> dict[date, str]:
    """Day → the name of its holiday; ordinary weekends have none."""
    shipped = {day: constants.holidays[day] for day in days if day in constants.holidays}
    if (get_language() or "").startswith("zh"):
        shipped = {day: CHINESE[name] for day, name in shipped.items()}
    entered = CalendarDay.objects.filter(day__in=days).order_by().values_list("day", "name")
    return shipped | {day: name for day, name in entered if name}
