"""11. Accusation: hidden from all but the secrecy officer, and the resident is sent to 12388."""

from collections.abc import Callable
from types import SimpleNamespace

from suggestions import tracking
from suggestions.selectors import visible_to
from tests.conftest import Journey, act, as_actor
from tests.intake.grounds import office, send


def test_an_accusation_is_hidden_at_once_and_the_resident_sent_to_12388(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted(text="某科长收钱。")
    client = login(cast.clerk)

    response = send(client, office(case), "N02")

    # Gone for whoever proposed it too: back to the list with a word, not to a page that is no longer there.
    assert response.url == "/admin/suggestions/suggestion/"
    shown = client.get(response.url).content.decode()
    assert "messagelist" in shown
    assert case.title not in shown
    for who in ("clerk", "clerk2", "reviewer", "head", "liaison", "committee", "deputy", "convener"):
        assert not visible_to(as_actor(getattr(cast, who)).person).filter(pk=case.pk).exists(), who
    assert client.get(f"/admin/suggestions/suggestion/{case.pk}/change/").status_code == 404
    assert login(cast.deputy).get(f"/desk/{case.number}/").status_code == 404
    act("confirm_decline", case, cast.secrecy)
    told = tracking.ending(tracking.load(case.pk))
    assert told is not None
    assert "12388" in told.where
