"""/deputies/<key>/portrait-<width>.jpg: the portrait of somebody in office, and of nobody else."""

import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from deputies import portraits
from deputies.models import Deputy
from tests.conftest import end, suspend
from tests.stations.places import add_deputies, queries, text

pytestmark = pytest.mark.django_db


def picture(size: tuple[int, int] = (800, 1000), kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def shown(cast: SimpleNamespace) -> Deputy:
    """The deputy T0001 with a portrait."""
    row = cast.deputy_row
    portraits.keep(row, portraits.cut(SimpleUploadedFile("x.jpg", picture())))
    row.save()
    return row


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "height"), [(96, 128), (240, 320), (600, 800)])
def test_three_sizes_are_served(shown: Deputy, client: Client, width: int, height: int) -> None:
    response = client.get(f"/deputies/T0001/portrait-{width}.jpg")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in response
    assert Image.open(io.BytesIO(body(response))).size == (width, height)


def test_a_browser_that_has_it_gets_nothing_twice(shown: Deputy, client: Client) -> None:
    first = client.get("/deputies/T0001/portrait-96.jpg")
    body(first)
    etag = first["ETag"]
    assert client.get("/deputies/T0001/portrait-96.jpg", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("address", ["T0001/portrait-97.jpg", "T0002/portrait-96.jpg", "%00/portrait-96.jpg"])
def test_what_is_not_there_is_not_found(shown: Deputy, client: Client, address: str) -> None:
    assert client.get(f"/deputies/{address}").status_code == 404


@pytest.mark.parametrize("happens", [suspend, end])
def test_out_of_office_it_is_gone(shown: Deputy, client: Client, happens: Callable) -> None:
    happens(shown.mandates.get())
    response = client.get("/deputies/T0001/portrait-96.jpg")
    assert response.status_code == 404
    assert "public" not in response.get("Cache-Control", "")


def test_a_lost_file_is_no_error_of_ours(shown: Deputy, client: Client) -> None:
    Deputy.objects.filter(pk=shown.pk).update(portrait="0" * 32)
    assert client.get("/deputies/T0001/portrait-96.jpg").status_code == 404


def test_pages_show_it_and_the_first_character_of_the_others(shown: Deputy, client: Client) -> None:
    for page in (text(client, "/deputies/"), text(client, "/deputies/T0001/"), text(client, "/venues/TS1/")):
        assert "/deputies/T0001/portrait-" in page
        assert f"?v={shown.portrait[:8]}" in page
        assert "/deputies/T0003/portrait-" not in page
    assert '<span class="portrait portrait-blank portrait-s" aria-hidden="true">何</span>' in text(
        client, "/deputies/"
    )


def test_portraits_cost_a_list_no_query(cast: SimpleNamespace, client: Client) -> None:
    add_deputies(cast, 0, 5, cast.station)
    before = queries(client, "/deputies/"), queries(client, "/venues/TS1/")
    Deputy.objects.update(portrait="0" * 32)
    assert (queries(client, "/deputies/"), queries(client, "/venues/TS1/")) == before
