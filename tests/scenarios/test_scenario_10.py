"""10. Litigation: the proper way is explained, and no unit or deputy is given it."""

from collections.abc import Callable
from types import SimpleNamespace

from suggestions import tracking
from suggestions.services import available_moves
from tests.conftest import Journey, as_actor
from tests.intake.grounds import desk, send


def test_a_lawsuit_is_explained_and_given_to_nobody(
    cast: SimpleNamespace, journey: Journey, login: Callable
) -> None:
    case = journey.submitted(text="法院判决不公，请代表过问。")

    send(login(cast.liaison), desk(case), "N01")

    case.refresh_from_db()
    told = tracking.ending(tracking.load(case.pk))
    assert told is not None
    assert "12368" in told.where
    for who in (cast.clerk, cast.committee, cast.liaison, cast.deputy):
        assert not {"assign", "answer_direct"} & {
            move.action for move in available_moves(as_actor(who), case)
        }
