"""Quick entry of letters, calls and copies from the hotline: the office, and a street's working committee."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from congress_portal.common import codes
from stations.models import LiaisonOfficer
from suggestions.models import StagedPhoto, Suggestion
from tests.admin.pages import text_of
from tests.conftest import LONG_AGO, Journey, act
from tests.desk.test_register import picture

OFFICE = "/admin/suggestions/suggestion/register/"
DESK = "/desk/register/"


def token_on(page: str) -> str:
    return re.findall(r'name="token" value="([^"]+)"', page)[0]


def cautions_on(page: str) -> str:
    return re.findall(r'name="cautions" value="([^"]*)"', page)[0]


def fields(cast: SimpleNamespace, **changes: Any) -> dict[str, Any]:
    return {
        "channel": "LETTER", "text": "楼道灯坏了一个月，老人晚上不敢下楼。", "category": "",
        "street": cast.street.code, "community": cast.community.code, "place": "3号楼",
    } | changes  # fmt: skip


def send(client: Client, cast: SimpleNamespace, page: str = OFFICE, **changes: Any) -> Any:
    token = token_on(client.get(page).content.decode())
    return client.post(page, {"token": token} | fields(cast, **changes))


def test_the_office_registers_a_letter_and_the_place_decides_where_it_goes(
    cast: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.clerk)

    response = send(client, cast, outside_number=" 来信〔2026〕 12号 ", category=cast.category.code)

    case = Suggestion.objects.get()
    assert response.url == f"/admin/suggestions/suggestion/{case.pk}/registered/"
    assert (case.channel, case.outside_number, case.venue, case.routing) == (
        "LETTER", "来信〔2026〕 12号", cast.station, "STATION"
    )  # fmt: skip
    assert (case.registered_by, case.resident, case.category) == (cast.clerk, None, cast.category)
    assert case.events.get().role == "clerk"
    # The same register: it stands in the same queue as what came online.
    assert case.number in client.get("/admin/suggestions/suggestion/?queue=to_accept").content.decode()


def test_without_a_known_place_it_goes_to_the_district_pool(cast: SimpleNamespace, login: Callable) -> None:
    send(login(cast.clerk), cast, channel="HOTLINE", street="", community="", place_unknown="on")

    case = Suggestion.objects.get()
    assert (case.venue, case.routing, case.channel) == (None, "POOL", "HOTLINE")


def test_the_slip_shows_number_and_code_and_leads_to_the_next_with_channel_and_place(
    cast: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.clerk)
    slip = client.get(send(client, cast, channel="PHONE").url)

    case, html = Suggestion.objects.get(), slip.content.decode()
    words = text_of(html).split()
    assert case.number in words
    assert [word for word in words if codes.codes_match(word, case.query_code_hash)]
    again = re.findall(rf'href="({OFFICE}\?[^"]+)"', html)[0].replace("&amp;", "&")
    following = client.get(again).content.decode()
    assert re.search(r'name="channel" value="PHONE"[^>]*checked', following)
    assert re.search(rf'<option value="{cast.community.code}" selected', following)
    assert login(cast.clerk).get(slip.request["PATH_INFO"]).status_code == 404


def test_a_number_that_is_registered_already_is_shown_before_anything_is_stored(
    cast: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.clerk)
    send(client, cast, outside_number="GD2026001")
    first = Suggestion.objects.get()

    response = send(client, cast, text="另外一件事，路面破损。", outside_number="gd2026001", photos=picture())

    html = response.content.decode()
    assert (response.status_code, Suggestion.objects.count()) == (200, 1)
    assert f"/admin/suggestions/suggestion/{first.pk}/change/" in html
    assert "另外一件事" in html
    assert StagedPhoto.objects.exists()
    # A warning, never a hard stop.
    again = {"token": token_on(html), "cautions": cautions_on(html)}
    changes = {"text": "另外一件事，路面破损。", "outside_number": "gd2026001"}
    assert client.post(OFFICE, fields(cast, **changes) | again).status_code == 302
    assert Suggestion.objects.count() == 2
    assert Suggestion.objects.order_by("-pk").first().photos.count() == 1


def test_what_was_seen_once_does_not_cover_something_new(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.clerk)
    send(client, cast, outside_number="A1")
    html = send(client, cast, outside_number="A1").content.decode()
    seen = {"token": token_on(html), "cautions": cautions_on(html)}

    response = client.post(OFFICE, fields(cast, outside_number="A1", text="楼下着火了。") | seen)

    assert 'href="tel:119"' in response.content.decode()
    assert Suggestion.objects.count() == 1


def test_a_number_registered_at_another_place_is_told_without_the_case(
    cast: SimpleNamespace, login: Callable
) -> None:
    elsewhere = {"community": cast.other_community.code, "street": cast.other_street.code}
    send(login(cast.other_liaison), cast, DESK, venue_code="TS2", outside_number="A1", **elsewhere)
    first = Suggestion.objects.get()

    html = send(login(cast.liaison), cast, DESK, venue_code="TS1", outside_number="A1").content.decode()

    assert 'id="cautions"' in html
    assert first.number not in html
    assert first.title not in html[html.index("<main") :].partition("<form")[0]


def test_a_number_of_a_hidden_case_is_not_even_hinted_at(cast: SimpleNamespace, login: Callable) -> None:
    send(login(cast.clerk), cast, outside_number="A1")
    case = Suggestion.objects.get()
    act("propose_decline", case, cast.clerk, code=cast.accusation, text="已转交。", where_to_go="12388")

    response = send(login(cast.liaison), cast, DESK, venue_code="TS1", outside_number="A1")

    assert response.status_code == 302


def test_the_same_phone_with_much_the_same_words_is_shown_with_a_link(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    first = journey.submitted()

    html = send(
        login(cast.liaison), cast, DESK, venue_code="TS1", phone="13900000001", notice_read="on",
        text="小区停车位不够，晚上消防通道总是被占用。",
    ).content.decode()  # fmt: skip

    assert f'href="/desk/{first.number}/"' in html
    assert Suggestion.objects.count() == 1


def test_a_committee_registers_for_its_own_street_and_the_place_decides(
    cast: SimpleNamespace, login: Callable
) -> None:
    client = login(cast.committee)
    page = client.get(DESK).content.decode()
    assert cast.street.name in page
    assert cast.other_street.name not in page
    assert cast.other_community.name not in page
    assert 'type="radio" name="venue_code"' not in page

    response = send(client, cast, DESK, community="", channel="PHONE")

    case = Suggestion.objects.get()
    assert response.url == f"/desk/{case.number}/receipt/"
    assert (case.venue, case.routing, case.street) == (cast.home, "HOME", cast.street)
    assert (case.registered_by, case.events.get().role) == (cast.committee, "committee")
    slip = client.get(response.url).content.decode()
    assert f"{DESK}?channel=PHONE" in slip


@pytest.mark.parametrize(
    "changes",
    [
        {"street": "210103902", "community": ""},
        {"community": "210103902001"},
        {"place_unknown": "on", "street": "", "community": ""},
    ],
)
def test_a_committee_registers_nothing_elsewhere(
    cast: SimpleNamespace, login: Callable, changes: dict[str, str]
) -> None:
    response = send(login(cast.committee), cast, DESK, **changes)

    assert response.status_code == 200
    assert 'class="error-summary"' in response.content.decode()
    assert not Suggestion.objects.exists()


def test_who_serves_a_venue_and_a_street_chooses_between_them(cast: SimpleNamespace, login: Callable) -> None:
    LiaisonOfficer.objects.create(user=cast.committee, venue=cast.station, starts_on=LONG_AGO)
    client = login(cast.committee)

    send(client, cast, DESK, venue_code="TS1")
    send(client, cast, DESK, venue_code="", community="", text="路面破损。")

    assert list(Suggestion.objects.order_by("pk").values_list("routing", flat=True)) == ["DESK", "HOME"]


def test_answered_on_the_spot_it_is_replied_at_once(cast: SimpleNamespace, login: Callable) -> None:
    send(login(cast.clerk), cast, category=cast.category.code, answered="on", reply="已当场解释。")

    assert Suggestion.objects.get().state == "REPLIED"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"community": "", "street": ""}, "community"),
        ({"channel": "ONLINE"}, "channel"),
        ({"phone": "123"}, "phone"),
        ({"phone": "13900000003"}, "notice_read"),
        ({"outside_number": "字" * 41}, "outside_number"),
        ({"answered": "on"}, "reply"),
        ({"venue_code": "TS1"}, "venue_code"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    cast: SimpleNamespace, login: Callable, changes: dict[str, str], field: str
) -> None:
    response = send(login(cast.clerk), cast, **changes)

    html = response.content.decode()
    assert response.status_code == 200
    assert f'href="#id_{field}"' in html
    assert "3号楼" in html
    assert not Suggestion.objects.exists()


def test_sent_twice_it_makes_one(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.clerk)
    form = {"token": token_on(client.get(OFFICE).content.decode())} | fields(cast, outside_number="A1")

    addresses = {client.post(OFFICE, form).url for _turn in range(3)}  # type: ignore[attr-defined]

    assert addresses == {f"/admin/suggestions/suggestion/{Suggestion.objects.get().pk}/registered/"}


@pytest.mark.parametrize("who", ["reviewer", "head", "admin", "secrecy"])
def test_it_is_the_clerk_s(cast: SimpleNamespace, login: Callable, who: str) -> None:
    assert login(getattr(cast, who)).get(OFFICE).status_code == 403


@pytest.mark.parametrize("who", ["officer", "unitlead", "resident", "clerk"])
def test_at_the_desk_it_is_for_venues_and_streets(cast: SimpleNamespace, login: Callable, who: str) -> None:
    assert login(getattr(cast, who)).get(DESK).status_code == 403
