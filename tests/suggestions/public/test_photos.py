"""Photos are private: served through the row rule, and to the browser that is filling in the form."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from suggestions.models import Photo, StagedPhoto, Suggestion
from tests.conftest import Journey, act

from .conftest import action_url, open_form, picture, send_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_photo(journey: Journey, holding: Callable[[Any], Client]) -> Suggestion:
    case = journey.submitted()
    holding(case).post(
        action_url(case, "add_note"), {"version": "1", "text": "看照片", "photos": [picture()]}
    )
    return case


def status_of(client: Client, url: str) -> int:
    """The answer's status; the file is read to its end, as a browser does, which closes it."""
    response = client.get(url)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def url_of(case: Suggestion) -> str:
    return f"/photos/{Photo.objects.get(suggestion=case).pk}/"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("resident", 200), ("liaison", 200), ("deputy", 200), ("clerk", 200), ("reviewer", 200),
        ("stranger", 404), ("admin", 404), ("other_liaison", 404), ("other_deputy", 404), ("officer", 404),
    ],
)  # fmt: skip
def test_whoever_may_open_the_case_sees_its_photos(
    cast: SimpleNamespace, with_photo: Suggestion, login: Callable[[Any], Client], who: str, status: int
) -> None:
    assert status_of(login(getattr(cast, who)), url_of(with_photo)) == status


def test_the_holder_of_the_code_sees_them_and_nobody_else(
    with_photo: Suggestion, journey: Journey, holding: Callable[[Any], Client]
) -> None:
    assert status_of(holding(with_photo), url_of(with_photo)) == 200
    assert status_of(holding(journey.submitted()), url_of(with_photo)) == 404
    assert status_of(Client(), url_of(with_photo)) == 404


def test_publishing_a_case_does_not_publish_its_photos(cast: SimpleNamespace, with_photo: Suggestion) -> None:
    case = with_photo
    act("set_consent", case, cast.resident, may_publish=True, may_share=False)
    act("accept", case, cast.clerk, category=cast.category, level="L2")
    act("answer_direct", case, cast.clerk, reply="已经解决。")
    act("rate_ok", case, cast.resident, level="SATISFIED", process="SATISFIED")
    act("prepare_publication", case, cast.clerk, title="标题", summary="摘要")
    act("publish", case, cast.clerk2)
    assert Client().get(case.get_absolute_url()).status_code == 200
    assert status_of(Client(), url_of(case)) == 404


def test_a_photo_is_served_as_a_private_jpeg(
    with_photo: Suggestion, holding: Callable[[Any], Client]
) -> None:
    response = holding(with_photo).get(url_of(with_photo))
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline; filename=")
    assert response["Cache-Control"].startswith("private")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"


def test_a_photo_of_an_unsent_form_is_for_its_own_browser(
    client: Client, cast: SimpleNamespace, login: Any
) -> None:
    token = open_form(client)
    send_step(client, token, "what")
    send_step(client, token, "where", do="photos", photos=[picture()])
    url = f"/photos/staged/{StagedPhoto.objects.get().pk}/"
    assert status_of(client, url) == 200
    for other in (Client(), login(cast.clerk), login(cast.admin)):
        assert status_of(other, url) == 404


@pytest.mark.parametrize("pk", ["0", "1", "99999999999999999999999999"])
def test_no_photo_is_no_page(client: Client, cast: SimpleNamespace, pk: str) -> None:
    assert client.get(f"/photos/{pk}/").status_code == 404
    assert client.get(f"/photos/staged/{pk}/").status_code == 404


def test_a_lost_file_is_no_error_of_ours(with_photo: Suggestion, holding: Callable[[Any], Client]) -> None:
    photo = Photo.objects.get(suggestion=with_photo)
    photo.file.storage.delete(photo.file.name)
    assert status_of(holding(with_photo), url_of(with_photo)) == 404
