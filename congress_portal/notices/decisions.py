"""What the office does about notices that were parked: each decision with its reason, and only once."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from congress_portal.accounts.models import OFFICE, User
from congress_portal.common import clock
from congress_portal.common.db import lock

from .delivery import FORGOTTEN
from .enums import FOR_STAFF, Choice, Status
from .models import Notice, NoticeDecision


def may_decide(user: User) -> bool:
    """The office's duties. A superuser keeps the rules and sees no notice of anybody."""
    return user.has_role(*OFFICE)


def parked() -> QuerySet[Notice]:
    """What waits for a decision."""
    return Notice.objects.filter(status__in=FOR_STAFF)


@transaction.atomic
def decide(choice: Choice, *, pks: Iterable[int], by: User, why: str) -> int:
    """Have the parked ones among these notices sent again, or settle them; how many still were parked."""
    rows = list(lock(parked().filter(pk__in=list(pks)).defer("address").order_by("pk")))
    found = Notice.objects.filter(pk__in=[row.pk for row in rows])
    now = clock.now()
    if choice == Choice.SEND_AGAIN:
        found.update(status=Status.WAITING, next_at=now, failures=0)
    else:
        found.update(status=Status.SETTLED, done_at=now, **FORGOTTEN)
    NoticeDecision.objects.bulk_create(
        NoticeDecision(notice=row, choice=choice, why=why, by=by, decided_at=now) for row in rows
    )
    return len(rows)
