"""Telephone numbers as people in China write them."""

import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−.·()\[\]/_]+")
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
COUNTRY = re.compile(r"^(?:\+|00)86(?=\d)")
MOBILE = re.compile(r"1[3-9]\d{9}")
# Two-digit areas (010, 02x) have eight digits, three-digit areas seven or eight; none begins with 0, 1 or 9.
LANDLINE = re.compile(r"(010|02\d)([2-8]\d{7})|(0[3-9]\d{2})([2-8]\d{6,7})")
LOCAL = re.compile(r"[2-8]\d{7}")
SHARED_COST = re.compile(r"400\d{7}")
SERVICE = frozenset({"12345"})
DEFAULT_AREA = "024"


def normalise_phone(text: str) -> str:
    """One way of writing a number: 13812341234, 024-22345678, 4001234567, 12345.

    Full-width digits, separators and +86 go; an eight-digit number gets the area code (`settings.AREA_CODE`).
    What is no number comes back without separators, for `validate_phone` to refuse.
    """
    compact = SEPARATORS.sub("", INVISIBLE.sub("", unicodedata.normalize("NFKC", text or "")))
    digits = COUNTRY.sub("", compact)
    if len(digits) == 13 and digits.startswith("861"):
        digits = digits[2:]
    # Abroad an area code loses its 0: +86 24 2234 5678.
    if digits != compact and not digits.startswith(("0", "1", "400")):
        digits = "0" + digits
    if LOCAL.fullmatch(digits):
        digits = getattr(settings, "AREA_CODE", DEFAULT_AREA) + digits
    landline = LANDLINE.fullmatch(digits)
    if landline:
        area, number = (group for group in landline.groups() if group)
        return f"{area}-{number}"
    return digits


def is_mobile(phone: str) -> bool:
    """For a normalised number."""
    return bool(MOBILE.fullmatch(phone))


def validate_phone(text: str) -> None:
    """ValidationError (code "phone") unless the text is a mobile, landline, 400 or service number."""
    phone = normalise_phone(text)
    if phone in SERVICE or is_mobile(phone) or SHARED_COST.fullmatch(phone):
        return
    if LANDLINE.fullmatch(phone.replace("-", "", 1)):
        return
    raise ValidationError(
        _("Enter a mobile number with 11 digits, or a landline with area code such as 024-22345678."),
        code="phone",
    )
