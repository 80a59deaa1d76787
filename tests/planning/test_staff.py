"""Plans and reception days in the staff's site."""

import re
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress_portal.common import clock
from deputies.models import Mandate
from stations.models import ReceptionPlan, ReceptionSession, ReceptionSetting, SessionStatus
from stations.rota import attended_days, below_minimum
from stations.services import planning, reception
from tests.planning.conftest import names, proposed
from tests.planning.test_desk import text_of

PLANS, DAYS = "/admin/stations/receptionplan/", "/admin/stations/receptionsession/"
TODAY = date(2026, 1, 8)


@pytest.fixture
def clerk(cast, login):
    client = login(cast.clerk)
    client.cookies["django_language"] = "en"
    return client


def words_of(response) -> str:
    assert response.status_code == 200
    html = response.content.decode()
    return text_of(html) if "</main>" in html else html


def sent_plan(cast, *turns, **changes) -> dict:
    """What the form of a plan sends: on the 15th from nine to eleven, these deputies in turn."""
    sent = {
        "venue": cast.station.pk, "starts_on": "2026-01-01", "ends_on": "", "recurrence": "MONTHLY",
        "day_of_month": "15", "weekday": "", "nth": "", "holiday_policy": "POSTPONE", "starts_at": "09:00",
        "ends_at": "11:00", "deputies_per_day": "2", "mode": "ON_SITE", "theme": "", "room": "",
        "online_url": "", "partners": "", "slot_minutes": "20", "seats": "1",
        "rota-TOTAL_FORMS": len(turns), "rota-INITIAL_FORMS": 0, "rota-MIN_NUM_FORMS": 0,
        "rota-MAX_NUM_FORMS": 1000,
    }  # fmt: skip
    for number, (place, deputy) in enumerate(turns):
        sent |= {f"rota-{number}-place": place, f"rota-{number}-deputy": deputy.pk}
    return sent | changes


def test_a_plan_is_entered_with_its_rota_and_proposes_at_once(clerk, cast, rota):
    turns = [("2", rota[0]), ("1", rota[1]), ("", rota[2])]
    assert clerk.post(f"{PLANS}add/", sent_plan(cast, *turns)).status_code == 302
    plan = ReceptionPlan.objects.get()
    assert list(plan.rota.values_list("deputy__name", "place")) == [
        ("何示例", 1),
        ("林示例", 2),
        ("马示例", 3),
    ]
    assert [names(day) for day in proposed()[:2]] == [["何示例", "林示例"], ["马示例", "何示例"]]


def test_the_preview_says_what_would_be_planned_and_saves_nothing(clerk, cast, rota):
    response = clerk.post(f"{PLANS}add/", sent_plan(cast, ("1", rota[0]), _preview="1"))
    text = words_of(response)
    for words in (
        "Preview, not saved yet", "Jan. 15, 2026 Thursday as planned",
        "Feb. 15, 2026 Sunday moved to Feb. 24, 2026 Tuesday (Spring Festival)",
        "March 15, 2026 Sunday moved to March 16, 2026 Monday (day off)", "June 15, 2026",
    ):  # fmt: skip
        assert words in text
    assert "July 15" not in text
    assert not ReceptionPlan.objects.exists()
    assert f'value="{rota[0].pk}" selected' in response.content.decode()


def test_the_preview_of_a_wrong_form_shows_its_errors(clerk, cast):
    text = words_of(clerk.post(f"{PLANS}add/", sent_plan(cast, day_of_month="", _preview="1")))
    assert "This way of coming round needs it." in text
    assert "Preview, not saved yet" not in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"recurrence": "WEEKLY"}, "This way of coming round needs it."),
        ({"recurrence": "NTH_WEEKDAY", "weekday": "1"}, "This way of coming round needs it."),
        ({"ends_at": "08:00"}, "The end is after the beginning."),
        ({"ends_on": "2025-01-01"}, "The end is not before the beginning."),
        ({"mode": "ONLINE"}, "Where does an online reception take place?"),
        ({"venue": "\x00"}, ""),
        ({"rota-TOTAL_FORMS": "x"}, ""),
        ({"starts_on": "9" * 5000}, ""),
        ({"starts_on": "9999-12-31"}, "This is too far ahead."),
        ({"starts_on": "9999-12-31", "_preview": "1"}, "This is too far ahead."),
        ({"starts_on": "0001-01-01", "ends_on": "0001-01-01"}, "Please check the year."),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(clerk, cast, changes, words):
    response = clerk.post(f"{PLANS}add/", sent_plan(cast, **changes))
    assert response.status_code in (200, 400)
    assert words in response.content.decode()
    assert not ReceptionPlan.objects.exists()


def test_a_changed_plan_is_dealt_again_and_names_who_is_passed_over(clerk, plan, rota, cast):
    planning.propose(plan)
    Mandate.objects.filter(deputy=rota[0]).update(ends_on=TODAY)
    turns = plan.rota.order_by("place")
    sent = sent_plan(cast, day_of_month="20") | {"rota-TOTAL_FORMS": 3, "rota-INITIAL_FORMS": 3}
    for number, turn in enumerate(turns):
        sent |= {
            f"rota-{number}-id": turn.pk, f"rota-{number}-plan": plan.pk, f"rota-{number}-place": turn.place,
            f"rota-{number}-deputy": turn.deputy_id,
        }  # fmt: skip
    response = clerk.post(f"{PLANS}{plan.pk}/change/", sent, follow=True)
    assert "Passed over, because not posted to this venue or not in office today: 林示例" in words_of(
        response
    )
    assert {day.planned_on.day for day in proposed()} == {20}
    assert names(proposed().first()) == ["何示例", "马示例"]


def test_the_page_of_a_plan_explains_it(clerk, plan):
    text = words_of(clerk.get(f"{PLANS}{plan.pk}/change/"))
    assert "on day 15 of every month, 09:00–11:00, 2 deputies each time" in text


def test_the_rules_lead_to_their_one_row(clerk):
    assert clerk.get("/admin/stations/receptionsetting/").status_code == 200
    row = ReceptionSetting.objects.create()
    assert clerk.get("/admin/stations/receptionsetting/")["Location"].endswith(f"/{row.pk}/change/")


def test_the_rules_come_back_as_the_same_row_after_they_were_removed(clerk):
    ReceptionSetting.objects.create().delete()
    assert ReceptionSetting.objects.create(notice_days=5).pk == 1


def listed(response) -> list[int]:
    assert response.status_code == 200
    return [
        int(key)
        for key in re.findall(r'field-when[^>]*><a href="[^"]*/(\d+)/change/', response.content.decode())
    ]


def test_days_to_decide_on_come_first_and_the_past_is_apart(clerk, session):
    later, asks, sooner = (
        session(day=TODAY + timedelta(days=20)), session(day=TODAY + timedelta(days=30), asks=True),
        session(day=TODAY + timedelta(days=9)),
    )  # fmt: skip
    past = session(day=TODAY - timedelta(days=3))
    assert listed(clerk.get(DAYS)) == [asks.pk, sooner.pk, later.pk]
    assert listed(clerk.get(f"{DAYS}?period=past")) == [past.pk]
    assert len(listed(clerk.get(f"{DAYS}?period=all"))) == 4


def test_the_list_is_narrowed_by_what_waits(clerk, session, announced, rota, cast):
    gap = announced(day=TODAY + timedelta(days=40), deputies=rota[:2])
    Mandate.objects.filter(deputy=rota[1]).update(ends_on=TODAY + timedelta(days=30))
    due = session(day=TODAY + timedelta(days=9), venue=cast.home)
    asks = session(day=TODAY + timedelta(days=50), asks=True)
    nobody = session(day=TODAY + timedelta(days=60), deputies=[])
    assert listed(clerk.get(f"{DAYS}?waiting=gap")) == [due.pk, gap.pk, nobody.pk]
    assert listed(clerk.get(f"{DAYS}?waiting=notice")) == [due.pk]
    assert listed(clerk.get(f"{DAYS}?waiting=asks")) == [asks.pk]
    assert listed(clerk.get(f"{DAYS}?kind=HOME")) == [due.pk]
    assert listed(clerk.get(f"{DAYS}?status=ANNOUNCED")) == [gap.pk]
    assert len(listed(clerk.get(f"{DAYS}?street={cast.street.code}"))) == 4
    assert listed(clerk.get(f"{DAYS}?street={cast.other_street.code}")) == []


@pytest.mark.parametrize("query", ["?waiting=x", "?period=%00", "?street=%00", "?kind=x&status=y", "?q=%00"])
def test_a_filter_nobody_offered_narrows_nothing(clerk, session, query):
    assert clerk.get(f"{DAYS}{query}").status_code in (200, 302, 400)


def test_chosen_days_are_announced_together(clerk, session, cast):
    chosen, other = session(), session(day=TODAY + timedelta(days=12))
    sent = {"action": "announce_chosen", "_selected_action": [chosen.pk]}
    address = clerk.post(DAYS, sent)["Location"]
    page = clerk.get(address).content.decode()
    assert re.findall(r'name="days" value="(\d+)"[^>]*checked', page) == [str(chosen.pk)]
    assert "All notices are published." in words_of(clerk.post(address, {"days": [chosen.pk]}))
    status = dict(ReceptionSession.objects.values_list("pk", "status"))
    assert (status[chosen.pk], status[other.pk]) == ("ANNOUNCED", "PROPOSED")


def test_a_step_is_taken_from_the_page_of_the_day(clerk, announced, rota):
    day = announced()
    page = clerk.get(f"{DAYS}{day.pk}/change/").content.decode()
    assert f"{DAYS}{day.pk}/steps/move/" in page
    assert f"{DAYS}turns/{day.duties.get().pk}/leave/" in page
    response = clerk.post(f"{DAYS}{day.pk}/steps/cancel/", {"reason": "停电"}, follow=True)
    assert "停电" in words_of(response)
    assert ReceptionSession.objects.get(pk=day.pk).status == SessionStatus.CANCELLED


def test_a_day_beside_the_plans_is_proposed_and_then_gets_its_deputies(clerk, cast, rota):
    sent = {
        "venue": cast.station.pk, "day": "2026-01-30", "starts_at": "09:00", "ends_at": "11:00",
        "mode": "ON_SITE", "theme": "供暖", "room": "", "online_url": "", "partners": "",
        "slot_minutes": "20", "seats": "1",
    }  # fmt: skip
    assert clerk.post(f"{DAYS}add/", sent | {"day": "2026-01-01"}).status_code == 200
    day_page = clerk.post(f"{DAYS}add/", sent)["Location"]
    day = ReceptionSession.objects.get()
    assert (day.planned_on, day.status, day_page) == (
        date(2026, 1, 30),
        "PROPOSED",
        f"{DAYS}{day.pk}/change/",
    )
    assert clerk.post(f"{DAYS}add/", sent).status_code == 200
    clerk.post(f"{DAYS}{day.pk}/steps/add/", {"deputy": rota[1].pk})
    assert names(day) == ["何示例"]


def test_changed_details_keep_a_proposal_from_following_its_plan(clerk, plan):
    planning.propose(plan, date(2026, 1, 31))
    day = proposed().get()
    sent = {"mode": "ON_SITE", "theme": "供暖", "room": "", "online_url": "", "partners": "",
            "slot_minutes": "20", "seats": "1"}  # fmt: skip
    assert clerk.post(f"{DAYS}{day.pk}/details/", sent)["Location"] == f"{DAYS}{day.pk}/change/"
    planning.propose(plan, date(2026, 1, 31), afresh=True)
    assert proposed().get().theme == "供暖"


def test_details_saved_late_do_not_bring_a_cancelled_day_back(clerk, announced, cast):
    day = announced()
    page = admin.site.get_model_admin(ReceptionSession)
    opened = ReceptionSession.objects.get(pk=day.pk)
    reception.cancel(day, reason="停水", by=cast.clerk)
    opened.room = "二楼"
    page.save_model(None, opened, SimpleNamespace(changed_data=["room"]), change=True)
    day.refresh_from_db()
    assert (day.status, day.room) == (SessionStatus.CANCELLED, "二楼")


def test_an_online_day_needs_its_address_and_hours_their_order(clerk, cast):
    sent = {
        "venue": cast.station.pk, "day": "2026-02-10", "starts_at": "11:00", "ends_at": "09:00",
        "mode": "ONLINE", "slot_minutes": "20", "seats": "1",
    }  # fmt: skip
    text = words_of(clerk.post(f"{DAYS}add/", sent))
    assert "Where does an online reception take place?" in text
    assert "The end is after the beginning." in text
    assert not ReceptionSession.objects.exists()


def test_who_received_too_seldom_is_listed_and_leave_counts_for_nobody(clerk, session, rota, cast):
    for days_ago in (2, 3):
        day = session(day=TODAY - timedelta(days=days_ago), deputies=rota[:2], announced_at=clock.now())
        day.duties.update(status="ATTENDED")
        day.duties.filter(deputy=rota[1]).update(status="LEAVE")
        ReceptionSession.objects.filter(pk=day.pk).update(status="HELD")
    last_year = session(day=date(2025, 12, 30), deputies=[rota[2]], announced_at=clock.now(), status="HELD")
    last_year.duties.update(status="ATTENDED")
    rows: Any = attended_days(2026)
    assert {deputy.name: deputy.days for deputy in rows} == {
        "林示例": 2, "何示例": 0, "马示例": 0, "高示例": 0
    }  # fmt: skip
    assert "林示例" not in {deputy.name for deputy in below_minimum(2026, 2)}
    text = words_of(clerk.get(f"{DAYS}attendance/"))
    assert "何示例" in text
    assert "林示例" not in text
    assert "林示例" in words_of(clerk.get(f"{DAYS}attendance/?show=all"))


@pytest.mark.parametrize("query", ["", "?waiting=gap", "?period=all", "?waiting=untold"])
def test_the_list_of_the_office_costs_the_same_for_two_days_and_for_many(clerk, session, rota, query):
    counts = []
    for offsets in (range(2), range(2, 30)):
        for offset in offsets:
            session(day=TODAY + timedelta(days=4 + offset), deputies=rota[:2])
        clerk.get(f"{DAYS}{query}")
        with CaptureQueriesContext(connection) as queries:
            clerk.get(f"{DAYS}{query}")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_daily_command_proposes(plan, capsys):
    call_command("run_due")
    assert proposed().count() == 3
    assert "3 reception days proposed, moved or dropped" in capsys.readouterr().out


def test_two_who_announce_at_once_leave_one_line(announced, cast):
    day = announced()
    stale = ReceptionSession.objects.get(pk=day.pk)
    stale.status = SessionStatus.PROPOSED
    with pytest.raises(reception.SessionError):
        reception.announce(stale, by=cast.clerk)
    assert day.changes.count() == 1


def test_hours_are_shown_as_hours_in_the_summary(clerk, session):
    day = session(starts_at=time(14, 30), ends_at=time(16))
    assert "14:30–16:00" in words_of(clerk.get(f"{DAYS}{day.pk}/change/"))
