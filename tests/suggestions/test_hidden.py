"""What is hidden from all but the secrecy officer shows nowhere else: no list, no count, no neighbour."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from suggestions import contacts, metrics, queues
from suggestions.actors import Actor
from suggestions.metrics import Period
from suggestions.models import Suggestion
from suggestions.selectors import visible_to
from tests.conftest import Journey, act, as_actor
from tests.desk.pages import text_of

WORDS = "科长收钱的事情没有人管"
PEOPLE = (
    "clerk", "clerk2", "reviewer", "head", "liaison", "deputy", "convener", "committee", "officer", "admin",
    "stranger",
)  # fmt: skip


@pytest.fixture
def hidden(cast: SimpleNamespace, journey: Journey) -> Suggestion:
    """Followed, handled once and taken back, so that everybody had something to do with it."""
    case = journey.handling(title=WORDS, text=f"{WORDS}，请查一查。")
    act("claim", case, cast.deputy)
    act("take_back", case, cast.clerk, reason="需要复核")
    given = {"code": cast.accusation, "text": "请拨打专线反映。", "where_to_go": "12388"}
    return act("propose_decline", case, cast.clerk, **given)


@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_else_finds_or_opens_it(
    cast: SimpleNamespace, hidden: Suggestion, journey: Journey, login: Callable, who: str
) -> None:
    journey.submitted(title="科长收钱的另一个问题")
    user, client = getattr(cast, who), login(getattr(cast, who))
    assert not visible_to(user).filter(pk=hidden.pk).exists()
    for path in ("/desk/", "/desk/?tab=all", "/desk/?tab=done", "/admin/suggestions/suggestion/",
                 f"/admin/suggestions/suggestion/?q={hidden.number}", "/admin/", "/inbox/"):  # fmt: skip
        page = client.get(path)
        # Its number stands in notices of before; its words never did.
        assert WORDS not in page.content.decode(), path
    for path in (f"/desk/{hidden.number}/", f"/admin/suggestions/suggestion/{hidden.pk}/change/",
                 f"/admin/suggestions/suggestion/{hidden.pk}/do/comment/",
                 f"/desk/{hidden.number}/contact/"):  # fmt: skip
        assert client.get(path).status_code in (302, 403, 404), path
    assert contacts.reveal_role(Actor(user=user), hidden) is None


def test_similar_cases_do_not_name_it(
    cast: SimpleNamespace, hidden: Suggestion, journey: Journey, login: Callable
) -> None:
    case = journey.submitted(title=f"{WORDS}!", text=f"{WORDS}，请查一查。")
    page = login(cast.clerk).get(f"/admin/suggestions/suggestion/{case.pk}/change/").content.decode()
    assert hidden.number not in page


def test_queues_count_what_their_reader_may_open(cast: SimpleNamespace, hidden: Suggestion) -> None:
    counts = {}
    for who in ("head", "secrecy"):
        own, others = queues.for_user(as_actor(getattr(cast, who)).user)  # type: ignore[arg-type]
        counts[who] = {line.queue.key: line.count for line in (*own, *others)}["sensitive"]
    assert counts == {"head": 0, "secrecy": 1}


def test_the_secrecy_officer_reads_decides_and_sees_nothing_else(
    cast: SimpleNamespace, hidden: Suggestion, journey: Journey, login: Callable
) -> None:
    other = journey.submitted()
    client = login(cast.secrecy)
    listed = client.get("/admin/suggestions/suggestion/").content.decode()
    assert hidden.number in listed
    assert other.number not in listed
    assert client.get(f"/admin/suggestions/suggestion/{other.pk}/change/").status_code == 404
    assert WORDS in client.get(f"/admin/suggestions/suggestion/{hidden.pk}/change/").content.decode()

    act("confirm_decline", hidden, cast.secrecy2)
    hidden.refresh_from_db()
    assert (hidden.state, hidden.restricted) == ("DECLINED", "ALL")
    assert not visible_to(cast.clerk).filter(pk=hidden.pk).exists()
    assert metrics.figures(Period.latest(3))["accepted"] == 0


def test_the_resident_still_reads_the_own_case_and_later_the_answer(
    cast: SimpleNamespace, hidden: Suggestion, login: Callable
) -> None:
    client = login(cast.resident)
    before = client.get(f"/suggestions/{hidden.number}/").content.decode()
    assert "请拨打专线反映" not in before
    assert "12388" not in text_of(before)
    act("confirm_decline", hidden, cast.secrecy)
    assert "12388" in client.get(f"/suggestions/{hidden.number}/").content.decode()


def test_refused_by_the_second_person_it_is_seen_again(cast: SimpleNamespace, hidden: Suggestion) -> None:
    act("refuse_decline", hidden, cast.secrecy, note="反映的是停车问题")
    hidden.refresh_from_db()
    assert (hidden.state, hidden.restricted, hidden.decline_reason) == ("SUBMITTED", "", None)
    assert visible_to(cast.liaison).filter(pk=hidden.pk).exists()
