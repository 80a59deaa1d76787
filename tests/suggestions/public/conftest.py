"""A resident's browser: opens the form, fills in the steps, holds a case by its code."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from suggestions.models import Suggestion

NEW = "/suggestions/new/"
WHAT = {"text": "小区门口的路灯坏了三天,晚上看不清路。", "category": "ROADS"}
WHERE = {"community": "210103901001", "place": "三号楼门前"}
CONTACT = {"name": "王女士", "phone": "13900000009", "notice_read": "on"}
STEPS = {"what": WHAT, "where": WHERE, "contact": CONTACT}


@pytest.fixture(autouse=True)
def _counts_from_zero(db: Any) -> None:
    cache.clear()


def picture(
    colour: str = "red", name: str = "lamp.jpg", size: tuple[int, int] = (40, 30)
) -> SimpleUploadedFile:
    """A small photo; another colour is another photo."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def open_form(client: Client, **query: str) -> str:
    """Open a new form; its token."""
    response = client.get(NEW, query)
    assert response.status_code == 302
    return parse_qs(urlsplit(response["Location"]).query)["form"][0]


def step_url(token: str, step: str) -> str:
    return f"{NEW}?form={token}&step={step}"


def send_step(client: Client, token: str, step: str, **changes: Any) -> Any:
    return client.post(step_url(token, step), STEPS[step] | changes)


def fill(client: Client, token: str, **changes: dict[str, Any]) -> None:
    """The three steps, valid unless changed."""
    for step in STEPS:
        response = send_step(client, token, step, **changes.get(step, {}))
        assert response.status_code == 302, response.context["form"].errors


def send(client: Client, token: str) -> Any:
    return client.post(step_url(token, "check"))


def suggest(client: Client, **query: str) -> Suggestion:
    """All the way to the number."""
    token = open_form(client, **query)
    fill(client, token)
    assert send(client, token).status_code == 302
    return Suggestion.objects.get(form_token=token)


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def holding() -> Callable[[Any], Client]:
    """A browser in which number and code of the case were shown."""

    def open_case(case: Any) -> Client:
        client = Client()
        session = client.session
        session["held"] = [case.pk]
        session.save()
        return client

    return open_case


def action_url(case: Any, action: str) -> str:
    return reverse("suggestion_action", args=[case.number, action])
