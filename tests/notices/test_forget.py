"""Old notices go: what was read, and receipts; never what somebody still has to read or to decide."""

from datetime import timedelta
from types import SimpleNamespace

from congress_portal.common import clock
from congress_portal.notices import decisions
from congress_portal.notices.enums import Choice
from congress_portal.notices.models import Notice, NoticeSetting
from congress_portal.notices.outbox import forget_old

from .conftest import NOON, at, sms, tell


def test_after_the_set_time_read_notices_and_receipts_go(cast: SimpleNamespace) -> None:
    with clock.frozen(NOON):
        [read] = tell(cast.resident, kind="news", key="read")
        [unread] = tell(cast.resident, kind="news", key="unread")
        sent, parked, settled = sms(key="sent"), sms(key="parked"), sms(key="settled")
        Notice.objects.filter(pk=read.pk).update(read_at=NOON)
        Notice.objects.filter(pk__in=[parked.pk, settled.pk]).update(status="FAILED", next_at=None)
        decisions.decide(Choice.SETTLE, pks=[settled.pk], by=cast.clerk, why="已告知")
        waiting = sms(key="waiting", not_before=NOON + timedelta(days=900))
        assert at(NOON) == {"SENT": 1}

    with clock.frozen(NOON + timedelta(days=180)):
        assert forget_old() == 0
    with clock.frozen(NOON + timedelta(days=180, seconds=1)):
        assert forget_old() == 3
        assert forget_old() == 0
    assert set(Notice.objects.all()) == {unread, parked, waiting}
    assert not Notice.objects.filter(pk__in=[read.pk, sent.pk, settled.pk]).exists()


def test_the_office_sets_how_long(cast: SimpleNamespace) -> None:
    NoticeSetting.objects.create(keep_days=7)
    with clock.frozen(NOON):
        tell(cast.resident, kind="news")
        Notice.objects.update(read_at=NOON)
    with clock.frozen(NOON + timedelta(days=8)):
        assert forget_old() == 1
