"""SMS providers for workers in processes of their own: each hand-over is a row in an SQLite file.

Slow before and after, as a real one: a worker killed before has sent nothing, one killed after has.
"""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path


class Recorder:
    """Counts calls in `calls`; what it takes is in `taken`, by key and only once."""

    honours_keys = True
    take = "INSERT OR IGNORE INTO taken (key, phone, text) VALUES (?, ?, ?)"

    def __init__(self) -> None:
        self.file = os.environ["NOTICE_RECORDER"]

    def send(self, *, phone: str, text: str, key: str) -> str:
        self._write("INSERT INTO calls (key, pid) VALUES (?, ?)", key, os.getpid())
        time.sleep(0.008)
        self._write(self.take, key, phone, text)
        time.sleep(0.008)
        return key[:8]

    def _write(self, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.file, timeout=30, isolation_level=None)) as database:
            database.execute(statement, values)


class BlindRecorder(Recorder):
    """Takes whatever it is given, as often as it is given."""

    honours_keys = False
    take = "INSERT INTO taken (key, phone, text) VALUES (?, ?, ?)"


def prepare(file: Path, *, once: bool) -> None:
    """The empty file; `once`: a key can be there only once."""
    with closing(sqlite3.connect(file)) as database:
        database.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE calls (key TEXT, pid INTEGER);"
            f"CREATE TABLE taken (key TEXT {'PRIMARY KEY' if once else ''}, phone TEXT, text TEXT);"
        )


def read(file: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(file, timeout=30)) as database:
        return database.execute(query).fetchall()
