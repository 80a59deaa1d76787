"""A lost query code: a new one is shown once, in large type."""

from collections.abc import Callable
from types import SimpleNamespace

from congress_portal.common import codes
from tests.conftest import Journey

from .pages import press, text_of


def test_the_liaison_officer_gives_out_a_new_code(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted()
    before = case.query_code_hash

    response = press(login(cast.liaison), case, "renew_code", how="DESK")

    case.refresh_from_db()
    assert response.status_code == 200
    assert case.query_code_hash != before
    shown = [
        word
        for word in text_of(response.content.decode()).split()
        if codes.codes_match(word, case.query_code_hash)
    ]
    assert len(shown) == 1
    assert "no-store" in response["Cache-Control"]


def test_the_history_never_holds_the_code(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    case = journey.submitted()
    press(login(cast.liaison), case, "renew_code", how="DESK")

    page = login(cast.liaison).get(f"/desk/{case.number}/").content.decode()

    case.refresh_from_db()
    assert not [word for word in text_of(page).split() if codes.codes_match(word, case.query_code_hash)]


def test_a_deputy_does_not_give_out_codes(cast: SimpleNamespace, journey: Journey, login: Callable) -> None:
    assert press(login(cast.deputy), journey.submitted(), "renew_code", how="DESK").status_code == 403
