"""Portraits: one upload becomes three JPEGs of 3:4, named by chance; a deputy's row holds that name.

They are public while the person is in office and are served by `stations.views.portrait`.
"""

import io
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from congress_portal.common.photos import QUALITY, read_photo

# Width in pixels of each; the height is a third more.
SIZES = {"s": 96, "m": 240, "l": 600}
SMALLEST = (SIZES["m"], SIZES["m"] * 4 // 3)
# Heads are in the upper half, so what is too high loses more below than above.
CENTRE = (0.5, 0.3)
# Who leaves office must not be shown much longer by somebody else's memory.
PUBLIC = "public, max-age=3600"
PRIVATE = "private, no-store"


def addresses(key: str, name: str) -> dict[str, str]:
    """Size → address of the portrait called `name` of the deputy with this key; {} for ""."""
    if not name:
        return {}
    # A new portrait has a new name, so no browser shows the old one.
    return {
        size: f"{reverse('deputy_portrait', args=[key, width])}?v={name[:8]}" for size, width in SIZES.items()
    }


def path(name: str, width: int) -> str:
    return f"portraits/{name[:2]}/{name}-{width}.jpg"


def cut(upload: UploadedFile) -> dict[int, bytes]:
    """Width → JPEG. ValidationError as `read_photo`, or if the picture is too small."""
    photo = read_photo(upload)
    if photo.width < SMALLEST[0] or photo.height < SMALLEST[1]:
        raise ValidationError(
            _("This photo is too small. Please choose one of at least %(width)d × %(height)d pixels."),
            code="photo_too_small",
            params={"width": SMALLEST[0], "height": SMALLEST[1]},
        )
    with Image.open(io.BytesIO(photo.content), formats=["JPEG"]) as image:
        return {width: _jpeg(image, width) for width in SIZES.values()}


def _jpeg(image: Image.Image, width: int) -> bytes:
    # A small picture is not blown up.
    width = min(width, image.width, image.height * 3 // 4)
    buffer = io.BytesIO()
    ImageOps.fit(image, (width, width * 4 // 3), Image.Resampling.LANCZOS, centering=CENTRE).save(
        buffer, "JPEG", quality=QUALITY, optimize=True
    )
    return buffer.getvalue()


def keep(deputy: Any, pictures: Mapping[int, bytes]) -> None:
    """Store the pictures under a new name and put it into the row, which the caller saves."""
    forget(deputy)
    deputy.portrait = uuid.uuid4().hex
    for width, content in pictures.items():
        default_storage.save(path(deputy.portrait, width), ContentFile(content))


def forget(deputy: Any) -> None:
    """Take the portrait out of the row, which the caller saves; the files go when that is certain."""
    old, deputy.portrait = deputy.portrait, ""
    if old:
        transaction.on_commit(lambda: _delete(old))


def response(request: HttpRequest, name: str, width: int, *, cached: str = PUBLIC) -> HttpResponseBase:
    """The picture of this name and width; Http404 without one."""
    try:
        file = default_storage.open(path(name, width), "rb") if name else None
    except OSError:
        file = None
    if file is None:
        raise Http404
    etag = f'"{name}-{width}"'
    full: Any = FileResponse(file, content_type="image/jpeg", filename=f"portrait-{width}.jpg")
    full["ETag"] = etag
    full["Cache-Control"] = cached
    # Without the picture if the browser has it already.
    answer: Any = get_conditional_response(request, etag=etag, response=full)
    if answer is not full:
        file.close()
    return answer


def _delete(name: str) -> None:
    for width in SIZES.values():
        default_storage.delete(path(name, width))
