"""manage.py deliver_notices: the worker of the outbox. Any number may run at once, on several machines."""

import signal
import threading
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from congress_portal.common import clock
from congress_portal.notices.delivery import deliver_due
from congress_portal.notices.enums import Status

PAUSE_SECONDS, PAUSE_WITHOUT_DATABASE = 2, 10
WORDS = {
    Status.SENT: "sent", Status.WAITING: "to be tried again", Status.FAILED: "given up",
    Status.UNCERTAIN: "parked as uncertain",
}  # fmt: skip


class Command(BaseCommand):
    help = "Send the SMS and letters that are due. Ends on SIGTERM or Ctrl-C after the one it is sending."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true", help="go on until somebody ends it")

    def handle(self, *args: Any, forever: bool, **options: Any) -> None:
        with _told_to_stop() as stop:
            if not forever:
                self._report(deliver_due(stop=stop.is_set))
            while forever and not stop.is_set():
                stop.wait(self._once(stop))

    def _once(self, stop: threading.Event) -> int:
        """One pass; seconds to wait before the next."""
        # As before a request: a connection the database has dropped is not met twice.
        close_old_connections()
        try:
            told = deliver_due(stop=stop.is_set)
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"{_now()} the database does not answer: {error}")
            return PAUSE_WITHOUT_DATABASE
        if told:
            self._report(told)
        return PAUSE_SECONDS

    def _report(self, told: Counter[str]) -> None:
        counts = [f"{told[status]} {words}" for status, words in WORDS.items() if told[status]]
        self.stdout.write(f"{_now()} {', '.join(counts) or 'nothing is due'}")
        self.stdout.flush()


def _now() -> str:
    return f"{clock.now().astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M:%S}"


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set: what is being sent comes to its end first."""
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_told: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
