"""manage.py verify_history: does every case stand where its events say?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from suggestions.history import problems
from suggestions.models import Suggestion


class Command(BaseCommand):
    help = "Replay the events of every case and fail if a row disagrees with them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("numbers", nargs="*", help="only these cases")

    def handle(self, *args: Any, numbers: list[str], **options: Any) -> None:
        cases = Suggestion.objects.all()
        if numbers:
            cases = cases.filter(number__in=numbers)
            unknown = set(numbers) - set(cases.values_list("number", flat=True))
            if unknown:
                raise CommandError(f"no such case: {', '.join(sorted(unknown))}")
        count = 0
        for problem in problems(cases):
            count += 1
            self.stderr.write(problem)
        if count:
            raise CommandError(f"{count} problems")
        self.stdout.write(f"{cases.count()} cases agree with their history")
