"""A real Chromium against a real server. Every page must be quiet: no script error, no policy violation,
no foreign host, no failed request, and never wider than its screen."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import BrowserContext

from tests.conftest import build_cast

from .people import Person

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is marked, before `-m` asks for marks."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Give SQLite a file when a browser is driven.

    The server answers in threads. In memory they would share one connection, and with it one transaction.
    """
    mine = any(HERE in item.path.parents for item in session.items)
    if mine and connection.vendor == "sqlite":
        folder = tempfile.TemporaryDirectory(prefix="portal-e2e-")
        session.config.add_cleanup(folder.cleanup)
        connection.settings_dict["TEST"]["NAME"] = str(Path(folder.name) / "test.sqlite3")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: on Debian and Ubuntu, apt-get install chromium fonts-noto-cjk")
    # Playwright leaves its event loop in this thread; Django would take our ordinary queries for async ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": list(QUIET)}


@pytest.fixture(scope="session")
def base_url() -> None:
    """The addresses are the live server's. (The plugin's own fixture warns under this pytest.)"""


@pytest.fixture(autouse=True)
def _fresh_limits(django_db_serialized_rollback: None, transactional_db: None) -> Iterator[None]:
    """The table of the rate limits belongs to no model, so it is not emptied between tests."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def cast(django_db_serialized_rollback: None, transactional_db: None) -> SimpleNamespace:
    return build_cast()


@pytest.fixture
def meet(
    new_context: Callable[..., BrowserContext], live_server: Any, cast: SimpleNamespace
) -> Iterator[Callable[..., Person]]:
    """Somebody with a browser of their own: `meet()` a resident, `meet(cast.clerk)` somebody signed in."""
    people: list[Person] = []

    def come(user: Any = None, **options: Any) -> Person:
        person = Person(new_context, live_server.url, **options)
        people.append(person)
        if user is not None:
            person.sign_in(user)
        return person

    yield come
    for person in people:
        person.must_be_quiet()
