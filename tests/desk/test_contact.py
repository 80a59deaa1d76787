"""Looking at name and phone in clear: for a reason, on record, by those who may."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from suggestions.models import ContactReveal, SubmitterContact
from tests.conftest import Journey


def test_the_liaison_officer_gives_a_reason_and_sees_the_number(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted()
    client = login(cast.liaison)
    assert "13900000001" not in client.get(f"/desk/{case.number}/contact/").content.decode()

    shown = client.post(f"/desk/{case.number}/contact/", {"reason": "核实地点"})

    assert "13900000001" in shown.content.decode()
    assert list(ContactReveal.objects.values_list("suggestion", "user", "role", "reason")) == [
        (case.pk, cast.liaison.pk, "liaison", "核实地点")
    ]
    assert "no-store" in shown["Cache-Control"]


@pytest.mark.parametrize("reason", ["", " ", "x"])
def test_without_a_reason_nothing_is_shown(
    cast: SimpleNamespace, journey: Journey, login: Callable, reason: str
) -> None:
    case = journey.submitted()

    page = login(cast.liaison).post(f"/desk/{case.number}/contact/", {"reason": reason}).content.decode()

    assert 'class="error-summary"' in page
    assert "13900000001" not in page
    assert not ContactReveal.objects.exists()


@pytest.mark.parametrize("who", ["deputy", "convener", "officer", "unitlead"])
def test_deputies_and_units_may_not_look(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    case = journey.handling()
    client = login(getattr(cast, who))

    answers = [
        client.get(f"/desk/{case.number}/contact/"),
        client.post(f"/desk/{case.number}/contact/", {"reason": "核实"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert not ContactReveal.objects.exists()


def test_a_unit_may_look_once_the_resident_agreed(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.handling()
    SubmitterContact.objects.filter(suggestion=case).update(may_share=True)

    page = login(cast.officer).post(f"/desk/{case.number}/contact/", {"reason": "上门前联系"})

    assert "13900000001" in page.content.decode()
    assert ContactReveal.objects.get().role == "officer"
