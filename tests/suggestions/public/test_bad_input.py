"""Nothing a browser can send breaks the form; it is refused politely, or stored and shown safely."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from suggestions.models import StagedPhoto, Suggestion

from .conftest import STEPS, fill, open_form, picture, send, send_step, step_url, text_of

pytestmark = pytest.mark.django_db


def test_a_megabyte_of_text_is_refused_and_kept_in_the_field(client: Client, cast: SimpleNamespace) -> None:
    text = "暖气不热。" * 70_000
    response = send_step(client, open_form(client), "what", text=text)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["text"]
    assert "暖气不热。暖气不热。" in text_of(response)


def test_script_tags_are_shown_as_text(client: Client, cast: SimpleNamespace) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)> 路灯坏了"
    token = open_form(client)
    fill(
        client,
        token,
        what={"text": nasty, "title": "<b>路灯</b>"},
        where={"place": "<i>"},
        contact={"name": "<u>"},
    )
    page = text_of(client.get(step_url(token, "check")))
    send(client, token)
    tracked = text_of(client.get(Suggestion.objects.get().get_absolute_url()))
    for html in (page, tracked):
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<b>路灯" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_emoji_and_rare_characters_survive(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token, what={"text": "𬱖先生家楼下🙂👨‍👩‍👧路灯坏了"})
    send(client, token)
    assert Suggestion.objects.get().text == "𬱖先生家楼下🙂👨‍👩‍👧路灯坏了"


@pytest.mark.parametrize("step", ["what", "where", "contact"])
def test_nul_bytes_anywhere_are_no_error_of_ours(client: Client, cast: SimpleNamespace, step: str) -> None:
    token = open_form(client)
    fill(client, token)
    fields = [
        *STEPS["what"],
        *STEPS["where"],
        *STEPS["contact"],
        "title",
        "street",
        "may_publish",
        "remove",
        "do",
    ]
    everything = [*fields, "place_unknown"]
    response = client.post(step_url(token, step), dict.fromkeys(everything, "a\x00b"))
    assert response.status_code in (200, 302)


@pytest.mark.parametrize("step", ["what", "where", "contact", "check"])
@pytest.mark.parametrize(
    "data",
    [
        {},
        {"text": ["a", "b"], "community": ["x", "y"], "phone": ["1", "2"]},
        {
            "text[]": "x",
            "community[0]": "y",
            "__proto__": "z",
            "state": "CLOSED",
            "number": "1",
            "venue": "9",
        },
        {
            "category": "999999999999999999999",
            "street": "' OR 1=1 --",
            "community": "street:",
            "phone": "9" * 9000,
        },
        {"photos": "not a file", "remove": "1; DROP TABLE"},
    ],
)
def test_missing_extra_and_odd_fields_are_answered(
    client: Client, cast: SimpleNamespace, step: str, data: dict[str, Any]
) -> None:
    token = open_form(client)
    assert client.post(step_url(token, step), data).status_code in (200, 302)
    assert Suggestion.objects.count() == 0


@pytest.mark.parametrize("token", ["", "x", "\x00", "𬱖" * 40, "a" * 5000, "%", "../../etc"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_odd_tokens_lead_to_a_new_form(
    client: Client, cast: SimpleNamespace, token: str, method: str
) -> None:
    address = f"/suggestions/new/?{urlencode({'form': token, 'step': 'what'})}"
    response = getattr(client, method)(address, follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", b"MZ\x90\x00" + b"\x00" * 400),
        ("photo.jpg", b""),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
        ("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("..\\..\\<b>.jpg", b"plain words"),
        ("a" * 200 + ".jpg", b"\xff\xd8\xff\xe0broken"),
    ],
)
def test_what_is_no_photo_is_refused_by_name(
    client: Client, cast: SimpleNamespace, name: str, content: bytes
) -> None:
    token = open_form(client)
    send_step(client, token, "what")
    bad = SimpleUploadedFile(name, content, "image/jpeg")
    response = send_step(client, token, "where", photos=[bad, picture()])
    assert response.status_code == 200
    assert StagedPhoto.objects.count() == 1
    assert "<b>" not in text_of(response)
    if content:
        assert list(response.context["form"].errors) == ["photos"]


def test_a_truncated_photo_is_refused(client: Client, cast: SimpleNamespace) -> None:
    whole = picture(size=(900, 900)).read()
    token = open_form(client)
    send_step(client, token, "what")
    cut = SimpleUploadedFile("cut.jpg", whole[: len(whole) // 2], "image/jpeg")
    assert list(send_step(client, token, "where", photos=[cut]).context["form"].errors) == ["photos"]


def test_a_decompression_bomb_is_refused_before_it_is_decoded(client: Client, cast: SimpleNamespace) -> None:
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )
    token = open_form(client)
    send_step(client, token, "what")
    response = send_step(client, token, "where", photos=[SimpleUploadedFile("bomb.png", bomb)])
    assert list(response.context["form"].errors) == ["photos"]
    assert StagedPhoto.objects.count() == 0


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(client: Client, cast: SimpleNamespace, method: str) -> None:
    for url in ("/suggestions/new/", "/suggestions/track/", "/suggestions/", "/suggestions/2026000001/"):
        assert getattr(client, method)(url).status_code == 405
