"""A tiled map under the drawing: off unless the office names one, and then exactly its host is allowed."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from congress_portal import env

TILES = "https://tiles.example:8443/base/{z}/{x}/{y}.png"


def given(monkeypatch: Any, **values: str) -> dict[str, object]:
    for name in ("MAP_TILES", "MAP_TILES_BY", "MAP_TILES_DATUM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return env.map_tiles()


def test_unset_means_no_pictures_from_anywhere(monkeypatch: Any) -> None:
    found = given(monkeypatch)
    assert (found["MAP_TILES"], found["MAP_TILES_HOST"]) == ("", "")


def test_the_host_is_read_from_the_address(monkeypatch: Any) -> None:
    found = given(monkeypatch, MAP_TILES=TILES, MAP_TILES_BY="示例地图")
    assert found["MAP_TILES_HOST"] == "https://tiles.example:8443"
    assert found["MAP_TILES_DATUM"] == "gcj02"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"MAP_TILES": "http://tiles.example/{z}/{x}/{y}.png", "MAP_TILES_BY": "x"}, "https"),
        ({"MAP_TILES": "https://tiles.example/{z}/{x}.png", "MAP_TILES_BY": "x"}, "{y}"),
        ({"MAP_TILES": "https://a.example; script-src */{z}/{x}/{y}", "MAP_TILES_BY": "x"}, "https"),
        ({"MAP_TILES": "https://user@tiles.example/{z}/{x}/{y}", "MAP_TILES_BY": "x"}, "https"),
        ({"MAP_TILES": TILES}, "MAP_TILES_BY"),
        ({"MAP_TILES_DATUM": "bd09"}, "MAP_TILES_DATUM"),
    ],
)
def test_a_bad_value_stops_the_start(monkeypatch: Any, values: dict[str, str], says: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=says.replace("{", r"\{").replace("}", r"\}")):
        given(monkeypatch, **values)


@pytest.mark.parametrize(
    ("values", "allowed"),
    [({}, "None"), ({"MAP_TILES": TILES, "MAP_TILES_BY": "x"}, '["\'self\'", "https://tiles.example:8443"]')],
)
def test_the_content_policy_allows_exactly_that_host(values: dict[str, str], allowed: str) -> None:
    code = (
        "from congress_portal import settings as s; import json;"
        "found = s.CONTENT_SECURITY_POLICY['DIRECTIVES'].get('img-src');"
        "print(found and json.dumps([str(part) for part in found]))"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAP_TILES")}
    shown = subprocess.run(
        (sys.executable, "-c", code), cwd=settings.BASE_DIR, env={**clean, "DEBUG": "1", **values},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shown.stdout.strip() == allowed
