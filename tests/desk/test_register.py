"""Registering for somebody who came, called or wrote (代录), and the slip that is handed over."""

import io
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from congress_portal.common import clock, codes
from stations.models import LiaisonOfficer, VenueStatus
from suggestions.models import Consent, StagedPhoto, Suggestion
from tests.conftest import LONG_AGO

from .pages import text_of

PAGE = "/desk/register/"


def picture(colour: str = "red") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "JPEG")
    return SimpleUploadedFile("a.jpg", file.getvalue(), content_type="image/jpeg")


def token_on(client: Client) -> str:
    return re.findall(r'name="token" value="([^"]+)"', client.get(PAGE).content.decode())[0]


def fields(cast: SimpleNamespace, **changes: Any) -> dict[str, Any]:
    return {
        "venue_code": cast.station.code, "channel": "VISIT", "text": "楼道灯坏了一个月,老人晚上不敢下楼。",
        "category": "", "community": cast.community.code, "place": "3号楼",
    } | changes  # fmt: skip


def send(client: Client, cast: SimpleNamespace, **changes: Any) -> Any:
    return client.post(PAGE, {"token": token_on(client)} | fields(cast, **changes))


@pytest.mark.parametrize("who", ["liaison", "deputy", "convener"])
def test_people_of_the_venue_register_with_nothing_but_the_words(
    cast: SimpleNamespace, login: Callable, who: str
) -> None:
    response = send(login(getattr(cast, who)), cast, community="", place="")

    case = Suggestion.objects.get()
    assert (response.status_code, response.url) == (302, f"/desk/{case.number}/receipt/")
    assert (case.state, case.venue, case.channel, case.registered_by, case.resident) == (
        "SUBMITTED", cast.station, "VISIT", getattr(cast, who), None
    )  # fmt: skip


def test_everything_that_was_told_is_kept(cast: SimpleNamespace, login: Callable) -> None:
    send(
        login(cast.liaison), cast, channel="PHONE", title="楼道灯坏了", category=cast.category.code,
        name="王女士", phone="139 0000 0003", notice_read="on", may_publish="on", may_share="on",
    )  # fmt: skip

    case = Suggestion.objects.get()
    assert (case.title, case.category, case.community, case.street, case.place) == (
        "楼道灯坏了", cast.category, cast.community, cast.street, "3号楼"
    )  # fmt: skip
    assert (case.contact.name, case.contact.phone, case.contact.may_share) == ("王女士", "13900000003", True)
    assert set(case.consents.values_list("kind", flat=True)) == set(Consent.Kind.values)
    assert case.may_publish


def test_answered_on_the_spot_is_replied_and_told(cast: SimpleNamespace, login: Callable) -> None:
    send(
        login(cast.deputy),
        cast,
        category=cast.category.code,
        answered="on",
        reply="已当场联系物业,今晚更换。",
    )

    case = Suggestion.objects.get()
    assert (case.state, case.due_kind) == ("REPLIED", "RATING")
    assert case.replies.get().drafted_by == cast.deputy


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"answered": "on", "reply": "好"}, "category"),
        ({"answered": "on", "category": "PARKING"}, "reply"),
        ({"phone": "12345678", "notice_read": "on"}, "phone"),
        ({"phone": "13900000003"}, "notice_read"),
        ({"name": "王女士"}, "notice_read"),
        ({"channel": "ONLINE"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"community": "999"}, "community"),
        ({"category": "FLYING"}, "category"),
        ({"text": "字" * 5001}, "text"),
        ({"title": "字" * 61}, "title"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    cast: SimpleNamespace, login: Callable, changes: dict[str, str], field: str
) -> None:
    response = send(login(cast.liaison), cast, **changes)

    html = response.content.decode()
    assert response.status_code == 200
    assert f'href="#id_{field}"' in html
    assert "3号楼" in html
    assert not Suggestion.objects.exists()


def test_a_venue_of_others_is_no_choice(cast: SimpleNamespace, login: Callable) -> None:
    response = send(login(cast.liaison), cast, venue_code=cast.other_station.code)

    assert response.status_code == 200
    assert not Suggestion.objects.exists()


def test_with_two_venues_one_is_chosen(cast: SimpleNamespace, login: Callable) -> None:
    LiaisonOfficer.objects.create(user=cast.liaison, venue=cast.other_station, starts_on=LONG_AGO)
    client = login(cast.liaison)
    assert cast.other_station.name in client.get(PAGE).content.decode()

    send(client, cast, venue_code=cast.other_station.code)

    assert Suggestion.objects.get().venue == cast.other_station


def test_a_double_click_makes_one(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.liaison)
    form = {"token": token_on(client)} | fields(cast)

    addresses = {client.post(PAGE, form).url for _ in range(3)}  # type: ignore[attr-defined]

    assert addresses == {f"/desk/{Suggestion.objects.get().number}/receipt/"}


def test_a_form_that_failed_keeps_its_photos(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.liaison)
    token = token_on(client)
    failed = client.post(PAGE, {"token": token, "photos": picture()} | fields(cast, text=""))
    assert "/photos/staged/" in failed.content.decode()

    client.post(PAGE, {"token": token, "photos": picture("blue")} | fields(cast))

    assert Suggestion.objects.get().photos.count() == 2
    assert not StagedPhoto.objects.exists()


def test_what_only_looks_like_a_photo_is_refused(cast: SimpleNamespace, login: Callable) -> None:
    response = send(login(cast.liaison), cast, photos=SimpleUploadedFile("a.jpg", b"MZ\x90\x00" * 100))

    assert response.status_code == 200
    assert 'href="#id_photos"' in response.content.decode()
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("token", ["", "somebody-elses-form", "x" * 500])
def test_a_form_of_another_session_is_shown_again_and_its_photos_are_not(
    cast: SimpleNamespace, login: Callable, token: str
) -> None:
    StagedPhoto.objects.create(token="somebody-elses-form", sha256="0", created_at=clock.now())
    client = login(cast.liaison)

    response = client.post(PAGE, {"token": token} | fields(cast))

    html = response.content.decode()
    assert response.status_code == 200
    assert "老人晚上不敢下楼" in html
    assert "/photos/staged/" not in html
    again = re.findall(r'name="token" value="([^"]+)"', html)[0]
    client.post(PAGE, {"token": again} | fields(cast))
    assert Suggestion.objects.count() == 1


def test_the_slip_shows_number_and_code_and_leads_to_the_next(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.liaison)

    page = client.get(send(client, cast).url)

    case, html = Suggestion.objects.get(), page.content.decode()
    words = text_of(html).split()
    assert case.number in words
    assert len([word for word in words if codes.codes_match(word, case.query_code_hash)]) == 1
    assert f'href="{PAGE}?channel=VISIT' in html
    assert cast.station.phone in html
    assert "no-store" in page["Cache-Control"]


def test_nobody_else_of_the_venue_opens_the_slip(cast: SimpleNamespace, login: Callable) -> None:
    address = send(login(cast.liaison), cast).url

    assert login(cast.deputy).get(address).status_code == 404
    assert login(cast.liaison).get(address).status_code == 404


def test_a_slip_with_an_old_code_does_not_show_it(cast: SimpleNamespace, login: Callable) -> None:
    client = login(cast.liaison)
    address = send(client, cast).url
    case = Suggestion.objects.get()
    client.post(f"/desk/{case.number}/do/renew_code/", {"version": case.version, "how": "DESK"})

    words = text_of(client.get(address).content.decode()).split()

    case.refresh_from_db()
    assert not [word for word in words if codes.codes_match(word, case.query_code_hash)]


def test_a_closed_venue_takes_no_more(cast: SimpleNamespace, login: Callable) -> None:
    cast.station.status = VenueStatus.SUSPENDED
    cast.station.save()

    assert login(cast.liaison).get(PAGE).status_code == 403
