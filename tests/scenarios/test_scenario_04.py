"""4. Wrong district: intake transfers it, the resident reads where to go, and it is in no rate."""

import re
from collections.abc import Callable
from types import SimpleNamespace

from suggestions import metrics, tracking
from suggestions.models import DeclineReason, Suggestion, TransferBody
from tests.conftest import Journey
from tests.intake.grounds import choose, office, send


def test_a_place_in_another_district_is_transferred_and_counts_in_no_rate(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    names = ("和平区", "大东区")
    heping, _dadong = (TransferBody.objects.create(name=n, how_to_reach=f"向{n}反映") for n in names)
    case, client = journey.submitted(text="和平区太原街路口的红绿灯坏了，请修一下。"), login(cast.clerk)

    form = choose(client, office(case), "N04")
    offered = re.findall(r'<option value="\d+"[^>]*>([^<]+)</option>', form.partition('name="body"')[2])
    assert offered[:2] == list(names)
    assert re.search(rf'<option value="{heping.pk}"[^>]*selected', form)
    send(client, office(case), "N04")

    case.refresh_from_db()
    assert (case.state, case.events.last().data["code"]) == ("TRANSFERRED", "N04")
    told = tracking.ending(tracking.load(case.pk))
    assert told is not None
    assert "和平区" in told.title
    assert told.text == DeclineReason.objects.get(code="N04").text
    assert told.where == "向和平区反映"
    assert not Suggestion.objects.filter(metrics.counting(), pk=case.pk).exists()
    assert case.decline_reason is None
