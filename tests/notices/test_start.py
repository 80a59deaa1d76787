"""What stops the start: an address or a provider that could not work."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as site
from django.core.exceptions import ImproperlyConfigured

from congress_portal import env
from congress_portal.notices import checks, providers

from .carriers import HONOURS


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", "http://127.0.0.1:8000"),
        ("https://portal.example", "https://portal.example"),
        ("https://portal.example/", "https://portal.example"),
        ("http://10.0.0.5:8443", "http://10.0.0.5:8443"),
    ],
)
def test_the_address_of_the_site(monkeypatch: Any, value: str, found: str) -> None:
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setenv("SITE_URL", value)
    assert env.site_url() == found


def test_unset_it_is_where_make_run_serves(monkeypatch: Any) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.setenv("PORT", "8123")
    assert env.site_url() == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    "value",
    ["portal.example", "ftp://portal.example", "https://portal.example/path", "https://user@portal.example",
     "https://portal.example?x", "https://", "https://a b"],
)  # fmt: skip
def test_what_is_no_address_stops_the_start(monkeypatch: Any, value: str) -> None:
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        env.site_url()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("nowhere.Provider", "nowhere"),
        ("tests.notices.carriers.Missing", "Missing"),
        ("nonsense", "nonsense"),
        ("tests.notices.carriers.WithoutSend", "send"),
        ("tests.notices.carriers.Log", "honours_keys"),
        ("tests.notices.carriers.mail_server", "honours_keys"),
    ],
)
def test_a_provider_that_cannot_be_used_is_named(settings: Any, path: str, says: str) -> None:
    settings.SMS_BACKEND = path
    with pytest.raises(ImproperlyConfigured, match=f"SMS_BACKEND={path} .*{says}"):
        providers.sms()


def test_the_demo_sends_no_sms_to_invented_numbers(settings: Any) -> None:
    settings.DEMO = True
    with pytest.raises(ImproperlyConfigured, match="DEMO"):
        providers.sms()
    settings.SMS_BACKEND = providers.CONSOLE
    assert providers.sms()
    settings.DEMO, settings.SMS_BACKEND = False, HONOURS
    assert providers.sms().honours_keys


def test_a_bad_provider_stops_the_start_with_one_sentence() -> None:
    given = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": "sqlite://:memory:",
        "SMS_BACKEND": "nowhere.Provider",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=site.BASE_DIR, env=given, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "SMS_BACKEND=nowhere.Provider cannot be used: No module named 'nowhere'" in done.stderr


def test_a_real_site_is_warned_of_links_to_itself(settings: Any) -> None:
    assert checks.check_site_url() == []
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert [found.id for found in checks.check_site_url()] == ["notices.W001"]
