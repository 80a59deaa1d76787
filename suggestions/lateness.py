"""How near or how far over a date is, in the five words all lists and pages use.

ok · soon (at most two working days left) · late (yellow) · overdue (red) · none. From which working day over
a date is red says the row of `ReminderRule` that turns reminders red, so screens and reminders agree.
"""

from datetime import date, timedelta

from congress_portal.common import clock, workdays
from congress_portal.common.remembered import Remembered

from .models import ReminderRule

# A date this many working days away wants attention.
SOON = 2
# Where no rule turns red: yellow to the fifth working day over, red from the sixth.
USUAL_RED = 6
LATE, OVERDUE = "late", "overdue"
ONE_DAY = timedelta(days=1)


def _load() -> int:
    rules = ReminderRule.objects.filter(is_active=True, tone=ReminderRule.Tone.RED, days_before__lt=0)
    return min((-days for days in rules.values_list("days_before", flat=True)), default=USUAL_RED)


red_from = Remembered(_load, ReminderRule)


def level_of(day: date | None) -> str:
    """One of the five words; "none" without a day."""
    if day is None:
        return "none"
    left = workdays.workdays_until(clock.today(), day)
    if left < 0:
        return OVERDUE if -left >= red_from() else LATE
    return "soon" if left <= SOON else "ok"


def red_before(today: date) -> date:
    """Dates before this day are red today; those from it up to yesterday are yellow."""
    day, least = today, red_from()
    while workdays.workdays_until(today, day) > -least:
        day -= ONE_DAY
    return day + ONE_DAY
