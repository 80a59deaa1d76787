"""Many hands at the same moment, for the tests of every app."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from suggestions.actors import Actor
from suggestions.services import perform

# SQLite lets only one write at a time and proves nothing.
RACES = [
    pytest.mark.postgres,
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="two writers at once need PostgreSQL (bash tools/with_postgres.sh starts one)",
    ),
    # `transaction=True` empties every table afterwards, the catalogues of the migrations too.
    pytest.mark.django_db(transaction=True),
]


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """What each job returned or raised, all started at the same moment on connections of their own."""
    gate = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=30)
            results[place] = job()
        except Exception as error:  # noqa: BLE001 - whatever went wrong is the result of the test
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, job)) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return results


def click(action: str, target: Any, actor: Actor, **given: Any) -> Callable[[], Any]:
    """A press of the button on the page as it stands now."""
    target.refresh_from_db()
    seen = target.version
    return lambda: perform(action, target=target, actor=actor, seen_version=seen, **given)


def outcomes(results: list[Any]) -> Counter[str]:
    return Counter(type(result).__name__ if isinstance(result, Exception) else "done" for result in results)
