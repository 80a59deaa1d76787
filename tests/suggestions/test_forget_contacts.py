"""Names and phones do not stay for ever: the privacy notice promises it, the daily run keeps it."""

from datetime import timedelta
from types import SimpleNamespace

from congress_portal.common import clock
from suggestions.contacts import forget_old, masked
from suggestions.models import SubmitterContact
from tests.conftest import Journey


def test_a_contact_goes_three_years_after_the_case_ended(cast: SimpleNamespace, journey: Journey) -> None:
    old, open_case = journey.closed(), journey.handling()

    with clock.frozen(clock.now() + timedelta(days=1096)):
        assert forget_old() == 1

    gone = SubmitterContact.objects.get(suggestion=old)
    assert (gone.name, gone.phone, gone.phone_index) == ("", "", "")
    assert gone.forgotten_at is not None
    assert masked(open_case).phone == "139****0001"


def test_a_contact_stays_until_then_and_goes_once(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.closed()

    with clock.frozen(clock.now() + timedelta(days=1094)):
        assert forget_old() == 0
    assert masked(case).phone == "139****0001"

    with clock.frozen(clock.now() + timedelta(days=1096)):
        assert (forget_old(), forget_old()) == (1, 0)
