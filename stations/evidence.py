"""Photos that show a requirement of a standard is met: private, re-encoded, without the camera's data.

A photo waits under a name nobody can guess until its form is saved, so that a mistake elsewhere in the form
does not cost it; what still waits after a day is forgotten.
"""

import re
import uuid
from contextlib import suppress
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404

from congress_portal.common import clock
from congress_portal.common.photos import read_photo

WAITING = "evidence/waiting"
WAITS = timedelta(days=1)
NAME = re.compile(r"[0-9a-f]{32}")


def path(name: str) -> str:
    return f"evidence/{name[:2]}/{name}.jpg"


def stage(upload: UploadedFile) -> str:
    """Keep the picture until the form is saved; its name. ValidationError as `read_photo`."""
    photo = read_photo(upload)
    _forget_waiting()
    name = uuid.uuid4().hex
    default_storage.save(f"{WAITING}/{name}.jpg", ContentFile(photo.content))
    return name


def is_staged(name: str) -> bool:
    """Whether a picture of this name waits; the name may come from a forged form."""
    return bool(NAME.fullmatch(name)) and default_storage.exists(f"{WAITING}/{name}.jpg")


def keep(name: str) -> None:
    """Store a waiting picture for good; it stops waiting when the transaction is through."""
    waiting = f"{WAITING}/{name}.jpg"
    with default_storage.open(waiting, "rb") as file:
        default_storage.save(path(name), ContentFile(file.read()))
    transaction.on_commit(lambda: default_storage.delete(waiting))


def forget(name: str) -> None:
    """Delete a stored picture when the transaction is through."""
    transaction.on_commit(lambda: default_storage.delete(path(name)))


def response(name: str) -> FileResponse:
    """The picture, for nobody's cache; Http404 without one."""
    try:
        file = default_storage.open(path(name), "rb") if name else None
    except OSError:
        file = None
    if file is None:
        raise Http404
    answer = FileResponse(file, content_type="image/jpeg", filename="evidence.jpg")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _forget_waiting() -> None:
    """Forms that were never saved leave pictures behind; few wait at a time, so each new one looks."""
    if not default_storage.exists(WAITING):
        return
    oldest = clock.now() - WAITS
    for file in default_storage.listdir(WAITING)[1]:
        # Another form may have been saved, or have tidied up, in the same moment.
        with suppress(FileNotFoundError):
            if default_storage.get_modified_time(f"{WAITING}/{file}") < oldest:
                default_storage.delete(f"{WAITING}/{file}")
