"""Moments of a story: staff act in office hours on working days, residents whenever they are awake."""

from datetime import date, datetime, time, timedelta
from random import Random

from congress_portal.common import workdays
from congress_portal.common.clock import SHANGHAI, local_date

MORNING, EVENING = time(8, 30), time(17, 0)


def at(day: date, minutes: int) -> datetime:
    """That many minutes after midnight in China."""
    return datetime.combine(day, time(), tzinfo=SHANGHAI) + timedelta(minutes=minutes)


def office(rng: Random, after: datetime, low: int, high: int) -> datetime:
    """A moment in office hours, `low` to `high` working days after that day and later than `after`."""
    start = local_date(after)
    moment = at(workdays.add_workdays(start, rng.randint(low, high)), rng.randint(515, 1010))
    if moment > after + timedelta(minutes=5):
        return moment
    soon = (after + timedelta(minutes=rng.randint(12, 75))).astimezone(SHANGHAI)
    if workdays.is_workday(start) and soon.date() == start and MORNING <= soon.time() <= EVENING:
        return soon
    return at(workdays.add_workdays(start, 1), rng.randint(515, 640))


def awake(rng: Random, after: datetime, low: int, high: int) -> datetime:
    """A moment from morning to late evening, `low` to `high` days after that day and later than `after`."""
    start = local_date(after)
    moment = at(start + timedelta(days=rng.randint(low, high)), rng.randint(400, 1360))
    if moment > after + timedelta(minutes=5):
        return moment
    soon = (after + timedelta(minutes=rng.randint(15, 160))).astimezone(SHANGHAI)
    return soon if soon.date() == start else at(start + timedelta(days=1), rng.randint(400, 560))


def workdays_back(day: date, count: int) -> date:
    """The working day with `count` working days after it up to `day`; 0 is `day` itself, working or not."""
    while count:
        day -= timedelta(days=1)
        count -= workdays.is_workday(day)
    return day
