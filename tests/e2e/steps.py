"""What a resident does on the way to a number, as small steps."""

from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

from .people import Person
from .words import label, zh

TEXT = "小区停车位不够，晚上消防通道也被占用。希望能在小区西侧空地划一些车位。"
TITLE = "小区停车位不够，晚上消防通道也被占用"


RESULT, MANNER = "Are you satisfied with the result?", "And with the way it was handled?"


class Receipt(NamedTuple):
    """What the confirmation page gives out."""

    number: str
    code: str


def photo(folder: Path, name: str = "停车.jpg") -> Path:
    """A picture as a phone takes it, though small."""
    picture = Image.new("RGB", (1200, 900), "#8fa3ad")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 560, 1200, 900), fill="#4c5257")
    for left in range(60, 1100, 260):
        draw.rounded_rectangle((left, 520, left + 200, 640), 30, fill="#a8201a")
    path = folder / name
    picture.save(path, "JPEG")
    return path


def say_what(person: Person, text: str = TEXT) -> None:
    person.write(zh("What happened?"), text)
    person.choose("停车")
    person.press(zh("Go on"))


def say_where(person: Person, *, picture: Path | None = None) -> None:
    """The community is known from the scanned code; a spot and a photo besides."""
    person.write(zh("Which spot?"), "三号楼西侧空地")
    if picture:
        person.page.get_by_label(zh("Photos")).set_input_files(picture)
    person.press(zh("Go on"))


def say_who(person: Person) -> None:
    person.write(zh("What may we call you?"), "李女士")
    person.write(zh("Phone"), "13900000001")
    person.tick(zh("I have read how my information is used"))
    person.tick(zh("The result may be made public, without name, phone or door number"))
    person.press(zh("Go on"))


def fill_in(person: Person, *, picture: Path | None = None, start: str = "/q/TS1/") -> None:
    """Everything up to the last look."""
    person.open(start)
    say_what(person)
    say_where(person, picture=picture)
    say_who(person)
    person.heading(zh("Is everything right?"))


def receipt(person: Person) -> Receipt:
    """Number and code as they stand on the confirmation page."""
    person.heading(zh("We have received your suggestion"))
    return Receipt(*(person.page.locator(f".receipt .{name}").inner_text() for name in Receipt._fields))


def send(person: Person) -> Receipt:
    person.press(zh("Send the suggestion"))
    return receipt(person)


def track(person: Person, receipt: Receipt) -> None:
    person.open("/suggestions/track/")
    person.write(zh("Number"), receipt.number)
    person.write(zh("Query code"), receipt.code)
    person.press(zh("Check progress"))
    person.sees(TITLE)


def code_for(person: Person, receipt: Receipt, path: str) -> None:
    """By a link that knows the number, with the code that was written down."""
    person.open(path)
    person.write(zh("Query code"), receipt.code)


def rate(person: Person, level: str, reason: str = "", *, manner: str = "") -> None:
    """Both questions, on the page of the case or their own; `level` as written on the large buttons.

    `manner` answers the second one, about the way it was handled; the same as the first if not given.
    """
    for question, answer in ((RESULT, level), (MANNER, manner or level)):
        group = person.page.get_by_role("group", name=zh(question))
        group.get_by_role("radio", name=answer, exact=True).check()
    if reason:
        person.write(zh("Would you like to say why?"), reason)
    person.press(zh("Send my rating"))


def at_desk(person: Person, title: str = TITLE) -> None:
    """From the list of what waits to the case."""
    person.open("/desk/")
    person.follow(title)


def do(person: Person, action: str) -> None:
    """Press the button of an action, or follow it to its form."""
    words = label(action)
    person.page.get_by_role("button", name=words, exact=True).or_(
        person.page.get_by_role("link", name=words, exact=True)
    ).first.click()
