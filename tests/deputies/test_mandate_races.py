"""Two clerks at the same mandate at the same moment: one change counts, the other is told why not."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from congress_portal.common import clock
from deputies.models import Mandate, MandateChange, MandateEvent
from deputies.services import record_change, strike_out
from suggestions import defaults
from tests.conftest import build_cast, suspend
from tests.races import RACES, together

pytestmark = RACES


@pytest.fixture
def mandate() -> Mandate:
    defaults.install()
    stage: SimpleNamespace = build_cast()
    return stage.deputy_row.mandates.get()


def test_a_mandate_ends_once(mandate: Mandate) -> None:
    today = clock.today()
    kinds = (MandateChange.RESIGNED, MandateChange.MOVED, MandateChange.REMOVED)
    results = together(*(lambda kind=kind: record_change(mandate, kind, today, today) for kind in kinds))
    assert sum(isinstance(result, ValidationError) for result in results) == 2
    assert MandateEvent.objects.standing().count() == 1


def test_a_change_and_its_striking_out_leave_one_truth(mandate: Mandate) -> None:
    today = clock.today()
    event = suspend(mandate, today)
    together(
        lambda: strike_out(event, reason="录错"),
        lambda: record_change(mandate, MandateChange.RESIGNED, today, today),
    )
    in_force = Mandate.objects.in_force(today).filter(pk=mandate.pk).exists()
    kinds = list(MandateEvent.objects.standing().values_list("kind", flat=True))
    mandate.refresh_from_db()
    assert "RESIGNED" in kinds
    assert (in_force, mandate.ends_on) == (False, today)
