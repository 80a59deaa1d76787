"""The way into the outbox: notices are rows, written in the transaction of what they tell of."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise

from congress_portal.accounts.models import User
from congress_portal.common import clock
from congress_portal.common.keys import keyed_digest
from congress_portal.common.masking import mask_email, mask_phone
from congress_portal.common.phones import is_mobile, normalise_phone
from congress_portal.common.text import clean_line, clean_text

from . import kinds, preferences
from .enums import OVER, Channel, Status
from .models import Notice, rules

LONGEST_TITLE = 200


_muted: ContextVar[bool] = ContextVar("muted", default=False)


@contextmanager
def muted() -> Iterator[None]:
    """Within it nobody is told anything: for histories that are loaded, not lived."""
    token = _muted.set(True)
    try:
        yield
    finally:
        _muted.reset(token)


def is_muted() -> bool:
    """Whether nothing would be posted now, so that nobody needs to be looked up."""
    return _muted.get()


class NoTransaction(RuntimeError):
    """A notice was to be posted outside a transaction."""


@dataclass(frozen=True, slots=True)
class Way:
    """One channel to one recipient; `who` tells recipients apart under one key."""

    channel: str
    who: str
    user: User | None = None
    address: str = ""


def post(
    kind: str,
    *,
    key: str,
    to: User | Iterable[User] | None = None,
    phone: str = "",
    email: str = "",
    title: str | Promise,
    text: str | Promise = "",
    path: str = "",
    number: str = "",
    not_before: datetime | None = None,
) -> list[Notice]:
    """Tell somebody something: one row for each channel wanted; the rows that stand under this key.

    `key` is the caller's name for what happened: the same key, channel and recipient again writes nothing,
    and the first words stand. `to` are people with accounts: each by the channels he or she wants for the
    kind, at the own address and mobile; an account that is switched off gets nothing. `phone` and `email` are
    of somebody without an account and always used; what can receive no SMS gets none, so an empty list means
    that nobody will hear of it. `path` is a page of this site ("/suggestions/2026000123/"), `number` the
    number of the thing: an SMS consists of these two. `title` and `text` may be lazy; then they are put in
    the language of the site, whatever language the one who acts has chosen.

    NoTransaction outside a transaction: the row must come and go with what it tells of. UnknownKind, and
    ValueError for a path that is none of ours or a key, number or path that is too long.
    """
    if is_muted():
        return []
    if not connection.in_atomic_block:
        raise NoTransaction("Post a notice inside the transaction of what it tells of.")
    sort = kinds.get(kind)
    _must_fit(key, path, number)
    now = clock.now()
    posted_at = max(now, not_before or now)
    with translation.override(settings.LANGUAGE_CODE):
        words = {"title": _shortened(clean_line(str(title))), "text": clean_text(str(text))}
    rows = [
        Notice(
            token=_token(key, way), key=key, kind=kind, channel=way.channel, urgent=sort.urgent, to=way.user,
            address=way.address, masked=_masked(way), path=path, number=number, written_at=now,
            posted_at=posted_at, **(words if way.channel != Channel.SMS else {}), **_begin(way, posted_at),
        )
        for way in _ways(sort, to, phone, email)
    ]  # fmt: skip
    # ON CONFLICT DO NOTHING: a key that is there already must not spoil the caller's transaction. Sorted, so
    # that two callers with one key wait for each other and not in a circle.
    Notice.objects.bulk_create(sorted(rows, key=lambda row: row.token), ignore_conflicts=True)
    return list(Notice.objects.filter(token__in=[row.token for row in rows]).order_by("pk"))


def _must_fit(key: str, path: str, number: str) -> None:
    if not 0 < len(key) <= 200 or len(number) > 40 or len(path) > 300:
        raise ValueError("A notice has a key of 1 to 200 characters, a number up to 40, a path up to 300.")
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    if path and (not ours or " " in path):
        raise ValueError(f"A notice leads to a page of this site, not to {path!r}.")


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def _begin(way: Way, posted_at: datetime) -> dict[str, Any]:
    if way.channel == Channel.INBOX:
        # Written is delivered.
        return {"status": Status.SENT, "done_at": posted_at}
    return {"status": Status.WAITING, "next_at": posted_at}


def _ways(kind: kinds.Kind, to: User | Iterable[User] | None, phone: str, email: str) -> list[Way]:
    """Each recipient once by each channel, also when one's own number is given as a phone too."""
    users = [to] if isinstance(to, User) else list(to or ())
    ways = _of_accounts(kind, [user for user in users if user.is_active])
    phone, email = normalise_phone(phone), email.strip()
    if is_mobile(phone) and not any(way.address == phone for way in ways):
        ways.append(Way(Channel.SMS, phone, address=phone))
    if email and not any(way.address.casefold() == email.casefold() for way in ways):
        ways.append(Way(Channel.EMAIL, email.casefold(), address=email))
    return ways


def _of_accounts(kind: kinds.Kind, users: list[User]) -> list[Way]:
    if not users:
        return []
    wanted = preferences.wanted(kind, users)
    by_sms = [user for user in users if Channel.SMS in wanted[user.pk]]
    mobiles = preferences.mobiles(by_sms) if by_sms else {}
    ways = []
    for user in users:
        addresses = {Channel.INBOX: "", Channel.EMAIL: user.email, Channel.SMS: mobiles.get(user.pk, "")}
        ways += [
            Way(channel, f"account {user.pk}", user, address)
            for channel, address in addresses.items()
            if channel in wanted[user.pk] and (address or channel == Channel.INBOX)
        ]
    return ways


def _token(key: str, way: Way) -> str:
    """64 hex digits; keyed where a phone could be guessed from them, once the row has forgotten it."""
    text = f"{key}\n{way.channel}\n{way.who}"
    return hashlib.sha256(text.encode()).hexdigest() if way.user else keyed_digest("notice", text)


def _masked(way: Way) -> str:
    return mask_email(way.address) if way.channel == Channel.EMAIL else mask_phone(way.address)


def forget_old() -> int:
    """Remove read inbox notices and receipts that are older than the rules keep them; how many rows."""
    limit = clock.now() - timedelta(days=rules().keep_days)
    read = Q(channel=Channel.INBOX, read_at__lt=limit)
    receipts = ~Q(channel=Channel.INBOX) & Q(status__in=OVER, done_at__lt=limit)
    gone = Notice.objects.filter(read | receipts)
    count = 0
    while pks := list(gone.values_list("pk", flat=True)[:1000]):
        Notice.objects.filter(pk__in=pks).delete()
        count += len(pks)
    return count
