"""Letters through a real mail server that takes, refuses or goes away."""

import socket
from collections.abc import Callable
from typing import Any

import pytest

from congress_portal.notices.models import Notice

from .carriers import mail_server
from .conftest import NOON, at, fresh, tell


@pytest.fixture
def letter(db: None, noon: Any) -> Notice:
    [row] = tell(email="wang.wu@example.cn")
    return row


@pytest.fixture
def through(settings: Any) -> Callable[[int], None]:
    def use(port: int) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 2

    return use


def test_a_letter_is_taken(letter: Notice, through: Callable) -> None:
    with mail_server() as (port, letters):
        through(port)
        assert at(NOON) == {"SENT": 1}
    [taken] = letters
    assert f"Message-ID: <{letter.token[:32]}@portal.example>" in taken
    assert "Auto-Submitted: auto-generated" in taken


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"rcpt": "550 no such user wang.wu@example.cn"}, "FAILED"),
        ({"rcpt": "451 try later"}, "WAITING"),
        ({"mail": "421 too busy"}, "WAITING"),
        ({"data": "554 looks like spam"}, "FAILED"),
        ({"dot": "452 disk full"}, "WAITING"),
        ({"dot": "hang up"}, "UNCERTAIN"),
    ],
)
def test_what_the_server_says_decides(
    letter: Notice, through: Callable, answers: dict[str, str], status: str
) -> None:
    with mail_server(**answers) as (port, _letters):
        through(port)
        assert at(NOON) == {status: 1}
    assert fresh(letter).status == status
    assert "wang.wu" not in fresh(letter).error
    assert fresh(letter).title == "您的意见已答复"


def test_a_server_that_is_not_there_has_sent_nothing(letter: Notice, through: Callable) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free = probe.getsockname()[1]
    through(free)
    assert at(NOON) == {"WAITING": 1}
    assert "ConnectionRefusedError" in fresh(letter).error


def test_a_server_that_says_nothing_has_sent_nothing(
    letter: Notice, through: Callable, settings: Any
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        through(silent.getsockname()[1])
        settings.EMAIL_TIMEOUT = 0.2
        assert at(NOON) == {"WAITING": 1}


def test_an_address_no_letter_can_carry_is_for_staff(db: None, noon: Any) -> None:
    [row] = tell(email="wang\nBcc: all@example.cn")
    assert at(NOON) == {"FAILED": 1}
    assert fresh(row).status == "FAILED"
