"""Who acts from an old page is told; a comment never makes a page old."""

from types import SimpleNamespace

import pytest

from suggestions.errors import Stale, WrongState
from suggestions.services import perform
from tests.conftest import Journey, act, as_actor
from tests.suggestions.scenes import snapshot


def test_a_page_that_was_seen_before_somebody_else_acted_is_stale(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    seen = case.version
    act("ask_more", case, cast.liaison, question="是哪一号楼?")
    act("supplement", case, cast.resident, text="三号楼。")
    before = snapshot()

    # It is to be accepted again, but not by somebody who has not read the supplement.
    with pytest.raises(Stale):
        perform("accept", target=case, actor=as_actor(cast.clerk), seen_version=seen,
                category=cast.category, level="L2")  # fmt: skip

    assert snapshot() == before


def test_an_action_that_is_over_is_stale_from_an_old_page_and_wrong_from_a_new_one(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    seen = case.version
    case = act("accept", case, cast.clerk, category=cast.category, level="L2")
    given = {"category": cast.category, "level": "L2"}

    with pytest.raises(Stale):
        perform("accept", target=case, actor=as_actor(cast.clerk), seen_version=seen, **given)
    with pytest.raises(WrongState):
        perform("accept", target=case, actor=as_actor(cast.clerk), seen_version=case.version, **given)


@pytest.mark.parametrize(
    ("action", "who", "given"),
    [
        ("comment", "deputy", {"text": "看过现场。"}),
        ("claim", "deputy", {}),
        ("add_note", "resident", {"text": "昨晚又被占了。"}),
        ("correct_contact", "resident", {"contact": {"name": "李测试", "phone": "13900000002"}}),
        ("flag", "head", {"flags": ["is_urgent"], "reason": "多人反映"}),
    ],
)
def test_what_keeps_the_state_never_makes_a_page_stale(
    cast: SimpleNamespace, journey: Journey, action: str, who: str, given: dict
) -> None:
    case = journey.submitted()
    seen = case.version
    act(action, case, getattr(cast, who), **given)

    perform("accept", target=case, actor=as_actor(cast.clerk), seen_version=seen, category=cast.category,
            level="L2")  # fmt: skip

    case.refresh_from_db()
    assert (case.state, case.version) == ("ACCEPTED", seen + 1)


def test_a_comment_may_be_written_on_an_old_page(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    seen = case.version
    act("accept", case, cast.clerk, category=cast.category, level="L2")

    perform("comment", target=case, actor=as_actor(cast.deputy), seen_version=seen, text="看过现场。")

    assert case.events.last().action == "comment"


def test_an_assignment_has_a_version_of_its_own(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    row = case.assignments.get()
    seen = row.version
    act("redate", case, cast.clerk, due=journey.due(), reason="施工期延长")
    perform("sign", target=row, actor=as_actor(cast.officer), seen_version=seen)

    with pytest.raises(Stale):
        perform("sign", target=row, actor=as_actor(cast.officer), seen_version=seen)


def test_a_made_up_version_is_stale(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    with pytest.raises(Stale):
        perform("accept", target=case, actor=as_actor(cast.clerk), seen_version=-1,
                category=cast.category, level="L2")  # fmt: skip
