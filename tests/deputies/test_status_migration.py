"""What was a word about a mandate becomes dates and events, both ways."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from congress_portal.common import clock

pytestmark = pytest.mark.django_db(transaction=True)
WORDS, DATES = ("deputies", "0003_mandate_events_and_terms"), ("deputies", "0004_status_becomes_dates")
START = date(2022, 1, 5)


def at(*targets: tuple[str, str]) -> Any:
    """The models as they were after these migrations."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


@pytest.fixture
def before() -> Any:
    latest = list(MigrationExecutor(connection).loader.graph.leaf_nodes())
    yield at(WORDS)
    MigrationExecutor(connection).migrate(latest)


def add(apps: Any, key: str, **fields: Any) -> None:
    congress, _new = apps.get_model("deputies", "Congress").objects.get_or_create(
        level="DISTRICT", area="测试区", ordinal=19, starts_on=START
    )
    person = apps.get_model("deputies", "Deputy").objects.create(key=key, name="林示例")
    fields = {"starts_on": START} | fields
    apps.get_model("deputies", "Mandate").objects.create(deputy=person, congress=congress, **fields)


def test_words_become_dates_and_back(before: Any) -> None:
    today = clock.today()
    past, later = today - timedelta(days=9), today + timedelta(days=9)
    rows: dict[str, dict[str, Any]] = {
        "active": {"status": "ACTIVE"},
        "suspended": {"status": "SUSPENDED"},
        "suspended later": {"status": "SUSPENDED", "starts_on": later},
        "suspended, over": {"status": "SUSPENDED", "ends_on": past},
        "ended": {"status": "ENDED"},
        "ended then": {"status": "ENDED", "ends_on": past},
        "ended early": {"status": "ENDED", "ends_on": later},
        "never begun": {"status": "ENDED", "starts_on": later},
    }
    for key, fields in rows.items():
        add(before, key, **fields)

    after = at(DATES)
    mandates = after.get_model("deputies", "Mandate").objects.select_related("deputy")
    found = {row.deputy.key: row.ends_on for row in mandates}
    assert found == {
        "active": None, "suspended": None, "suspended later": None, "suspended, over": past,
        "ended": today, "ended then": past, "ended early": today, "never begun": later,
    }  # fmt: skip
    events = after.get_model("deputies", "MandateEvent").objects.select_related("mandate__deputy")
    assert {(row.mandate.deputy.key, row.kind, row.effective_on, row.until) for row in events} == {
        ("suspended", "SUSPENDED", today, None), ("suspended later", "SUSPENDED", later, None),
    }  # fmt: skip
    history = after.get_model("deputies", "HistoricalMandate").objects.all()
    assert {row.ends_on for row in history} == {today, later}

    back = at(WORDS)
    words = back.get_model("deputies", "Mandate").objects.values_list("deputy__key", "status")
    # A suspension to come is none yet.
    assert dict(words)["suspended"] == "SUSPENDED"
    assert dict(words)["ended"] == dict(words)["ended early"] == "ENDED"
    assert at(DATES).get_model("deputies", "MandateEvent").objects.count() == 2
