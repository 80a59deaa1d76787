"""Publishing: a concluded case, the resident's consent, two people; off at once when consent goes."""

from types import SimpleNamespace

import pytest

from suggestions.errors import Refused
from suggestions.models import Suggestion
from suggestions.selectors import public
from tests.conftest import Journey, act

TEXTS = {"title": "停车", "summary": "增设车位三十个。"}


@pytest.fixture
def published(cast: SimpleNamespace, journey: Journey) -> Suggestion:
    case = journey.closed(may_publish=True)
    act("prepare_publication", case, cast.clerk, **TEXTS)
    act("publish", case, cast.reviewer)
    return case


def shown() -> list[str]:
    return [row.suggestion.number for row in public()]


def test_two_people_publish_what_the_resident_agreed_to(
    cast: SimpleNamespace, journey: Journey, published: Suggestion
) -> None:
    assert shown() == [published.number]

    unwilling = journey.closed(may_publish=False)
    with pytest.raises(Refused):
        act("prepare_publication", unwilling, cast.clerk, **TEXTS)


def test_who_prepared_it_does_not_publish_it(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.closed(may_publish=True)
    act("prepare_publication", case, cast.clerk, **TEXTS)
    with pytest.raises(Refused):
        act("publish", case, cast.clerk)
    assert shown() == []
    act("publish", case, cast.clerk2)
    assert shown() == [case.number]


def test_it_is_gone_at_once_when_consent_is_withdrawn_and_stays_gone(
    cast: SimpleNamespace, published: Suggestion
) -> None:
    act("set_consent", published, cast.resident, may_publish=False, may_share=False)

    assert shown() == []
    assert published.events.last().action == "unpublish"
    act("set_consent", published, cast.resident, may_publish=True, may_share=False)
    assert shown() == []


def test_a_new_edit_takes_the_page_off_until_a_second_person_has_read_it(
    cast: SimpleNamespace, published: Suggestion
) -> None:
    act("prepare_publication", published, cast.clerk2, title="停车(修改)", summary="增设车位。")
    assert shown() == []
    act("publish", published, cast.clerk)
    assert shown() == [published.number]


def test_a_reopened_case_is_not_public(cast: SimpleNamespace, published: Suggestion) -> None:
    act("reopen", published, cast.clerk, note="又出现了")
    assert shown() == []
    assert published.events.last().action == "unpublish"
    published.refresh_from_db()
    assert published.publication.published_at is None


def test_it_is_taken_off_by_hand_with_a_reason(cast: SimpleNamespace, published: Suggestion) -> None:
    act("unpublish", published, cast.reviewer, reason="有错字")
    assert shown() == []
    with pytest.raises(Refused):
        act("unpublish", published, cast.reviewer, reason="有错字")
