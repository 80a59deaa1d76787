"""Typed readers for the environment: unset means a safe local default, a bad value stops the start."""

import base64
import os
import re
import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var")

_env = environ.Env()


def secret(name: str) -> str:
    """Text of variable `name`, or of the file named in `name`_FILE (as container secrets are given)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
    return os.environ.get(name, "")


def boolean(name: str, *, default: bool) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off; anything else stops the start."""
    value = os.environ.get(name, "").strip().lower()
    if value == "":
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def integer(name: str, *, default: int) -> int:
    """A whole number >= 0."""
    value = os.environ.get(name, "").strip()
    if value == "":
        return default
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def items(name: str) -> list[str]:
    """Comma-separated words."""
    return [word.strip() for word in secret(name).split(",") if word.strip()]


def database() -> dict[str, object]:
    """DATABASE_URL as Django's dictionary; unset: an SQLite file in DATA_DIR."""
    url = secret("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"
    try:
        config: dict[str, object] = dict(_env.db_url_config(url))
    except Exception as error:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read; write postgres://user:password@host:5432/name or sqlite:////path."
        ) from error
    engine = str(config.get("ENGINE", ""))
    if engine.endswith("sqlite3"):
        if str(config["NAME"]) != ":memory:":
            Path(str(config["NAME"])).parent.mkdir(parents=True, exist_ok=True)
        # IMMEDIATE takes the write lock at the start, so a read-then-write never meets "database is locked".
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    elif engine.endswith(("postgresql", "postgis")):
        config["ENGINE"] = "django.db.backends.postgresql"
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured("DATABASE_URL must name PostgreSQL or SQLite.")
    return config


def cache() -> dict[str, object]:
    """CACHE_URL as Django's dictionary; unset: a table in the database, shared by all processes."""
    url = secret("CACHE_URL")
    if not url:
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            # Rate limits live here: the table must not throw away a count while somebody is guessing.
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    try:
        return dict(_env.cache_url_config(url))
    except Exception as error:
        raise ImproperlyConfigured("CACHE_URL cannot be read; write redis://host:6379/0.") from error


def email() -> dict[str, object]:
    """EMAIL_URL as Django's EMAIL_ settings; unset: letters are printed, none is lost in an error page."""
    url = secret("EMAIL_URL")
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    try:
        # A mail server that does not answer must not hold a worker longer than its lease.
        return {"EMAIL_TIMEOUT": 30, **_env.email_url_config(url)}
    except Exception as error:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read; write smtp://user:password@host:587."
        ) from error


def site_url() -> str:
    """SITE_URL, where links in SMS and e-mail lead, without its last slash; unset: this machine and PORT."""
    value = os.environ.get("SITE_URL", "").strip()
    if not value:
        return f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    if not re.fullmatch(r"https?://([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(:\d{1,5})?/?", value):
        raise ImproperlyConfigured(
            f"SITE_URL must be the address of the site such as https://portal.example, not {value!r}."
        )
    return value.rstrip("/")


def map_tiles() -> dict[str, object]:
    """MAP_TILES, MAP_TILES_BY and MAP_TILES_DATUM as settings; unset: no pictures from anywhere.

    MAP_TILES_HOST is the one host that pages may then load pictures from.
    """
    template, credit = secret("MAP_TILES"), secret("MAP_TILES_BY")
    datum = os.environ.get("MAP_TILES_DATUM", "").lower() or "gcj02"
    if datum not in {"gcj02", "wgs84"}:
        raise ImproperlyConfigured(f"MAP_TILES_DATUM must be gcj02 or wgs84, not {datum!r}.")
    host = ""
    if template:
        host = (re.match(r"https://[a-z0-9.-]+(?::\d+)?(?=/)", template) or [""])[0]
        if not host or not all(part in template for part in ("{z}", "{x}", "{y}")):
            raise ImproperlyConfigured(
                "MAP_TILES must be an https address with {z}, {x} and {y}, "
                "for example https://tiles.example/{z}/{x}/{y}.png."
            )
        if not credit:
            raise ImproperlyConfigured("MAP_TILES needs MAP_TILES_BY: whose map it is and its review number.")
    return {
        "MAP_TILES": template, "MAP_TILES_BY": credit, "MAP_TILES_DATUM": datum, "MAP_TILES_HOST": host,
    }  # fmt: skip


def _local_secret(name: str, make: object) -> str:
    """A secret made once and kept in DATA_DIR: a local start needs no configuration, yet has own keys."""
    path = DATA_DIR / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            # O_EXCL: of two processes that start together, one makes the key and the other reads it.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(descriptor, "wb") as file:
                file.write(make())  # type: ignore[operator]
    return path.read_text(encoding="ascii").strip()


def secret_key(*, debug: bool) -> str:
    """SECRET_KEY; may be unset only with DEBUG."""
    value = secret("SECRET_KEY")
    if value:
        if len(value) < 32:
            raise ImproperlyConfigured("SECRET_KEY is too short: at least 32 characters.")
        return value
    if not debug:
        raise ImproperlyConfigured("SECRET_KEY must be set when DEBUG is off.")
    return _local_secret("secret_key", lambda: base64.urlsafe_b64encode(os.urandom(48)))


def field_keys(*, debug: bool) -> list[str]:
    """FIELD_KEYS: comma-separated Fernet keys, the newest first; may be unset only with DEBUG."""
    keys = items("FIELD_KEYS")
    if not keys:
        if not debug:
            raise ImproperlyConfigured("FIELD_KEYS must be set when DEBUG is off.")
        keys = [_local_secret("field_key", lambda: base64.urlsafe_b64encode(os.urandom(32)))]
    for key in keys:
        try:
            length = len(base64.urlsafe_b64decode(key))
        except ValueError:
            length = 0
        if length != 32:
            raise ImproperlyConfigured(
                "FIELD_KEYS must be 32-byte url-safe base64 keys, separated by commas."
            )
    return keys


def under_test() -> bool:
    return "pytest" in sys.modules
