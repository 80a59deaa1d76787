"""`make run`: prepares the database, loads the demo, serves it, delivers its notices, ends with its children.

`run.py --check-port` only says whether the port is free; it runs before anything is installed, so this file
imports nothing but the standard library at the top.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
FIRST = 200  # cases loaded before the site opens; the rest follows while it serves
STARTUP_SECONDS = 60
STOP_SECONDS = 10

LOGINS = (
    ("clerk", "/admin/", "accepts, assigns, publishes"),
    ("reviewer", "/admin/", "releases replies"),
    ("head", "/admin/", "concludes disputes"),
    ("secrecy", "/admin/", "confirms refusals that are hidden from all others"),
    ("admin", "/admin/", "rosters and settings"),
    ("liaison", "/desk/", "liaison officer of a station"),
    ("deputy", "/desk/", "deputy posted to a station"),
    ("convener", "/desk/", "convener of a station's deputies"),
    ("unit", "/desk/", "officer of a handling unit"),
    ("unitlead", "/desk/", "signs replies for that unit, second ones as its principal"),
    ("committee", "/desk/", "sub-district working committee of the station's street"),
    ("coordinator", "/desk/", "office that dispatches cases to the units of the government"),
    ("resident", "/", "raises suggestions"),
)


class StopRequest(BaseException):
    """Someone asked us to end; no `except Exception` on the way may swallow it."""


def fail(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def address() -> tuple[str, int]:
    """Where to listen: LISTEN (default 127.0.0.1, this machine alone) and PORT (default 8000)."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        fail(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return os.environ.get("LISTEN") or "127.0.0.1", int(text)


def reachable(host: str) -> str:
    """The host to try from this machine: a server on all addresses is asked on the loopback one."""
    return "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104


def check_port(host: str, port: int) -> None:
    """Ends with one sentence when the port can't be had."""
    other = port + 1 if port < 65535 else port - 1
    taken = f"Port {port} is already in use; stop what runs there or choose another: make run PORT={other}"
    near = reachable(host)
    if near in {"127.0.0.1", "localhost", "::1"}:
        # Asking first: on macOS binding succeeds beside a server that listens on all addresses.
        with suppress(OSError), socket.create_connection((near, port), timeout=1):
            fail(taken)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            fail(f"Port {port} needs more rights than you have; choose one above 1023: make run PORT=8000")
        except OSError as error:
            fail(
                taken
                if error.errno == errno.EADDRINUSE
                else f"LISTEN={host} cannot be used: {error.strerror}."
            )


def prepare() -> None:
    """Translations, tables and the first demo cases. A second start finds all of it done."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress_portal.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command
    from django.db import DatabaseError, connections

    try:
        django.setup()
        # One process for all four: starting Django anew for each would double the time of a second start.
        call_command("compile_translations")
        print("Preparing the database …", flush=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("demo", "--first", str(FIRST))
    except (ImproperlyConfigured, CommandError) as error:
        fail(str(error))
    except DatabaseError as error:
        fail(f"The database does not answer as it should: {error}")
    finally:
        connections.close_all()


def start(*command: str, nice: int = 0, log: Path | None = None) -> subprocess.Popen[bytes]:
    """A child in a group of its own, so that Ctrl-C reaches only us and we end the children in order."""
    if nice:
        command = ("nice", "-n", str(nice), *command)
    if log is None:
        return subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        return subprocess.Popen(
            command, cwd=ROOT, start_new_session=True, stdin=subprocess.DEVNULL, stdout=file, stderr=file
        )


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ends the groups of all children, by force after STOP_SECONDS."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for child in children:
            if child.poll() is None:
                os.killpg(child.pid, number)
        deadline = time.monotonic() + STOP_SECONDS
        while any(child.poll() is None for child in children):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)


def wait_until_served(server: subprocess.Popen[bytes], url: str) -> None:
    """Returns when the site answers anything at all; ends when the server has ended."""
    deadline = time.monotonic() + STARTUP_SECONDS
    # The machine's own address never goes through a proxy.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        if server.poll() is not None:
            fail("The server ended before it answered; the lines above say why.")
        try:
            opener.open(f"{url}healthz", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    fail(f"The server did not answer within {STARTUP_SECONDS} seconds.")


def announce(url: str, notices: Path) -> None:
    password = os.environ.get("DEMO_PASSWORD") or "demo"
    print(f"\nCongress Portal is served at {url}\n\nDemo logins, password {password}:")
    for name, path, what in LOGINS:
        print(f"  {name:<11} {path:<8} {what}")
    print(f"\nSMS, and e-mail without EMAIL_URL, are not sent but written to {notices}")
    print("\nCtrl-C stops it.", flush=True)


def serve(host: str, port: int) -> None:
    """Serves until someone stops it; beside it notices are delivered and the rest of the demo loads."""
    from django.conf import settings

    log, notices = (Path(settings.DATA_DIR) / name for name in ("demo.log", "notices.log"))
    url = f"http://{reachable(host)}:{port}/"
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    children: list[subprocess.Popen[bytes]] = []
    try:
        server = start(
            *(sys.executable, "-m", "gunicorn", "congress_portal.wsgi", "--bind", bind),
            *("--workers", "1", "--threads", "4", "--log-level", "warning", "--no-control-socket"),
        )
        children.append(server)
        wait_until_served(server, url)
        worker = start(sys.executable, "manage.py", "deliver_notices", "--forever", nice=5, log=notices)
        rest = start(sys.executable, "manage.py", "demo", "--rest", nice=10, log=log)
        children += [worker, rest]
        announce(url, notices)
        loading = working = True
        while server.poll() is None:
            if loading and rest.poll() is not None:
                loading = False
                if rest.returncode:
                    print(f"The rest of the demo could not be loaded; {log} says why.", file=sys.stderr)
            if working and worker.poll() is not None:
                working = False
                print(f"Notices are delivered no more; {notices} says why.", file=sys.stderr)
            time.sleep(0.5)
        fail("The server has ended; the lines above say why.")
    finally:
        stop(children)


STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def on_signal(number: int, frame: FrameType | None) -> None:
    # A second Ctrl-C must not interrupt the ending of the children.
    for each in STOP_SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise StopRequest


def main() -> None:
    host, port = address()
    check_port(host, port)
    if "--check-port" in sys.argv[1:]:
        return
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DEBUG", "1")
    for number in STOP_SIGNALS:
        signal.signal(number, on_signal)
    try:
        prepare()
        serve(host, port)
    except StopRequest:
        print("\nStopped.")


if __name__ == "__main__":
    main()
