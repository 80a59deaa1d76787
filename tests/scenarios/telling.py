"""What the nights did to a case, and what people were told of it."""

import io

from django.core.management import call_command

from congress_portal.common import clock
from congress_portal.notices.models import Notice
from suggestions.models import Suggestion
from suggestions.notifications import TO_THE_RESIDENT
from tests.oversight.days import on


def lines(case: Suggestion, action: str) -> list[str]:
    """The days on which it happened."""
    return [f"{clock.local_date(event.happened_at)}" for event in case.events.filter(action=action)]


def told_to(case: Suggestion, who: str) -> list[str]:
    """What stands in somebody's inbox about the case."""
    found = Notice.objects.filter(number=case.number, channel="INBOX", to__username=who)
    return list(found.order_by("pk").values_list("title", flat=True))


def words(title: str, case: Suggestion) -> str:
    return str(title) % {"number": case.number, "unit": "", "place": ""}


def news(case: Suggestion, action: str) -> str:
    """What the resident is told of the action."""
    return words(TO_THE_RESIDENT[action], case)


def nightly(year: int, month: int, day: int) -> None:
    with on(year, month, day, hour=1):
        call_command("run_due", stdout=io.StringIO())
