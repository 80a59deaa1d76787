"""Everybody of a name with what tells them apart: mandates and venues, for the pages of the matching."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from congress_portal.common import clock
from congress_portal.common.numerals import chinese_numeral
from deputies.matching import namesakes
from deputies.models import Deputy, Mandate
from stations.models import Posting, during


def known(names: Iterable[str], also: Iterable[Deputy] = ()) -> dict[str, list[Deputy]]:
    """Name → people of it, each with `.seats` and `.places` as words: three queries.

    `also`: people a row was matched with by hand; they get the words too.
    """
    found = namesakes(names)
    tell([*(person for people in found.values() for person in people), *also])
    return found


def tell(people: Iterable[Deputy]) -> None:
    people = list(people)
    day = clock.today()
    places = Posting.objects.filter(during(day)).select_related("venue").order_by("venue__code")
    seats = Mandate.objects.select_related("congress").order_by("-starts_on", "pk")
    prefetch_related_objects(
        people, Prefetch("mandates", seats, to_attr="held"), Prefetch("postings", places, to_attr="served")
    )
    for person in people:
        told = person.__dict__
        told["seats"] = [_seat(mandate, day) for mandate in told["held"]]
        told["places"] = list(dict.fromkeys(posting.venue.name for posting in told["served"]))


def _seat(mandate: Mandate, day: date) -> str:
    """沈河区十九届 · 第3选区, with the last day of one that is over."""
    congress = mandate.congress
    where = mandate.electoral_district or mandate.electing_unit
    ended = f"—{mandate.ends_on:%Y-%m-%d}" if mandate.ends_on and mandate.ends_on <= day else ""
    told = (f"{congress.area}{chinese_numeral(congress.ordinal)}届", where, ended)
    return " · ".join(part for part in told if part)
