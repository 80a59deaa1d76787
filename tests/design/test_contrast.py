"""The colours of tokens.css can be read: WCAG contrast of every declared pair, light and dark."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
SCHEMES = ("light", "dark")
STATES = ("waiting", "moving", "answered", "done", "stopped", "late", "overdue")
GROUNDS = ("paper", "surface", "sunken")

# (text, ground, least ratio): 4.5 for text (WCAG 1.4.3), 3 for edges of controls (1.4.11).
PAIRS = [
    *((text, ground, 4.5) for text in ("ink", "muted", "accent", "link") for ground in GROUNDS),
    *((state, f"{state}-soft", 4.5) for state in STATES),
    *((state, ground, 4.5) for state in STATES for ground in ("paper", "surface")),
    *(("ink", f"{state}-soft", 4.5) for state in STATES),
    ("ink", "accent-soft", 4.5),
    ("accent", "accent-soft", 4.5),
    ("on-fill", "accent-fill", 4.5),
    ("on-fill", "accent-fill-hover", 4.5),
    # The tick in a finished step stands on the "done" colour.
    ("surface", "done", 4.5),
    *(("line-strong", ground, 3) for ground in GROUNDS),
    *(("focus", ground, 3) for ground in GROUNDS),
    # The edge of a line that is overdue.
    *((edge, ground, 3) for edge in ("late-edge", "overdue") for ground in ("paper", "surface")),
]


def declared(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})\s*;", block))


def tokens() -> dict[str, dict[str, str]]:
    """Colours by scheme; dark takes what it does not redefine from light."""
    css = (CSS / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    return {"light": declared(light), "dark": declared(light) | declared(dark)}


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_can_be_read(scheme: str) -> None:
    colours = tokens()[scheme]
    weak = [
        f"{text} on {ground}: {contrast(colours[text], colours[ground]):.2f} < {least}"
        for text, ground, least in PAIRS
        if contrast(colours[text], colours[ground]) < least
    ]
    assert weak == []


def test_accent_on_white_is_at_least_seven_to_one() -> None:
    assert contrast(tokens()["light"]["accent"], "#ffffff") >= 7


def test_every_colour_has_a_dark_pair() -> None:
    css = (CSS / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    assert set(declared(dark)) == set(declared(light))


def test_only_the_tokens_name_colours() -> None:
    # Paper is black on white whatever the screen is; a QR code needs a white ground in the dark too.
    allowed = {
        "tokens.css": None,
        "print.css": None,
        "poster.css": None,
        "paper.css": None,
        "receipt.css": None,
        "rating.css": {"#ffffff"},
    }
    strangers = {
        path.name: found
        for path in CSS.rglob("*.css")
        if (found := set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,)\s])", path.read_text(encoding="utf-8"))))
        and allowed.get(path.name, set()) is not None
        and found - (allowed.get(path.name) or set())
    }
    assert strangers == {}
