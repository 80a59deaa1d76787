"""Unsent forms are forgotten after a day, with their photos."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client

from congress_portal.common import clock
from suggestions.models import Draft, Photo, StagedPhoto

from .conftest import WHAT, fill, open_form, picture, send, send_step, step_url, text_of

pytestmark = pytest.mark.django_db


def purge_after(hours: float) -> None:
    with clock.frozen(clock.now() + timedelta(hours=hours)):
        call_command("purge_drafts", verbosity=0)


def test_a_days_old_form_goes_with_its_photos_and_files(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token)
    send_step(client, token, "where", photos=[picture()])
    photo = StagedPhoto.objects.get()
    purge_after(23)
    assert (Draft.objects.count(), StagedPhoto.objects.count()) == (1, 1)
    purge_after(25)
    assert (Draft.objects.count(), StagedPhoto.objects.count()) == (0, 0)
    assert not photo.file.storage.exists(photo.file.name)


def test_photos_of_a_sent_form_stay(client: Client, cast: SimpleNamespace) -> None:
    token = open_form(client)
    fill(client, token)
    send_step(client, token, "where", photos=[picture()])
    send(client, token)
    purge_after(100)
    photo = Photo.objects.get()
    assert photo.file.storage.exists(photo.file.name)


def test_after_a_day_the_words_are_no_longer_shown_even_before_they_are_deleted(
    client: Client, cast: SimpleNamespace
) -> None:
    token = open_form(client)
    fill(client, token)
    with clock.frozen(clock.now() + timedelta(hours=25)):
        page = client.get(step_url(token, "what"))
    assert WHAT["text"] not in text_of(page)
