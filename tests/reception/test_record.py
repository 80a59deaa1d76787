"""/desk/reception/<pk>/record/: the day and every matter raised, all or nothing."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal.accounts.models import User
from stations.models import DutyStatus, Posting, ReceptionDuty, ReceptionSession, SessionStatus
from stations.services import booking
from suggestions.enums import Channel, State
from suggestions.history import problems
from suggestions.models import Suggestion
from suggestions.reception_record import MOST_MATTERS
from tests.conftest import make_deputy
from tests.stations.places import text

from .days import TODAY, book, make_day, on

Login = Callable[[User], Client]


@pytest.fixture
def today(cast: SimpleNamespace) -> ReceptionSession:
    return make_day(cast, day=TODAY, starts_at=on(TODAY, 14).time(), ends_at=on(TODAY, 16).time())


def url(day: ReceptionSession) -> str:
    return f"/desk/reception/{day.pk}/record/"


def begin(client: Client, day: ReceptionSession) -> str:
    return client.get(url(day)).context["token"]


def matter(place: int, **given: str) -> dict[str, str]:
    fields = {"text": f"第{place}件事。", "category": "PARKING", "street": "210103901", "place": "三号楼"}
    return {f"m{place}-{name}": value for name, value in (fields | given).items()}


def sent(day: ReceptionSession, token: str, *matters: dict[str, str], **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "token": token, "visitors": "5", "summary": "谈了供暖。", "do": "save", "matters": str(len(matters)),
        "attended": [duty.pk for duty in day.duties.all()],
    }  # fmt: skip
    for each in matters:
        given |= each
    return given | changes


def test_the_day_counts_as_held_and_each_matter_is_a_case(
    cast: SimpleNamespace, login: Login, today: ReceptionSession
) -> None:
    desk = login(cast.liaison)
    answered = matter(1, answered="on", reply="已当面答复。")
    response = desk.post(url(today), sent(today, begin(desk, today), matter(0), answered))
    today.refresh_from_db()
    assert (today.status, today.visitors, today.summary) == (SessionStatus.HELD, 5, "谈了供暖。")
    assert today.held_by == cast.liaison
    assert today.changes.filter(kind="HELD").count() == 1
    cases = list(Suggestion.objects.order_by("number"))
    assert [(c.state, c.channel, c.reception, c.venue, c.registered_by) for c in cases] == [
        (state, Channel.RECEPTION, today, cast.station, cast.liaison)
        for state in (State.SUBMITTED, State.REPLIED)
    ]
    assert list(problems(Suggestion.objects.all())) == []
    slips = text(desk, response["Location"])
    assert all(case.number in slips for case in cases)
    page = text(desk, f"/desk/reception/{today.pk}/")
    assert all(f"/desk/{case.number}/" in page for case in cases)


def test_the_codes_on_the_slips_open_the_cases_in_no_other_browser(
    cast: SimpleNamespace, login: Login, client: Client, today: ReceptionSession
) -> None:
    desk = login(cast.liaison)
    response = desk.post(url(today), sent(today, begin(desk, today), matter(0)))
    (case,) = desk.get(response["Location"]).context["cases"]
    opened = client.post("/suggestions/track/", {"number": case.number, "code": case.fresh_code})
    assert opened["Location"] == f"/suggestions/{case.number}/"
    text(login(cast.liaison), response["Location"], 404)


def test_everybody_reads_how_many_came_and_how_many_matters_there_were(
    cast: SimpleNamespace, login: Login, client: Client, today: ReceptionSession
) -> None:
    desk = login(cast.liaison)
    desk.post(url(today), sent(today, begin(desk, today), matter(0), matter(1), visitors="37"))
    response = client.get(f"/reception/{today.pk}/")
    assert (response.context["matters"], response.context["day"].visitors) == (2, 37)
    for words in ("第0件事", "谈了供暖", "三号楼"):
        assert words not in response.content.decode()


def test_attendance_of_each_deputy_is_kept_and_leave_stays_leave(
    cast: SimpleNamespace, login: Login, today: ReceptionSession
) -> None:
    absent, away = (
        ReceptionDuty.objects.create(
            session=today, status=status,
            deputy=make_deputy(None, key, "示例", cast.congress, cast.station),
        )
        for key, status in (("T0007", DutyStatus.PLANNED), ("T0008", DutyStatus.LEAVE))
    )  # fmt: skip
    there = today.duties.get(deputy=cast.deputy_row)
    desk = login(cast.liaison)
    desk.post(url(today), sent(today, begin(desk, today), attended=[there.pk]))
    found = {duty.pk: duty.status for duty in today.duties.all()}
    assert found == {there.pk: "ATTENDED", absent.pk: "ABSENT", away.pk: "LEAVE"}


def test_who_has_left_the_venue_is_offered_but_not_ticked(
    cast: SimpleNamespace, login: Login, today: ReceptionSession
) -> None:
    gone = make_deputy(None, "T0009", "马示例", cast.congress, cast.station)
    ReceptionDuty.objects.create(session=today, deputy=gone)
    Posting.objects.filter(deputy=gone).update(ends_on=TODAY)
    field = login(cast.liaison).get(url(today)).context["form"]["attended"]
    assert [(str(box.choice_label), box.data["selected"]) for box in field] == [
        (cast.deputy_row.name, True), ("马示例", False),
    ]  # fmt: skip


def test_who_was_not_marked_did_not_come(
    cast: SimpleNamespace, login: Login, today: ReceptionSession
) -> None:
    came, missing = book(today, "14:00"), book(today, "14:20", phone="13900000002")
    booking.mark(came, came=True)
    booking.walk_in(today)
    desk = login(cast.liaison)
    page = desk.get(url(today))
    assert page.context["form"].initial["visitors"] == 2
    desk.post(url(today), sent(today, page.context["token"]))
    missing.refresh_from_db()
    assert missing.status == "MISSED"


@pytest.mark.parametrize(
    "wrong",
    [
        {"m1-text": ""}, {"m1-answered": "on"}, {"m1-phone": "12"}, {"m1-phone": "13900000001"},
        {"m1-category": "x", "m1-answered": "on", "m1-reply": "好"}, {"m1-text": "字" * 5001},
        {"visitors": ""}, {"visitors": "-1"}, {"visitors": "99999"}, {"visitors": "9" * 5000},
        {"visitors": "二"}, {"summary": "字" * 3001}, {"attended": ["999"]}, {"m1-community": "x"},
    ],
)  # fmt: skip
def test_one_thing_wrong_and_nothing_is_written_but_all_is_kept(
    cast: SimpleNamespace, login: Login, today: ReceptionSession, wrong: dict[str, str]
) -> None:
    desk = login(cast.liaison)
    desk.cookies["django_language"] = "en"
    given = sent(today, begin(desk, today), matter(0), matter(1), matter(2))
    response = desk.post(url(today), given | wrong)
    assert response.status_code == 200
    context = response.context
    assert bool(context["form"].errors) + sum(bool(one.errors) for one in context["matters"].forms) == 1
    page = response.content.decode()
    heading = page.split('id="error-summary-title">')[1].split("</h2>")[0]
    assert ("Matter 2 · " in heading) == any(name.startswith("m1-") for name in wrong)
    assert "error-summary" in page
    assert "第0件事。" in page
    assert "第2件事。" in page
    today.refresh_from_db()
    assert (today.status, Suggestion.objects.count()) == (SessionStatus.ANNOUNCED, 0)


def test_what_the_door_refuses_takes_everything_back(
    cast: SimpleNamespace, login: Login, today: ReceptionSession
) -> None:
    """The category of an answered matter disappears while the record is being written."""
    from suggestions.reception_record import Matter, MatterError, record
    from suggestions.submissions import Submission

    good, bad = Matter(Submission(token="", text="好。")), Matter(Submission(token="", text=""))
    with pytest.raises(MatterError) as caught:
        record(today, visitors=1, summary="", attended={}, matters=[good, bad], token="t", user=cast.liaison)
    assert caught.value.place == 1
    today.refresh_from_db()
    assert (today.status, Suggestion.objects.count()) == (SessionStatus.ANNOUNCED, 0)


def test_sent_twice_it_is_one_record(cast: SimpleNamespace, login: Login, today: ReceptionSession) -> None:
    desk = login(cast.liaison)
    given = sent(today, begin(desk, today), matter(0))
    desk.post(url(today), given)
    assert desk.post(url(today), given | {"visitors": "99"})["Location"] == f"/desk/reception/{today.pk}/"
    today.refresh_from_db()
    assert (today.visitors, Suggestion.objects.count()) == (5, 1)


def test_without_a_script_a_button_adds_a_matter_and_another_takes_it_away(
    cast: SimpleNamespace, login: Login, today: ReceptionSession
) -> None:
    desk = login(cast.liaison)
    token = begin(desk, today)
    given = sent(today, token, matter(0, name="王女士"), matter(1), visitors="", do="more")
    page = desk.post(url(today), given)
    assert len(page.context["matters"].forms) == 3
    assert not page.context["form"].errors
    for words in ("第0件事。", "第1件事。", "王女士", "谈了供暖。"):
        assert words in page.content.decode()
    page = desk.post(url(today), given | {"do": "drop-0"})
    assert len(page.context["matters"].forms) == 1
    assert "第0件事。" not in page.content.decode()
    assert page.context["matters"].forms[0]["text"].value() == "第1件事。"
    assert today.status == SessionStatus.ANNOUNCED


@pytest.mark.parametrize("count", ["-1", "x", "", "\x00", "9" * 400, "²", "999"])
def test_a_forged_number_of_matters_is_no_fault_of_ours(
    cast: SimpleNamespace, login: Login, today: ReceptionSession, count: str
) -> None:
    desk = login(cast.liaison)
    response = desk.post(url(today), sent(today, begin(desk, today), matters=count, do="more"))
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert len(response.context["matters"].forms) <= MOST_MATTERS


def test_the_office_records_the_day_but_registers_for_nobody(
    cast: SimpleNamespace, login: Login, today: ReceptionSession
) -> None:
    desk = login(cast.clerk)
    desk.post(url(today), sent(today, begin(desk, today), matter(0)))
    today.refresh_from_db()
    assert (today.status, Suggestion.objects.count()) == (SessionStatus.HELD, 0)


def test_the_convener_registers_too(cast: SimpleNamespace, login: Login, today: ReceptionSession) -> None:
    desk = login(cast.convener)
    desk.post(url(today), sent(today, begin(desk, today), matter(0)))
    assert Suggestion.objects.get().registered_by == cast.convener


def test_a_day_to_come_or_cancelled_has_no_record(cast: SimpleNamespace, login: Login) -> None:
    desk = login(cast.liaison)
    for day in (make_day(cast), make_day(cast, day=TODAY, status=SessionStatus.CANCELLED)):
        assert desk.get(url(day)).status_code == 302
        assert desk.post(url(day), sent(day, "x")).status_code == 302
        day.refresh_from_db()
        assert day.status != SessionStatus.HELD


def test_a_form_that_lay_open_too_long_is_shown_again(
    cast: SimpleNamespace, login: Login, today: ReceptionSession
) -> None:
    desk = login(cast.liaison)
    response = desk.post(url(today), sent(today, "of another browser", matter(0)))
    assert "第0件事。" in response.content.decode()
    assert Suggestion.objects.count() == 0
    assert desk.post(url(today), sent(today, response.context["token"], matter(0))).status_code == 302
