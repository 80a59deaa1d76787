"""Every bad picture is made here, none is stored."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from congress_portal.common import photos
from congress_portal.common.photos import read_photo

RED, BLUE = (200, 30, 30), (30, 30, 200)


def _picture(kind: str = "JPEG", size: tuple[int, int] = (400, 300), mode: str = "RGB", **options) -> bytes:
    colour = {
        "RGBA": (200, 30, 30, 0),
        "LA": (90, 0),
        "L": 90,
        "P": 3,
        "I;16": 40000,
        "CMYK": (0, 200, 200, 0),
    }
    buffer = io.BytesIO()
    Image.new(mode, size, colour.get(mode, RED)).save(buffer, kind, **options)
    return buffer.getvalue()


def _upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _opened(photo: photos.ProcessedPhoto) -> Image.Image:
    image = Image.open(io.BytesIO(photo.content))
    image.load()
    return image


def _refused(content: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(ValidationError) as raised:
        read_photo(_upload(content, name))
    assert str(raised.value.message) == str(photos.ERRORS[raised.value.code])
    return raised.value.code


def _png(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG that claims a size without having the pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(body)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_comes_back_as_a_plain_jpeg(kind):
    photo = read_photo(_upload(_picture(kind)))
    image = _opened(photo)
    assert (image.format, image.size, (photo.width, photo.height)) == ("JPEG", (400, 300), (400, 300))
    assert len(photo.sha256) == 64


def test_the_same_photo_has_the_same_fingerprint():
    content = _picture()
    assert read_photo(_upload(content)).sha256 == read_photo(_upload(content, "other.jpg")).sha256


def test_a_plain_file_object_will_do():
    assert read_photo(io.BytesIO(_picture())).width == 400


@pytest.mark.parametrize(("size", "expected"), [((3000, 1500), (2048, 1024)), ((900, 4096), (450, 2048))])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_photo_is_scaled_to_2048_on_its_long_side(kind, size, expected):
    photo = read_photo(_upload(_picture(kind, size)))
    assert (photo.width, photo.height) == expected


def test_shrinking_in_strips_leaves_no_seam_and_no_stretch():
    source = Image.new("RGB", (5000, 4101), RED)
    source.paste(BLUE, (0, 2050, 5000, 4101))
    buffer = io.BytesIO()
    source.save(buffer, "PNG")
    image = _opened(read_photo(_upload(buffer.getvalue())))
    assert image.size == (2048, 1680)
    rows = [image.getpixel((1000, y)) for y in range(image.height)]
    reds = [row[0] > row[2] for row in rows]
    assert reds.index(False) in range(838, 843)
    assert not any(reds[845:])
    assert all(reds[:835])


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "LA"),
        ("PNG", "L"),
        ("PNG", "P"),
        ("PNG", "I;16"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
    ],
)
def test_every_colour_mode_becomes_rgb(kind, mode):
    assert _opened(read_photo(_upload(_picture(kind, mode=mode)))).mode == "RGB"


def test_what_is_transparent_becomes_white_and_deep_grey_stays_grey():
    assert _opened(read_photo(_upload(_picture("PNG", mode="RGBA")))).getpixel((5, 5)) == (255, 255, 255)
    grey = _opened(read_photo(_upload(_picture("PNG", mode="I;16")))).getpixel((5, 5))
    assert abs(grey[0] - 40000 // 256) <= 2


def test_a_photo_taken_on_its_side_stands_upright_and_loses_place_and_camera():
    source = Image.new("RGB", (400, 300), RED)
    source.paste(BLUE, (0, 0, 200, 300))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETCAM"
    exif.get_ifd(0x8825)[1] = "N"
    buffer = io.BytesIO()
    source.save(buffer, "JPEG", exif=exif, comment=b"SECRETNOTE")
    photo = read_photo(_upload(buffer.getvalue()))
    image = _opened(photo)
    assert (photo.width, photo.height) == image.size == (300, 400)
    top, bottom = image.getpixel((150, 50)), image.getpixel((150, 350))
    assert top[2] > top[0]
    assert bottom[0] > bottom[2]
    assert not dict(image.getexif())
    assert b"SECRET" not in photo.content


def test_a_phone_jpeg_with_previews_inside_is_a_photo():
    buffer = io.BytesIO()
    preview = Image.new("RGB", (100, 75), BLUE)
    Image.new("RGB", (400, 300), RED).save(buffer, "MPO", save_all=True, append_images=[preview])
    assert Image.open(io.BytesIO(buffer.getvalue())).format == "MPO"
    photo = read_photo(_upload(buffer.getvalue()))
    assert (photo.width, photo.height) == (400, 300)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind):
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (64, 64), BLUE)]
    Image.new("RGB", (64, 64), RED).save(buffer, kind, save_all=True, append_images=frames, duration=100)
    pixel = _opened(read_photo(_upload(buffer.getvalue()))).getpixel((30, 30))
    assert pixel[0] > 150
    assert pixel[2] < 80


def test_a_program_named_jpg_is_refused():
    assert _refused(b"MZ\x90\x00\x03" + b"\x00" * 4000) == "photo_type"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"hello", b"\x00"]
)
def test_other_files_are_refused(content):
    assert _refused(content) == "photo_type"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_other_pictures_are_refused(kind):
    assert _refused(_picture(kind)) == "photo_type"


def test_an_empty_file_is_refused():
    assert _refused(b"") == "photo_empty"


def test_a_program_behind_a_picture_does_not_survive():
    photo = read_photo(_upload(_picture() + b"MZ<?php EVIL ?>"))
    assert b"EVIL" not in photo.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_truncated_photo_is_refused(kind):
    noise = Image.effect_noise((800, 800), 90)
    buffer = io.BytesIO()
    noise.save(buffer, kind)
    content = buffer.getvalue()
    for length in (len(content) // 2, len(content) - 40, 60):
        assert _refused(content[:length]) == "photo_broken"


def test_only_a_picture_s_first_bytes_are_not_enough():
    assert _refused(b"\xff\xd8\xff\xe0" + b"\x00" * 500) == "photo_broken"
    assert _refused(b"\x89PNG\r\n\x1a\n" + b"\x00" * 500) == "photo_broken"


def test_a_small_file_that_unfolds_into_gigabytes_is_refused_before_decoding():
    assert _refused(_png(50_000, 50_000, b"\x00" * 10_000_000)) == "photo_too_large"
    assert _refused(_png(12_000, 8_000)) == "photo_too_large"
    # Just above our own limit and below the one at which the library itself gives up.
    assert _refused(_png(8193, 8193)) == "photo_too_large"


def test_the_limit_is_named_in_the_refusal():
    with pytest.raises(ValidationError) as raised:
        read_photo(_upload(_png(12_000, 8_000)))
    with translation.override("en"):
        assert raised.value.messages == [
            "This photo has more than 64 million pixels. Please choose a smaller one."
        ]


def test_a_webp_is_held_to_fewer_pixels_because_it_cannot_be_shrunk_while_decoding():
    # Lossless header of a picture 8000 x 4500 without a body.
    bits = (8000 - 1) | (4500 - 1) << 14
    body = b"VP8L" + struct.pack("<I", 10) + b"\x2f" + struct.pack("<I", bits) + b"\x00" * 5
    assert _refused(b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body) == "photo_too_large"


def test_a_jpeg_of_a_thousand_passes_is_refused_and_an_ordinary_progressive_one_is_not():
    content = _picture(size=(600, 400), progressive=True)
    assert read_photo(_upload(content + b"\xff\xda\x00\x02" * 500)).width == 600
    last = content.rindex(b"\xff\xda")
    assert _refused(content[:last] + content[last:-2] * 1000 + content[-2:]) == "photo_broken"


def test_a_png_that_ends_before_its_pixels_is_refused():
    assert _refused(_png(500, 500, b"\x00" * 100)) == "photo_broken"


def test_more_than_twenty_megabytes_are_refused_unread():
    class Untouchable(SimpleUploadedFile):
        def read(self, *args):
            raise AssertionError

    upload = Untouchable("photo.jpg", b"x")
    upload.size = photos.MAX_BYTES + 1
    with pytest.raises(ValidationError) as raised:
        read_photo(upload)
    assert raised.value.code == "photo_too_big"


@pytest.mark.slow
def test_a_photo_of_twenty_megabytes_and_fifty_megapixels_is_accepted():
    content = _picture("JPEG", (8160, 6144), quality=90)
    # What fills a file to its size in a camera is noise; after the end mark it costs no time to make.
    content += b"\x00" * (photos.MAX_BYTES - len(content))
    photo = read_photo(_upload(content))
    assert (photo.width, photo.height) == (2048, 1542)
    assert len(photo.content) < 2_000_000
