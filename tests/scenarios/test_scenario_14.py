"""14. Withdraw: before the reply it is out of every rate; after it only name and phone can go."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.test import Client

from suggestions import metrics
from suggestions.history import problems
from suggestions.models import Suggestion
from tests.conftest import Journey
from tests.desk.pages import text_of

# Whole or masked. Three digits alone also stand in the microseconds of a moment.
PHONE = re.compile(r"139[\d*]{8}")


def page(case: Suggestion, action: str = "") -> str:
    return f"/suggestions/{case.number}/{action}"


def send(client: Client, case: Suggestion, action: str, **data: Any) -> Any:
    case.refresh_from_db()
    return client.post(page(case, f"{action}/"), {"version": case.version, **data})


def counted() -> int:
    return metrics.cohort(metrics.Period.latest(1)).count()


def test_before_the_reply_the_resident_withdraws_and_it_counts_nowhere(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client]
) -> None:
    case = journey.handling()
    resident = login(cast.resident)
    assert counted() == 1

    # The page asks first and says that it is final.
    html = resident.get(page(case, "withdraw/")).content.decode()
    assert "撤回后不再办理，也不能恢复" in html
    send(resident, case, "withdraw", reason="物业已经解决了")

    case.refresh_from_db()
    assert (case.state, case.assignments.get().state) == ("WITHDRAWN", "RECALLED")
    assert counted() == 0
    told = resident.get(page(case)).content.decode()
    assert "您已撤回" in told
    assert "/suggestions/new/" in told


def test_after_the_reply_it_cannot_be_withdrawn_but_name_and_phone_go(
    cast: SimpleNamespace, journey: Journey, login: Callable[[Any], Client]
) -> None:
    case = journey.replied()
    resident, liaison = login(cast.resident), login(cast.liaison)

    # The tracking page says so, and leads to what is possible instead.
    html = resident.get(page(case)).content.decode()
    assert "不能再撤回" in html
    instead = resident.get(page(case, "withdraw/")).content.decode()
    assert page(case, "forget_contact/") in instead
    before = resident.get(page(case, "forget_contact/")).content.decode()
    assert "139****0001" in before
    assert "139****0001" in liaison.get(f"/desk/{case.number}/").content.decode()
    for words in ("会删除", "会保留", "不能恢复"):
        assert words in before
    send(resident, case, "forget_contact")

    # Gone for everybody who handled it; the case itself goes on and still counts.
    case.refresh_from_db()
    assert case.state == "REPLIED"
    handled = liaison.get(f"/desk/{case.number}/").content.decode()
    assert "139" not in text_of(handled)
    assert not PHONE.search(handled)
    assert counted() == 1
    assert send(resident, case, "rate", level="SATISFIED", process="SATISFIED").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.rating) == ("CLOSED", "SATISFIED")
    assert list(problems(Suggestion.objects.all())) == []
