"""A refusal that waits for a second person: meanwhile it is being checked, afterwards the reason is told."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from suggestions.models import Suggestion
from tests.conftest import Journey, act

from .conftest import text_of

pytestmark = pytest.mark.django_db
Holding = Callable[[Any], Client]
GROUND = {"text": "检举控告由纪检监察机关受理。", "where_to_go": "请拨打 12388。"}


@pytest.fixture
def proposed(cast: SimpleNamespace, journey: Journey) -> Suggestion:
    case = journey.submitted()
    return act("propose_decline", case, cast.clerk, code=cast.accusation, **GROUND)


def test_while_it_waits_it_is_submitted_and_being_checked(proposed: Suggestion, holding: Holding) -> None:
    page = holding(proposed).get(proposed.get_absolute_url())
    assert page.context["steps"][0][1] == "current"
    assert "还在核实" in page.context["now_with"]
    assert page.context["due"].on == proposed.due_on
    html = text_of(page)
    for hidden in ("敏感", "12388", "检举控告", "N02", "复核"):
        assert hidden not in html


def test_once_confirmed_the_reason_where_to_go_and_the_way_to_send_it_again_are_told(
    cast: SimpleNamespace, proposed: Suggestion, holding: Holding
) -> None:
    act("confirm_decline", proposed, cast.secrecy, note="内部意见")
    html = text_of(holding(proposed).get(proposed.get_absolute_url()))
    for words in (GROUND["text"], GROUND["where_to_go"], "欢迎您重新提交", "/suggestions/new/"):
        assert words in html
    assert "内部意见" not in html
    assert "测试secrecy" not in html


def test_a_refusal_that_was_refused_leaves_no_trace(
    cast: SimpleNamespace, proposed: Suggestion, holding: Holding
) -> None:
    act("refuse_decline", proposed, cast.secrecy, note="有具体诉求")
    html = text_of(holding(proposed).get(proposed.get_absolute_url()))
    for hidden in ("有具体诉求", "12388", "检举控告"):
        assert hidden not in html
    assert "甲社区代表联络站" in html
