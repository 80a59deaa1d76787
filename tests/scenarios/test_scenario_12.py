"""12. Emergency: whom to call stands before sending, and the duty phone rings, at night too."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client

from congress_portal.common import clock
from congress_portal.notices.delivery import deliver_due
from congress_portal.notices.models import Notice
from suggestions import history
from suggestions.models import OfficeSetting, Suggestion
from tests.suggestions.public.conftest import fill, open_form, send, step_url

NIGHT = datetime(2026, 9, 14, 2, 30, tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(
    ("text", "number"),
    [("楼道里煤气泄漏，味道很大。", "119"), ("楼顶有人要跳楼。", "110"), ("饭店着火了。", "119")],
)
def test_at_half_past_two_in_the_night_whom_to_call_is_shown_and_the_duty_phone_rings(
    cast: SimpleNamespace, client: Client, text: str, number: str
) -> None:
    cache.clear()
    OfficeSetting(duty_phone="13900000099").save()
    with clock.frozen(NIGHT):
        token = open_form(client)
        fill(client, token, what={"text": text})
        assert f'href="tel:{number}"' in client.get(step_url(token, "check")).content.decode()
        assert not Suggestion.objects.exists()

        send(client, token)
        deliver_due()

    case = Suggestion.objects.get()
    assert (case.state, case.is_urgent) == ("SUBMITTED", True)
    alarm = case.events.get(action="alarm")
    assert (alarm.role, alarm.happened_at) == ("system", NIGHT)
    # Quiet hours keep other SMS until the morning, not this one.
    rung = Notice.objects.get(kind="alarm", channel="SMS")
    assert (rung.urgent, rung.status) == (True, "SENT")
    assert list(history.problems(Suggestion.objects.all())) == []
