"""manage.py run_due: what only waited for time. Run it once a day, soon after midnight."""

from typing import Any

from django.core.management.base import BaseCommand

from congress_portal.notices import outbox
from stations.services import booking
from stations.services.planning import propose_all
from suggestions import recalculation, reminders
from suggestions.contacts import forget_old
from suggestions.models import ReminderRule
from suggestions.services import run_due
from suggestions.term_change import carrying

Tone = ReminderRule.Tone


class Command(BaseCommand):
    help = (
        "Changes of term, open dates after a change of the calendar, windows that are over, promises, "
        "reminders, days to plan, old contacts and notices. Harmless to run twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{carrying.run_due()} changes of term carried out")
        self.stdout.write(f"{carrying.release_left_behind()} cases free of marks of people who left office")
        # Before anything is closed or called late: by the calendar of today.
        self.stdout.write(self._recount())
        self.stdout.write(f"{run_due()} cases closed because their time was over")
        self.stdout.write(f"{reminders.bring_promises_back()} promises came back because their day has come")
        sent = reminders.remind()
        self.stdout.write(
            f"{sent[Tone.REMIND]} reminders before a date, {sent[Tone.YELLOW]} yellow, {sent[Tone.RED]} red, "
            f"{sent[reminders.RATE]} to rate"
        )
        self.stdout.write(f"{propose_all()} reception days proposed, moved or dropped")
        self.stdout.write(f"{forget_old()} contacts removed because their case ended long ago")
        self.stdout.write(f"{outbox.forget_old()} notices forgotten because they were read or sent long ago")
        self.stdout.write(f"{booking.forget_old()} bookings forgotten because their day is long over")

    def _recount(self) -> str:
        done = recalculation.run_if_needed()
        if done is None:
            return "The calendar is as it was: no open dates counted anew"
        return f"{done.looked_at} open dates counted anew: {done.moved} moved, {done.kept} kept as told"
