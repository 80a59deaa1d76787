"""The page that ends a venue: it shows all that would move, and moves exactly that."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.forms.models import model_to_dict, modelform_factory
from django.test import Client
from django.urls import reverse

from congress_portal.common import clock
from stations.admin.rosters import VenueForm
from stations.models import LiaisonOfficer, Posting, Venue, VenueChange
from tests.admin.pages import text_of
from tests.conftest import LONG_AGO
from tests.stations.places import queries

from .conftest import WHY, book, reception_day

pytestmark = pytest.mark.django_db
Login = Callable[[Any], Client]


@pytest.fixture
def clerk(cast: SimpleNamespace, login: Login) -> Client:
    client = login(cast.clerk)
    client.cookies["django_language"] = "en"
    return client


def address(venue: Venue, page: str = "retire") -> str:
    return reverse(f"admin:stations_venue_{page}", args=[venue.pk])


def send(client: Client, venue: Venue, into: Venue, **changes: Any) -> Any:
    """What the page as it stands would send, with `changes`."""
    shown = client.get(address(venue)).context["form"]
    given = {
        "kind": "MERGED", "heir": into.pk, "reason": WHY, "confirm": "on",
        "seen": shown["seen"].value(),
    }  # fmt: skip
    return client.post(address(venue), given | changes)


def test_it_shows_what_would_move(world: SimpleNamespace, clerk: Client) -> None:
    html = clerk.get(address(world.station)).content.decode()
    page = text_of(html)
    for case in (world.waiting, world.with_station, world.elsewhere):
        assert case.number in page
    assert world.closed.number not in page
    assert world.day.day.isoformat() in page
    assert world.past.day.isoformat() not in page
    for words in ("林示例", "何示例", "TP1 甲楼代表联系点", "甲社区", world.liaison.name):
        assert words in page
    assert "1 concluded case" in page
    assert "13900000001" not in html


def test_one_step_moves_it_all_and_says_so(world: SimpleNamespace, clerk: Client) -> None:
    answer = send(clerk, world.station, world.other_station)
    assert answer["Location"] == address(world.station, "life")
    world.station.refresh_from_db()
    assert world.station.successor == world.other_station
    page = text_of(clerk.get(answer["Location"]).content.decode())
    assert "open cases 4" in page
    assert WHY in page
    assert "乙社区代表联络站" in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"confirm": ""}, "confirm"),
        ({"reason": ""}, "reason"),
        ({"reason": "长" * 300}, "reason"),
        ({"heir": ""}, "heir"),
        ({"heir": "99999999999999999999"}, "heir"),
        ({"heir": "x\x00"}, "heir"),
        ({"kind": "SUSPENDED"}, "kind"),
        ({"kind": ""}, "kind"),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_moves(
    world: SimpleNamespace, clerk: Client, change: dict[str, str], field: str
) -> None:
    answer = send(clerk, world.station, world.other_station, **change)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not VenueChange.objects.exists()
    if field != "reason":
        assert WHY in answer.content.decode()


def test_a_changed_world_is_shown_anew(world: SimpleNamespace, clerk: Client) -> None:
    seen = clerk.get(address(world.station)).context["form"]["seen"].value()
    new = world.journey.submitted()
    book(world.day, 2)

    answer = send(clerk, world.station, world.other_station, seen=seen)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert new.number in page
    assert "Something has changed" in page
    assert "checked" not in page.partition('name="confirm"')[2][:60]
    assert not VenueChange.objects.exists()
    again = answer.context["form"]["seen"].value()
    assert send(clerk, world.station, world.other_station, seen=again).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "0" * 32])
def test_without_the_list_seen_nothing_moves(world: SimpleNamespace, clerk: Client, seen: str) -> None:
    assert send(clerk, world.station, world.other_station, seen=seen).status_code == 409
    assert not VenueChange.objects.exists()


def test_what_is_gone_has_no_such_page(world: SimpleNamespace, clerk: Client) -> None:
    send(clerk, world.station, world.other_station)
    assert clerk.get(address(world.station))["Location"] == address(world.station, "life")
    page = clerk.get(address(world.station, "life")).content.decode()
    assert address(world.station) not in page
    heirs = clerk.get(address(world.home)).context["form"].fields["heir"].queryset
    assert world.station not in heirs


def test_the_superuser_is_told_how_many_cases_and_not_which(world: SimpleNamespace, login: Login) -> None:
    client = login(world.admin)
    page = client.get(address(world.station)).content.decode()
    assert world.waiting.number not in page
    assert world.waiting.title not in page
    assert send(client, world.station, world.other_station).status_code == 302


@pytest.mark.parametrize("name", ["reviewer", "head"])
def test_others_of_the_office_look_at_the_history_only(
    world: SimpleNamespace, login: Login, name: str
) -> None:
    client = login(getattr(world, name))
    assert client.get(address(world.station)).status_code == 403
    page = client.get(address(world.station, "life"))
    assert page.status_code == 200
    assert b"<form class" not in page.content
    assert client.post(address(world.station, "life"), {"reason": WHY}).status_code == 403


def test_suspending_and_resuming_with_a_reason(cast: SimpleNamespace, clerk: Client) -> None:
    for seen, status in (("RUNNING", "SUSPENDED"), ("SUSPENDED", "RUNNING")):
        for wrong in ({"reason": "", "seen": seen}, {"reason": "正在装修", "seen": "\x00"}, {"reason": WHY}):
            assert clerk.post(address(cast.station, "life"), wrong).context["form"].errors
        sent = {"reason": "正在装修", "seen": seen}
        assert clerk.post(address(cast.station, "life"), sent).status_code == 302
        cast.station.refresh_from_db()
        assert cast.station.status == status
    assert [row.made_by for row in VenueChange.objects.all()] == [cast.clerk, cast.clerk]


def test_the_button_to_suspend_pressed_twice_suspends_once(cast: SimpleNamespace, clerk: Client) -> None:
    sent = {"reason": "正在装修", "seen": "RUNNING"}
    assert clerk.post(address(cast.station, "life"), sent).status_code == 302
    again = clerk.post(address(cast.station, "life"), sent)
    assert "Somebody was faster" in again.content.decode()
    assert 'name="seen" value="SUSPENDED"' in again.content.decode()
    cast.station.refresh_from_db()
    assert cast.station.status == "SUSPENDED"
    assert VenueChange.objects.count() == 1


@pytest.mark.parametrize("page", ["life", "retire"])
def test_an_unknown_venue_is_not_found(cast: SimpleNamespace, clerk: Client, page: str) -> None:
    for pk in (10**9, 10**30):
        assert clerk.get(f"/admin/stations/venue/{pk}/{page}/").status_code == 404


def test_the_cost_does_not_grow(world: SimpleNamespace, clerk: Client) -> None:
    few = queries(clerk, address(world.station))
    for number in range(20):
        world.journey.submitted()
        book(reception_day(world.station, ahead=10 + number), number)
        Venue.objects.create(code=f"N{number}", kind="POINT", name=f"点{number}", street=world.street)
    assert queries(clerk, address(world.station)) == few <= 22


def test_nobody_new_is_added_to_what_is_gone(world: SimpleNamespace, clerk: Client) -> None:
    send(clerk, world.station, world.other_station)
    before = Posting.objects.count(), LiaisonOfficer.objects.count()
    page = clerk.get(address(world.station, "change")).content.decode()
    assert "postings-0-" not in page or "postings-__prefix__-deputy" not in page
    answer = clerk.post(
        reverse("admin:stations_posting_add"),
        {"deputy": world.deputy_row.pk, "venue": world.station.pk, "role": "RESIDENT", "reason": "FIRST",
         "starts_on": LONG_AGO.isoformat(), "ends_on": ""},
    )  # fmt: skip
    assert "venue" in answer.context["adminform"].form.errors
    assert (Posting.objects.count(), LiaisonOfficer.objects.count()) == before


@pytest.mark.parametrize("page", ["receptionsession", "receptionplan", "liaisonofficer"])
def test_days_plans_and_officers_are_not_added_to_what_is_gone_either(
    world: SimpleNamespace, clerk: Client, page: str
) -> None:
    send(clerk, world.station, world.other_station)
    answer = clerk.post(
        reverse(f"admin:stations_{page}_add"),
        {"venue": world.station.pk, "user": world.other_liaison.username, "starts_on": "2026-01-05",
         "day": clock.today().isoformat(), "starts_at": "09:00", "ends_at": "11:00", "mode": "ON_SITE",
         "slot_minutes": "20", "seats": "1", "recurrence": "MONTHLY", "day_of_month": "15",
         "holiday_policy": "POSTPONE", "deputies_per_day": "2", "rota-TOTAL_FORMS": "0",
         "rota-INITIAL_FORMS": "0"},
    )  # fmt: skip
    assert list(answer.context["adminform"].form.errors) == ["venue"]


def test_details_saved_at_the_same_moment_do_not_bring_a_merged_venue_back(
    world: SimpleNamespace, clerk: Client
) -> None:
    read_before = Venue.objects.get(pk=world.station.pk)
    send(clerk, world.station, world.other_station)
    fields = ("code", "kind", "name", "street", "parent", "phone", "rules")
    given = model_to_dict(read_before, fields) | {"phone": "024-55550000", "parent": world.home.pk}
    form = modelform_factory(Venue, form=VenueForm, fields=fields)(given, instance=read_before)
    assert form.is_valid(), form.errors
    form.save()
    world.station.refresh_from_db()
    assert (world.station.phone, world.station.status) == ("024-55550000", "MERGED")
    assert world.station.successor == world.other_station
    assert world.station.gone_on is not None
