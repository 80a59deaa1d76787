"""A thousand notices and workers killed with SIGKILL at random: none lost, none twice.

Runs on the database of the run: SQLite as a file of its own, PostgreSQL as the test's own database.
"""

import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from congress_portal.notices.models import Notice, NoticeSetting
from congress_portal.notices.outbox import post

from . import recorder

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NOTICES, WORKERS, KILLS = 1000, 3, 8
LEASE_SECONDS = 3
LONGEST = 150


class Crew:
    """Workers of the outbox, each `manage.py deliver_notices --forever` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.environment: dict[str, str] = {}
        self.folder, self.file = folder, folder / "recorder.sqlite3"
        self.numbers = itertools.count(1)
        self.workers: list[subprocess.Popen[bytes]] = []

    def hire(self) -> None:
        command = [sys.executable, "manage.py", "deliver_notices", "--forever"]
        with (self.folder / f"worker-{next(self.numbers)}.log").open("wb") as log:
            worker = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log
            )
        self.workers.append(worker)

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        worker.kill()
        worker.wait()
        self.workers.remove(worker)

    def dismiss(self) -> list[int]:
        """End all as an operator does; their exit codes."""
        for worker in self.workers:
            worker.send_signal(signal.SIGTERM)
        return [worker.wait(timeout=30) for worker in self.workers]


@pytest.fixture
def thousand() -> set[str]:
    """Their tokens."""
    NoticeSetting.objects.create(quiet_from="00:00", quiet_to="00:00")
    with transaction.atomic():
        for number in range(NOTICES):
            post(
                "reply", key=f"case {number} replied", phone=f"139{number:08}", title="", path=f"/{number}/",
                number=str(number),
            )  # fmt: skip
    return set(Notice.objects.values_list("token", flat=True))


@pytest.fixture
def database(thousand: set[str], tmp_path: Path) -> str:
    """The DATABASE_URL under which other processes see the thousand."""
    if connection.vendor == "postgresql":
        given = connection.settings_dict
        place = f"{given['HOST']}:{given['PORT']}/{given['NAME']}"
        return f"postgres://{given['USER']}:{given['PASSWORD']}@{place}"
    file = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{file}"


def statuses(database: str) -> dict[str, str]:
    """Token → status, as the database of the workers has it."""
    if connection.vendor == "postgresql":
        return dict(Notice.objects.values_list("token", "status"))
    file = Path(database.removeprefix("sqlite:///"))
    return dict(recorder.read(file, "SELECT token, status FROM notices_notice"))


@pytest.fixture
def crew(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Crew]:
    name = request.param
    crew = Crew(tmp_path)
    recorder.prepare(crew.file, once=name == "Recorder")
    crew.environment = os.environ | {
        "DEBUG": "1", "DATABASE_URL": database, "SMS_BACKEND": f"{recorder.__name__}.{name}",
        "NOTICE_RECORDER": str(crew.file), "NOTICE_LEASE_SECONDS": str(LEASE_SECONDS),
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS), "SECRET_KEY": settings.SECRET_KEY,
    }  # fmt: skip
    yield crew
    for worker in list(crew.workers):
        crew.kill(worker)


def work_and_kill(crew: Crew, database: str) -> int:
    """Until nothing waits any more; how many workers were killed in the middle of their work."""
    chance = random.Random()
    killed, deadline = 0, time.monotonic() + LONGEST
    for _ in range(WORKERS):
        crew.hire()
    while (found := Counter(statuses(database).values())) & Counter(WAITING=1, SENDING=1):
        assert time.monotonic() < deadline, (found, _complaints(crew))
        time.sleep(chance.uniform(0.05, 0.4))
        busy = {pid for (pid,) in recorder.read(crew.file, "SELECT pid FROM calls")}
        victims = [worker for worker in crew.workers if worker.pid in busy]
        if killed < KILLS and victims:
            crew.kill(chance.choice(victims))
            crew.hire()
            killed += 1
    return killed


def _complaints(crew: Crew) -> str:
    return "\n".join(log.read_text() for log in crew.folder.glob("worker-*.log"))


@pytest.mark.parametrize("crew", ["Recorder"], indirect=True)
def test_a_provider_that_honours_keys_records_each_exactly_once(
    crew: Crew, database: str, thousand: set[str]
) -> None:
    assert work_and_kill(crew, database) == KILLS
    assert crew.dismiss() == [0] * WORKERS, _complaints(crew)

    assert statuses(database) == dict.fromkeys(thousand, "SENT")
    taken = recorder.read(crew.file, "SELECT key, phone FROM taken")
    assert {key for key, _phone in taken} == thousand
    assert len({phone for _key, phone in taken}) == len(taken) == NOTICES
    # Some were handed over twice: by a worker that died, and by the one after it.
    [(calls,)] = recorder.read(crew.file, "SELECT COUNT(*) FROM calls")
    assert calls > NOTICES


@pytest.mark.parametrize("crew", ["BlindRecorder"], indirect=True)
def test_a_provider_that_honours_none_is_given_nothing_twice_and_staff_get_the_rest(
    crew: Crew, database: str, thousand: set[str]
) -> None:
    assert work_and_kill(crew, database) == KILLS
    assert crew.dismiss() == [0] * WORKERS, _complaints(crew)

    found = statuses(database)
    sent, parked = ({token for token in found if found[token] == way} for way in ("SENT", "UNCERTAIN"))
    assert sent | parked == thousand
    assert 0 < len(parked) <= KILLS
    taken = Counter(key for (key,) in recorder.read(crew.file, "SELECT key FROM taken"))
    assert set(taken.values()) == {1}
    assert sent <= set(taken) <= thousand
