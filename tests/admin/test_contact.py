"""Looking at a contact: only for a reason, always recorded, and the record is read by who should."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from suggestions.models import ContactReveal
from tests.conftest import Journey

from .pages import LIST, case_url, open_page

LOOKS = "/admin/suggestions/contactreveal/"


@pytest.mark.parametrize("who", ["clerk", "reviewer", "head"])
def test_a_look_shows_the_contact_and_is_recorded(
    cast: SimpleNamespace, journey: Journey, login: Callable, who: str
) -> None:
    case, client = journey.submitted(), login(getattr(cast, who))
    address = f"{LIST}{case.pk}/contact/"
    assert "13900000001" not in open_page(client, address)

    response = client.post(address, {"reason": "核实楼栋"})

    assert "13900000001" in response.content.decode()
    assert "李测试" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    look = ContactReveal.objects.get()
    assert (look.suggestion, look.user, look.reason) == (case, getattr(cast, who), "核实楼栋")
    assert "核实楼栋" in open_page(client, case_url(case))


@pytest.mark.parametrize("reason", ["", "  ", "x"])
def test_without_a_reason_nothing_is_shown_or_recorded(
    cast: SimpleNamespace, journey: Journey, login: Callable, reason: str
) -> None:
    case = journey.submitted()

    page = login(cast.clerk).post(f"{LIST}{case.pk}/contact/", {"reason": reason}).content.decode()

    assert 'id="id_reason_error"' in page
    assert "13900000001" not in page
    assert not ContactReveal.objects.exists()


@pytest.mark.parametrize("who", ["admin", "liaison", "deputy", "officer", "resident"])
def test_nobody_else_looks_here(cast: SimpleNamespace, journey: Journey, login: Callable, who: str) -> None:
    case = journey.handling()
    client = login(getattr(cast, who))

    assert client.post(f"{LIST}{case.pk}/contact/", {"reason": "想知道"}, follow=True).status_code == 403
    assert not ContactReveal.objects.exists()


def test_head_and_superuser_read_who_looked_and_others_do_not(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted()
    login(cast.clerk).post(f"{LIST}{case.pk}/contact/", {"reason": "核实楼栋"})

    for who in (cast.head, cast.admin):
        page = open_page(login(who), LOOKS)
        assert "核实楼栋" in page
        assert case.number in page
        assert "13900000001" not in page
    for who in (cast.clerk, cast.reviewer):
        assert login(who).get(LOOKS).status_code == 403


def test_the_record_cannot_be_changed(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.submitted()
    login(cast.clerk).post(f"{LIST}{case.pk}/contact/", {"reason": "核实楼栋"})
    look, client = ContactReveal.objects.get(), login(cast.admin)

    assert client.get(f"{LOOKS}add/").status_code == 403
    assert client.post(f"{LOOKS}{look.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{LOOKS}{look.pk}/change/", {"reason": "别的"}).status_code == 403
    look.refresh_from_db()
    assert look.reason == "核实楼栋"
