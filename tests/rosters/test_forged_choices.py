"""A forged form or address gets an answer, never a fault: the fields that search as one types."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

FORGED = ("abc", "\x00", "😀", "-1", "1 OR 1=1", "𬱖" * 1000)


@pytest.mark.parametrize("value", FORGED)
def test_a_forged_choice_is_refused_beside_the_field(cast: SimpleNamespace, login: Any, value: str) -> None:
    client = login(cast.clerk)
    address = reverse("admin:stations_venue_change", args=[cast.station.pk])
    managed = {
        f"{prefix}-{key}": count
        for prefix in ("postings", "liaison_officers")
        for key, count in (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0))
    }
    response = client.post(
        address,
        {"code": "TS1", "kind": "STATION", "name": "甲站", "street": cast.street.pk, "parent": value,
         "communities": value, "postings-0-deputy": value, "postings-0-role": "RESIDENT", **managed},
    )  # fmt: skip

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    cast.station.refresh_from_db()
    assert cast.station.name == "甲社区代表联络站"


@pytest.mark.parametrize(
    "page", ["stations_venue", "stations_community", "stations_posting", "deputies_mandate"]
)
def test_a_number_no_row_can_have_finds_nothing(cast: SimpleNamespace, login: Any, page: str) -> None:
    client = login(cast.clerk)
    for name in ("street", "street__id__exact", "venue", "congress__id__exact"):
        response = client.get(reverse(f"admin:{page}_changelist"), {name: "9" * 24})
        assert response.status_code in (200, 302, 404)
