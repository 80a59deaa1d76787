"""Names and phones of bookings do not stay: the form promises it, the daily run keeps it."""

from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

from django.core.management import call_command
from django.test import Client

from congress_portal.common import clock
from stations.models import ReceptionSession, ReceptionSetting
from stations.services.booking import forget_old
from tests.stations.places import text

from .days import NEXT, book, make_day, on


def test_a_booking_is_forgotten_some_months_after_its_day(
    cast: SimpleNamespace, day: ReceptionSession
) -> None:
    old, young = book(day, topic="加装电梯"), book(make_day(cast, day=NEXT + timedelta(days=1)))
    with clock.frozen(on(NEXT + timedelta(days=90), 1)):
        assert forget_old() == 0
    with clock.frozen(on(NEXT + timedelta(days=91), 1)):
        assert (forget_old(), forget_old()) == (1, 0)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.name, old.phone, old.phone_index, old.topic) == ("", "", "", "")
    assert old.forgotten_at is not None
    assert young.phone


def test_the_length_is_a_local_rule_and_stands_on_the_form(client: Client, day: ReceptionSession) -> None:
    ReceptionSetting.objects.update_or_create(pk=1, defaults={"booking_keep_days": 17})
    book(day)
    assert "17" in text(client, f"/reception/{day.pk}/book/")
    with clock.frozen(on(NEXT + timedelta(days=18), 1)):
        assert forget_old() == 1


def test_the_daily_run_does_it(day: ReceptionSession) -> None:
    row = book(day)
    with clock.frozen(on(NEXT + timedelta(days=91), 1)):
        call_command("run_due", stdout=StringIO())
    row.refresh_from_db()
    assert row.phone == ""
