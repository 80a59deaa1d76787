"""Reception days as iCalendar files (RFC 5545) that calendar programs subscribe to.

Nothing about residents stands in them, and the address of an online meeting is only for those who booked.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import icalendar
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congress_portal.common import clock
from congress_portal.common.keys import keyed_digest

from .models import ReceptionMode, ReceptionSession, SessionStatus

ZONE = "Asia/Shanghai"
# How often a program that subscribes should look again.
REFRESH = timedelta(hours=6)
Address = Callable[[ReceptionSession], str]


def response(request: HttpRequest, days: Iterable[ReceptionSession], *, name: str, file: str) -> HttpResponse:
    """A file a browser saves and a calendar program subscribes to; `days` as `shown` gives them."""
    body = calendar(days, name=name, address=lambda day: request.build_absolute_uri(day.get_absolute_url()))
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{file}.ics"'
    answer["Cache-Control"] = "public, max-age=900"
    return answer


def calendar(days: Iterable[ReceptionSession], *, name: str, address: Address) -> bytes:
    """One VCALENDAR with an entry for each day; lines folded at 75 octets and ended by CRLF."""
    book = icalendar.Calendar()
    book.add("PRODID", "-//Congress Portal//Reception days//ZH")
    book.add("VERSION", "2.0")
    book.add("CALSCALE", "GREGORIAN")
    book.add("METHOD", "PUBLISH")
    for title in ("NAME", "X-WR-CALNAME"):
        book.add(title, name)
    book.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    book.add("X-PUBLISHED-TTL", "PT6H")
    book.add("X-WR-TIMEZONE", ZONE)
    book.add_component(_zone())
    for day in days:
        book.add_component(_entry(day, address(day)))
    return book.to_ical()


def uid(day: ReceptionSession) -> str:
    """The same for ever and on every address of the site, so that a program knows the day again."""
    return f"{keyed_digest('calendar entry', str(day.pk))[:32]}@reception-day"


def _zone() -> icalendar.Timezone:
    """China keeps one time without summer time since 1991."""
    standard = icalendar.TimezoneStandard()
    standard.add("DTSTART", datetime(1991, 9, 15))  # noqa: DTZ001  local time by definition
    standard.add("TZOFFSETFROM", timedelta(hours=8))
    standard.add("TZOFFSETTO", timedelta(hours=8))
    standard.add("TZNAME", "CST")
    zone = icalendar.Timezone()
    zone.add("TZID", ZONE)
    zone.add_component(standard)
    return zone


def _entry(day: ReceptionSession, url: str) -> icalendar.Event:
    changes = list(day.changes.all())
    touched = changes[-1].made_at if changes else day.announced_at
    entry = icalendar.Event()
    entry.add("UID", uid(day))
    # In a published calendar: when this copy was made (RFC 5545, 3.8.7.2).
    entry.add("DTSTAMP", clock.now())
    entry.add("LAST-MODIFIED", touched or clock.now())
    # The notice is the first word; each change after it makes a later edition.
    entry.add("SEQUENCE", max(len(changes) - 1, 0))
    for name, at in (("DTSTART", day.starts_at), ("DTEND", day.ends_at)):
        entry.add(name, datetime.combine(day.day, at, clock.SHANGHAI))
    entry.add("STATUS", "CANCELLED" if day.status == SessionStatus.CANCELLED else "CONFIRMED")
    entry.add("TRANSP", "TRANSPARENT")
    entry.add("SUMMARY", _title(day))
    entry.add("LOCATION", _place(day))
    if day.venue.latitude is not None and day.venue.longitude is not None:
        entry.add("GEO", (float(day.venue.latitude), float(day.venue.longitude)))
    entry.add("DESCRIPTION", _words(day, url))
    entry.add("URL", url)
    return entry


def _title(day: ReceptionSession) -> str:
    title = _("Deputy reception day at %(venue)s") % {"venue": day.venue.name}
    return _("Cancelled: %(title)s") % {"title": title} if day.status == SessionStatus.CANCELLED else title


def _place(day: ReceptionSession) -> str:
    if day.mode == ReceptionMode.ONLINE:
        return _("Online (%(venue)s)") % {"venue": day.venue.name}
    return " ".join(filter(None, (day.venue.name, day.venue.address, day.room)))


def _words(day: ReceptionSession, url: str) -> str:
    names = [receiver.deputy.name for receiver in day.people]  # type: ignore[attr-defined]
    lines = [day.theme]
    if day.status == SessionStatus.CANCELLED:
        lines.append(_("Cancelled: %(reason)s") % {"reason": day.change_reason} if day.change_reason else "")
    else:
        between = pgettext("between names", ", ")
        lines.append(_("Received by %(names)s") % {"names": between.join(names)} if names else "")
        if day.mode == ReceptionMode.JOINT and day.partners:
            lines.append(_("Departments present: %(partners)s") % {"partners": day.partners})
    if day.venue.phone:
        lines.append(_("Phone: %(phone)s") % {"phone": day.venue.phone})
    lines.append(_("Details and booking: %(url)s") % {"url": url})
    return "\n".join(filter(None, lines))
