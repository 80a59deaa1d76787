"""The desk of reception days: what waits, and the forms of the steps."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress_portal.common import clock
from deputies.models import Mandate
from stations.models import Booking, LiaisonOfficer, ReceptionSession
from stations.services import reception
from tests.planning.conftest import make_plan

TODAY = date(2026, 1, 8)


def days_on(page: str) -> list[int]:
    return [int(key) for key in re.findall(r'class="title" href="/desk/reception/days/(\d+)/"', page)]


def text_of(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def shown(client, address: str) -> str:
    response = client.get(address, HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def desk(cast, login):
    client = login(cast.liaison)
    client.cookies["django_language"] = "en"
    return client


def test_what_needs_somebody_is_listed_and_a_distant_notice_is_not(desk, session, announced, rota, cast):
    soon = session(day=TODAY + timedelta(days=5))
    session(day=TODAY + timedelta(days=30))
    announced(day=TODAY + timedelta(days=12))
    asks = session(day=date(2026, 2, 15), asks=True)
    gap = announced(day=TODAY + timedelta(days=20), deputies=rota[:2])
    reception.take_leave(gap.duties.first(), reason="出差", by=cast.liaison)
    session(day=TODAY + timedelta(days=4), venue=cast.other_station, deputies=[])
    page = shown(desk, "/desk/reception/")
    assert days_on(page) == [soon.pk, gap.pk, asks.pk]
    text = text_of(page)
    for words in ("Publish the notice by", "1 turn is open", "Falls on a day off"):
        assert words in text


def test_people_who_booked_before_a_change_are_named_as_a_number(desk, announced, cast):
    day = announced(day=TODAY + timedelta(days=30))
    for code in ("a", "b"):
        Booking.objects.create(
            session=day, slot=day.starts_at, code_hash=code, phone_index=code, booked_at=clock.now()
        )
    with clock.frozen(clock.now() + timedelta(hours=1)):
        reception.cancel(day, reason="停电", by=cast.liaison)
        later = announced(day=TODAY + timedelta(days=31))
    assert later.status == "ANNOUNCED"
    page = shown(desk, "/desk/reception/?tab=past")
    assert "2 people who booked are to be told" in text_of(page)
    assert f"/desk/reception/{day.pk}/" in shown(desk, f"/desk/reception/days/{day.pk}/")


def test_the_page_of_a_day_offers_what_is_possible_and_tells_what_happened(desk, session, cast):
    day = session()
    page = shown(desk, f"/desk/reception/days/{day.pk}/")
    steps = set(re.findall(rf"/desk/reception/days/{day.pk}/(\w+)/", page))
    assert steps == {"announce", "move", "add", "cancel", "notice"}
    reception.cancel(day, reason="停电", by=cast.liaison)
    page = shown(desk, f"/desk/reception/days/{day.pk}/")
    assert set(re.findall(rf"/desk/reception/days/{day.pk}/(\w+)/", page)) == {"notice"}
    assert "停电" in text_of(page)


def test_a_notice_is_published_from_the_desk(desk, session, cast):
    day = session()
    assert desk.post(f"/desk/reception/days/{day.pk}/announce/").status_code == 302
    day.refresh_from_db()
    assert (day.status, day.changes.get().made_by) == ("ANNOUNCED", cast.liaison)


def test_a_late_notice_asks_for_its_reason_beside_the_field(desk, session):
    day = session(day=TODAY + timedelta(days=1))
    response = desk.post(f"/desk/reception/days/{day.pk}/announce/", {"late_reason": " "})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'href="#id_late_reason"' in page
    assert "Please give the reason." in text_of(page)


def test_a_refused_move_keeps_what_was_typed(desk, announced, session):
    session(day=date(2026, 1, 21))
    day = announced()
    typed = {"day": "2026-01-21", "starts_at": "09:30", "ends_at": "10:30", "reason": "会议室占用"}
    page = desk.post(f"/desk/reception/days/{day.pk}/move/", typed).content.decode()
    for value in ("2026-01-21", "09:30", "10:30", "会议室占用"):
        assert f'value="{value}"' in page
    assert "The venue has another reception day then." in text_of(page)


@pytest.mark.parametrize(
    "typed",
    [
        {"day": "\x00", "starts_at": "x", "ends_at": "25:99", "reason": "\x00"},
        {"day": "9" * 5000, "starts_at": "9" * 5000, "ends_at": "", "reason": "a" * 100_000},
        {},
    ],
)
def test_nonsense_in_a_form_is_answered_and_changes_nothing(desk, announced, typed):
    day = announced()
    assert desk.post(f"/desk/reception/days/{day.pk}/move/", typed).status_code in (200, 400)
    assert ReceptionSession.objects.get(pk=day.pk).day == day.day


@pytest.mark.parametrize("deputy", ["", "\x00", "abc", "-1", "9" * 40])
def test_a_forged_substitute_is_refused_at_the_field(desk, announced, deputy):
    duty = announced().duties.get()
    response = desk.post(f"/desk/reception/turns/{duty.pk}/substitute/", {"deputy": deputy})
    assert response.status_code in (200, 400)
    assert duty.substitutes.count() == 0


def test_a_substitute_is_chosen_among_those_who_are_free_first_of_the_venue(desk, announced, rota, cast):
    duty = announced().duties.get()
    page = shown(desk, f"/desk/reception/turns/{duty.pk}/substitute/")
    assert "Who stands in" in page
    options = re.findall(r'<option value="(\d+)"', page)
    assert set(options) == {str(rota[1].pk), str(rota[2].pk)}
    desk.post(f"/desk/reception/turns/{duty.pk}/substitute/", {"deputy": options[0]})
    assert duty.substitutes.get().deputy_id == int(options[0])


def test_a_day_off_is_decided_by_name_of_the_day(desk, cast, session):
    day = session(day=date(2026, 2, 15), asks=True)
    page = text_of(shown(desk, f"/desk/reception/days/{day.pk}/decide/"))
    for words in ("Feb. 24, 2026 Tuesday", "Feb. 14, 2026 Saturday"):
        assert words in page
    address = f"/desk/reception/days/{day.pk}/decide/"
    missing = desk.post(address, {"goes_to": "other"}).content.decode()
    assert 'href="#id_day"' in missing
    assert desk.post(address, {"goes_to": "POSTPONE"}).status_code == 302
    day.refresh_from_db()
    assert (day.day, day.asks) == (date(2026, 2, 24), False)


def test_a_step_that_is_gone_leads_back_and_a_second_sender_is_told(desk, announced, cast):
    day = announced()
    address = f"/desk/reception/days/{day.pk}/announce/"
    assert desk.get(address)["Location"] == f"/desk/reception/days/{day.pk}/"
    response = desk.post(address)
    assert response.status_code == 409
    assert "not possible any more" in text_of(response.content.decode())


@pytest.mark.parametrize("address", ["days/{day}/leave/", "days/{day}/nothing/", "turns/{duty}/cancel/"])
def test_a_step_of_the_wrong_thing_is_not_found(desk, announced, address):
    day = announced()
    path = "/desk/reception/" + address.format(day=day.pk, duty=day.duties.get().pk)
    assert desk.get(path).status_code == 404


def test_several_notices_at_once_each_with_its_own_outcome(desk, session, cast):
    good, late = session(), session(day=TODAY + timedelta(days=1))
    empty = session(day=TODAY + timedelta(days=13), deputies=[])
    foreign = session(venue=cast.other_station)
    page = shown(desk, "/desk/reception/announce/")
    assert f'value="{foreign.pk}"' not in page
    sent = {"days": [good.pk, late.pk, empty.pk]}
    text = text_of(desk.post("/desk/reception/announce/", sent).content.decode())
    for words in ("Some notices could not be published", "Please give the reason.", "Nobody is on duty"):
        assert words in text
    status = dict(ReceptionSession.objects.values_list("pk", "status"))
    assert [status[row.pk] for row in (good, late, empty)] == ["ANNOUNCED", "PROPOSED", "PROPOSED"]
    forged = desk.post("/desk/reception/announce/", {"days": [foreign.pk]})
    assert forged.status_code == 200
    assert ReceptionSession.objects.get(pk=foreign.pk).status == "PROPOSED"


def test_the_notice_names_time_place_and_who_comes(desk, announced, rota, cast):
    day = announced(deputies=rota[:2], room="一楼接待室", theme="供暖")
    duty = day.duties.first()
    reception.take_leave(duty, reason="住院", by=cast.liaison)
    reception.substitute(duty, deputy=rota[2], by=cast.liaison)
    text = text_of(shown(desk, f"/desk/reception/days/{day.pk}/notice/"))
    for words in (
        "09:00–11:00",
        "甲社区代表联络站",
        "一楼接待室",
        "供暖",
        "何示例",
        "马示例",
        "024-00000001",
    ):
        assert words in text
    assert "林示例" not in text
    assert "住院" not in text


def test_the_notice_on_the_wall_keeps_the_address_of_the_meeting(desk, announced):
    address = "https://meet.example.test/secret"
    day = announced(mode="ONLINE", online_url=address)
    text = text_of(shown(desk, f"/desk/reception/days/{day.pk}/notice/"))
    assert address not in text
    assert "Whoever books gets the address of the meeting." in text


def test_somebody_who_resigned_is_on_no_notice(desk, announced, rota):
    day = announced(deputies=rota[:2])
    Mandate.objects.filter(deputy=rota[0]).update(ends_on=TODAY)
    text = text_of(shown(desk, f"/desk/reception/days/{day.pk}/notice/"))
    assert "林示例" not in text
    assert "何示例" in text


def test_one_of_several_venues_can_be_looked_at_alone(desk, session, cast):
    LiaisonOfficer.objects.create(user=cast.liaison, venue=cast.home, starts_on=date(2020, 1, 1))
    here, there = session(), session(venue=cast.home)
    assert set(days_on(shown(desk, "/desk/reception/?tab=coming"))) == {here.pk, there.pk}
    assert days_on(shown(desk, "/desk/reception/?tab=coming&venue=TH1")) == [there.pk]
    assert len(days_on(shown(desk, "/desk/reception/?tab=coming&venue=\x00"))) == 2


def test_an_empty_list_says_what_will_stand_here(desk):
    assert "Nothing to do" in text_of(shown(desk, "/desk/reception/"))
    assert "No reception days" in text_of(shown(desk, "/desk/reception/?tab=past"))


def test_the_desk_leads_to_the_reception_days(desk):
    assert 'href="/desk/reception/"' in shown(desk, "/desk/")


@pytest.mark.parametrize("tab", ["todo", "coming", "past"])
def test_the_list_costs_the_same_for_two_days_and_for_many(
    desk, session, cast, rota, tab
):  # fmt: skip
    make_plan(cast.station)
    counts = []
    for start in (0, 2):
        for offset in range(start, start + 2 + 6 * bool(start)):
            session(day=TODAY + timedelta(days=4 + offset), deputies=rota[:2])
            session(
                day=TODAY - timedelta(days=4 + offset), deputies=rota[:2], status="HELD",
                announced_at=clock.now(),
            )  # fmt: skip
        shown(desk, f"/desk/reception/?tab={tab}")
        with CaptureQueriesContext(connection) as queries:
            shown(desk, f"/desk/reception/?tab={tab}")
        counts.append(len(queries))
    assert counts[0] == counts[1]
