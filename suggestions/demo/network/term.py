"""A change of term in preparation: the 20th congress of the district, to be walked through to its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from congress_portal.accounts.models import User
from congress_portal.common import clock
from deputies.models import Congress, Deputy, Gender, Level, Mandate, TermChange, TermMatch, TermRow
from stations.models import Venue, VenueKind
from suggestions.demo.names import deputy_names
from suggestions.term_change.drafting import agree, replace_rows, set_up

SEED = 20
OLD, NEW = 19, 20
SEATS, REELECTED = 270, 140
# Of those re-elected: so many work elsewhere by now, the next ones serve at another station.
NEW_UNIT, NEW_VENUE = 9, 12
PER_DISTRICT = 3
AHEAD = timedelta(days=36)
FILE = "演示：沈河区第二十届人大代表名单.xlsx"
FIRST_LINE = 2


@dataclass(frozen=True, slots=True)
class Elected:
    """What the list says of one person, by column of TermRow, and who it really is; None: somebody new."""

    told: dict[str, Any]
    person: Deputy | None


def load() -> None:
    """Nothing if a change of this term is there already, or if there are no demo deputies."""
    old = Congress.objects.filter(level=Level.DISTRICT, ordinal=OLD).first()
    clerk = User.objects.filter(username="clerk", is_demo=True).first()
    if old is None or clerk is None or TermChange.objects.filter(old=old).exists():
        return
    if Congress.objects.filter(level=old.level, area=old.area, ordinal=NEW).exists():
        return
    change = set_up(None, old=old, ordinal=NEW, switch_on=clock.today() + AHEAD, user=clerk)
    rows = [
        TermRow(change=change, line=line, **one.told)
        for line, one in enumerate(elected(old), start=FIRST_LINE)
    ]
    replace_rows(change, rows, user=clerk, file_name=FILE)
    # The new names and those in doubt are left for whoever tries it.
    agree(change, TermMatch.SAME, user=clerk)


def elected(old: Congress) -> list[Elected]:
    """270 people: 140 of the old term and 130 new ones. Some who sit in the city too are not re-elected."""
    seats = list(
        Mandate.objects.filter(congress=old, ends_on=None).select_related("deputy").order_by("deputy__key")
    )
    again = (seats[::2] + seats[21::2])[:REELECTED]
    stations = list(
        Venue.objects.filter(kind=VenueKind.STATION).order_by("code").values_list("code", flat=True)
    )
    return [*_again(again, stations), *_new(SEATS - len(again), stations)]


def _again(seats: list[Mandate], stations: list[str]) -> Iterator[Elected]:
    for place, seat in enumerate(seats):
        person: Any = seat.deputy
        moves = NEW_UNIT <= place < NEW_UNIT + NEW_VENUE
        yield Elected(
            {
                "name": person.name, "gender": person.gender, "ethnicity": person.ethnicity,
                "organisation": "示例新单位" if place < NEW_UNIT else person.organisation,
                "position": person.position, "electoral_district": seat.electoral_district,
                "delegation": seat.delegation, "certificate_number": f"20{place + 1:04d}",
                "venues": stations[place % len(stations)] if moves else "",
            },
            person,
        )  # fmt: skip


def _new(count: int, stations: list[str]) -> Iterator[Elected]:
    for place, person in enumerate(deputy_names(count, SEED)):
        yield Elected(
            {
                "name": person.name, "gender": Gender.FEMALE if person.is_woman else Gender.MALE,
                "ethnicity": person.ethnicity, "organisation": person.organisation,
                "position": person.position,
                "electoral_district": f"第{place // PER_DISTRICT + 1}选区",
                "certificate_number": f"20{place + 1001:04d}",
                "venues": stations[place % len(stations)],
            },
            None,
        )  # fmt: skip
