"""/reception/<pk>/: one day for everybody."""

from datetime import timedelta
from types import SimpleNamespace

from django.test import Client

from congress_portal.common import clock
from stations.models import DutyStatus, ReceptionDuty, ReceptionSession, SessionChange, SessionStatus
from tests.conftest import make_deputy, suspend
from tests.stations.places import queries, text

from .days import NAME, NEXT, PHONE, TODAY, book, change, make_day, on


def people(client: Client, day: ReceptionSession) -> list[tuple[str, str | None]]:
    shown = client.get(f"/reception/{day.pk}/").context["day"].people
    return [(one.deputy.name, one.instead_of.name if one.instead_of else None) for one in shown]


def test_it_tells_when_where_who_and_the_free_times(client: Client, day: ReceptionSession) -> None:
    page = text(client, f"/reception/{day.pk}/")
    for words in ("甲社区代表联络站", "024-00000001", "林示例", "?slot=09:00", "?slot=10:40", "day.ics"):
        assert words in page


def test_bookers_and_their_words_never_stand_there(client: Client, day: ReceptionSession) -> None:
    book(day, topic="邻居的私事")
    page = text(client, f"/reception/{day.pk}/")
    for words in (NAME, PHONE, "139****0001", "李**", "邻居的私事"):
        assert words not in page
    assert "?slot=09:00" not in page
    assert "?slot=09:20" in page


def test_the_address_of_an_online_meeting_is_for_bookers(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(cast, mode="ONLINE", online_url="https://meet.example/secret-room")
    for path in ("", "book/", "day.ics"):
        assert "secret-room" not in text(client, f"/reception/{day.pk}/{path}")


def test_departments_stand_on_a_joint_day(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(cast, mode="JOINT", partners="区住建局")
    assert "区住建局" in text(client, f"/reception/{day.pk}/")


def test_deputies_stand_in_the_official_order(cast: SimpleNamespace, client: Client) -> None:
    few = make_deputy(None, "T0007", "丁示例", cast.congress, cast.station)
    day = make_day(cast, deputies=[cast.deputy_row, few])
    assert people(client, day) == [("丁示例", None), ("林示例", None)]


def test_a_substitute_is_named_with_whom_he_stands_in_for(cast: SimpleNamespace, client: Client) -> None:
    other = make_deputy(None, "T0007", "丁示例", cast.congress, cast.station)
    day = make_day(cast)
    duty = day.duties.get()
    ReceptionDuty.objects.filter(pk=duty.pk).update(status=DutyStatus.LEAVE, reason="住院")
    ReceptionDuty.objects.create(session=day, deputy=other, stands_in_for=duty)
    assert people(client, day) == [("丁示例", "林示例")]
    assert "住院" not in text(client, f"/reception/{day.pk}/")


def test_who_left_office_is_not_announced_and_not_named(cast: SimpleNamespace, client: Client) -> None:
    other = make_deputy(None, "T0007", "丁示例", cast.congress, cast.station)
    day = make_day(cast, deputies=[cast.deputy_row])
    suspend(cast.deputy_row.mandates.get(), TODAY)
    assert people(client, day) == []
    duty = day.duties.get()
    ReceptionDuty.objects.filter(pk=duty.pk).update(status=DutyStatus.LEAVE)
    ReceptionDuty.objects.create(session=day, deputy=other, stands_in_for=duty)
    assert people(client, day) == [("丁示例", None)]
    assert "林示例" not in text(client, f"/reception/{day.pk}/")


def test_a_moved_day_says_from_when_and_why(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(cast, planned_on=NEXT - timedelta(days=1), change_reason="逢休息日顺延")
    change(day, SessionChange.Kind.MOVED, "改到十一月三十日")
    change(day, SessionChange.Kind.LEAVE, "林示例不在")
    page = text(client, f"/reception/{day.pk}/")
    assert "逢休息日顺延" in page
    assert "改到十一月三十日" in page
    assert "林示例不在" not in page


def test_afterwards_it_tells_how_many_came_and_who_was_there(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(
        cast, day=TODAY - timedelta(days=3), status=SessionStatus.HELD, visitors=43, summary="内部"
    )
    absent = make_deputy(None, "T0007", "丁示例", cast.congress, cast.station)
    ReceptionDuty.objects.create(session=day, deputy=absent, status=DutyStatus.ABSENT)
    page = text(client, f"/reception/{day.pk}/")
    assert "43" in page
    assert "内部" not in page
    assert f"/reception/{day.pk}/book/" not in page
    assert people(client, day) == [("林示例", None)]


def test_when_the_last_visit_has_begun_nothing_can_be_booked(client: Client, day: ReceptionSession) -> None:
    with clock.frozen(on(NEXT, 10, 39)):
        assert f"/reception/{day.pk}/book/" in text(client, f"/reception/{day.pk}/")
    with clock.frozen(on(NEXT, 10, 40)):
        assert f"/reception/{day.pk}/book/" not in text(client, f"/reception/{day.pk}/")


def test_numbers_no_day_can_have_are_answered(client: Client, db: None) -> None:
    for number in (0, 999999, 2**63, 10**30):
        for path in ("", "book/", "day.ics"):
            text(client, f"/reception/{number}/{path}", 404)


def test_the_cost_does_not_grow_with_bookings_and_changes(cast: SimpleNamespace, client: Client) -> None:
    day = make_day(cast, seats=30)
    book(day)
    few = queries(client, f"/reception/{day.pk}/")
    for number in range(25):
        book(day, phone=f"1391111{number:04}")
        change(day, SessionChange.Kind.MOVED, "改期")
    for number in range(10):
        ReceptionDuty.objects.create(
            session=day, deputy=make_deputy(None, f"T1{number:03}", "示例", cast.congress, cast.station)
        )
    assert queries(client, f"/reception/{day.pk}/") == few <= 9
