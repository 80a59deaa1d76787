"""Photos that wait under a form's token until the form is sent, so that a failed form keeps them."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from congress_portal.common import clock
from congress_portal.common.photos import read_photo

from .models import StagedPhoto

MAX_PHOTOS = 6


def staged(token: str) -> QuerySet[StagedPhoto]:
    """Photos waiting under this token, in the order they came."""
    return StagedPhoto.objects.filter(token=token)


def stage(token: str, upload: UploadedFile) -> StagedPhoto:
    """Check, shrink and keep one photo; the same picture twice is kept once. ValidationError if refused."""
    photo = read_photo(upload)
    waiting = staged(token)
    known = waiting.filter(sha256=photo.sha256).first()
    if known:
        return known
    if waiting.count() >= MAX_PHOTOS:
        raise ValidationError(_("At most %(count)d photos.") % {"count": MAX_PHOTOS}, code="too_many")
    row = StagedPhoto(token=token, sha256=photo.sha256, created_at=clock.now())
    row.file.save("photo.jpg", ContentFile(photo.content, name="photo.jpg"), save=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # The same picture at the same moment, from a second click.
        row.file.delete(save=False)
        return waiting.get(sha256=photo.sha256)
    return row
