"""`manage.py demo`: the district's rosters and 2,000 invented cases, each walked through the real door."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from deputies.models import Deputy, Mandate
from stations.models import Posting, Venue
from suggestions.demo.loader import load
from suggestions.demo.people import LOGINS, TakenLogin
from suggestions.demo.plan import TOTAL
from suggestions.enums import State
from suggestions.models import Event, Suggestion


class Command(BaseCommand):
    help = "Loads the demo: rosters, accounts and cases of two years. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        amount = parser.add_mutually_exclusive_group()
        amount.add_argument("--first", type=int, metavar="N", help="rosters and the first N cases only")
        amount.add_argument(
            "--rest", action="store_true", help="what is missing, gently, while the site serves"
        )
        amount.add_argument(
            "--suggestions", type=int, metavar="N", help=f"rosters and N cases, up to {TOTAL}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo is only loaded where DEMO=1 is set: it creates accounts with a known password."
            )
        wanted = [amount for amount in (options["first"], options["suggestions"]) if amount is not None]
        total = wanted[0] if wanted else TOTAL
        if not 0 < total <= TOTAL:
            raise CommandError(f"The demo has from 1 to {TOTAL} cases.")
        try:
            new = load(total, gently=options["rest"])
        except TakenLogin as error:
            raise CommandError(
                f"The login {error} belongs to a real account; load the demo into a database of its own."
            ) from error
        if options["first"] is None and not options["rest"]:
            self.report(new)

    def report(self, new: int) -> None:
        """What is there now, and how to sign in; `make run` says the latter itself."""
        counts = dict(Suggestion.objects.order_by().values_list("state").annotate(Count("pk")))
        self.stdout.write(
            f"{new} new cases. Now: {Venue.objects.count()} venues, {Deputy.objects.count()} deputies with "
            f"{Mandate.objects.count()} mandates, {Posting.objects.count()} postings, "
            f"{Suggestion.objects.count()} cases, {Event.objects.count()} events."
        )
        for state in State:
            self.stdout.write(f"  {state.value:<14} {counts.get(state.value, 0):>5}")
        self.stdout.write(f"Logins, all with the password {settings.DEMO_PASSWORD}: {', '.join(LOGINS)}")
