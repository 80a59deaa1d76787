"""Whatever fails on the way through the door rolls all of it back."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from suggestions.inputs import Target
from suggestions.models import ClockRule, DeclineReason, Suggestion
from suggestions.services import perform
from tests.conftest import Journey, act, as_actor
from tests.suggestions.scenes import snapshot


def test_a_row_that_cannot_follow_takes_back_the_whole_release(
    cast: SimpleNamespace, journey: Journey
) -> None:
    """release → all_replied → record_told, whose clock has no rule: three rows deep, and nothing stays."""
    case = journey.handling()
    row = journey.signed(case)
    ClockRule.objects.filter(key="RATING").delete()
    before = snapshot()

    with pytest.raises(ClockRule.DoesNotExist):
        act("release", row, cast.reviewer, publicity="OPEN")

    assert snapshot() == before


def test_a_joined_case_that_cannot_follow_takes_back_its_lead(
    cast: SimpleNamespace, journey: Journey
) -> None:
    lead = journey.handling()
    child = journey.submitted()
    act("merge", child, cast.clerk, lead=lead)
    row = journey.signed(lead)
    # The lead was registered at the venue, so only the child is told at once.
    Suggestion.objects.filter(pk=lead.pk).update(channel="VISIT")
    ClockRule.objects.filter(key="RATING").delete()
    before = snapshot()

    with pytest.raises(ClockRule.DoesNotExist):
        act("release", row, cast.reviewer, publicity="OPEN")

    assert snapshot() == before


def test_an_effect_that_finds_a_wrong_value_leaves_nothing(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.accepted()
    row_due = journey.due().replace(year=journey.due().year + 1)
    before = snapshot()

    with pytest.raises(ValidationError) as caught:
        act("assign", case, cast.clerk, assignments=[Target(unit=cast.unit)], due=row_due)

    assert set(caught.value.error_dict) == {"due"}
    assert snapshot() == before


def test_every_wrong_input_is_named_at_once(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    gone = DeclineReason.objects.create(
        code="N99", label="停用", text="停用", where_to_go="", is_active=False
    )
    before = snapshot()

    with pytest.raises(ValidationError) as caught:
        act("decline", case, cast.clerk, code=gone, text="字" * 5001, where_to_go=" ")

    assert set(caught.value.error_dict) == {"code", "text", "where_to_go"}
    assert snapshot() == before


def test_an_input_the_table_does_not_know_is_a_bug_and_changes_nothing(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    before = snapshot()

    with pytest.raises(TypeError):
        perform(
            "accept", target=case, actor=as_actor(cast.clerk), seen_version=1,
            category=cast.category, level="L2", state="CLOSED",
        )  # fmt: skip

    assert snapshot() == before
