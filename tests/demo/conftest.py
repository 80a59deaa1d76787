"""The demo's rosters, which every part of its network stands on."""

from typing import Any

import pytest

from suggestions.demo import people, places
from suggestions.demo.network import offices


@pytest.fixture
def rosters(db: Any, settings: Any) -> None:
    settings.DEMO, settings.DEMO_PASSWORD = True, "a password of our own"
    places.load_district()
    places.load_venues()
    people.load_people()
    offices.load()
