"""Filters and tags every page may use: {% load portal %}."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django import template
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from congress_portal.common import clock
from congress_portal.common.percent import HUNDREDTH
from congress_portal.common.workdays import workdays_until

register = template.Library()

DASH = "—"
GREETING_ENDS, GREETING_LENGTH = ("：", ":"), 12
SENTENCE_ENDS = "。？！；…：，、.?!;:,"
SIGNATURE_LINES, SIGNATURE_LENGTH = 2, 30  # who, and when
ICON_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@register.filter
def zh_date(value: date | datetime | None) -> str:
    """2026年1月5日 in Chinese, else the language's own date; a moment as its day in China; "" for None."""
    return date_format(_day(value), "DATE_FORMAT") if value else ""


@register.filter
def due(value: date | datetime | None) -> str:
    """还剩 3 个工作日（10 月 10 日前）, or that it is today, or how late it is; "" for None."""
    if not value:
        return ""
    day = _day(value)
    left = workdays_until(clock.today(), day)
    given = {"count": abs(left), "date": short_date(day)}
    if left == 0:
        return _("Due today (%(date)s)") % given
    if left > 0:
        sentence = ngettext(
            "%(count)d working day left (by %(date)s)", "%(count)d working days left (by %(date)s)", left
        )
    else:
        sentence = ngettext(
            "%(count)d working day overdue (was due %(date)s)",
            "%(count)d working days overdue (was due %(date)s)",
            -left,
        )
    return sentence % given


@register.filter
def short_date(value: date | datetime | None) -> str:
    """10 月 10 日, with the year where it is not this one; "" for None."""
    if not value:
        return ""
    day = _day(value)
    if day.year == clock.today().year:
        return date_format(day, pgettext("short date format", "j M"))
    return date_format(day, pgettext("short date format", "j M Y"))


@register.filter
def labelled(label: object, value: object) -> str:
    """Both with the colon of the language between them."""
    return _("%(what)s: %(value)s") % {"what": label, "value": value}


@register.filter
def percent(value: Decimal | float | int | None) -> str:
    """96.39%, two decimals half up; a dash for None: there was nothing to count."""
    if value is None or value == "":
        return DASH
    return f"{Decimal(str(value)).quantize(HUNDREDTH, ROUND_HALF_UP)}%"


@register.filter
def letter_lines(text: str, signer: str = "") -> list[tuple[str, str]]:
    """The lines of a letter with their place: "greeting" (flush), "sign" (right) or "" (indented).

    `signer` is set below the letter anyway: where the writer signed with the same name, that is left out.
    """
    lines = [line.strip() for line in str(text or "").splitlines() if line.strip()]
    if signer and str(signer) in lines[1:][-SIGNATURE_LINES:]:
        del lines[len(lines) - 1 - lines[::-1].index(str(signer)) :]
    places = [""] * len(lines)
    if lines and lines[0].endswith(GREETING_ENDS) and len(lines[0]) <= GREETING_LENGTH:
        places[0] = "greeting"
    for index in range(len(lines) - 1, max(len(lines) - 1 - SIGNATURE_LINES, 0), -1):
        if lines[index][-1] in SENTENCE_ENDS or len(lines[index]) > SIGNATURE_LENGTH:
            break
        places[index] = "sign"
    return list(zip(lines, places, strict=True))


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing templates/components/icons/<name>.svg, hidden from screen readers: text stands beside it.

    A name without a file raises while developing and draws nothing in production.
    """
    try:
        return _drawing(str(name))
    except TemplateDoesNotExist:
        if settings.DEBUG:
            raise
        return mark_safe("")


@lru_cache(maxsize=256)
def _drawing(name: str) -> SafeString:
    if not ICON_NAME.fullmatch(name):
        raise TemplateDoesNotExist(f"components/icons/{name}.svg")
    svg = render_to_string(f"components/icons/{name}.svg").strip()
    svg = svg[svg.index("<svg") :]
    head, gap, rest = svg.partition(">")
    for attribute, value in (("class", "icon"), ("aria-hidden", "true"), ("focusable", "false")):
        if f" {attribute}=" not in head:
            head += f' {attribute}="{value}"'
    return mark_safe(head + gap + rest)  # noqa: S308  our own file, chosen by an allow-listed name


def _day(value: date | datetime) -> date:
    return clock.local_date(value) if isinstance(value, datetime) else value
