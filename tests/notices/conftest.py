"""Kinds of notices as an app would register them, and a provider that does as it is told."""

from collections.abc import Callable, Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.notices import kinds, preferences
from congress_portal.notices.delivery import deliver_due
from congress_portal.notices.kinds import Kind
from congress_portal.notices.models import ContactWay, Notice
from congress_portal.notices.outbox import post

from .carriers import HONOURS, LOG

NOON = datetime(2026, 9, 15, 12, tzinfo=clock.SHANGHAI)
NIGHT = datetime(2026, 9, 15, 23, tzinfo=clock.SHANGHAI)
EVERY_WAY = ("INBOX", "EMAIL", "SMS")
KINDS = (
    Kind(key="news", label="意见有新进展"),
    Kind(key="reply", label="意见已答复", channels=EVERY_WAY),
    Kind(
        key="alarm", label="紧急事项", channels=EVERY_WAY, urgent=True, fixed=True, why="关系安全，不能关闭。"
    ),
    Kind(key="staff", label="待受理", channels=("INBOX",), offered_to=lambda user: user.is_staff),
)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(*KINDS)


@pytest.fixture(autouse=True)
def _provider(settings: Any) -> Iterator[None]:
    settings.SMS_BACKEND = HONOURS
    settings.SITE_URL = "https://portal.example"
    LOG.clear()
    yield
    LOG.clear()


@pytest.fixture
def noon() -> Iterator[datetime]:
    with clock.frozen(NOON):
        yield NOON


def reachable(user: User, email: str = "li.shi@example.cn", mobile: str = "13812341234") -> User:
    """The user with both addresses."""
    user.email = email
    user.save()
    ContactWay.objects.create(user=user, mobile=mobile)
    return user


def choose(user: User, **changes: bool) -> None:
    """Switch single boxes, named kind_channel."""
    choices = preferences.chosen(user)
    for name, on in changes.items():
        kind, channel = name.split("_")
        choices[kind, channel.upper()] = on
    mobile = ContactWay.objects.filter(user=user).first()
    preferences.save(user=user, email=user.email, mobile=mobile.mobile if mobile else "", choices=choices)


def tell(to: User | None = None, kind: str = "reply", **given: Any) -> list[Notice]:
    fields: dict[str, Any] = {
        "key": "case 7 replied", "title": "您的意见已答复", "text": "李女士：已增设车位三十个。",
        "path": "/suggestions/2026000123/", "number": "2026000123",
    }  # fmt: skip
    return post(kind, to=to, **fields | given)


def sms(phone: str = "13900000001", kind: str = "reply", **given: Any) -> Notice:
    """One SMS to somebody without an account."""
    [notice] = tell(kind=kind, phone=phone, **given)
    return notice


def at(moment: datetime) -> dict[str, int]:
    """What a pass of the worker at that moment did."""
    with clock.frozen(moment):
        return dict(deliver_due())


def fresh(notice: Notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


def ways(notices: list[Notice]) -> list[str]:
    return [notice.channel for notice in notices]


Stage = SimpleNamespace
Login = Callable[[User], Any]
