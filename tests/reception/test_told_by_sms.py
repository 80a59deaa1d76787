"""A change of a reception day reaches whoever has booked by SMS: the day and the way to the booking only."""

from datetime import timedelta
from types import SimpleNamespace

from congress_portal.notices.models import Notice
from stations.services import booking, reception

from .days import NEXT, book, make_day


def test_a_day_that_is_cancelled_is_told_to_who_has_booked_it_and_to_nobody_else(
    cast: SimpleNamespace,
) -> None:
    day, other = make_day(cast), make_day(cast, day=NEXT + timedelta(days=1))
    book(day), book(other, phone="13900000002")

    reception.cancel(day, reason="电梯维修", by=cast.clerk)

    sms = Notice.objects.get(kind="reception")
    assert (sms.channel, sms.path, sms.to) == ("SMS", "/reception/booking/", None)
    assert NEXT.isoformat() in sms.number
    assert "电梯" not in f"{sms.title}{sms.text}{sms.number}"


def test_who_cancelled_the_visit_hears_no_more(cast: SimpleNamespace) -> None:
    day = make_day(cast)
    row = book(day)
    booking.cancel(row)

    reception.cancel(day, reason="电梯维修", by=cast.clerk)

    assert not Notice.objects.exists()


def test_a_substitute_is_news_and_the_notice_itself_is_none(cast: SimpleNamespace) -> None:
    day = make_day(cast, status="PROPOSED", announced_at=None)
    reception.announce(day, by=cast.clerk, late_reason="")
    book(day)
    assert not Notice.objects.exists()

    reception.take_leave(day.duties.get(), reason="出差", by=cast.clerk)

    assert Notice.objects.filter(kind="reception", channel="SMS").count() == 1
