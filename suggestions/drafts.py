"""A form half filled in: whose browser it belongs to, what was answered so far, which photos wait.

The token is the form: it is bound to the session that opened it, and `submit` makes one suggestion of it.
Answers are kept encrypted for a day, so the back button, a reload or a dead battery lose nothing.
"""

import json
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from congress_portal.common import clock
from congress_portal.common.text import clean_line

from . import staging
from .models import Draft, StagedPhoto

LIFETIME = timedelta(hours=24)
# Enough for somebody who opens the form in several tabs; the oldest gives way.
MAX_FORMS = 8
FORMS = "forms"

Answers = dict[str, dict[str, Any]]


def begin(session: SessionBase, **context: Any) -> str:
    """A new form of this session. `context` is what it was opened with: venue, deputy, case."""
    token = secrets.token_urlsafe(27)
    forms = dict(session.get(FORMS) or {})
    while len(forms) >= MAX_FORMS:
        forms.pop(next(iter(forms)))
    session[FORMS] = forms | {token: context}
    return token


def context_of(session: SessionBase, token: str) -> dict[str, Any] | None:
    """What the form was opened with; None: it is not a form of this session."""
    return (session.get(FORMS) or {}).get(token)


def form_for_case(session: SessionBase, case_id: int) -> str:
    """The token under which this session's photos for a note on the case wait."""
    for token, context in (session.get(FORMS) or {}).items():
        if context.get("case") == case_id:
            return str(token)
    return begin(session, case=case_id)


def forget(session: SessionBase, token: str) -> None:
    """The form is done; its token means nothing any more."""
    forms = dict(session.get(FORMS) or {})
    if forms.pop(token, None) is not None:
        session[FORMS] = forms


def answers_of(token: str) -> Answers:
    """Step → answers; empty if nothing was kept, or for too long."""
    row = Draft.objects.filter(token=token, updated_at__gte=clock.now() - LIFETIME).first()
    return json.loads(row.answers or "{}") if row else {}


def keep(token: str, step: str, answers: dict[str, Any]) -> None:
    """Keep the answers of one step beside those of the others."""
    merged = answers_of(token) | {step: answers}
    Draft.objects.update_or_create(
        token=token, defaults={"answers": json.dumps(merged, ensure_ascii=False), "updated_at": clock.now()}
    )


def discard(token: str) -> None:
    """The answers are in the suggestion now."""
    Draft.objects.filter(token=token).delete()


def add_photos(token: str, uploads: Iterable[UploadedFile]) -> list[str]:
    """Keep the photos that can be read; one sentence for each that cannot."""
    problems: list[str] = []
    for upload in uploads:
        if staging.staged(token).count() >= staging.MAX_PHOTOS or len(problems) >= staging.MAX_PHOTOS:
            # What has no room is not even decoded.
            problems.append(_("At most %(count)d photos.") % {"count": staging.MAX_PHOTOS})
            break
        try:
            staging.stage(token, upload)
        except ValidationError as error:
            name = clean_line(upload.name or "")[:40]
            problems.append(f"{name}: {error.messages[0]}" if name else error.messages[0])
    return problems


def remove_photo(token: str, pk: str) -> None:
    """Take one waiting photo away, file included; anything that is not this form's is left alone."""
    if pk.isascii() and pk.isdecimal() and len(pk) < 18:
        _delete(StagedPhoto.objects.filter(token=token, pk=int(pk)))


def purge(before: datetime) -> tuple[int, int]:
    """Delete drafts and waiting photos older than `before`; how many of each."""
    drafts, _rows = Draft.objects.filter(updated_at__lt=before).delete()
    return drafts, _delete(StagedPhoto.objects.filter(created_at__lt=before))


def _delete(photos: Iterable[StagedPhoto]) -> int:
    count = 0
    for photo in photos:
        # The row decides: of two at once only one deletes the file, and a photo just sent is no longer here.
        if StagedPhoto.objects.filter(pk=photo.pk).delete()[0]:
            photo.file.delete(save=False)
            count += 1
    return count
