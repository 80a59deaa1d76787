"""What happens to fresh words until they are accepted or end, and how an end is taken back."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from congress_portal.common import clock
from suggestions import clocks
from suggestions.errors import Forbidden, Refused
from suggestions.models import StagedPhoto
from suggestions.services import run_due
from tests.conftest import Journey, act


def test_asking_for_more_stops_our_clock_and_starts_the_residents(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    first = clocks.running(case)["ACCEPT"].due_on

    act("ask_more", case, cast.liaison, question="是哪一号楼?")
    assert set(clocks.running(case)) == {"SUPPLEMENT"}
    with clock.frozen(clock.now() + timedelta(days=5)):
        act("supplement", case, cast.resident, text="三号楼北侧。")

    case.refresh_from_db()
    assert set(clocks.running(case)) == {"ACCEPT"}
    assert clocks.running(case)["ACCEPT"].due_on > first
    assert case.events.last().is_public


def test_a_question_nobody_answers_in_time_withdraws_the_case(
    cast: SimpleNamespace, journey: Journey
) -> None:
    case = journey.submitted()
    act("ask_more", case, cast.clerk, question="是哪一号楼?")
    assert run_due() == 0

    with clock.frozen(clock.now() + timedelta(days=30)):
        assert run_due() == 1
        assert run_due() == 0

    case.refresh_from_db()
    assert (case.state, case.due_on) == ("WITHDRAWN", None)
    assert case.events.last().role == "system"


def test_a_supplement_on_the_last_day_is_in_time(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    act("ask_more", case, cast.clerk, question="是哪一号楼?")
    case.refresh_from_db()
    last_day = case.due_on - clock.today()
    with clock.frozen(clock.now() + last_day):
        assert run_due() == 0
        act("supplement", case, cast.resident, text="三号楼。")
    case.refresh_from_db()
    assert case.state == "SUBMITTED"


def test_a_liaison_officer_declines_what_is_new_and_only_a_clerk_what_was_accepted(
    cast: SimpleNamespace, journey: Journey
) -> None:
    given = {"code": cast.decline_reason, "text": "已进入诉讼。", "where_to_go": "请拨打 12368。"}
    act("decline", journey.submitted(), cast.liaison, **given)
    accepted = journey.accepted()
    with pytest.raises(Forbidden):
        act("decline", accepted, cast.liaison, **given)

    act("decline", accepted, cast.clerk, **given)

    accepted.refresh_from_db()
    assert (accepted.state, accepted.decline_reason, accepted.due_on) == (
        "DECLINED", cast.decline_reason, None
    )  # fmt: skip
    assert accepted.events.last().data == {"code": "N01", "where_to_go": "请拨打 12368。"}


def test_another_venues_officer_does_no_intake_here(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    with pytest.raises(Forbidden):
        act("accept", case, cast.other_liaison, category=cast.category, level="L1")


def test_a_transfer_tells_where_the_case_belongs(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.accepted()
    act("transfer", case, cast.clerk, body=cast.body, text="请向该部门反映。")
    case.refresh_from_db()
    event = case.events.last()
    assert (case.state, event.data["body"], event.is_public) == ("TRANSFERRED", cast.body.name, True)
    assert clocks.running(case) == {}


@pytest.mark.parametrize("state", ["DECLINED", "TRANSFERRED"])
def test_an_end_is_taken_back_by_a_second_clerk_and_accepted_anew(
    cast: SimpleNamespace, journey: Journey, state: str
) -> None:
    case = journey.accepted()
    if state == "DECLINED":
        given = {"code": cast.decline_reason, "text": "已进入诉讼。", "where_to_go": "请拨打 12368。"}
        act("decline", case, cast.clerk, **given)
    else:
        act("transfer", case, cast.clerk, body=cast.body, text="请向该部门反映。")
    with pytest.raises(Refused):
        act("restore", case, cast.clerk, note="误判")

    act("restore", case, cast.clerk2, note="误判")

    case.refresh_from_db()
    assert (case.state, case.decline_reason, case.closed_at, case.accepted_at) == (
        "SUBMITTED", None, None, None
    )  # fmt: skip
    assert set(clocks.running(case)) == {"ACCEPT"}


def test_who_ended_it_the_second_time_cannot_restore_it_then(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    act("transfer", case, cast.clerk, body=cast.body, text="请向该部门反映。")
    act("restore", case, cast.clerk2, note="误判")
    act("transfer", case, cast.clerk2, body=cast.body, text="请向该部门反映。")
    with pytest.raises(Refused):
        act("restore", case, cast.clerk2, note="误判")
    act("restore", case, cast.clerk, note="误判")


def test_a_resident_withdraws_until_the_first_reply(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.handling()
    act("sign", case.assignments.get(), cast.officer)

    act("withdraw", case, cast.resident)

    case.refresh_from_db()
    assert (case.state, case.due_on, case.assignments.get().state) == ("WITHDRAWN", None, "RECALLED")
    assert [event.action for event in case.events.all()][-2:] == ["withdraw", "recall"]

    replied = journey.replied()
    act("rate_bad", replied, cast.resident, reason="没有解决", process="BASIC")
    with pytest.raises(Refused):
        act("withdraw", replied, cast.resident)


def test_at_most_six_photos_come_with_a_note(cast: SimpleNamespace, journey: Journey) -> None:
    case = journey.submitted()
    fields = {"token": "t", "file": "a.jpg", "width": 1, "height": 1, "created_at": clock.now()}
    photos = [StagedPhoto(sha256=str(n), **fields) for n in range(7)]
    with pytest.raises(ValidationError) as caught:
        act("add_note", case, cast.resident, text="请看照片。", photos=photos)
    assert set(caught.value.error_dict) == {"photos"}
    assert case.events.count() == 1


def test_an_inactive_category_is_no_choice(cast: SimpleNamespace, journey: Journey) -> None:
    cast.category.is_active = False
    cast.category.save()
    with pytest.raises(ValidationError) as caught:
        act("accept", journey.submitted(), cast.clerk, category=cast.category, level="L9")
    assert set(caught.value.error_dict) == {"category", "level"}
