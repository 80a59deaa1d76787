"""Uploaded pictures: look before decoding, shrink while decoding, keep nothing of the original file.

What is stored is a fresh JPEG of at most 2048 px: no EXIF, no place, no camera, no second file behind it.
"""

import hashlib
import io
import re
import threading
from dataclasses import dataclass
from typing import BinaryIO

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_BYTES = 20 * 1024 * 1024
# 64 times 1024 x 1024: phones sold as "64 megapixels" make 9248 x 6936, which is 64.1 million.
MAX_PIXELS = 64 * 1024 * 1024
LONG_SIDE = 2048
QUALITY = 85
# Its decoder cannot shrink on the way and holds four copies: 32 megapixels are half a gigabyte.
MAX_PIXELS_WEBP = MAX_PIXELS // 2
# What the first bytes say -> what Pillow may call it. Phones add previews to a JPEG, Pillow calls that MPO.
FORMATS = {
    "image/jpeg": {"JPEG", "MPO"},
    "image/png": {"PNG"},
    "image/apng": {"PNG"},
    "image/webp": {"WEBP"},
}
ORIENTATION_TAG = 0x0112
STRIP_ROWS = 256
# A progressive JPEG has about ten scans; each costs one pass over all pixels, so thousands would cost hours.
MAX_SCANS = 40
NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9

ERRORS = {
    "photo_empty": _("This photo is empty. Please choose it again."),
    "photo_too_big": _("This photo is larger than 20 MB. Please choose a smaller one."),
    "photo_type": _("This is not a photo we can read. Please choose a JPG, PNG or WebP picture."),
    "photo_too_large": _("This photo has more than %(limit)d million pixels. Please choose a smaller one."),
    "photo_broken": _("This photo is damaged or incomplete. Please take or choose it again."),
}

# One picture at a time in a process: ten phones sending at once must not need ten times the memory.
_decoding = threading.Lock()


@dataclass(frozen=True)
class ProcessedPhoto:
    """A JPEG ready to be stored; `sha256` is that of `content`, as hex."""

    content: bytes
    width: int
    height: int
    sha256: str


def read_photo(uploaded_file: File | BinaryIO) -> ProcessedPhoto:
    """The upload as a clean JPEG of at most 2048 px, upright, first frame only.

    ValidationError with a code out of ERRORS. A 50-megapixel JPEG is decoded at half size or less.
    """
    mime = _check_outside(uploaded_file)
    with _decoding:
        image = _open(uploaded_file, mime)
        try:
            small = _upright(image, _shrunk(image))
            content = _as_jpeg(small)
        # Pillow's readers raise nearly anything at a damaged file: OSError, SyntaxError, struct.error...
        except Exception as error:
            raise _refusal("photo_broken") from error
        finally:
            image.close()
    return ProcessedPhoto(content, small.width, small.height, hashlib.sha256(content).hexdigest())


def _check_outside(file: File | BinaryIO) -> str:
    size = file.seek(0, io.SEEK_END) if not isinstance(file, File) else file.size
    if not size:
        raise _refusal("photo_empty")
    if size > MAX_BYTES:
        raise _refusal("photo_too_big")
    file.seek(0)
    kind = filetype.guess(file.read(262))
    file.seek(0)
    if kind is None or kind.mime not in FORMATS:
        raise _refusal("photo_type")
    return str(kind.mime)


def _open(file: File | BinaryIO, mime: str) -> Image.Image:
    """The picture with nothing but its header read."""
    try:
        image = Image.open(file, formats=sorted(FORMATS[mime] - {"MPO"}))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refusal("photo_too_large", limit=MAX_PIXELS >> 20) from error
    except Exception as error:
        raise _refusal("photo_broken") from error
    if image.format not in FORMATS[mime]:
        raise _refusal("photo_type")
    limit = MAX_PIXELS_WEBP if image.format == "WEBP" else MAX_PIXELS
    if image.width * image.height > limit:
        raise _refusal("photo_too_large", limit=limit >> 20)
    if image.info.get("progressive") and _scans(file) > MAX_SCANS:
        raise _refusal("photo_broken")
    return image


def _scans(file: File | BinaryIO) -> int:
    """Passes the decoder of this JPEG would make; what stands behind the picture's end is not looked at."""
    position = file.tell()
    file.seek(0)
    content = file.read()
    file.seek(position)
    scans, at = 0, 2
    while match := NEXT_MARKER.search(content, at):
        marker, at = match[0][1], match.end()
        if marker == END_OF_IMAGE:
            break
        scans += marker == START_OF_SCAN
        # Every segment names its own length, so a preview inside one is stepped over.
        at += int.from_bytes(content[at : at + 2], "big")
    return scans


def _shrunk(image: Image.Image) -> Image.Image:
    """An RGB copy of at most 2048 px, white where the picture is transparent."""
    # JPEG can skip detail while decoding: 50 megapixels then take 40 MB, not 200.
    image.draft("RGB", (LONG_SIDE, LONG_SIDE))
    image.load()
    factor = max(1, max(image.size) // LONG_SIDE)
    if factor == 1:
        small = _flat(image)
    else:
        # In strips, because a flat copy of a large PNG beside the decoded one would double the memory.
        size = (-(-image.width // factor), -(-image.height // factor))
        small = Image.new("RGB", size)
        rows = STRIP_ROWS * factor
        for top in range(0, image.height, rows):
            strip = image.crop((0, top, image.width, min(top + rows, image.height)))
            small.paste(_flat(strip).reduce(factor), (0, top // factor))
    small.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return small


def _flat(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # 16-bit grey: a plain conversion would cut at 255 instead of scaling.
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image.convert("RGB")


def _upright(original: Image.Image, small: Image.Image) -> Image.Image:
    try:
        orientation = original.getexif().get(ORIENTATION_TAG, 1)
    except Exception:  # noqa: BLE001  as above
        # A picture with unreadable extra data is still a picture.
        return small
    # Let Pillow do the turning: it knows the eight cases from the tag alone.
    small.getexif()[ORIENTATION_TAG] = orientation
    return ImageOps.exif_transpose(small)


def _as_jpeg(image: Image.Image) -> bytes:
    clean = Image.frombytes("RGB", image.size, image.tobytes())
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()


def _refusal(code: str, **params: int) -> ValidationError:
    return ValidationError(ERRORS[code], code=code, params=params or None)
