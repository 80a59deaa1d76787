"""Providers and a mail server for tests: they do what their script says and remember what reached them."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from congress_portal.common import clock


@dataclass
class Log:
    """What was handed over, and what happens at the next tries: an exception to raise, something to call."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    script: list[Exception | Callable[[], Any]] = field(default_factory=list)
    in_transaction: list[bool] = field(default_factory=list)

    def clear(self) -> None:
        self.sent.clear()
        self.script.clear()
        self.in_transaction.clear()


LOG = Log()


class Honours:
    """Takes each key once."""

    honours_keys = True

    def send(self, *, phone: str, text: str, key: str) -> str:
        LOG.in_transaction.append(connection.in_atomic_block)
        step = LOG.script.pop(0) if LOG.script else None
        if isinstance(step, Exception):
            raise step
        if step is not None:
            step()
        if not self.honours_keys or key not in {each["key"] for each in LOG.sent}:
            LOG.sent.append({"phone": phone, "text": text, "key": key, "at": clock.now()})
        return f"ref-{len(LOG.sent)}"


class HonoursNone(Honours):
    honours_keys = False


class WithoutSend:
    honours_keys = True


HONOURS, HONOURS_NONE = f"{__name__}.Honours", f"{__name__}.HonoursNone"

# What a mail server says to each step; "hang up" closes the connection instead.
FRIENDLY = {
    "EHLO": "250 hello", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 taken",
    "QUIT": "221 bye", "RSET": "250 ok",
}  # fmt: skip


@contextmanager
def mail_server(**answers: str) -> Iterator[tuple[int, list[str]]]:
    """A mail server on a port of its own, with some answers changed (`dot` is the end of a letter).

    Yields the port and the letters it has taken down to the last line, whatever it then answered.
    """
    says = FRIENDLY | {"." if step == "dot" else step.upper(): answer for step, answer in answers.items()}
    letters: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, says, letters), daemon=True)
        thread.start()
        yield listener.getsockname()[1], letters
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)


def _serve(listener: socket.socket, says: dict[str, str], letters: list[str]) -> None:
    while True:
        try:
            client, _address = listener.accept()
        except OSError:
            return
        with client, client.makefile("rw", encoding="utf-8", newline="\r\n") as stream:
            _talk(stream, says, letters)


def _talk(stream: Any, says: dict[str, str], letters: list[str]) -> None:
    def answer(step: str) -> bool:
        if says[step] == "hang up":
            return False
        stream.write(f"{says[step]}\r\n")
        stream.flush()
        return True

    stream.write("220 ready\r\n")
    stream.flush()
    for line in stream:
        step = line[:4].strip().upper()
        if not answer(step):
            return
        if step == "DATA" and says["DATA"].startswith("354"):
            letter = []
            for text in stream:
                if text == ".\r\n":
                    break
                letter.append(text)
            letters.append("".join(letter))
            if not answer("."):
                return
        if step == "QUIT":
            return
