"""Small drawn pictures in place of photos: a house, a road and parked cars, nobody in them."""

from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from suggestions.models import StagedPhoto
from suggestions.staging import stage

SIZE = (480, 360)
WALLS = ("#b9a99a", "#c9b8a2", "#a8adb3", "#b7c0b0")
CARS = ("#7a2e2e", "#2e4a7a", "#e8e8e8", "#3b3b3b", "#8a8f94")
WINDOWS = ("#5b6b7a", "#f3d98b")


def staged_photo(token: str, rng: Random) -> StagedPhoto:
    """A drawn picture waiting under the form's token, checked and shrunk as an upload is."""
    return stage(token, SimpleUploadedFile("photo.jpg", drawing(rng), content_type="image/jpeg"))


def drawing(rng: Random) -> bytes:
    """A JPEG of 480 by 360 that differs with the chance given."""
    image = Image.new("RGB", SIZE, "#cfdbe6")
    pen = ImageDraw.Draw(image)
    left = rng.randint(20, 80)
    pen.rectangle((left, 60, left + 340, 250), fill=rng.choice(WALLS))
    for row in range(4):
        for column in range(7):
            x, y = left + 18 + column * 46, 74 + row * 44
            pen.rectangle((x, y, x + 26, y + 26), fill=rng.choices(WINDOWS, (5, 1))[0])
    pen.rectangle((0, 250, *SIZE), fill="#8d8f91")
    for _car in range(rng.randint(2, 5)):
        x, y = rng.randint(0, 400), rng.randint(262, 318)
        pen.rounded_rectangle((x, y, x + 72, y + 26), radius=8, fill=rng.choice(CARS))
        pen.ellipse((x + 8, y + 18, x + 24, y + 34), fill="#222222")
        pen.ellipse((x + 48, y + 18, x + 64, y + 34), fill="#222222")
    memory = BytesIO()
    image.save(memory, "JPEG", quality=70)
    return memory.getvalue()
