"""The district's facts from stations/data/*.csv as rows; a row that exists is left as the office has it."""

from typing import TypeVar

from django.db import models, transaction

from stations.models import Community, Street, Venue, VenueKind
from suggestions.models import HandlingUnit, TransferBody

from . import source

OWN_DISTRICT = "210103"
Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def load_district() -> dict[str, int]:
    """Streets, communities, handling units and the districts around. Returns how many rows were new."""
    counts = {"streets": _add(Street, [Street(**row) for row in source.rows("streets")], "code")}
    streets = _by_code(Street)
    counts["communities"] = _add(
        Community,
        [
            Community(code=row["code"], name=row["name"], street=streets[row["street_code"]])
            for row in source.rows("communities")
        ],
        "code",
    )
    units = [
        HandlingUnit(
            code=row["code"],
            name=row["name"],
            system=row["system"],
            street=streets.get(row["street_code"]),
            coordination_only=row["coordination_only"] == "1",
        )
        for row in source.rows("units")
    ]
    counts["units"] = _add(HandlingUnit, units, "code")
    bodies = [
        TransferBody(name=row["name"], how_to_reach=f"向{row['name']}的人大代表联络站反映，或者拨打 12345")
        for row in source.rows("districts")
        if row["code"] != OWN_DISTRICT
    ]
    counts["transfer bodies"] = _add(TransferBody, bodies, "name")
    return counts


@transaction.atomic
def load_venues() -> int:
    """11 homes, 41 stations and 10 points. Address, phone and hours are invented, hence marked as demo."""
    streets = _by_code(Street)
    rows = source.rows("venues")
    known = set(Venue.objects.values_list("code", flat=True))
    for kind in (VenueKind.HOME, VenueKind.STATION, VenueKind.POINT):
        # Level by level: a row names its parent by code.
        parents = _by_code(Venue)
        Venue.objects.bulk_create(
            Venue(
                code=row["code"],
                kind=kind,
                name=row["name"],
                parent=parents.get(row["parent_code"]),
                street=streets[row["street_code"]],
                address=row["address"],
                phone=row["phone"],
                hours=row["hours"],
                is_demo=True,
            )
            for row in rows
            if row["kind"] == kind and row["code"] not in known
        )
    new = [row for row in rows if row["code"] not in known]
    venues, communities = _by_code(Venue), _by_code(Community)
    served = Venue.communities.through
    served.objects.bulk_create(
        served(venue=venues[row["code"]], community=communities[code])
        for row in new
        for code in row["communities"].split(";")
        if code
    )
    return len(new)


def _add(model: type[Row], rows: list[Row], key: str) -> int:
    """Create the rows whose key is not there yet; history rows would only say that this file was read."""
    manager = model._default_manager  # noqa: SLF001  the documented name
    known = set(manager.values_list(key, flat=True))
    return len(manager.bulk_create(row for row in rows if getattr(row, key) not in known))


def _by_code(model: type[Row]) -> dict[str, Row]:
    return {row.code: row for row in model._default_manager.all()}  # type: ignore[attr-defined]  # noqa: SLF001
