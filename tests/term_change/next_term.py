"""The list of those elected to the 20th congress, made from the rosters of the demo, and who they are."""

from dataclasses import dataclass
from typing import Any

from deputies.models import Congress, Deputy, Level, Mandate
from stations.models import Venue
from suggestions.demo.names import deputy_names

SEATS, REELECTED, MOVED, ELSEWHERE = 270, 140, 9, 12
GENDERS = {"MALE": "男", "FEMALE": "女", "": ""}


@dataclass(frozen=True, slots=True)
class Elected:
    """One line of the file and the person it is about; None for somebody new."""

    line: dict[str, Any]
    person: Deputy | None


def next_term() -> list[Elected]:
    """270 lines: 140 re-elected (9 of them in another unit by now, 12 at another venue), the others new."""
    old = Congress.objects.get(level=Level.DISTRICT, ordinal=19)
    seats = list(Mandate.objects.filter(congress=old).select_related("deputy").order_by("deputy__key"))
    # Some who sit in the city too are not elected in the district again.
    again = seats[::2] + seats[21::2]
    stations = list(Venue.objects.filter(kind="STATION").order_by("code").values_list("code", flat=True))
    elected = [_again(seat, place, stations) for place, seat in enumerate(again[:REELECTED])]
    for place, person in enumerate(deputy_names(SEATS - REELECTED, 20)):
        line = {
            "姓名": person.name, "性别": "女" if person.is_woman else "男", "民族": person.ethnicity,
            "单位": person.organisation, "职务": person.position, "选区": f"第{place // 3 + 1}选区",
            "选举单位": "", "代表团": "", "代表证号": f"20{place:04d}",
            "进站点": stations[place % len(stations)],
        }  # fmt: skip
        elected.append(Elected(line, None))
    return elected


def _again(seat: Any, place: int, stations: list[str]) -> Elected:
    person = seat.deputy
    line = {
        "姓名": person.name, "性别": GENDERS[person.gender], "民族": person.ethnicity,
        "单位": "示例新单位" if place < MOVED else person.organisation, "职务": person.position,
        "选区": seat.electoral_district, "选举单位": "", "代表团": seat.delegation,
        "代表证号": f"20{900 + place:04d}",
        "进站点": stations[place % len(stations)] if MOVED <= place < MOVED + ELSEWHERE else "",
    }  # fmt: skip
    return Elected(line, person)
