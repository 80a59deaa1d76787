"""Starts `make run` twice on an empty DATA_DIR and asks the site for a page, as a newcomer would.

The second start must be quick and change nothing. Prints both times; exit code 1 when a promise breaks.
"""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_SECONDS = 600  # about two minutes are promised; a busy machine gets more before we call it broken
SECOND_SECONDS = 30
PAGES = ("", "venues/", "deputies/", "suggestions/new/", "accounts/login/", "healthz", "readyz")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve_once(limit: int) -> float:
    """One `make run` until it announces itself, a look at its pages, Ctrl-C. Seconds until it served."""
    port = free_port()
    begin = time.monotonic()
    make = subprocess.Popen(
        ["make", "--no-print-directory", "run", f"PORT={port}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    watchdog = threading.Timer(limit, os.killpg, (make.pid, signal.SIGTERM))
    watchdog.start()
    try:
        assert make.stdout is not None
        for line in make.stdout:
            print(line, end="", flush=True)
            if "Ctrl-C" in line:
                break
        else:
            sys.exit(f"make run ended or took more than {limit} seconds")
        seconds = time.monotonic() - begin
        for page in PAGES:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{page}", timeout=30) as answer:
                body = answer.read().decode()
            missing = [
                path
                for path in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', body))
                if not has(port, path)
            ]
            if missing:
                sys.exit(f"/{page} asks for files that are not served: {missing}")
    finally:
        watchdog.cancel()
        # As the terminal does: Ctrl-C goes to make and to all it started.
        os.killpg(make.pid, signal.SIGINT)
        make.wait(timeout=60)
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit("the server still answers after Ctrl-C")
    return seconds


def has(port: int, path: str) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return bool(answer.status == 200)


def rows(folder: Path) -> dict[str, int]:
    """Row counts of the rosters, which no part of the demo may touch twice."""
    with sqlite3.connect(f"file:{folder / 'portal.sqlite3'}?mode=ro", uri=True) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in names if name.startswith(("accounts_", "deputies_", "stations_"))]
        return {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in kept}  # noqa: S608


def main() -> None:
    folder = Path(os.environ["DATA_DIR"])
    first = serve_once(FIRST_SECONDS)
    before = rows(folder)
    second = serve_once(SECOND_SECONDS)
    after = rows(folder)
    print(f"First start served after {first:.0f} s, second after {second:.1f} s.")
    if before != after:
        changed = {name: (before.get(name), after[name]) for name in after if before.get(name) != after[name]}
        sys.exit(f"the second start changed {changed}")


if __name__ == "__main__":
    main()
