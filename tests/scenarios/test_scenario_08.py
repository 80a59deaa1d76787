"""8. Abusive: an insult waits for a second person, and nobody else reads it."""

from collections.abc import Callable
from types import SimpleNamespace

from suggestions import tracking
from suggestions.selectors import public
from suggestions.services import available_moves
from tests.admin.pages import do_url, open_page
from tests.conftest import Journey, act, as_actor
from tests.intake.grounds import office, send


def test_an_insult_waits_for_a_second_person_and_is_never_public(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case, client = journey.submitted(may_publish=True, text="你们都是饭桶。"), login(cast.clerk)

    response = send(client, office(case), "N09")

    case.refresh_from_db()
    assert (case.state, case.restricted) == ("DECLINE_REVIEW", "PUBLIC")
    assert client.get(response.url).status_code == 200
    # The resident reads nothing of it yet, and the proposer cannot confirm it.
    assert tracking.ending(tracking.load(case.pk)) is None
    assert not any(move.action == "confirm_decline" for move in available_moves(as_actor(cast.clerk), case))
    assert open_page(login(cast.head), do_url(case, "confirm_decline"))
    act("confirm_decline", case, cast.head)
    told = tracking.ending(tracking.load(case.pk))
    assert told is not None
    assert told.text == cast.insult.text
    assert not public().filter(suggestion=case).exists()
