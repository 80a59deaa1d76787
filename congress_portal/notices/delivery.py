"""The worker's part: take a notice that is due, send it, say what became of it.

A row is held by a lease: SENDING, the number of the attempt, and `next_at`, when the lease ends. Every write
afterwards names that attempt, so whoever comes back late changes nothing that others have begun anew. No
transaction is open while a provider is called.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from congress_portal.common import clock
from congress_portal.common.db import lock
from congress_portal.common.fields import FieldKeyError
from congress_portal.common.masking import mask_text

from . import providers
from .enums import OVER, QUEUED, Channel, Status
from .models import Notice, NoticeSetting, rules
from .providers import NotSent
from .quiet import is_quiet

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
# A notice whose worker died this often, without ever coming to an end, is looked at by somebody.
MOST_LOST_LEASES = 50
FORGOTTEN = {"address": "", "title": "", "text": ""}


def deliver_due(*, stop: Callable[[], bool] = lambda: False) -> Counter[str]:
    """Send what is due now, one by one, until `stop()` says so; status → how many ended in it."""
    told: Counter[str] = Counter()
    park_lost(clock.now())
    while not stop():
        notice = claim()
        if notice is None:
            break
        told[_deliver(notice)] += 1
    return told


def claim() -> Notice | None:
    """The next notice that is due, now held by this worker; None if there is none that nobody else holds.

    One at a time: what a worker held in stock could ring a telephone after quiet hours have begun.
    """
    now = clock.now()
    due = _due(now, rules())
    # Asked first without a transaction: on SQLite a claim stops all other writers for a moment.
    if not due.exists():
        return None
    with transaction.atomic():
        # The address stays unread: one that opens with no key must not stop the queue here.
        notice = lock(due.defer("address"), skip_locked=True).order_by("next_at", "pk").first()
        if notice is None:
            return None
        lease = now + timedelta(seconds=settings.NOTICE_LEASE_SECONDS)
        held = Notice.objects.filter(pk=notice.pk, status=notice.status, attempts=notice.attempts)
        if not held.update(status=Status.SENDING, attempts=notice.attempts + 1, next_at=lease):
            return None
        notice.attempts += 1
    return notice


def _due(now: datetime, setting: NoticeSetting) -> QuerySet[Notice]:
    """What may be sent at this moment: waiting ones, and those a dead worker left where that is harmless."""
    fit = Q(status=Status.WAITING)
    if providers.sms().honours_keys:
        fit |= Q(status=Status.SENDING, channel=Channel.SMS)
    due = Notice.objects.filter(fit, status__in=QUEUED, next_at__lte=now)
    if is_quiet(now, setting.quiet_from, setting.quiet_to):
        due = due.exclude(channel=Channel.SMS, urgent=False)
    return due


def park_lost(now: datetime) -> int:
    """Give staff what dead workers may have sent, if sending it again could tell somebody twice; how many."""
    unsafe = Q(channel=Channel.EMAIL) | Q(attempts__gt=MOST_LOST_LEASES)
    if not providers.sms().honours_keys:
        unsafe |= Q(channel=Channel.SMS)
    lost = Notice.objects.filter(unsafe, status=Status.SENDING, next_at__lte=now)
    if not lost.exists():
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        why = _("The worker ended while it was sending this.")
    return lost.update(status=Status.UNCERTAIN, next_at=None, error=why)


def _deliver(notice: Notice) -> str:
    """Send a claimed notice and write down how it ended; the status it now has."""
    address = ""
    try:
        address = Notice.objects.values_list("address", flat=True).get(pk=notice.pk)
        reference = _send(notice, address)
    except (NotSent, FieldKeyError) as error:
        return _not_sent(notice, _told(error, notice, address), final=getattr(error, "final", False))
    except Exception as error:  # noqa: BLE001 - whatever a provider raises, the message may be out
        return _maybe_sent(notice, _told(error, notice, address))
    # Also if it has been parked meanwhile: better late than uncertain.
    _write(
        notice, Status.values, status=Status.SENT, next_at=None, done_at=clock.now(), error="",
        reference=str(reference or "")[:120], **FORGOTTEN,
    )  # fmt: skip
    return Status.SENT


def _send(notice: Notice, address: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        if notice.channel == Channel.SMS:
            return providers.sms().send(phone=address, text=sms_text(notice), key=notice.token)
        return providers.send_letter(
            to=address, subject=notice.title, body=letter_text(notice), key=notice.token
        )


def link_of(notice: Notice) -> str:
    return f"{settings.SITE_URL}{notice.path or ('/inbox/' if notice.to_id else '/')}"


def sms_text(notice: Notice) -> str:
    """Signature, number and link; nothing of what was written about the case."""
    link = link_of(notice)
    if notice.number:
        words = _("%(number)s has news: %(link)s") % {"number": notice.number, "link": link}
    else:
        words = _("There is news for you: %(link)s") % {"link": link}
    return f"【{rules().signature}】{words}"


def letter_text(notice: Notice) -> str:
    parts = [notice.text, link_of(notice)]
    if notice.to_id:
        choose = f"{settings.SITE_URL}/inbox/settings/"
        parts.append(_("Which notices reach you, and how, you choose here: %(link)s") % {"link": choose})
    return "\n\n".join(part for part in parts if part)


def _told(error: Exception, notice: Notice, address: str) -> str:
    """The error as staff may read it: servers like to repeat the address they refuse."""
    text = str(error) or type(error).__name__
    if address:
        text = text.replace(address, notice.masked)
    return mask_text(text)[:300]


def _not_sent(notice: Notice, error: str, *, final: bool) -> str:
    """It certainly did not go out: again later, or, at the end of our patience, to staff."""
    if final or notice.failures + 1 >= rules().max_tries:
        return _park(notice, Status.FAILED, error)
    return _again_later(notice, error)


def _maybe_sent(notice: Notice, error: str) -> str:
    """As if the lease had run out: again under the same key where that is honoured, else to staff."""
    honoured = notice.channel == Channel.SMS and providers.sms().honours_keys
    if not honoured or notice.failures + 1 >= rules().max_tries:
        return _park(notice, Status.UNCERTAIN, error)
    return _again_later(notice, error)


def _again_later(notice: Notice, error: str) -> str:
    failures = notice.failures + 1
    _write(
        notice, (Status.SENDING, Status.UNCERTAIN), status=Status.WAITING, failures=failures, error=error,
        next_at=clock.now() + pause(failures),
    )  # fmt: skip
    return Status.WAITING


def _park(notice: Notice, status: Status, error: str) -> str:
    _write(
        notice, (Status.SENDING, Status.UNCERTAIN), status=status, failures=notice.failures + 1, error=error,
        next_at=None,
    )  # fmt: skip
    return status


def pause(failures: int) -> timedelta:
    """How long to wait after so many failures: doubling, up to six hours, and not the same for all."""
    doubled = min(FIRST_PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE)
    return doubled * random.uniform(0.75, 1.25)


def _write(notice: Notice, from_status: Any, **changes: Any) -> None:
    """Write the end of this attempt, unless another attempt has begun or the notice is over."""
    own = Notice.objects.filter(pk=notice.pk, attempts=notice.attempts, status__in=from_status)
    own.exclude(status__in=OVER).update(**changes)
